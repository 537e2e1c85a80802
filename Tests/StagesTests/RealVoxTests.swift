import Foundation
import Testing

@testable import Stages

/// The VoxCeleb-shaped trees as far as they lie beside the package.
private enum RealVox {
    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data").path
    static func isThere(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(name)/vox1_meta.csv")
    }
}

@Suite("VoxCeleb-shaped trees and mixed rates")
struct RealVoxTests {
    private let folder: StageFolder

    init() throws { folder = try StageFolder() }

    private func build(_ tree: String, layout: String = "voxceleb") async throws -> BuildSummary {
        let yaml = """
            corpora: {vox: {layout: \(layout)}}
            resample: {rate: 16kHz}
            frame: {group: 32}
            features: {kind: fbank, mels: 40}
            """
        let recipe = try RecipeReader(corpora: ["vox=\(tree)"])
            .read(yaml: yaml, file: "vox.yaml", defaultName: "vox")
        let workspace = Workspace(path: folder.path + "/workspace")
        return try await DatasetBuilder(recipe: recipe, workspace: workspace, jobs: 2).build()
    }

    @Test(
        "VoxShaped: 9 speakers, 263 utterances, 6 220 823 samples, nothing quarantined",
        .enabled(if: RealVox.isThere("VoxShaped"), "needs real speech beside the package"))
    func voxShaped() async throws {
        let summary = try await build(RealVox.path + "/VoxShaped")
        #expect(summary.utterances == 263 && summary.quarantined == 0 && summary.warnings.isEmpty)
        let rows = try StageResult(Workspace(path: folder.path + "/workspace")).utterances()
        // Counted with Python's wave module over the same files.
        #expect(Set(rows.map(\.speaker)).count == 9)
        #expect(rows.reduce(0) { $0 + $1.sampleCount } == 6_220_823)
        #expect(summary.sides["train"]?.sexes == ["f": 1, "m": 2, "u": 6])
    }

    @Test(
        "VoxShapedMixedRates: 48 kHz and 8 kHz come to 16 kHz, and every utterance counts",
        .enabled(if: RealVox.isThere("VoxShapedMixedRates"), "needs real speech beside the package"))
    func mixedRates() async throws {
        let summary = try await build(RealVox.path + "/VoxShapedMixedRates")
        #expect(summary.utterances == 218 && summary.quarantined == 0 && summary.warnings.isEmpty)
        let result = try StageResult(Workspace(path: folder.path + "/workspace"))
        let rows = try result.utterances()
        #expect(rows.count { $0.sampleRate == 48_000 } == 18 && rows.count { $0.sampleRate == 8_000 } == 200)
        #expect(rows.reduce(0) { $0 + $1.sampleCount } == 6_346_138)
    }

    @Test("48, 44.1, 16 and 8 kHz in one plain tree come to 16 kHz, each to its own length")
    func made() async throws {
        let made = try LayoutBuild("tree")
        for (index, rate) in [48_000, 44_100, 16_000, 8_000].enumerated() {
            let sound = StageSound.samples(rate, key: UInt64(index))
            try made.folder.write(StageSound.wave(sound, rate: rate), to: "corpus/s\(index % 2)/\(rate).wav")
        }
        let summary = try await made.build()
        #expect(summary.utterances == 4 && summary.quarantined == 0)
        let found = try made.waveforms()
        #expect(
            found.mapValues(\.count) == [
                "s0/48000": 16_000, "s1/44100": 16_000, "s0/16000": 16_000, "s1/8000": 16_000,
            ])
        #expect(found["s0/16000"] == StageSound.floats(StageSound.samples(16_000, key: 2)))
        #expect(try made.result().utterances().allSatisfy { $0.session == "-" })
    }
}
