import ArgumentParser
import Console
import Corpus
import Foundation
import Scoring
import Stages
import Torch
import Training

struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what a trained network reaches on speech that it was not trained on.",
        discussion: """
              twinset evaluate manifests/fbanknet.yaml
              twinset evaluate .twinset/runs/voicemap --side validation --json
              twinset evaluate .twinset/runs/fbanknet --trials veri_test2.txt

            EER, minDCF and AUC over the stored trials of the side, or pairs of its examples, or the trials of a list; \
            accuracy at thresholds chosen on validation alone; n-shot k-way accuracy over stored episodes; top-1 and \
            top-5 where speakers are known. Scores, pictures and evaluation.json go into the folder of the run.
            """)

    @OptionGroup var trained: RunOptions

    @Option(help: "The side to evaluate; without it test, or validation where the split has no test.")
    var side: EvaluatedSide?

    @Option(help: "Trials in VoxCeleb's form or Kaldi's, instead of the side's own.", completion: .file())
    var trials: String?

    @Option(
        help: "Where scores and pictures go; without it evaluation-SIDE in the run.", completion: .directory)
    var out: String?

    @Option(help: "Where it is computed: cpu, cuda, cuda:1.")
    var device: String = "cpu"

    @Option(help: "Threads within one operator. The last bits of the result depend on it.")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Prints the evaluation as one JSON document.")
    var json = false

    func validate() throws {
        try ThreadCount.check(threads)
    }

    func run() throws {
        guard LibTorch.isAvailable else { throw TorchError.missing }
        try LibTorch.setThreads(threads)
        try LibTorch.setDeterministic(true)
        let device = try Device.named(device)
        let folder = try trained.folder()
        let run = try TrainedRun(folder.path, device: device)
        let built = try folder.artifacts(of: run.dataset)
        let data = try TrainingData(try Evaluate.place(built))
        let index = try built.exampleIndex()
        let names = ExampleNames(
            utterances: index.utterances, utteranceNames: index.utteranceNames,
            key: { index.key(ofRow: $0) }, find: { index.utterance(named: $0) })
        let side = self.side?.side ?? (data.labels.rows(of: .test).isEmpty ? .validation : .test)
        let list = try trials.map { try ListedTrials(path: $0) }
        let out = try out ?? EvaluationFolder.usual(side, list, run: folder.path)
        let system = Evaluation.System(
            recipe: built.recipe, dataset: run.dataset, weights: run.weights, libtorch: LibTorch.version,
            device: device.name, threads: threads)
        let outcome = try Evaluator(run, data, names, system).evaluate(side, list: list) { done, count in
            Terminal.overwrite("\(done) of \(count) examples embedded")
        }
        Terminal.overwrite("")
        try EvaluationFolder.write(outcome, to: out)
        if json {
            print(try EvaluationFolder.json(outcome.evaluation), terminator: "")
        } else {
            print(
                "\(outcome.evaluation.title)\n\n\(EvaluationTable(outcome.evaluation).text)\n\n\(out)")
        }
    }

    /// The dataset's place with its episodes.
    private static func place(_ built: BuiltArtifacts) throws -> DatasetPlace {
        var place = try DatasetOptions.place(built)
        guard place.episodes.isEmpty else { return place }
        for side in Side.allCases {
            for (name, path) in try built.episodes(side) {
                // 5-shot-20-way
                let numbers = name.split(separator: "-").compactMap { Int($0) }
                guard numbers.count == 2 else { continue }
                place.episodes.append(.init(side: side, shot: numbers[0], way: numbers[1], path: path))
            }
        }
        return place
    }
}

/// A side as an argument.
enum EvaluatedSide: String, ExpressibleByArgument, CaseIterable {
    case validation, test

    var side: Side { self == .validation ? .validation : .test }
}
