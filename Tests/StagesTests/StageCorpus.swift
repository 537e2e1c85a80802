import Foundation
import Stages
import Synchronization

/// A made-up corpus in LibriSpeech's layout with workspaces beside it, in a folder that goes with it.
///
///     corpus/SPEAKERS.TXT    corpus/train-clean-100/11/110/11-110-0000.wav
///
/// Speakers are 11, 12 …; the sessions of 11 are 110, 111 …; odd speakers are male.
struct StageCorpus {
    let folder: StageFolder
    let speakerCount: Int
    let sessionCount: Int
    let utteranceCount: Int
    private static let shared = SharedSounds()

    var path: String { folder.path + "/corpus" }
    var fileCount: Int { speakerCount * sessionCount * utteranceCount }

    init(speakers: Int = 4, sessions: Int = 2, utterances: Int = 2) throws {
        folder = try StageFolder()
        (speakerCount, sessionCount, utteranceCount) = (speakers, sessions, utterances)
        try writeSpeakers()
        for speaker in 0..<speakers {
            for session in 0..<sessions {
                for number in 0..<utterances {
                    try folder.write(
                        StageCorpus.shared.wave(of: sound(speaker, session, number)),
                        to: file(speaker, session, number))
                }
            }
        }
    }

    /// Speakers of the corpus and, in `extra`, whole lines more.
    func writeSpeakers(
        female: Set<Int> = [], extra: String = "", subset: (Int) -> String = { _ in "train-clean-100" }
    )
        throws
    {
        var text = "; made up\n;ID  |SEX| SUBSET           |MINUTES| NAME\n"
        for speaker in 0..<speakerCount {
            let isFemale = female.contains(speaker) || speaker % 2 == 0
            text +=
                "\(11 + speaker)   | \(isFemale ? "F" : "M") | \(subset(speaker))  | 25.00 | Speaker \(speaker)\n"
        }
        try folder.write(text + extra, to: "corpus/SPEAKERS.TXT")
    }

    func id(_ speaker: Int, _ session: Int, _ number: Int) -> String {
        "\(11 + speaker)-\(11 + speaker)\(session)-000\(number)"
    }

    /// The path of an utterance's file below the folder.
    func file(_ speaker: Int, _ session: Int, _ number: Int, _ ending: String = "wav") -> String {
        "corpus/train-clean-100/\(11 + speaker)/\(11 + speaker)\(session)/\(id(speaker, session, number)).\(ending)"
    }

    /// What an utterance sounds like: 1.3 to 2 s.
    func sound(_ speaker: Int, _ session: Int, _ number: Int) -> StageSoundKey {
        let key = speaker * 100 + session * 10 + number
        return StageSoundKey(count: 20_800 + key * 977 % 11_200, key: UInt64(key))
    }

    func samples(_ speaker: Int, _ session: Int, _ number: Int) -> [Int16] {
        StageCorpus.shared.samples(of: sound(speaker, session, number))
    }

    /// The samples of all utterances of a speaker, in pack order.
    func samples(of speaker: Int) -> [[Int16]] {
        (0..<sessionCount).flatMap { session in (0..<utteranceCount).map { samples(speaker, session, $0) } }
    }

    func recipe(_ yaml: String = StageCorpus.recipe, set settings: [String] = []) throws -> Recipe {
        try RecipeReader(settings: settings, corpora: ["librispeech=\(path)"])
            .read(yaml: yaml, file: "small.yaml", defaultName: "small")
    }

    func builder(
        _ yaml: String = StageCorpus.recipe, set settings: [String] = [], jobs: Int = 2,
        in workspace: String = "workspace"
    ) throws -> DatasetBuilder {
        DatasetBuilder(
            recipe: try recipe(yaml, set: settings),
            workspace: Workspace(path: folder.path + "/" + workspace), jobs: jobs)
    }

    @discardableResult
    func build(
        _ yaml: String = StageCorpus.recipe, set settings: [String] = [], jobs: Int = 2,
        in workspace: String = "workspace"
    ) async throws -> BuildSummary {
        try await builder(yaml, set: settings, jobs: jobs, in: workspace).build()
    }

    func result(_ workspace: String = "workspace") throws -> StageResult {
        try StageResult(Workspace(path: folder.path + "/" + workspace))
    }

    /// Half of the speakers to train on, by name, so that tests know who stands where. The sounds are tones under noise,
    /// which are alike.
    static let recipe = """
        corpora:
          librispeech:
            layout: librispeech
        ingest:
          rates: [16kHz]
        resample:
          rate: 16kHz
        frame:
          window: 25ms
          hop: 10ms
          group: 32
        features:
          kind: fbank
          dialect: kaldi
          mels: 20
        split:
          by: list
          train: [11, 12]
          test: [13, 14]
          near-identical: false
        pairs:
          kind: pairs
          count: 20
          seed: 7
        """
}

struct StageSoundKey: Hashable, Sendable {
    let count: Int
    let key: UInt64
}

/// Sounds are made once for all tests.
private final class SharedSounds: Sendable {
    private let all = Mutex<[StageSoundKey: [Int16]]>([:])
    private let files = Mutex<[StageSoundKey: [UInt8]]>([:])

    func samples(of sound: StageSoundKey) -> [Int16] {
        all.withLock { known in
            if let found = known[sound] { return found }
            let made = StageSound.samples(sound.count, key: sound.key)
            known[sound] = made
            return made
        }
    }

    func wave(of sound: StageSoundKey) -> [UInt8] {
        let heard = samples(of: sound)
        return files.withLock { known in
            if let found = known[sound] { return found }
            let made = StageSound.wave(heard)
            known[sound] = made
            return made
        }
    }
}
