import ContentStore
import Foundation
import TestSupport
import Testing
import Torch

extension WithTorch {
    @Suite struct WeightFileTests {
        private func layers(seed: UInt64, outputs: Int = 4) throws -> ParameterStore {
            let store = ParameterStore(seed: seed, device: .cpu)
            _ = try Convolution(store.root["features"]["0"], 1, 3, .init(3))
            _ = try BatchNormalization(store.root["features"]["1"], 3)
            _ = try Linear(store.root["fc"], 3, outputs)
            return store
        }

        @Test("names and order are those of the same modules in PyTorch")
        func names() throws {
            #expect(
                try layers(seed: 1).entries.map(\.name) == [
                    "features.0.weight", "features.0.bias", "features.1.weight", "features.1.bias",
                    "features.1.running_mean", "features.1.running_var", "features.1.num_batches_tracked",
                    "fc.weight",
                    "fc.bias",
                ])
        }

        @Test("weights come back bit for bit, integers and statistics too")
        func roundTrip() throws {
            let folder = TemporaryFolder()
            let path = folder.path + "/weights.safetensors"
            let (saved, other) = (try layers(seed: 1), try layers(seed: 2))
            try WeightFile.write(saved.entries, kind: "weights", metadata: ["note": "a"], to: path)
            let file = try WeightFile.open(path)
            #expect(file.metadata == ["kind": "weights", "note": "a"])
            try WeightFile.read(other.entries, from: file)
            for (one, two) in zip(saved.entries, other.entries) where !one.tensor.isInteger {
                #expect(try one.tensor.floats() == two.tensor.floats(), "\(one.name)")
            }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["weights.safetensors"])
        }

        @Test(
            "the weights of another network are refused by the tensor that does not fit, and nothing is set")
        func mismatch() throws {
            let folder = TemporaryFolder()
            let path = folder.path + "/weights.safetensors"
            try WeightFile.write(try layers(seed: 1).entries, kind: "weights", to: path)
            let larger = try layers(seed: 2, outputs: 5)
            let before = try larger.entries[0].tensor.floats()
            let error = #expect(throws: TorchError.self) {
                try WeightFile.read(larger.entries, from: WeightFile.open(path))
            }
            #expect(
                error?.message.contains("'fc.weight' has the shape [4, 3] where [5, 3] is needed") == true)
            #expect(try larger.entries[0].tensor.floats() == before)
            let missing = #expect(throws: TorchError.self) {
                try WeightFile.read(larger.entries, from: WeightFile.open(path), prefix: "model.")
            }
            #expect(missing?.message.contains("has no tensor 'model.features.0.weight'") == true)
        }

        @Test("a file that is cut off or not there is refused by name")
        func damage() throws {
            let folder = TemporaryFolder()
            let path = folder.path + "/weights.safetensors"
            #expect(throws: TorchError.self) { try WeightFile.open(path) }
            try WeightFile.write(try layers(seed: 1).entries, kind: "weights", to: path)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            try whole.prefix(whole.count - 4).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: TorchError.self) { try WeightFile.open(path) }
            #expect(error?.message.contains(path) == true)
        }

        @Test("a folder that is not there is refused")
        func unwritable() throws {
            #expect(throws: TorchError.self) {
                try WeightFile.write(
                    try layers(seed: 1).entries, kind: "weights", to: "/no/such/folder/w.safetensors")
            }
        }
    }
}
