import Audio
import ContentStore
import Foundation
import Testing

@testable import Stages

/// Copies made again from what stands beside them in the dataset, by the formulas alone.
@Suite("augmentation replayed") struct AugmentReplayTests {
    private static let yaml = """
        corpora: {librispeech: {layout: librispeech}}
        resample: {rate: 16kHz}
        features: {kind: raw}
        split: {by: list, train: [11, 12], test: [13, 14], near-identical: false}
        """

    /// One copy as the dataset has it.
    private struct Row {
        let utterance: Int
        let record: AugmentationPlan.Record
        let samples: [Float]
    }

    private static func rows(
        _ corpus: StageCorpus, _ subject: String, in workspace: String = "workspace"
    ) throws -> [Row] {
        let file = try #require(try corpus.result(workspace).open("augment", subject))
        let texts = try TextColumn.read("record", from: file)
        let records = try file.unsigned("row.record")
        let utterances = try file.unsigned("row.utterance")
        let values = try file.floats("features")
        var start = 0
        return try file.integers("row.frameEnd").enumerated().map { row, end in
            defer { start = Int(end) }
            return Row(
                utterance: Int(utterances[row]),
                record: try CanonicalJSON.decode(
                    AugmentationPlan.Record.self, from: texts[Int(records[row])]),
                samples: Array(values[start..<Int(end)]))
        }
    }

    /// A copy by the record alone, in double precision but for the resampler, which has its own tests.
    private static func replay(
        _ record: AugmentationPlan.Record, _ spoken: [Int16], noises: [String: [Int16]], response: [Int16]
    ) throws -> [Double] {
        var heard = StageSound.floats(spoken)
        let speed = record.speed.split(separator: "/").compactMap { Int($0) }
        try #require(speed.count == 2)
        if record.speed != "1/1" {
            let source = heard
            var resampler = try Resampler(method: .kaiser, from: speed[0], to: speed[1])
            try resampler.resample(source.span, into: &heard)
        }
        var output = heard.map { Double($0) }
        func power(_ values: [Double]) -> Double {
            values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))
        }
        if record.response != nil {
            let before = power(output)
            let taps = response.map { Double($0) }
            let peak = taps.indices.max { abs(taps[$0]) < abs(taps[$1]) } ?? 0
            var room = [Double](repeating: 0, count: output.count)
            for tap in peak..<taps.count where taps[tap] != 0 {
                for place in (tap - peak)..<room.count {
                    room[place] += taps[tap] * output[place - tap + peak]
                }
            }
            let factor = (before / power(room)).squareRoot()
            output = room.map { $0 * factor }
        }
        if let noise = record.noise {
            let sound = try #require(noises[noise.sound]).map { Double($0) }
            let used = output.indices.map { sound[(noise.start + $0) % sound.count] }
            let factor = (power(output) / power(used) / pow(10, noise.ratioDB / 10)).squareRoot()
            for place in output.indices { output[place] += used[place] * factor }
        }
        let gain = pow(10, record.gainDB / 20)
        return output.map { $0 * gain }
    }

    /// Three noises, and one room of few echoes.
    private static func sounds(_ corpus: StageCorpus) throws -> (noises: [String: [Int16]], room: [Int16]) {
        var noises: [String: [Int16]] = [:]
        for number in 0..<3 {
            let samples = StageSound.samples(9_000 + number * 20_000, key: UInt64(900 + number))
            let bytes = StageSound.wave(samples)
            try corpus.folder.write(bytes, to: "noise/n\(number).wav")
            noises[Digest.of(bytes).hex] = samples
        }
        var room = [Int16](repeating: 0, count: 4_800)
        for (number, place) in [5, 40, 300, 301, 1_900, 4_700].enumerated() {
            room[place] = Int16(30_000 / (number + 1) * (number % 2 == 0 ? 1 : -1))
        }
        room[0] = 700
        try corpus.folder.write(StageSound.wave(room), to: "rooms/room.wav")
        return (noises, room)
    }

    @Test(
        "every copy can be made again from its record, and one more copy leaves those before it as they are")
    func replay() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        let (noises, room) = try Self.sounds(corpus)
        let settings = [
            "augment.seed=8", "augment.noise=\(corpus.folder.path)/noise", "augment.noise-share=80%",
            "augment.responses=\(corpus.folder.path)/rooms", "augment.responses-share=50%",
            "augment.gain=[-6dB, 6dB]", "augment.speeds=[0.9, 1, 1.1]", "augment.snr=[0dB, 15dB]",
        ]
        try await corpus.build(Self.yaml, set: settings + ["augment.copies=3"])
        try await corpus.build(Self.yaml, set: settings + ["augment.copies=2"], in: "two")
        var seen: Set<String> = []
        for speaker in 0..<2 {
            let subject = "librispeech/\(11 + speaker)/\(11 + speaker)0"
            let rows = try Self.rows(corpus, subject)
            #expect(
                rows.map(\.utterance) == [0, 0, 0, 1, 1, 1] && rows.map(\.record.copy) == [0, 1, 2, 0, 1, 2])
            for row in rows {
                let made = try Self.replay(
                    row.record, corpus.samples(speaker, 0, row.utterance), noises: noises, response: room)
                #expect(row.samples.count == made.count)
                let largest = made.reduce(0) { max($0, abs($1)) }
                let worst = zip(row.samples, made).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
                #expect(worst < 2e-6 * largest, "\(row.record)")
                seen.formUnion([
                    row.record.speed, row.record.noise == nil ? "clean" : "noisy",
                    row.record.response == nil ? "dry" : "room",
                ])
            }
            let two = try Self.rows(corpus, subject, in: "two")
            let kept = rows.filter { $0.record.copy < 2 }
            #expect(two.map(\.record) == kept.map(\.record) && two.map(\.samples) == kept.map(\.samples))
        }
        #expect(seen == ["9/10", "1/1", "11/10", "clean", "noisy", "dry", "room"])
        #expect(try corpus.result().open("augment", "librispeech/13/130") == nil)
    }

    @Test("silent noise changes nothing, and the record says so")
    func silentNoise() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        try corpus.folder.write(
            StageSound.wave([Int16](repeating: 0, count: 800)), to: "noise/silent.wav")
        try await corpus.build(Self.yaml, set: ["augment.noise=\(corpus.folder.path)/noise"])
        let rows = try Self.rows(corpus, "librispeech/11/110")
        #expect(rows.map(\.record.noise?.silent) == [true])
        #expect(rows.map(\.samples) == [StageSound.floats(corpus.samples(0, 0, 0))])
    }
}
