extension FbankParameters {
    /// kaldi-native-fbank's defaults (20 Hz to half the sample rate, povey window, `snip_edges`), without dither, on the
    /// 16-bit integer range. The FFT is the next power of two.
    package static func kaldi(
        sampleRate: Int, windowSampleCount: Int, hopSampleCount: Int, melCount: Int
    ) -> FbankParameters {
        FbankParameters(
            sampleRate: sampleRate, windowSampleCount: windowSampleCount, hopSampleCount: hopSampleCount,
            fftSize: powerOfTwo(atLeast: windowSampleCount), window: .povey, preEmphasis: 0.97,
            preEmphasisScope: .frame, removeDC: true, melCount: melCount, lowHz: 20,
            highHz: Double(sampleRate) / 2, melFormula: .kaldi, melNorm: .none, filterShape: .kaldiMel,
            powerScale: 1, log: true, logFloor: Double(Float.ulpOfOne), floorRule: .raise, scale: 32768,
            energy: false, edges: .snip, dither: 0)
    }

    /// python_speech_features' `logfbank` defaults on samples −1…1; set `log` to false for its `fbank`, `scale` to 32768
    /// for what it gives on 16-bit integers.
    package static func psf(
        sampleRate: Int, windowSampleCount: Int, hopSampleCount: Int, melCount: Int, fftSize: Int = 512
    ) -> FbankParameters {
        FbankParameters(
            sampleRate: sampleRate, windowSampleCount: windowSampleCount, hopSampleCount: hopSampleCount,
            fftSize: fftSize, window: .rectangular, preEmphasis: 0.97, preEmphasisScope: .signal,
            removeDC: false, melCount: melCount, lowHz: 0, highHz: Double(sampleRate) / 2, melFormula: .htk,
            melNorm: .none, filterShape: .roundedBins, powerScale: 1 / Double(fftSize), log: true,
            logFloor: Double.ulpOfOne, floorRule: .replaceZero, scale: 1, energy: false, edges: .pad,
            dither: 0)
    }

    /// `librosa.feature.melspectrogram`'s defaults: linear power, periodic Hann, Slaney's scale and area norm.
    package static func librosa(
        sampleRate: Int, windowSampleCount: Int, hopSampleCount: Int, melCount: Int, fftSize: Int
    ) -> FbankParameters {
        FbankParameters(
            sampleRate: sampleRate, windowSampleCount: windowSampleCount, hopSampleCount: hopSampleCount,
            fftSize: fftSize, window: .hannPeriodic, preEmphasis: 0, preEmphasisScope: .frame,
            removeDC: false,
            melCount: melCount, lowHz: 0, highHz: Double(sampleRate) / 2, melFormula: .slaney,
            melNorm: .slaney,
            filterShape: .linearHz, powerScale: 1, log: false, logFloor: 1e-10, floorRule: .raise, scale: 1,
            energy: false, edges: .centerZero, dither: 0)
    }

    /// `torchaudio.transforms.MelSpectrogram`'s defaults: linear power, periodic Hann, HTK's scale, no norm.
    package static func torchaudio(
        sampleRate: Int, windowSampleCount: Int, hopSampleCount: Int, melCount: Int, fftSize: Int
    ) -> FbankParameters {
        var parameters = librosa(
            sampleRate: sampleRate, windowSampleCount: windowSampleCount, hopSampleCount: hopSampleCount,
            melCount: melCount, fftSize: fftSize)
        parameters.melFormula = .htk
        parameters.melNorm = .none
        parameters.edges = .centerReflect
        return parameters
    }

    /// The length of FFT that toolkits choose for a window: the next power of two.
    package static func powerOfTwo(atLeast count: Int) -> Int {
        var size = 1
        while size < count { size *= 2 }
        return size
    }
}

extension FbankParameters {
    /// lhotse's `Fbank` and `Mfcc`: Kaldi's chain on samples −1…1, with frames centered over their hops and filters up to
    /// 400 Hz below half the sample rate.
    package mutating func followLhotse() {
        scale = 1
        edges = .mirror
        highHz = max(Double(sampleRate) / 2 - 400, lowHz + 1)
    }

    /// VGGish's input: magnitudes under a periodic Hann window, filters from 125 to 7500 Hz, ln(x + 0.01).
    package mutating func followVGGish() {
        (window, preEmphasis, removeDC, scale) = (.hannPeriodic, 0, false, 1)
        (lowHz, highHz) = (125, min(7500, Double(sampleRate) / 2))
        (spectrum, logOffset) = (.magnitude, 0.01)
    }
}
