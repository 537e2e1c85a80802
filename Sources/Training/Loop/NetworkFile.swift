internal import ContentStore
package import Torch

/// A trained network in one safetensors file: its weights under the names they have in PyTorch, and in the metadata the
/// blueprint that it is made again from.
package enum NetworkFile {
    private static let kind = "weights"

    /// Writes the network at `path`, whole or not at all. `metadata` is kept beside the blueprint: a threshold, the
    /// digest of the dataset.
    package static func write(
        _ network: any Network, metadata: [String: String] = [:], to path: String
    ) throws(TrainingError) {
        var known = metadata
        do {
            known["network"] = try CanonicalJSON.encode(network.blueprint)
        } catch {
            throw .store(error)
        }
        let described = known
        try TrainingError.wrapping { () throws(TorchError) in
            try WeightFile.write(network.store.entries, kind: kind, metadata: described, to: path)
        }
    }

    /// The network of the file at `path`, with its weights, and what was kept beside it.
    package static func read(
        _ path: String, device: Device
    ) throws(TrainingError) -> (network: any Network, metadata: [String: String]) {
        let file = try TrainingError.wrapping { () throws(TorchError) in try WeightFile.open(path) }
        guard file.metadata["kind"] == kind, let text = file.metadata["network"] else {
            throw .unusable(
                "\(path) holds no network that was trained here; give it weights.safetensors of a run")
        }
        let blueprint: NetworkBlueprint
        do {
            blueprint = try CanonicalJSON.decode(NetworkBlueprint.self, from: text)
        } catch {
            throw .unusable("\(path) holds a network that this version does not know: \(error.message)")
        }
        let network = try TrainingError.wrapping { () throws(TorchError) in
            let network = try blueprint.make(seed: 0, device: device)
            try WeightFile.read(network.store.entries, from: file)
            return network
        }
        return (network, file.metadata)
    }
}
