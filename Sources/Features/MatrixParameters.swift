/// What a waveform is turned into: a matrix [frames × coefficients] of one kind.
package enum MatrixParameters: Hashable, Sendable {
    case fbank(FbankParameters)
    case mfcc(MFCCParameters)
    case spectrogram(SpectrogramParameters)

    /// Values per frame.
    package var width: Int {
        switch self {
        case .fbank(let parameters): parameters.melCount + (parameters.energy ? 1 : 0)
        case .mfcc(let parameters): parameters.width
        case .spectrogram(let parameters): parameters.binCount
        }
    }

    /// Hz.
    package var sampleRate: Int { base.sampleRate }

    /// The cepstra, where it is some.
    var cepstra: MFCCParameters? {
        if case .mfcc(let parameters) = self { parameters } else { nil }
    }

    /// The filter bank it is computed by; its own energy is a matter of this kind's.
    var base: FbankParameters {
        var base: FbankParameters
        switch self {
        case .fbank(let parameters): base = parameters
        case .mfcc(let parameters): base = parameters.fbank
        case .spectrogram(let parameters): base = parameters.fbank
        }
        base.energy = false
        return base
    }

    /// Whether levels are relative to the largest of the matrix.
    package var looksAtLargest: Bool { base.decibels?.isReferenceLargest == true }

    /// The energy that stands first in a row, in place of a coefficient or before them all.
    var energy: EnergyRule? {
        switch self {
        case .fbank(let parameters): parameters.energy ? parameters.energyRule : nil
        case .mfcc(let parameters): parameters.energy
        case .spectrogram(let parameters): parameters.energy
        }
    }

    /// The parameters themselves, or the first reason why they cannot be computed.
    @discardableResult
    package func validated() throws(FeatureError) -> MatrixParameters {
        switch self {
        case .fbank(let parameters): try parameters.validated()
        case .mfcc(let parameters): try parameters.validated()
        case .spectrogram(let parameters): try parameters.validated()
        }
        return self
    }
}
