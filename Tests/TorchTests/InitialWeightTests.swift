import Testing
import Torch

extension WithTorch {
    @Suite struct InitialWeightTests {
        private func weights(
            _ initialization: Initialization, seed: UInt64 = 1, name: String = "fc"
        ) throws -> [Float] {
            let store = ParameterStore(seed: seed, device: .cpu)
            return try Linear(store.root[name], 100, 60, initialization).weight.detached().floats()
        }

        @Test("weights belong to the seed and the name, not to the order in which layers are made")
        func identity() throws {
            let first = try weights(.fanIn)
            let store = ParameterStore(seed: 1, device: .cpu)
            _ = try Linear(store.root["other"], 3, 3)
            #expect(try Linear(store.root["fc"], 100, 60).weight.detached().floats() == first)
            #expect(try weights(.fanIn, seed: 2) != first)
            #expect(try weights(.fanIn, name: "fd") != first)
        }

        @Test("they lie in the published ranges with the published variance")
        func distribution() throws {
            let cases: [(Initialization, bound: Float, variance: Float)] = [
                (.fanIn, 0.1, 0.01 / 3), (.glorot, (6.0 / 160).squareRoot(), 6.0 / 160 / 3),
                (.heFanOut, 1, 2.0 / 60),
            ]
            for (rule, bound, variance) in cases {
                let values = try weights(rule)
                #expect(values.allSatisfy { abs($0) <= bound })
                let mean = values.reduce(0, +) / Float(values.count)
                let found = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)
                // Six thousand draws: the variance of a variance is small.
                #expect(abs(mean) < 0.05 * variance.squareRoot())
                #expect(abs(found - variance) < 0.06 * variance)
            }
        }

        @Test("Keras's biases begin at zero, PyTorch's within 1/√fanIn")
        func bias() throws {
            let store = ParameterStore(seed: 1, device: .cpu)
            #expect(
                try Linear(store.root["k"], 4, 8, .glorot).bias.detached().floats().allSatisfy { $0 == 0 })
            let bias = try Linear(store.root["p"], 4, 8).bias.detached().floats()
            #expect(bias.allSatisfy { abs($0) <= 0.5 } && Set(bias).count == 8)
        }
    }
}
