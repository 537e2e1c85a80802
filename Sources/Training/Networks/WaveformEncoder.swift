internal import Torch

/// Blocks of one-dimensional convolution, ReLU, batch normalization, dropout of channels and max pooling, then the
/// maximum over time: what voicemap's encoder and the raw form of the MFCC study do to a waveform.
///
/// The first kernel has 32 samples and its pool 4, the others 3 and 2. "Same" padding: a kernel of 32 has 15 zeros
/// before and 16 after.
struct WaveformEncoder {
    private let blocks: [(convolution: Convolution, normalization: BatchNormalization)]
    private let dropout: Double

    /// - Parameter filters: channels of each block.
    init(
        _ scope: ModuleScope, filters: [Int], dropout: Double, _ normalization: BatchNormalization.Settings,
        _ initialization: Initialization
    ) throws(TorchError) {
        self.dropout = dropout
        var blocks: [(Convolution, BatchNormalization)] = []
        var channels = 1
        for (index, outputs) in filters.enumerated() {
            let geometry = Convolution.Geometry(
                index == 0 ? 32 : 3, padding: index == 0 ? 0 : 1, dimensions: 1)
            blocks.append(
                (
                    try Convolution(scope["conv\(index + 1)"], channels, outputs, geometry, initialization),
                    try BatchNormalization(scope["bn\(index + 1)"], outputs, normalization)
                ))
            channels = outputs
        }
        self.blocks = blocks
    }

    /// [examples, 1, samples] as [examples, channels of the last block].
    func callAsFunction(_ waveforms: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        var state = try waveforms.zeroPadded(before: 15, after: 16)
        for (index, block) in blocks.enumerated() {
            state = try block.normalization(block.convolution(state).relu(), mode)
            state = try state.channelsDroppedOut(dropout, mode).maxPooled([index == 0 ? 4 : 2])
        }
        return try state.maximum(along: [-1])
    }
}
