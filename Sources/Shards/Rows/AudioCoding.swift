/// How waveforms are written for a form.
package enum AudioCoding: Sendable {
    /// FLAC of 16 bits where they hold the samples exactly, else of 24.
    case flac
    /// A RIFF WAVE file of 16 bits, rounded to the nearest.
    case wav16
}
