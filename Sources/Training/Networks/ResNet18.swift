package import Torch

/// ResNet-18 (He et al. 2016) with torchvision's names, so that its ImageNet weights load: a convolution 7×7 of
/// stride 2, max pooling, four layers of two basic blocks, the mean over all places, a dense layer. With 200 classes
/// it has 11 279 112 parameters. The embedding is the 512 means.
package final class ResNet18: Classifier {
    package struct Parameters: Codable, Sendable, Hashable {
        package var classCount: Int
        /// Channels of the first layer; each next has twice as many.
        package var filters = 64
        /// Height and width of the picture.
        package var size = 224

        package init(classCount: Int, filters: Int = 64, size: Int = 224) {
            self.classCount = classCount
            self.filters = filters
            self.size = size
        }
    }

    package let parameters: Parameters
    package let store: ParameterStore
    package let exampleShape: [Int]
    package var classCount: Int { parameters.classCount }
    package var embeddingSize: Int { parameters.filters << 3 }
    private let first: Convolution
    private let normalization: BatchNormalization
    private let blocks: [BasicBlock]
    private let dense: Linear

    package init(_ parameters: Parameters, seed: UInt64, device: Device) throws(TorchError) {
        self.parameters = parameters
        exampleShape = [3, parameters.size, parameters.size]
        store = ParameterStore(seed: seed, device: device)
        let root = store.root
        first = try Convolution(
            root["conv1"], 3, parameters.filters, .init(7, stride: 2, padding: 3), hasBias: false, .heFanOut)
        normalization = try BatchNormalization(root["bn1"], parameters.filters)
        var blocks: [BasicBlock] = []
        var channels = parameters.filters
        for layer in 0..<4 {
            let outputs = parameters.filters << layer
            for index in 0..<2 {
                let stride = layer > 0 && index == 0 ? 2 : 1
                blocks.append(
                    try BasicBlock(root["layer\(layer + 1)"]["\(index)"], channels, outputs, stride: stride))
                channels = outputs
            }
        }
        self.blocks = blocks
        dense = try Linear(root["fc"], channels, parameters.classCount)
    }

    package var blueprint: NetworkBlueprint { .resNet18(parameters) }

    /// Pictures of one channel are given as three equal ones.
    package func embed(_ examples: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        var state = try normalization(first(examples), mode).relu()
        state = try state.maxPooled([3, 3], stride: [2, 2], padding: 1)
        for block in blocks { state = try block(state, mode) }
        return try state.mean(along: [-2, -1])
    }

    package func logits(ofEmbeddings embeddings: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        try dense(embeddings)
    }
}

/// Two convolutions 3×3 around a shortcut, which is a convolution 1×1 where the size or the channels change.
private struct BasicBlock {
    private let first: Convolution
    private let second: Convolution
    private let firstNormalization: BatchNormalization
    private let secondNormalization: BatchNormalization
    private let shortcut: (convolution: Convolution, normalization: BatchNormalization)?

    init(_ scope: ModuleScope, _ inputs: Int, _ outputs: Int, stride: Int) throws(TorchError) {
        first = try Convolution(
            scope["conv1"], inputs, outputs, .init(3, stride: stride, padding: 1), hasBias: false, .heFanOut)
        firstNormalization = try BatchNormalization(scope["bn1"], outputs)
        second = try Convolution(
            scope["conv2"], outputs, outputs, .init(3, padding: 1), hasBias: false, .heFanOut)
        secondNormalization = try BatchNormalization(scope["bn2"], outputs)
        guard stride != 1 || inputs != outputs else {
            shortcut = nil
            return
        }
        let place = scope["downsample"]
        shortcut = (
            try Convolution(place["0"], inputs, outputs, .init(1, stride: stride), hasBias: false, .heFanOut),
            try BatchNormalization(place["1"], outputs)
        )
    }

    func callAsFunction(_ input: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        let middle = try firstNormalization(first(input), mode).relu()
        let around = try shortcut.map { (pair) throws(TorchError) in
            try pair.normalization(pair.convolution(input), mode)
        }
        return try (secondNormalization(second(middle), mode) + (around ?? input)).relu()
    }
}
