import ContentStore
import Corpus
import Manifest

/// What a list of trials is worth for a recipe: which files are there, whether labels and speakers agree, and whose
/// speech was trained on.
package struct TrialCheck: Codable, Sendable {
    /// How many there are, and the first few by name.
    package struct Finding: Codable, Sendable {
        package private(set) var count = 0
        package private(set) var examples: [String] = []
        private static let limit = 5

        mutating func add(_ example: @autoclosure () -> String) {
            count += 1
            if examples.count < Finding.limit { examples.append(example()) }
        }
    }

    package let list: String
    /// The SHA-256 of the file.
    package let digest: String
    /// Whether it is one of VoxCeleb's published lists.
    package let recognized: String
    package let form: TrialList.Form
    package let trials: Int
    package let targets: Int
    /// Utterances and speakers that the list names and the corpora hold.
    package private(set) var utterances = 0
    package private(set) var speakers = 0
    /// Utterances of the list that the corpora do not hold.
    package private(set) var missing = Finding()
    /// Utterances of the list that the corpora hold and the recipe does not select.
    package private(set) var notSelected = Finding()
    /// Trials whose two utterances stood together before, in either order.
    package private(set) var duplicates = Finding()
    /// Trials of an utterance with itself.
    package private(set) var withSelf = Finding()
    /// Trials whose label is not what the speakers of their two utterances say.
    package private(set) var wrongLabels = Finding()
    /// Speakers of the list that stand on the train side; nil where the recipe's split is not built.
    package private(set) var trainSpeakers: Finding?

    /// Whether the list can be used as it is: all files are there, labels are right and nobody was trained on.
    package var isGood: Bool {
        missing.count == 0 && wrongLabels.count == 0 && (trainSpeakers?.count ?? 0) == 0
    }

    package init(list path: String, recipe: Recipe, workspace: Workspace) throws {
        let list = try TrialList(path: path)
        self.list = path
        digest = list.digest.hex
        recognized = OfficialTrials.recognize(list).sentence(name: list.name, count: list.trials.count)
        form = list.form
        (trials, targets) = (list.trials.count, list.targetCount)
        let heard = match(list.utterances, try CorpusFiles(recipe))
        checkTrials(list, heard)
        let speakers = Set(heard.values.compactMap(\.speaker))
        self.speakers = speakers.count
        guard let split = try BuiltTrials(recipe, workspace)?.split() else { return }
        let train = TrialCheck.trainSpeakers(split)
        var trained = Finding()
        for speaker in speakers.sorted() where train.contains(speaker) { trained.add(speaker) }
        trainSpeakers = trained
    }

    /// What a name of the list means.
    private struct Heard {
        /// The same for names of the same file.
        let number: UInt64
        /// `corpus/speaker`; nil where no corpus has the file.
        let speaker: String?
    }

    private mutating func match(_ names: [String], _ files: CorpusFiles) -> [String: Heard] {
        var heard: [String: Heard] = [:]
        var numbers: [String: UInt64] = [:]
        for name in names {
            let file = files.find(name)
            if file == nil { missing.add(name) }
            if let file, !file.isSelected { notSelected.add(name) }
            // Several names of a list may mean one file.
            let key = file.map { "\($0.corpus)\n\($0.name)" } ?? name
            let number = numbers[key] ?? UInt64(numbers.count)
            numbers[key] = number
            heard[name] = Heard(number: number, speaker: file.map { "\($0.corpus)/\($0.speaker)" })
        }
        utterances = Set(heard.values.filter { $0.speaker != nil }.map(\.number)).count
        return heard
    }

    private mutating func checkTrials(_ list: TrialList, _ heard: [String: Heard]) {
        var seen: Set<UInt64> = []
        for trial in list.trials {
            guard let one = heard[trial.enrollment], let other = heard[trial.test] else { continue }
            let (a, b) = (one.number, other.number)
            if !seen.insert(min(a, b) << 32 | max(a, b)).inserted { duplicates.add(TrialCheck.text(trial)) }
            if a == b { withSelf.add(TrialCheck.text(trial)) }
            guard let speaker = one.speaker, let otherSpeaker = other.speaker else { continue }
            if (speaker == otherSpeaker) != trial.isTarget { wrongLabels.add(TrialCheck.text(trial)) }
        }
    }

    private static func text(_ trial: TrialList.Trial) -> String {
        "\(trial.isTarget ? "target" : "nontarget") \(trial.enrollment) \(trial.test)"
    }

    private static func trainSpeakers(_ split: SplitTable) -> Set<String> {
        var isTrain = [Bool](repeating: false, count: split.speakerNames.count)
        for (row, side) in split.sides.enumerated() where side == Side.train.code {
            isTrain[Int(split.speakers[row])] = true
        }
        return Set(split.speakerNames.indices.filter { isTrain[$0] }.map { split.speakerNames[$0] })
    }
}
