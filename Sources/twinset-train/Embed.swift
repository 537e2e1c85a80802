import ArgumentParser
import Console
import Foundation
import Stages
import Torch
import Training

struct Embed: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the embedding of every example of a built dataset, for scores and for hard mining.",
        discussion: """
              twinset embed .twinset/runs/fbanknet --out embeddings.safetensors
            """)

    @OptionGroup var trained: RunOptions

    @Option(help: "The safetensors file to write: embeddings [rows × values] and row.")
    var out: String

    @Option(help: "Where it is computed: cpu, cuda, cuda:1.")
    var device: String = "cpu"

    @Option(help: "Threads within one operator.")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        try ThreadCount.check(threads)
    }

    func run() throws {
        guard LibTorch.isAvailable else { throw TorchError.missing }
        try LibTorch.setThreads(threads)
        let device = try Device.named(device)
        let folder = try trained.folder()
        let (network, metadata) = try NetworkFile.read(try folder.weights, device: device)
        let built = try folder.artifacts(of: metadata["dataset"] ?? "")
        let data = try TrainingData(try DatasetOptions.place(built))
        let rows = (0..<data.examples.count).map { UInt32($0) }
        let table = try EmbeddingTable(of: rows, network, data.examples) { done in
            Terminal.overwrite("\(done) of \(rows.count) examples")
        }
        Terminal.overwrite("")
        try table.write(to: out, split: built.splitDigest.hex)
        print("\(out): \(rows.count) embeddings of \(table.size) values")
    }
}
