package import Torch

/// voicemap's network for waveforms: four blocks with F, 2F, 3F and 4F filters, the maximum over time and a dense
/// layer of E. With F = 128 and E = 64 its encoder has 1 023 808 learned parameters and 2 560 running statistics.
///
/// The head of the twins scores that two differ: w·‖a − b‖ + b, or a weighted sum of |a − b|. The baseline's is a
/// softmax over speakers.
package final class VoicemapNet: Network {
    package struct Parameters: Codable, Sendable, Hashable {
        package enum Head: String, Codable, Sendable {
            case euclidean
            case absoluteDifference = "absolute-difference"
            case classes
            /// None: compared by distance alone, for the contrastive loss.
            case none
        }

        package var head: Head
        package var sampleCount = 12_000
        package var filters = 128
        package var embeddingSize = 64
        package var dropout = 0.0
        /// Of the `classes` head.
        package var classCount = 0
        /// Keras's, with which it was published; PyTorch's follows the batches faster in short runs.
        package var normalization = BatchNormalization.Settings.keras

        package init(
            _ head: Head, sampleCount: Int = 12_000, filters: Int = 128, embeddingSize: Int = 64,
            dropout: Double = 0, classCount: Int = 0, normalization: BatchNormalization.Settings = .keras
        ) {
            self.head = head
            self.sampleCount = sampleCount
            self.filters = filters
            self.embeddingSize = embeddingSize
            self.dropout = dropout
            self.classCount = classCount
            self.normalization = normalization
        }
    }

    package let parameters: Parameters
    package let store: ParameterStore
    package let exampleShape: [Int]
    package var embeddingSize: Int { parameters.embeddingSize }
    package var classCount: Int { parameters.classCount }
    private let encoder: WaveformEncoder
    private let dense: Linear
    private let pairHead: PairHead?
    private let classes: Linear?

    package init(_ parameters: Parameters, seed: UInt64, device: Device) throws(TorchError) {
        store = ParameterStore(seed: seed, device: device)
        self.parameters = parameters
        exampleShape = [1, parameters.sampleCount]
        let embeddingSize = parameters.embeddingSize
        let filters = (1...4).map { $0 * parameters.filters }
        encoder = try WaveformEncoder(
            store.root["encoder"], filters: filters, dropout: parameters.dropout, parameters.normalization,
            .glorot)
        dense = try Linear(store.root["encoder"]["dense"], filters[3], embeddingSize, .glorot)
        let head = store.root["head"]
        pairHead =
            switch parameters.head {
            case .euclidean: try PairHead(head, .euclidean, embeddingSize, .glorot)
            case .absoluteDifference: try PairHead(head, .absoluteDifference, embeddingSize, .glorot)
            case .classes, .none: nil
            }
        classes =
            parameters.head == .classes
            ? try Linear(head, embeddingSize, parameters.classCount, .glorot) : nil
    }

    package var blueprint: NetworkBlueprint { .voicemap(parameters) }

    package func embed(_ examples: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        try dense(encoder(examples, mode))
    }
}

extension VoicemapNet: PairScorer {
    /// [pairs]: above 0 when they seem to differ.
    package func pairLogits(_ first: Tensor, _ second: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        guard let pairHead else { throw .unavailable("this voicemap network has no head that scores pairs") }
        return try pairHead(first, second)
    }
}

extension VoicemapNet: Classifier {
    package func logits(ofEmbeddings embeddings: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        guard let classes else { throw .unavailable("this voicemap network has no head that names speakers") }
        return try classes(embeddings)
    }
}
