import Foundation
import TestSupport

/// A corpus in LibriSpeech's layout, made on the spot from whole numbers alone: the same bytes everywhere.
struct SmallCorpus {
    /// An utterance with the samples it is long.
    struct Utterance {
        let speaker: Speaker
        let session: Int
        let number: Int
        let sampleCount: Int

        var id: String { "\(speaker.id)-\(session)-" + String(10_000 + number).dropFirst() }
        var path: String { "\(speaker.subset)/\(speaker.id)/\(session)/\(id).wav" }
    }

    struct Speaker {
        let id: Int
        let sex: String
        let subset: String
        let name: String
        /// Samples of one period of the voice.
        let period: Int
    }

    var sampleRate = 16000
    private(set) var utterances: [Utterance] = []

    /// Six speakers with two sessions of three utterances each, 2 to 6 s long.
    static var sixSpeakers: SmallCorpus {
        var corpus = SmallCorpus()
        for (index, (id, name)) in [
            (19, "Kara Shallenberg"), (26, "Denny Sayers"), (27, "Adam Doughty"), (32, "Betty Chen"),
            (39, "Sherry"),
            (60, "|CBW|Simon"),
        ].enumerated() {
            let speaker = Speaker(
                id: id, sex: index % 2 == 0 ? "F" : "M", subset: "train-clean-100", name: name,
                period: 73 + 16 * index)
            for session in [198 + id, 121_082 + id] {
                for number in 0..<3 {
                    let sampleCount = 32_000 + (session * 7919 + number * 20_011) % 64_000
                    corpus.utterances.append(
                        Utterance(
                            speaker: speaker, session: session, number: number, sampleCount: sampleCount))
                }
            }
        }
        return corpus
    }

    /// Many speakers with one short utterance each: many packs.
    static func manySpeakers(_ count: Int) -> SmallCorpus {
        var corpus = SmallCorpus()
        for index in 0..<count {
            let speaker = Speaker(
                id: 1000 + index, sex: index % 2 == 0 ? "F" : "M", subset: "train-clean-100",
                name: "Reader \(index)",
                period: 60 + index)
            corpus.utterances.append(
                Utterance(speaker: speaker, session: 7, number: 0, sampleCount: 33_000 + 41 * index))
        }
        return corpus
    }

    /// The same utterances at another sample rate, as long in seconds.
    func at(sampleRate other: Int) -> SmallCorpus {
        var corpus = SmallCorpus(sampleRate: other)
        corpus.utterances = utterances.map { utterance in
            Utterance(
                speaker: utterance.speaker, session: utterance.session, number: utterance.number,
                sampleCount: utterance.sampleCount * other / sampleRate)
        }
        return corpus
    }

    /// Writes the corpus below `folder`.
    func write(to folder: String) throws {
        for utterance in utterances { try Tree.write(file(utterance), to: folder + "/" + utterance.path) }
        try Tree.write(speakersTable, to: folder + "/SPEAKERS.TXT")
    }

    func file(_ utterance: Utterance) -> [UInt8] {
        var file = WaveFile([Int16](), sampleRate: sampleRate)
        let samples = self.samples(utterance)
        file.data = unsafe samples.withUnsafeBytes { unsafe Array($0) }
        return file.bytes
    }

    /// A voice: a period of eight harmonics, swelling four times a second, with noise under it.
    func samples(_ utterance: Utterance) -> [Int16] {
        let period = SmallCorpus.period(utterance.speaker.period)
        var noise = UInt32(
            truncatingIfNeeded: utterance.speaker.id * 31 + utterance.session * 17 + utterance.number)
        return (0..<utterance.sampleCount).map { index in
            noise = noise &* 1_664_525 &+ 1_013_904_223
            let swell = abs(index % 4000 - 2000)
            let voice = period[index % period.count] * swell / 2000
            return Int16(voice + Int(noise >> 24) - 128)
        }
    }

    /// One period of eight triangles, each an octave part weaker: at most ±8000.
    private static func period(_ length: Int) -> [Int] {
        (0..<length).map { index in
            (1...8).reduce(0) { sum, harmonic in
                let phase = index * harmonic % length
                return sum + (abs(4 * phase - 2 * length) - length) * 2900 / (length * harmonic)
            }
        }
    }

    /// As LibriSpeech has it, down to the name with bars in it.
    private var speakersTable: String {
        var lines = [
            "; Some pipe(|) separated metadata about all LibriVox readers", ";",
            ";ID  |SEX| SUBSET           |MINUTES| NAME",
        ]
        var listed: Set<Int> = []
        for speaker in utterances.map(\.speaker) where listed.insert(speaker.id).inserted {
            let id = String(speaker.id).padding(toLength: 5, withPad: " ", startingAt: 0)
            let subset = speaker.subset.padding(toLength: 16, withPad: " ", startingAt: 0)
            lines.append("\(id)| \(speaker.sex) | \(subset) | 25.19 | \(speaker.name)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
