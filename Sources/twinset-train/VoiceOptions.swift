import ArgumentParser
import Foundation
import Stages
import Torch
import Training

/// Which run's voices are meant.
struct VoiceOptions: ParsableArguments {
    @Option(
        help:
            "The folder of a run, or the recipe that it was trained from; without it the workspace's only run.",
        completion: .directory)
    var run: String?

    @Option(help: "Where runs lie, in its folder runs.", completion: .directory)
    var workspace: String = ".twinset"

    func folder() throws -> RunFolder {
        try run.map { try RunFolder($0, workspace: workspace) } ?? RunFolder.only(workspace: workspace)
    }

    func voices(_ folder: RunFolder) throws -> VoiceFolder {
        VoiceFolder(run: folder.path, weights: try WeightDigest.of(try folder.weights))
    }
}

/// Where one-shot use is computed.
struct VoiceDevice: ParsableArguments {
    @Option(help: "Where it is computed: cpu, cuda, cuda:1.")
    var device: String = "cpu"

    @Option(help: "Threads within one operator.")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        try ThreadCount.check(threads)
    }

    /// Throws where nothing can be computed.
    func check() throws {
        guard LibTorch.isAvailable else { throw TorchError.missing }
    }

    /// The network of a run.
    func network(_ folder: RunFolder) throws -> VoiceNetwork {
        try check()
        try LibTorch.setThreads(threads)
        return try VoiceNetwork(weights: try folder.weights, device: try Device.named(device))
    }
}
