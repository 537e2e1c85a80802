package import Torch

/// The networks of You Only Speak Once for pictures of spectrograms: blocks of reflection padding, convolution 3×3,
/// ReLU and batch normalization at full size, then dense layers.
///
/// - `contrastive` (the milestone): 1 → 4 → 8 → 8 channels, 500, ReLU, 500, ReLU, 5; 206 370 465 parameters.
/// - `twoClasses` (the final one): 1 → 4 → 8, 512, ReLU, dropout; |a − b| → no match, match; 211 064 682 parameters.
package final class SpectrogramNet: Network {
    package struct Parameters: Codable, Sendable, Hashable {
        package enum Head: String, Codable, Sendable {
            case contrastive
            case twoClasses = "two-classes"
        }

        package var head: Head
        /// Height and width of the picture.
        package var size = 227
        /// Of the dense layers before the last: 500, or 512 for two classes.
        package var hidden: Int
        /// 0.3 in the authors' variant of `twoClasses`.
        package var dropout = 0.0

        package init(_ head: Head, size: Int = 227, hidden: Int? = nil, dropout: Double = 0) {
            self.head = head
            self.size = size
            self.hidden = hidden ?? (head == .contrastive ? 500 : 512)
            self.dropout = dropout
        }
    }

    package let store: ParameterStore
    package let exampleShape: [Int]
    package let embeddingSize: Int
    package let parameters: Parameters
    private let blocks: [(convolution: Convolution, normalization: BatchNormalization)]
    private let dense: [Linear]
    private let match: Linear?

    package init(_ parameters: Parameters, seed: UInt64, device: Device) throws(TorchError) {
        self.parameters = parameters
        store = ParameterStore(seed: seed, device: device)
        exampleShape = [1, parameters.size, parameters.size]
        let isContrastive = parameters.head == .contrastive
        let channels = isContrastive ? [1, 4, 8, 8] : [1, 4, 8]
        let features = store.root["cnn"]
        var blocks: [(Convolution, BatchNormalization)] = []
        for (index, pair) in zip(channels, channels.dropFirst()).enumerated() {
            // Four modules a block: padding 0, convolution 1, ReLU 2, normalization 3.
            blocks.append(
                (
                    try Convolution(features["\(4 * index + 1)"], pair.0, pair.1, .init(3)),
                    try BatchNormalization(features["\(4 * index + 3)"], pair.1)
                ))
        }
        self.blocks = blocks
        let flat = 8 * parameters.size * parameters.size
        let sizes =
            isContrastive ? [flat, parameters.hidden, parameters.hidden, 5] : [flat, parameters.hidden]
        var dense: [Linear] = []
        for (index, pair) in zip(sizes, sizes.dropFirst()).enumerated() {
            // A ReLU stands between two of them.
            dense.append(try Linear(store.root["fc"]["\(2 * index)"], pair.0, pair.1))
        }
        self.dense = dense
        embeddingSize = isContrastive ? 5 : parameters.hidden
        match = isContrastive ? nil : try Linear(store.root["match"], parameters.hidden, 2)
    }

    package var blueprint: NetworkBlueprint { .spectrogramNet(parameters) }

    package func embed(_ examples: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        var state = examples
        for block in blocks {
            state = try block.normalization(block.convolution(state.reflected(1)).relu(), mode)
        }
        state = try state.flattened()
        for (index, layer) in dense.enumerated() {
            state = try layer(state)
            let isLast = index == dense.count - 1
            if !isLast || parameters.head == .twoClasses { state = try state.relu() }
        }
        return try state.droppedOut(parameters.dropout, mode)
    }
}

extension SpectrogramNet: PairScorer {
    /// [pairs, 2]: no match, match. Only for two classes; the contrastive network compares by distance.
    package func pairLogits(_ first: Tensor, _ second: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        guard let match else {
            throw .unavailable(
                "the contrastive SpectrogramNet scores pairs by their distance and has no classes")
        }
        return try match((first - second).absolute())
    }
}
