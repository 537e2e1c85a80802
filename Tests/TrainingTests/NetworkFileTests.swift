import TestSupport
import Testing
import Torch

@testable import Training

extension WithTorch {
    @Suite struct NetworkFileTests {
        @Test("a network comes back from its file alone and embeds as before", arguments: NetworkCase.all)
        func roundTrip(_ example: NetworkCase) throws {
            let folder = TemporaryFolder()
            let path = folder.path + "/weights.safetensors"
            let network = try example.make().network
            let input = try NetworkCase.input("first", network)
            // Statistics of a batch, which must come back too.
            _ = try network.embed(input, .training)
            try NetworkFile.write(network, metadata: ["threshold": "0.4"], to: path)
            let read = try NetworkFile.read(path, device: .cpu)
            #expect(read.metadata["threshold"] == "0.4")
            #expect(read.network.blueprint == example.blueprint)
            #expect(
                try read.network.embed(input, .evaluation).floats()
                    == network.embed(input, .evaluation).floats())
        }

        @Test("a file without a blueprint is refused in one sentence")
        func foreign() throws {
            let folder = TemporaryFolder()
            let path = folder.path + "/weights.safetensors"
            let network = try NetworkCase.all[2].make().network
            try WeightFile.write(network.store.entries, kind: "weights", to: path)
            let error = #expect(throws: TrainingError.self) { try NetworkFile.read(path, device: .cpu) }
            #expect(error?.message.contains("holds no network that was trained here") == true)
        }
    }
}
