package import Torch

/// The Siamese network of the MFCC, raw and VGGish study: three blocks of 128, 256 and 384 filters 3×3, batch
/// normalization, ReLU, max pooling and dropout; the maximum over all places; a dense layer of 1024 with dropout; the twins'
/// Euclidean distance through a dense layer of one.
///
/// The study's slides leave open what this fills in: pools of 2×2, zeros around so that a block keeps its size, the
/// order within a block, and for waveforms the one-dimensional blocks of voicemap.
package final class MFCCNet: Network {
    package struct Parameters: Codable, Sendable, Hashable {
        package enum Input: Codable, Sendable, Hashable {
            /// MFCC or log-mel patches: frames × coefficients.
            case matrix(frameCount: Int, coefficientCount: Int)
            case waveform(sampleCount: Int)
        }

        package var input: Input
        package var filters = [128, 256, 384]
        package var embeddingSize = 1024
        package var dropout = 0.2

        package init(
            _ input: Input, filters: [Int] = [128, 256, 384], embeddingSize: Int = 1024, dropout: Double = 0.2
        ) {
            self.input = input
            self.filters = filters
            self.embeddingSize = embeddingSize
            self.dropout = dropout
        }
    }

    package let parameters: Parameters
    package let store: ParameterStore
    package let exampleShape: [Int]
    package var embeddingSize: Int { parameters.embeddingSize }
    private let encoder: Encoder
    private let dense: Linear
    private let head: PairHead

    private enum Encoder {
        case matrix(MatrixEncoder)
        case waveform(WaveformEncoder)
    }

    package init(_ parameters: Parameters, seed: UInt64, device: Device) throws(TorchError) {
        store = ParameterStore(seed: seed, device: device)
        self.parameters = parameters
        let (embeddingSize, dropout) = (parameters.embeddingSize, parameters.dropout)
        let scope = store.root["encoder"]
        switch parameters.input {
        case .matrix(let frameCount, let coefficientCount):
            exampleShape = [1, frameCount, coefficientCount]
            encoder = .matrix(try MatrixEncoder(scope, filters: parameters.filters, dropout: dropout))
        case .waveform(let sampleCount):
            exampleShape = [1, sampleCount]
            encoder = .waveform(
                try WaveformEncoder(scope, filters: parameters.filters, dropout: dropout, .pytorch, .fanIn))
        }
        dense = try Linear(scope["dense"], parameters.filters.last ?? 1, embeddingSize)
        head = try PairHead(store.root["head"], .euclidean, embeddingSize, .fanIn)
    }

    package var blueprint: NetworkBlueprint { .mfcc(parameters) }

    package func embed(_ examples: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        let found: Tensor =
            switch encoder {
            case .matrix(let encoder): try encoder(examples, mode)
            case .waveform(let encoder): try encoder(examples, mode)
            }
        return try dense(found).droppedOut(parameters.dropout, mode)
    }
}

extension MFCCNet: PairScorer {
    /// [pairs]: above 0 when they seem to differ.
    package func pairLogits(_ first: Tensor, _ second: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        try head(first, second)
    }
}

/// The two-dimensional blocks.
private struct MatrixEncoder {
    private let blocks: [(convolution: Convolution, normalization: BatchNormalization)]
    private let dropout: Double

    init(_ scope: ModuleScope, filters: [Int], dropout: Double) throws(TorchError) {
        self.dropout = dropout
        var blocks: [(Convolution, BatchNormalization)] = []
        var channels = 1
        for (index, outputs) in filters.enumerated() {
            blocks.append(
                (
                    try Convolution(scope["conv\(index + 1)"], channels, outputs, .init(3, padding: 1)),
                    try BatchNormalization(scope["bn\(index + 1)"], outputs)
                ))
            channels = outputs
        }
        self.blocks = blocks
    }

    /// [examples, 1, frames, coefficients] as [examples, channels of the last block].
    func callAsFunction(_ matrices: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        var state = matrices
        for block in blocks {
            state = try block.normalization(block.convolution(state), mode).relu()
            state = try state.maxPooled([2, 2]).droppedOut(dropout, mode)
        }
        return try state.maximum(along: [-2, -1])
    }
}
