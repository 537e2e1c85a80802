/// What shapes a fingerprint. One set of values for all recordings, or fingerprints could not be compared; they stand
/// here and in every key so that a change of them is seen.
///
/// The form is that of Haitsma and Kalker, "A Highly Robust Audio Fingerprinting System" (ISMIR 2002): a bit says whether
/// the difference of two neighboring bands' levels grew from one time to a later one. Here levels are of 32 ms windows
/// smoothed over 240 ms, so that half a hop more or less changes few bits.
package struct FingerprintParameters: Codable, Hashable, Sendable {
    /// Raised whenever the same audio would come to other bits.
    package var version = 1
    package var windowMilliseconds = 32
    package var hopMilliseconds = 16
    /// Mel bands of which neighbors are compared: one bit less than bands.
    package var bandCount = 17
    package var lowHz = 300
    package var highHz = 3000
    /// A level is the sum of so many windows, and this sum summed once more: a triangle. A power of two.
    package var smoothing = 8
    /// Windows between the two times that are compared.
    package var lag = 8
    /// A landmark moves more than the codes so many hops before and after it.
    package var landmarkRadius = 6
    /// Mean movement of a landmark's bands, 0 to 1, in percent: less is silence, hum or a tone.
    package var leastMovementPercent = 10

    package init() {}

    /// Whether recordings of this sample rate have a fingerprint: those that hold all the bands.
    package func covers(sampleRate: Int) -> Bool { sampleRate >= 2 * highHz }

    /// Codes of a recording with so many windows.
    func codeCount(windowCount: Int) -> Int { max(0, windowCount - 2 * (smoothing - 1) - lag) }
}
