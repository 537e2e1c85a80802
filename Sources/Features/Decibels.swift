internal import Foundation

/// Levels in decibels: 10 log₁₀ of powers, 20 log₁₀ of magnitudes, over a reference.
///
/// As `librosa.power_to_db` and `amplitude_to_db` compute them: values below the floor are raised to it first.
package struct Decibels: Codable, Hashable, Sendable {
    /// The power or magnitude that is 0 dB.
    package var reference: Double
    /// The largest level of a matrix is 0 dB instead, as with librosa's `ref=np.max`. Nil is false.
    package var isReferenceLargest: Bool? = nil
    /// How far below the largest level of a matrix a level may lie, in dB; lower ones are raised. Nil is any.
    package var range: Double?

    package init(reference: Double = 1, range: Double? = nil) {
        self.reference = reference
        self.range = range
    }

    /// Natural logarithms of `spectrum` become decibels, and the range is kept over the whole of `matrix`.
    func apply(_ matrix: inout MutableSpan<Float>, spectrum: Spectrum, floor: Double) {
        let factor = Float((spectrum == .power ? 10 : 20) / log(10.0))
        let zero = Float((spectrum == .power ? 10 : 20) * log10(max(reference, floor)))
        var largest = -Float.infinity
        for index in 0..<matrix.count {
            let level = matrix[index] * factor - zero
            matrix[index] = level
            largest = max(largest, level)
        }
        guard largest.isFinite else { return }
        if isReferenceLargest == true {
            for index in 0..<matrix.count { matrix[index] -= largest }
            largest = 0
        }
        guard let range else { return }
        let least = largest - Float(range)
        for index in 0..<matrix.count where matrix[index] < least { matrix[index] = least }
    }
}
