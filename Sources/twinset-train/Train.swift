import ArgumentParser
import Console
import Corpus
import Foundation
import Stages
import Torch
import Training

struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains the system that a recipe is for, from its last build.",
        discussion: """
              twinset train manifests/fbanknet.yaml
              twinset train manifests/voicemap.yaml --set train.filters=32 --epochs 5

            Systems: \(PublishedSystemName.allCases.map(\.rawValue).joined(separator: ", ")). The recipe's section \
            train says what is other than published; --set train.KEY=VALUE overrides it.
            """)

    @OptionGroup var dataset: DatasetOptions

    @Option(help: "Epochs of every phase, instead of the published number.")
    var epochs: Int?

    @Option(help: "The folder of the run; without it runs/RECIPE in the workspace.", completion: .directory)
    var out: String?

    @Option(help: "Where it is computed: cpu, cuda, cuda:1.")
    var device: String = "cpu"

    @Option(help: "Threads within one operator. The last bits of the result depend on it.")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(
        help:
            "Goes on where the run in the folder stands, with the same numbers as without the break; with more --epochs, as if begun with as many."
    )
    var resume = false

    @Flag(help: "Prints a line of JSON for every epoch.")
    var json = false

    func validate() throws {
        guard epochs ?? 1 > 0 else { throw ValidationError("--epochs must be at least 1.") }
        try ThreadCount.check(threads)
    }

    func run() async throws {
        guard LibTorch.isAvailable else { throw TorchError.missing }
        let device = try Device.named(device)
        let recipe = try dataset.readRecipe(settings: epochs.map { ["train.epochs=\($0)"] } ?? [])
        let built = try BuiltArtifacts(recipe, workspace: Workspace(path: dataset.workspace))
        let data = try TrainingData(try DatasetOptions.place(built))
        let system = try PublishedSystem(recipe: built.recipe, recipe.train)
        let plan = try system.plan(exampleShape: data.examples.shape, classCount: data.classCount)
        let folder = out ?? RunFolder.usual(built.recipe, workspace: dataset.workspace)
        let run = try TrainingRun(
            plan, data, folder: folder, device: device, threads: threads, weights: recipe.train.weights,
            resumes: resume)
        try RunFolder.keep(recipe, workspace: dataset.workspace, in: folder)
        Terminal.note(
            "\(system.name.rawValue): \(data.examples.count) examples, \(data.classCount) speakers to train on; "
                + "libtorch \(LibTorch.version), \(device.name), \(threads) threads; \(folder)")
        for note in run.notes { Terminal.note(note) }
        try run.run(
            afterStep: TrainConsole.show, afterTasks: { TrainConsole.report($0, json: json) },
            afterEpoch: { TrainConsole.report($0, json: json) })
        if let better = try run.betterPhase {
            Terminal.note(
                "phase \(better) was the better one on validation; its network is \(folder)/phase-\(better).safetensors, "
                    + "and weights.safetensors is of the last phase, as published")
        }
        try await record(run, of: built)
        if !json { print("\(folder)/weights.safetensors") }
    }

    private func record(_ run: TrainingRun, of built: BuiltArtifacts) async throws {
        let record = RunRecord(
            name: built.recipe, parameters: try run.parameters, libraries: ["libtorch": LibTorch.version],
            files: run.outputs, seconds: run.seconds)
        for subject in try await built.record(record, onWait: Terminal.note) {
            Terminal.note(
                "the \(subject) differ from those of an earlier run with all the same; libtorch or the processor "
                    + "computes otherwise")
        }
    }
}
