import ArgumentParser
import Console
import Stages

struct Trials: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Writes the verification trials of a built dataset, or checks a list of trials against a corpus.",
        discussion: """
              twinset trials manifests/mine.yaml --form voxceleb --out trials.txt
              twinset trials check veri_test2.txt manifests/mine.yaml --corpus voxceleb1=/data/VoxCeleb1
            """,
        subcommands: [WriteTrials.self, CheckTrials.self], defaultSubcommand: WriteTrials.self)
}

struct WriteTrials: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write",
        abstract: "Writes the trials of a recipe's last build as a list.",
        discussion: """
            voxceleb: '1 id10270/5r0dWxy17C8/00001.wav id10270/x6uYqmx31kE/00001.wav'; kaldi: 'UTTERANCE UTTERANCE \
            target' or '… nontarget'. The file is there whole or not at all.
            """)

    @OptionGroup var options: RecipeOptions

    @Option(help: "The form of the list: voxceleb or kaldi.")
    var form: TrialList.Form

    @Option(help: "The file to write.", completion: .file())
    var out: String

    @Option(help: "The side whose trials are written, where there are trials of several.")
    var side: TrialSide?

    @Flag(help: "Prints the result as one JSON object.")
    var json = false

    func run() throws {
        let builder = try options.builder()
        let result = try TrialListWriter(recipe: builder.recipe, workspace: builder.workspace, form: form)
            .write(side: side?.rawValue, to: out)
        if json {
            try Terminal.printJSON(result)
        } else {
            print(
                "\(Amount.count(result.trials)) trials, \(Amount.count(result.targets)) of them targets, written to \(out)"
            )
        }
    }
}

struct CheckTrials: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks a list of trials against the corpora of a recipe.",
        discussion: """
            LIST has VoxCeleb's form or Kaldi's. Counts trials and speakers; names utterances that no corpus holds, \
            trials that stand twice or of one utterance with itself, labels that the speakers contradict, and, where the \
            recipe is built, speakers that stand on its train side. Exit status: 0 the list can be used; 1 files are \
            missing, labels are wrong or its speakers were trained on.
            """)

    @Argument(help: "The list, such as veri_test2.txt.", completion: .file())
    var list: String

    @OptionGroup var options: RecipeOptions

    @Flag(help: "Prints the result as one JSON object.")
    var json = false

    func run() throws {
        let builder = try options.builder()
        let check = try TrialCheck(list: list, recipe: builder.recipe, workspace: builder.workspace)
        if json {
            try Terminal.printJSON(check)
        } else {
            CheckTrials.show(check)
        }
        guard check.isGood else { throw ExitCode(1) }
    }

    private static func show(_ check: TrialCheck) {
        print(check.recognized + ".")
        var rows = [
            [
                "trials",
                "\(Amount.count(check.trials)), \(Amount.count(check.targets)) of them targets",
            ],
            [
                "in the corpora",
                "\(Amount.count(check.utterances)) utterances of \(Amount.count(check.speakers)) speakers",
            ],
        ]
        rows += [
            ["missing", describe(check.missing)], ["not selected", describe(check.notSelected)],
            ["duplicates", describe(check.duplicates)], ["with itself", describe(check.withSelf)],
            ["wrong labels", describe(check.wrongLabels)],
            [
                "in train",
                check.trainSpeakers.map(describe) ?? "not known: the recipe's split is not built here",
            ],
        ]
        print(Terminal.table(rows))
    }

    private static func describe(_ finding: TrialCheck.Finding) -> String {
        guard finding.count > 0 else { return "0" }
        let more = finding.count > finding.examples.count ? ", …" : ""
        return "\(Amount.count(finding.count)) (\(finding.examples.joined(separator: ", "))\(more))"
    }
}

extension TrialList.Form: ExpressibleByArgument {}

/// A side as an argument.
enum TrialSide: String, ExpressibleByArgument, CaseIterable {
    case train, validation, test
}
