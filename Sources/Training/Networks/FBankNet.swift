package import Torch

/// The residual network of You Only Speak Once for 64 frames of 64 mel bands, as in the authors' code, after Deep
/// Speaker (Li et al. 2017): four times a convolution 5×5 of stride 2 and a residual block, the mean over 4×4, a
/// dense layer. For 250 classes it has 2 710 330 parameters.
///
/// The embedding is the class scores themselves, of which the triplet stage takes the cosine.
package final class FBankNet: Classifier {
    package struct Parameters: Codable, Sendable, Hashable {
        package var classCount: Int
        /// Channels of the first stage; each next has twice as many.
        package var filters = 32

        package init(classCount: Int = 250, filters: Int = 32) {
            self.classCount = classCount
            self.filters = filters
        }
    }

    package let parameters: Parameters
    package let store: ParameterStore
    package let exampleShape = [1, 64, 64]
    package var classCount: Int { parameters.classCount }
    package var embeddingSize: Int { classCount }
    private let stages: [(convolution: Convolution, block: ResidualBlock)]
    private let dense: Linear

    package init(_ parameters: Parameters, seed: UInt64, device: Device) throws(TorchError) {
        self.parameters = parameters
        store = ParameterStore(seed: seed, device: device)
        let layers = store.root["layers"]
        var stages: [(Convolution, ResidualBlock)] = []
        var channels = 1
        for index in 0..<4 {
            let outputs = parameters.filters << index
            stages.append(
                (
                    try Convolution(
                        layers["\(2 * index)"], channels, outputs, .init(5, stride: 2, padding: 2)),
                    try ResidualBlock(layers["\(2 * index + 1)"], outputs)
                ))
            channels = outputs
        }
        self.stages = stages
        dense = try Linear(store.root["fc"], channels, parameters.classCount)
    }

    package var blueprint: NetworkBlueprint { .fbankNet(parameters) }

    package func embed(_ examples: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        var state = examples
        for stage in stages { state = try stage.block(stage.convolution(state), mode) }
        return try dense(state.averagePooled(4).flattened())
    }

    package func logits(ofEmbeddings embeddings: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        embeddings
    }
}

/// x + two convolutions 3×3 with batch normalization, a ReLU between and after.
private struct ResidualBlock {
    private let first: Convolution
    private let second: Convolution
    private let firstNormalization: BatchNormalization
    private let secondNormalization: BatchNormalization

    init(_ scope: ModuleScope, _ channels: Int) throws(TorchError) {
        first = try Convolution(scope["conv1"], channels, channels, .init(3, padding: 1))
        firstNormalization = try BatchNormalization(scope["bn1"], channels)
        second = try Convolution(scope["conv2"], channels, channels, .init(3, padding: 1))
        secondNormalization = try BatchNormalization(scope["bn2"], channels)
    }

    func callAsFunction(_ input: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        let middle = try firstNormalization(first(input), mode).relu()
        return try (secondNormalization(second(middle), mode) + input).relu()
    }
}
