import ContentStore
import Foundation
import TestSupport
import Testing

@testable import Training

@Suite struct VoiceTests {
    private let weights = Digest.of([1])

    private func table(_ rows: [[Float]]) -> EmbeddingTable {
        EmbeddingTable(size: rows[0].count, values: rows.flatMap { $0 })
    }

    @Test("a voice is the mean of all embeddings, and of their directions where angles are compared")
    func mean() {
        let recordings = [table([[3, 4], [0, 2]]), table([[1, 0]])]
        let voice = Voice(name: "a", recordings, comparison: .euclidean)
        #expect(voice.center == [4.0 / 3, 2] && voice.exampleCount == 3 && voice.recordingCount == 2)
        let directed = Voice(name: "a", recordings, comparison: .cosine)
        for (found, wanted) in zip(directed.center, [(0.6 + 0 + 1) / 3, (0.8 + 1 + 0) / 3]) {
            #expect(abs(Double(found) - wanted) < 1e-6)
        }
        #expect(Voice(name: "a", recordings, comparison: .head).center == voice.center)
    }

    @Test("recordings added later weigh as if they had been there from the start")
    func joined() {
        let (first, second) = (table([[3, 4], [0, 2], [5, 1]]), table([[1, 0]]))
        let whole = Voice(name: "a", [first, second], comparison: .cosine)
        let joined = Voice(name: "a", [first], comparison: .cosine)
            .joined(with: Voice(name: "a", [second], comparison: .cosine))
        #expect((joined.exampleCount, joined.recordingCount) == (whole.exampleCount, whole.recordingCount))
        #expect(zip(joined.center, whole.center).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test(
        "a name is a file of the folder, whatever it is",
        arguments: [
            ("anna", "anna.safetensors"), ("Ana María", "Ana%20Mar%C3%ADa.safetensors"),
            ("../../etc/passwd", "%2E%2E%2F%2E%2E%2Fetc%2Fpasswd.safetensors"), (".", "%2E.safetensors"),
            ("/", "%2F.safetensors"), ("-rf *", "-rf%20%2A.safetensors"), ("a%2Fb", "a%252Fb.safetensors"),
            // An accent written as a letter and a mark.
            ("Mari\u{301}a", "Mar%C3%ADa.safetensors"), ("  anna ", "anna.safetensors"),
        ])
    func names(name: String, file: String) throws { #expect(try VoiceFileName(name).file == file) }

    @Test("no name, a line break and an endless one are refused", arguments: ["", "  ", "a\nb", "a\u{7}"])
    func badNames(name: String) {
        #expect(throws: TrainingError.self) { try VoiceFileName(name) }
        #expect(throws: TrainingError.self) { try VoiceFileName(String(repeating: "ж", count: 40)) }
    }

    @Test("a voice is kept, listed, replaced and forgotten; nothing else lies in the folder")
    func folder() throws {
        let folder = TemporaryFolder()
        let voices = VoiceFolder(run: folder.path, weights: weights)
        #expect(voices.voices().usable.isEmpty)
        let bea = Voice(name: "bea", [table([[1, 2]])], comparison: .euclidean)
        let evil = Voice(name: "../x", [table([[3, 4], [5, 6]])], comparison: .euclidean)
        for voice in [evil, bea, bea] { try voices.keep(voice) }
        #expect(voices.voices().usable == [evil, bea])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["voices"])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: voices.path).sorted() == [
                "%2E%2E%2Fx.safetensors", "bea.safetensors",
            ])
        let other = Voice(name: "bea", [table([[7, 8]])], comparison: .euclidean)
        try voices.keep(other)
        #expect(try voices.voice("bea") == other)
        #expect(try voices.voice("carla") == nil)
        try voices.forget("bea")
        #expect(voices.voices().usable == [evil])
        let unknown = #expect(throws: TrainingError.self) { try voices.forget("bea") }
        #expect(unknown?.message.contains("nobody is enrolled as 'bea'") == true)
    }

    @Test("a voice of other weights, a damaged one and a stranger's file are refused with what to do")
    func refused() throws {
        let folder = TemporaryFolder()
        let voices = VoiceFolder(run: folder.path, weights: weights)
        let file = try voices.keep(Voice(name: "bea", [table([[1, 2]])], comparison: .euclidean))
        let other = VoiceFolder(run: folder.path, weights: Digest.of([2]))
        try voices.keep(Voice(name: "carla", [table([[1, 2]])], comparison: .euclidean))
        let stale = other.voices()
        #expect(stale.usable.isEmpty && stale.refusals.count == 2)
        #expect(
            stale.refusals[0].message
                == "'bea' was enrolled with other weights than the run has now; enroll it again, or: twinset forget"
        )
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        try bytes.dropLast(4).write(to: URL(fileURLWithPath: file))
        let damaged = voices.voices()
        #expect(damaged.usable.map(\.name) == ["carla"] && damaged.refusals.count == 1)
        try voices.forget("carla")
        try TensorFile(kind: "features", tensors: [ContentStore.Tensor("center", [1] as [UInt8])]).publish(
            at: file)
        #expect(voices.voices().refusals.map { $0.message.contains("holds no voice") } == [true])
        // Whatever is wrong with it, it can be forgotten.
        try other.forget("bea")
        #expect(voices.voices().usable.isEmpty)
    }

    @Test("the closest voice is named, and accepted within the threshold alone")
    func identification() throws {
        func found(_ threshold: Double?) -> Identification {
            Identification(
                [
                    .init("a", [0.5, 0.7], threshold: threshold),
                    .init("b", [0.1, 0.5, 0.9, 0.1], threshold: threshold),
                ],
                exampleCount: 4, threshold: threshold)
        }
        let close = found(0.45)
        #expect(
            close.candidates.map(\.name) == ["b", "a"] && close.decision == .accepted && close.name == "b")
        #expect(abs(close.candidates[0].score - 0.4) < 1e-12)
        #expect(close.candidates.map(\.shareWithin) == [0.5, 0])
        let far = found(0.39)
        #expect(far.decision == .unknown && far.name == nil && far.candidates[0].name == "b")
        let open = found(nil)
        #expect(open.decision == nil && open.name == nil && open.candidates[0].shareWithin == nil)
        #expect(Identification([], exampleCount: 1, threshold: 1).decision == .unknown)
    }
}
