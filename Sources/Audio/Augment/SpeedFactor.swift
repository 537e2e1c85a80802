/// How much faster a waveform is played, as an exact fraction: 11/10 is shorter by a tenth and higher in pitch.
package struct SpeedFactor: Codable, Hashable, Sendable {
    package let numerator: Int
    package let denominator: Int

    /// Both at least 1; brought to lowest terms.
    package init(_ numerator: Int, _ denominator: Int) {
        precondition(numerator >= 1 && denominator >= 1, "a speed of \(numerator)/\(denominator)")
        var (a, b) = (numerator, denominator)
        while b != 0 { (a, b) = (b, a % b) }
        self.numerator = numerator / a
        self.denominator = denominator / a
    }

    package static var one: SpeedFactor { SpeedFactor(1, 1) }
    package var value: Double { Double(numerator) / Double(denominator) }
}
