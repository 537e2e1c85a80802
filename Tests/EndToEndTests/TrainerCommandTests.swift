import Foundation
import Testing

@Suite("Training and evaluation as commands")
struct TrainerCommandTests {
    #if Torch
        private static let hasTorch = true
    #else
        private static let hasTorch = false
    #endif

    @Test(
        "without libtorch train, evaluate and embed say in one sentence how to build with it",
        .enabled(if: !TrainerCommandTests.hasTorch, "built with libtorch"),
        arguments: [
            ["train", "nowhere.yaml"], ["evaluate", "nowhere.yaml"],
            ["embed", "nowhere.yaml", "--out", "x.safetensors"],
        ])
    func without(arguments: [String]) async throws {
        let run = try await Twinset.run(arguments)
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.complaint == "twinset: built without libtorch: swift build --traits Torch\n")
    }

    @Test("evaluate's help names its options, with libtorch and without")
    func help() async throws {
        let run = try await Twinset.run(["evaluate", "--help"])
        #expect(run.status == 0)
        for word in ["--side", "--trials", "--out", "--json", "--device", "--threads", "minDCF"] {
            #expect(run.output.contains(word), "\(word)")
        }
    }
}
