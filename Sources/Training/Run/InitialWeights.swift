internal import ContentStore
internal import Foundation
internal import Torch

/// A safetensors file that a network begins with, such as torchvision's ResNet-18 trained on ImageNet.
enum InitialWeights {
    /// Sets the network to the tensors of the file at `path`. The last layer may be missing or of another size: it
    /// names other classes, and begins anew. Anything else that is missing or of another shape is an error.
    static func read(_ path: String, into network: any Network) throws(TrainingError) {
        try TrainingError.wrapping { () throws(TorchError) in
            let file = try WeightFile.open(path)
            let known = network.store.entries.filter { entry in
                !entry.name.hasPrefix("fc.") || file.entries[entry.name]?.shape == entry.tensor.shape
            }
            // Files for older versions of PyTorch do not count batches, on which no output depends.
            let needed = known.filter {
                !$0.name.hasSuffix("num_batches_tracked") || file.entries[$0.name] != nil
            }
            try WeightFile.read(needed, from: file)
        }
    }

    /// The file's SHA-256.
    static func digest(_ path: String) throws(TrainingError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .unusable("there is no file of weights \(path); look at train.weights")
        }
        return Digest.of(data).hex
    }
}
