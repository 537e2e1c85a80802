import Testing
import Torch

@testable import Training

extension WithTorch {
    /// Equality with PyTorch 2.15.0 (`scripts/golden-networks`), within 10⁻⁴ or better.
    @Suite struct ParityTests {
        @Test("loss, gradients, running statistics and one step equal PyTorch's", arguments: NetworkCase.all)
        func network(_ example: NetworkCase) throws {
            try LibTorch.setThreads(1)
            let golden = try GoldenFile.read(example.name)
            let setting = try example.make()
            try GoldenValues.set(setting.network.store)
            if let companion = setting.companion { try GoldenValues.set(companion) }
            #expect(setting.network.store.parameterCount == golden.parameters)

            let outcome = try setting.outcome(.training)
            try outcome.loss.backward()
            #expect(abs(Double(try outcome.loss.number()) - golden.loss) <= 1e-4 * max(1, abs(golden.loss)))
            let parameters = setting.network.store.parameters + (setting.companion?.parameters ?? [])
            #expect(Set(parameters.map(\.name)) == Set(golden.gradients.keys))
            for parameter in parameters { try compareGradient(parameter, golden) }

            let embeddings = try LibTorch.withoutGradients { () throws(TorchError) in
                try setting.network.embed(input("first", setting.network), .evaluation).floats()
            }
            compare(embeddings, golden.evaluation, "embeddings by running statistics")

            if let clip = example.clip, let length = golden.length {
                let found = try setting.optimizers[0].clipGradients(to: clip)
                #expect(abs(found - length) <= 1e-4 * length)
            }
            for optimizer in setting.optimizers { try optimizer.step() }
            for parameter in parameters { try compareMoved(parameter, setting, golden) }
        }

        @Test("embeddings and scores while training equal PyTorch's", arguments: NetworkCase.all)
        func outputs(_ example: NetworkCase) throws {
            try LibTorch.setThreads(1)
            let golden = try GoldenFile.read(example.name)
            let network = try example.make().network
            try GoldenValues.set(network.store)
            let first = try network.embed(input("first", network), .training)
            compare(try first.floats(), try #require(golden.outputs["first"]), "embeddings")
            guard let logits = golden.outputs["logits"] else { return }
            if example.name.contains("classes"),
                !example.name.contains("two") || example.name.contains("centers")
            {
                let classifier = try #require(network as? any Classifier)
                compare(
                    try classifier.logits(ofEmbeddings: first, .training).floats(), logits,
                    "scores of classes")
            } else if let scorer = network as? any PairScorer {
                let second = try network.embed(input("second", network), .training)
                compare(try scorer.pairLogits(first, second, .training).floats(), logits, "scores of pairs")
            }
        }

        private func input(_ name: String, _ network: any Network) throws(TorchError) -> Tensor {
            do { return try NetworkCase.input(name, network) } catch { throw .refused("\(error)") }
        }

        private func compare(_ found: [Float], _ wanted: [Double], _ what: Comment) {
            #expect(found.count == wanted.count, what)
            let worst = zip(found, wanted).map { abs(Double($0) - $1) / max(1, abs($1)) }.max() ?? 1
            #expect(worst <= 1e-4, what)
        }

        /// Against the gradient's own length, so that small gradients count as much as large ones.
        private func compareGradient(_ parameter: NamedTensor, _ golden: GoldenFile) throws {
            let wanted = try #require(golden.gradients[parameter.name])
            let found = try #require(try parameter.tensor.gradient()).floats().map(Double.init)
            let norm = found.reduce(0) { $0 + $1 * $1 }.squareRoot()
            // A bias before batch normalization has no gradient but for rounding.
            let bound = wanted.norm == 0 ? 1e-5 : 1e-4 * wanted.norm
            #expect(abs(norm - wanted.norm) <= bound, "length of the gradient of \(parameter.name)")
            guard wanted.norm > 0 else { return }
            let digest = found.indices.reduce(0.0) { $0 + found[$1] * GoldenValues.sign($1) }
            #expect(abs(digest - wanted.digest) <= bound, "sum of the gradient of \(parameter.name)")
            for (index, value) in zip(wanted.index, wanted.value) {
                #expect(abs(found[index] - value) <= bound, "gradient of \(parameter.name)[\(index)]")
            }
        }

        /// Within a thousandth of the step and the rounding of the parameter itself.
        private func compareMoved(
            _ parameter: NamedTensor, _ setting: NetworkCase.Setting, _ golden: GoldenFile
        ) throws {
            let index = try #require(golden.gradients[parameter.name]).index
            let wanted = try #require(golden.after[parameter.name])
            let found = try parameter.tensor.detached().floats()
            let isCompanion = setting.companion?.parameters.contains { $0.name == parameter.name } ?? false
            let rate = setting.optimizers[isCompanion ? 1 : 0].learningRate
            for (index, value) in zip(index, wanted) {
                let bound = 1e-3 * rate + 2.4e-7 * abs(value)
                #expect(
                    abs(Double(found[index]) - value) <= bound, "\(parameter.name)[\(index)] after one step")
            }
        }
    }
}
