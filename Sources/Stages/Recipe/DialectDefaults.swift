import Features

/// What a toolkit does unless it is told otherwise, for one kind of features.
struct DialectDefaults {
    let dialect: FeatureParameters.Dialect
    let kind: FeatureParameters.Kind

    /// Nil where the toolkit has no such features.
    init?(_ dialect: FeatureParameters.Dialect, _ kind: FeatureParameters.Kind) {
        if (dialect == .wespeaker || dialect == .vggish) && kind != .fbank { return nil }
        self.dialect = dialect
        self.kind = kind
    }

    var mels: Int {
        switch (kind, dialect) {
        case (.mfcc, .kaldi), (.mfcc, .lhotse): 23
        case (.mfcc, .psf): 26
        case (.mfcc, _): 128
        case (_, .vggish): 64
        default: 80
        }
    }

    var coefficients: Int {
        switch dialect {
        case .librosa: 20
        case .torchaudio: 40
        default: 13
        }
    }

    var lifter: Double { dialect == .librosa || dialect == .torchaudio ? 0 : 22 }
    var lifterForm: CosineTransform.LifterForm { dialect == .librosa ? .librosa : .kaldi }

    /// The energy that is there unless the recipe says otherwise.
    var energy: EnergyRule? {
        switch (kind, dialect) {
        case (.mfcc, .kaldi), (.spectrogram, .kaldi): .raw
        case (.mfcc, .psf): .spectrum
        default: nil
        }
    }

    /// What the toolkit means by energy.
    var energyRule: EnergyRule { dialect == .psf ? .spectrum : .raw }

    /// All parameters of the filter bank, or of what cepstra and spectrograms have in common with one.
    func fbank(rate: Int, window: Int, hop: Int, mels: Int, fft: Int?) -> FbankParameters {
        let size = fft ?? FbankParameters.powerOfTwo(atLeast: window)
        var fbank: FbankParameters
        switch dialect {
        case .kaldi, .wespeaker, .lhotse, .vggish:
            fbank = .kaldi(sampleRate: rate, windowSampleCount: window, hopSampleCount: hop, melCount: mels)
            fbank.fftSize = size
            if dialect == .wespeaker { fbank.window = .hamming }
            if dialect == .lhotse { fbank.followLhotse() }
            if dialect == .vggish { fbank.followVGGish() }
        case .psf:
            fbank = .psf(
                sampleRate: rate, windowSampleCount: window, hopSampleCount: hop, melCount: mels,
                fftSize: fft ?? max(512, size))
        case .librosa:
            fbank = .librosa(
                sampleRate: rate, windowSampleCount: window, hopSampleCount: hop, melCount: mels,
                fftSize: size)
        case .torchaudio:
            fbank = .torchaudio(
                sampleRate: rate, windowSampleCount: window, hopSampleCount: hop, melCount: mels,
                fftSize: size)
        }
        adapt(&fbank)
        return fbank
    }

    private func adapt(_ fbank: inout FbankParameters) {
        switch (kind, dialect) {
        case (.mfcc, .librosa), (.mfcc, .torchaudio):
            fbank.log = true
            fbank.decibels = Decibels(range: 80)
        case (.spectrogram, .librosa): fbank.spectrum = .magnitude
        // Its `powspec` keeps zeros, which its `fbank` replaces.
        case (.spectrogram, .psf):
            (fbank.log, fbank.preEmphasis, fbank.floorRule) = (false, 0, .raise)
        // Its `LogSpectrogram` is ln(x + 1e-15).
        case (.spectrogram, .lhotse): (fbank.log, fbank.logFloor) = (false, 1e-15)
        default: break
        }
    }
}
