/// How to change the sample rate.
package enum ResampleMethod: String, Codable, Sendable, CaseIterable {
    /// Our own polyphase FIR under a Kaiser window, for any rational ratio: at least 100 dB down from the lower
    /// Nyquist frequency on, flat to 0.1 dB (in fact 0.001) up to 90 % of it, linear phase. The default.
    case kaiser
    /// Every M-th sample and no filter. It folds everything above the new Nyquist frequency into speech; for
    /// those who must reproduce work done this way. Integer ratios only.
    case decimate
    /// libsamplerate's converters by its own names; their bytes depend on its version. They cost 10 to 200
    /// times as much as `kaiser`.
    case sincBest = "sinc-best"
    case sincMedium = "sinc-medium"
    case sincFastest = "sinc-fastest"
}
