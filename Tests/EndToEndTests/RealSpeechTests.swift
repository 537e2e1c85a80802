import Foundation
import Testing

/// LibriSpeech as far as it lies beside the package.
private enum RealSpeech {
    static let path = URL(fileURLWithPath: Dataset.root).deletingLastPathComponent()
        .appendingPathComponent("shared/data/LibriSpeech").path
    static let isThere = FileManager.default.fileExists(atPath: path + "/SPEAKERS.TXT")

    /// The sample counts of the files below `folder`, as STREAMINFO declares them in 36 bits after the fourteenth.
    static func sampleCounts(_ folder: String) throws -> [Int] {
        try Tree.files(folder).filter { $0.hasSuffix(".flac") }.map { file in
            let head =
                try FileHandle(forReadingFrom: URL(fileURLWithPath: folder + "/" + file)).read(upToCount: 26)
                ?? Data()
            return head[22..<26].reduce(Int(head[21] & 15)) { $0 << 8 | Int($1) }
        }
    }
}

@Suite("Real speech", .enabled(if: RealSpeech.isThere, "needs LibriSpeech beside the package"))
struct RealSpeechTests {
    private let folder = WorkFolder()

    @Test(
        "fbanknet on LibriSpeech: every utterance and example is there, nothing is quarantined, a second build runs 0"
    )
    func fbanknet() async throws {
        let dataset = Dataset(
            corpus: RealSpeech.path, workspace: folder.path + "/workspace", settings: [])
        let summary = try await dataset.build()
        let counts = try RealSpeech.sampleCounts(RealSpeech.path + "/train-clean-100")
        #expect(summary.utterances == counts.count)
        #expect(summary.examples == counts.reduce(0) { $0 + FBankNet.exampleCount($1) })
        if counts.count == 232 { #expect(summary.examples == 4297) }
        #expect(summary.quarantined == 0)
        #expect(abs(summary.hours - Double(counts.reduce(0, +)) / 16000 / 3600) < 1e-9)
        try await dataset.expectCleanStore()
        try await expectTriplets(dataset, summary)
        let again = try await dataset.build()
        #expect(again.tasks == Summary.Tasks(ran: 0, upToDate: summary.tasks.ran))
        #expect(again.dataset == summary.dataset)
        let one = Dataset(corpus: RealSpeech.path, workspace: folder.path + "/one", settings: [])
        #expect(try await one.build("--jobs", "1").dataset == summary.dataset)
    }

    /// Every train row is an anchor once; its positive is another row of its speaker, its negative is not.
    private func expectTriplets(_ dataset: Dataset, _ summary: Summary) async throws {
        let split = try SafetensorsFile(
            try #require(try await dataset.artifacts("--stage", "split").first?.path))
        let pairs = try SafetensorsFile(
            try #require(try await dataset.artifacts("--stage", "pairs").first?.path))
        let (sides, speakers) = (try split.integers("row.side"), try split.integers("row.speaker"))
        #expect(sides.count == summary.examples)
        let train = sides.indices.filter { sides[$0] == 1 }
        let others = sides.indices.filter { sides[$0] == 2 || sides[$0] == 3 }
        #expect(train.count + others.count == sides.count)
        #expect(abs(Double(train.count) / Double(sides.count) - 0.95) < 0.02)
        let (anchors, positives) = (try pairs.integers("anchor"), try pairs.integers("positive"))
        let negatives = try pairs.integers("negative")
        #expect(
            anchors.count == summary.pairs && positives.count == anchors.count
                && negatives.count == anchors.count)
        #expect(anchors.sorted() == train)
        let isTrain = Set(train)
        #expect(positives.allSatisfy(isTrain.contains) && negatives.allSatisfy(isTrain.contains))
        #expect(anchors.indices.allSatisfy { anchors[$0] != positives[$0] })
        #expect(anchors.indices.allSatisfy { speakers[anchors[$0]] == speakers[positives[$0]] })
        #expect(anchors.indices.allSatisfy { speakers[anchors[$0]] != speakers[negatives[$0]] })
    }

    @Test(
        "voicemap on LibriSpeech: balanced pairs, 0 = same, each once, of speakers that validation never hears"
    )
    func voicemap() async throws {
        let dataset = Dataset(
            recipe: Dataset.manifests + "/voicemap.yaml", corpus: RealSpeech.path,
            workspace: folder.path + "/workspace")
        let summary = try await dataset.build("--set", "pairs.count=2000", "--set", "episodes=")
        #expect(summary.pairs == 2000 && summary.quarantined == 0)
        let split = try SafetensorsFile(
            try #require(try await dataset.artifacts("--stage", "split").first?.path))
        let pairs = try SafetensorsFile(
            try #require(try await dataset.artifacts("--stage", "pairs").first?.path))
        let (sides, speakers) = (try split.integers("row.side"), try split.integers("row.speaker"))
        let heard = Set(sides.indices.filter { sides[$0] == 1 }.map { speakers[$0] })
        #expect(heard.isDisjoint(with: sides.indices.filter { sides[$0] == 2 }.map { speakers[$0] }))
        let (a, b, labels) = (try pairs.integers("a"), try pairs.integers("b"), try pairs.integers("label"))
        #expect(labels.count == 2000 && labels.reduce(0, +) == 1000)
        #expect(a.indices.allSatisfy { sides[a[$0]] == 1 && sides[b[$0]] == 1 && a[$0] != b[$0] })
        #expect(a.indices.allSatisfy { (speakers[a[$0]] == speakers[b[$0]]) == (labels[$0] == 0) })
        #expect(Set(a.indices.map { [min(a[$0], b[$0]), max(a[$0], b[$0])] }).count == 2000)
    }
}
