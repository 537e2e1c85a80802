import Features

/// What an example is made of.
package struct FeatureParameters: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Filter-bank energies, `mels` for each frame.
        case fbank
        /// Cepstral coefficients.
        case mfcc
        /// The bins of the spectrum, fft / 2 + 1 for each frame.
        case spectrogram
        /// The waveform itself.
        case raw
    }

    /// The toolkit whose conventions every parameter starts from.
    package enum Dialect: String, Codable, Sendable, CaseIterable {
        case kaldi
        case psf
        case librosa
        case torchaudio
        case wespeaker
        case lhotse
        case vggish
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
        /// Each frame: divided by its largest magnitude.
        case maximum
        /// Each example: brought to 0 … 1.
        case range
        /// Each frame: brought to 0 … 1.
        case frameRange = "frame-range"
        /// Each coefficient over a window of frames that slides along the utterance.
        case sliding
    }

    /// How loud a waveform is made before anything is computed of it.
    package enum Level: String, Codable, Sendable, CaseIterable {
        case none
        /// An utterance's largest magnitude becomes 1.
        case peak
    }

    package var kind: Kind
    package var dialect: Dialect?
    package var dtype: ValueType
    package var normalize: Normalize
    package var rms: Double?
    /// All parameters of the filter bank, for kind `fbank`.
    package var fbank: FbankParameters?
    /// All parameters of the cepstra, for kind `mfcc`.
    package var mfcc: MFCCParameters? = nil
    /// All parameters of the spectrogram, for kind `spectrogram`.
    package var spectrogram: SpectrogramParameters? = nil
    /// Nil for `none`.
    package var level: Level? = nil
    package var sliding: SlidingNormalization? = nil
    /// How matrices become pictures of fixed size; nil leaves them.
    package var picture: PictureParameters? = nil
    /// The network that makes an embedding of each example; nil leaves its matrix.
    package var embedding: EmbeddingParameters? = nil

    /// What frames are turned into; nil for waveforms.
    package var matrix: MatrixParameters? {
        switch kind {
        case .fbank: fbank.map { .fbank($0) }
        case .mfcc: mfcc.map { .mfcc($0) }
        case .spectrogram: spectrogram.map { .spectrogram($0) }
        case .raw: nil
        }
    }

    /// Values per frame of the matrix: mels, coefficients or bins, or 1 for a waveform.
    package var width: Int { matrix?.width ?? 1 }

    /// Whether an example is a matrix with a row for each frame.
    package var hasFrames: Bool { kind != .raw && picture == nil && embedding == nil }

    /// The shape of one example of `frames` frames, as it is stored.
    package func exampleShape(frames: Int) -> [Int] {
        if let embedding { return [embedding.count] }
        if let picture {
            return (picture.channels > 1 ? [picture.channels] : []) + [picture.height, picture.width]
        }
        return kind == .raw ? [frames] : [frames, width]
    }
}
