import Features

/// What an example is made of.
package struct FeatureParameters: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Filter-bank energies, `mels` for each frame.
        case fbank
        /// The waveform itself.
        case raw
    }

    /// The toolkit whose conventions every parameter starts from.
    package enum Dialect: String, Codable, Sendable, CaseIterable {
        case kaldi
        case psf
        case librosa
        case torchaudio
    }

    package enum ValueType: String, Codable, Sendable, CaseIterable {
        case float32
        case float16
    }

    package enum Normalize: String, Codable, Sendable, CaseIterable {
        case none
        /// Each frame: minus its mean, divided by its standard deviation, over the coefficients.
        case frame
        /// Each utterance: minus its mean, divided by its standard deviation, over all its values.
        case utterance
        /// Each coefficient over the frames of an utterance.
        case bin
        /// Each coefficient by the mean and standard deviation over the train side of the split.
        case dataset
        /// Waveforms: minus the example's own mean, scaled to the RMS `rms`.
        case rms
    }

    package var kind: Kind
    package var dialect: Dialect?
    package var dtype: ValueType
    package var normalize: Normalize
    package var rms: Double?
    /// All parameters of the filter bank, for kind `fbank`.
    package var fbank: FbankParameters?

    /// Values per frame: mels, or 1 for a waveform.
    package var width: Int { fbank?.melCount ?? 1 }
}
