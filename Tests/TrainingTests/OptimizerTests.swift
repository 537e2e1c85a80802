import Testing
import Torch

@testable import Training

extension WithTorch {
    /// Equality with PyTorch 2.15.0 (`scripts/golden-networks`).
    @Suite struct OptimizerTests {
        private struct Steps: Decodable { let steps: [String: [[Double]]] }

        static let rules: [(String, OptimizerRule)] = [
            ("adam", .adam()), ("adam_betas", .adam(beta1: 0.9, beta2: 0.98, epsilon: 1e-9)),
            ("radam", .radam()),
            ("adagrad", .adagrad()), ("sgd", .sgd()), ("sgd_momentum", .sgd(momentum: 0.9)),
        ]

        @Test("twelve steps of every optimizer equal PyTorch's within 10⁻⁶", arguments: rules)
        func steps(name: String, rule: OptimizerRule) throws {
            let golden = try #require(try GoldenFile.read("optimizers", as: Steps.self).steps[name])
            let parameter = try GoldenValues.given("optimizer", [8])
            try parameter.requireGradient()
            let named = NamedTensor(name: "x", tensor: parameter, isParameter: true)
            let optimizer = try Optimizer(rule, learningRate: 0.05, [named])
            for wanted in golden {
                try optimizer.clearGradients()
                try (parameter.squared().sum().squared() * 0.5).backward()
                try optimizer.step()
                let found = try parameter.detached().floats()
                for (one, other) in zip(found, wanted) { #expect(abs(Double(one) - other) <= 1e-6) }
            }
        }

        @Test("a parameter that no loss reaches stays where it is")
        func unreached() throws {
            let (used, unused) = (try Tensor([1, 2]), try Tensor([3, 4]))
            for tensor in [used, unused] { try tensor.requireGradient() }
            let parameters = [
                NamedTensor(name: "used", tensor: used, isParameter: true),
                NamedTensor(name: "unused", tensor: unused, isParameter: true),
            ]
            let optimizer = try Optimizer(.adam(), learningRate: 0.1, parameters)
            try used.squared().sum().backward()
            try optimizer.step()
            #expect(try unused.detached().floats() == [3, 4])
            #expect(try used.detached().floats() != [1, 2])
        }

        @Test("gradients are scaled to the limit together, and left alone below it")
        func clipping() throws {
            let tensor = try Tensor([3, 4])
            try tensor.requireGradient()
            let optimizer = try Optimizer(
                .sgd(), learningRate: 1, [NamedTensor(name: "x", tensor: tensor, isParameter: true)])
            try (tensor.squared().sum() * 0.5).backward()
            #expect(abs(try optimizer.clipGradients(to: 1) - 5) < 1e-5)
            let clipped = try #require(try tensor.gradient()).floats()
            #expect(abs(clipped[0] - 0.6) < 1e-5 && abs(clipped[1] - 0.8) < 1e-5)
            try optimizer.clipGradients(to: 7)
            #expect(try #require(try tensor.gradient()).floats() == clipped)
        }
    }
}
