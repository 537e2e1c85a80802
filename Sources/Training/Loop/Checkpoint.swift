internal import ContentStore
internal import Torch

/// A trainer's whole state in one safetensors file, from which training goes on with the same numbers as without the
/// break:
///
///     model.<name>                      the network's weights and running statistics
///     optimizer.<n>.<slot>.<name>       what optimizer n remembers: exp_avg, exp_avg_sq, …
///     <companion>.<name>                learned beside the network: centers
///     __metadata__: state, optimizers   TrainerState, and steps and rate of each optimizer, as JSON
///     __metadata__: identity            what the run is: recipe, dataset, seed, versions
package enum Checkpoint {
    private static let kind = "checkpoint"

    private struct OptimizerState: Codable {
        let rule: OptimizerRule
        let stepCount: Int
        let learningRate: Double
    }

    /// Writes the state of `trainer` at `path`, whole or not at all.
    ///
    /// - Parameter identity: what the run is; a checkpoint of another is refused.
    package static func write(_ trainer: Trainer, identity: String, to path: String) throws(TrainingError) {
        let optimizers = trainer.optimizers.map {
            OptimizerState(rule: $0.rule, stepCount: $0.stepCount, learningRate: $0.learningRate)
        }
        let metadata = [
            "identity": identity, "state": try json(trainer.state), "optimizers": try json(optimizers),
        ]
        try TrainingError.wrapping { () throws(TorchError) in
            try WeightFile.write(entries(trainer), kind: kind, metadata: metadata, to: path)
        }
    }

    /// Sets `trainer`, made with the same network and optimizers, to the state at `path`.
    package static func read(_ path: String, into trainer: Trainer, identity: String) throws(TrainingError) {
        let file = try TrainingError.wrapping { () throws(TorchError) in try WeightFile.open(path) }
        guard file.metadata["kind"] == kind else { throw .unusable("\(path) is no checkpoint") }
        guard file.metadata["identity"] == identity else {
            throw .unusable(
                "\(path) is a checkpoint of another run; start anew, or resume with that run's recipe")
        }
        let state = try decoded(TrainerState.self, file.metadata["state"], path)
        let optimizers = try decoded([OptimizerState].self, file.metadata["optimizers"], path)
        guard optimizers.map(\.rule) == trainer.optimizers.map(\.rule), state.seed == trainer.state.seed
        else {
            throw .unusable("\(path) was trained with other optimizers or another seed")
        }
        try TrainingError.wrapping { () throws(TorchError) in
            try WeightFile.read(entries(trainer), from: file)
        }
        for (optimizer, saved) in zip(trainer.optimizers, optimizers) {
            optimizer.resume(stepCount: saved.stepCount, learningRate: saved.learningRate)
        }
        trainer.state = state
    }

    private static func entries(_ trainer: Trainer) -> [NamedTensor] {
        var entries = prefixed("model.", trainer.network.store.entries)
        for (index, optimizer) in trainer.optimizers.enumerated() {
            entries += prefixed("optimizer.\(index).", optimizer.state)
        }
        for companion in trainer.companions {
            entries += prefixed("\(companion.name).", companion.store.entries)
        }
        return entries
    }

    private static func prefixed(_ prefix: String, _ entries: [NamedTensor]) -> [NamedTensor] {
        entries.map { NamedTensor(name: prefix + $0.name, tensor: $0.tensor, isParameter: $0.isParameter) }
    }

    private static func json(_ value: some Encodable) throws(TrainingError) -> String {
        do { return try CanonicalJSON.encode(value) } catch { throw .store(error) }
    }

    private static func decoded<Value: Decodable>(
        _ type: Value.Type, _ text: String?, _ path: String
    ) throws(TrainingError) -> Value {
        do {
            return try CanonicalJSON.decode(type, from: text ?? "")
        } catch {
            throw .unusable("\(path) is no checkpoint that can be resumed: \(error.message)")
        }
    }
}
