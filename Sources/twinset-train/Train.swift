import ArgumentParser
import Corpus
import Foundation
import Stages
import Torch
import Training

struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains the system that a recipe is for, from its last build.",
        discussion: """
              twinset train manifests/fbanknet.yaml
              twinset train manifests/voicemap.yaml --set train.filters=32 --epochs 5

            Systems: \(PublishedSystem.names.joined(separator: ", ")); the one the recipe's name begins with is meant, \
            or train.system. Settings of one: train.seed, epochs, batch, rate, filters, embedding, dropout, margin.
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

    @Flag(help: "Goes on where the run in the folder stands, with the same numbers as without the break.")
    var resume = false

    @Flag(help: "Prints a line of JSON for every epoch.")
    var json = false

    func validate() throws {
        guard epochs ?? 1 > 0, threads > 0 else {
            throw ValidationError("--epochs and --threads must be at least 1.")
        }
    }

    func run() throws {
        guard LibTorch.isAvailable else { throw TorchError.missing }
        let device = try Device.named(device)
        let recipe = try dataset.readRecipe()
        let built = try BuiltArtifacts(recipe, workspace: Workspace(path: dataset.workspace))
        let data = try TrainingData(try DatasetOptions.place(built))
        let settings = dataset.trainSettings + (epochs.map { ["epochs=\($0)"] } ?? [])
        let plan = try PublishedSystem(recipe: built.recipe, settings: settings)
            .plan(exampleShape: data.examples.shape, classCount: data.classCount)
        let folder = out ?? RunFolder.usual(built.recipe, workspace: dataset.workspace)
        let run = try TrainingRun(
            plan, data, folder: folder, device: device, threads: threads, resumes: resume)
        try RunFolder.keep(recipe, workspace: dataset.workspace, in: folder)
        Console.note(
            "\(data.examples.count) examples, \(data.classCount) speakers to train on; libtorch \(LibTorch.version), "
                + "\(device.name), \(threads) threads; \(folder)")
        try run.run(afterStep: Train.show, afterEpoch: { Train.report($0, json: json) })
        if !json { print("\(folder)/weights.safetensors") }
    }

    private static func show(_ phase: Int, _ progress: StepProgress) {
        let report = progress.report
        Console.overwrite(
            String(
                format: "phase %d epoch %d  %d of %d  loss %.4f  rate %.2g  %.0f s left", phase + 1,
                report.epoch + 1,
                report.stepCount, progress.batchCount, report.meanLoss, progress.learningRate,
                progress.secondsLeft))
    }

    private static func report(_ metrics: EpochMetrics, json: Bool) {
        Console.overwrite("")
        if json, let line = try? Console.json(metrics) {
            print(line)
            return
        }
        let report = metrics.report
        let accuracy = report.accuracy.map { String(format: "  right %.1f %%", 100 * $0) } ?? ""
        let unseen = metrics.equalErrorRate.map { String(format: "  validation EER %.1f %%", 100 * $0) } ?? ""
        print(
            String(
                format: "%@ epoch %d  loss %.4f%@%@  rate %.2g  %.1f s, %.1f %% of it loading", metrics.task,
                report.epoch + 1, report.meanLoss, accuracy, unseen, metrics.rate, report.elapsedSeconds,
                100 * report.loaderShare))
    }
}
