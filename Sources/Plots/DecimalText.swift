import Foundation

/// Decimal numbers as text, made of whole numbers, so that 3 · 0.1 is written 0.3 everywhere.
enum DecimalText {
    /// mantissa · 10^exponent: `0.15`, `−2`, `1500`, `20 000`, `2e−7`.
    static func text(_ mantissa: Int, exponent: Int) -> String {
        if mantissa == 0 { return "0" }
        let sign = mantissa < 0 ? "\u{2212}" : ""
        let digits = String(mantissa.magnitude)
        if exponent >= 0, digits.count + exponent <= 6 {
            return sign + grouped(digits + String(repeating: "0", count: exponent))
        }
        if exponent >= 0 || exponent < -6 { return scientific(sign, digits, exponent) }
        let places = -exponent
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }

    /// Five digits and more in groups of three, parted by thin spaces: `20 000`.
    private static func grouped(_ digits: String) -> String {
        digits.count < 5 ? digits : digits.dropLast(3) + "\u{2009}" + digits.suffix(3)
    }

    private static func scientific(_ sign: String, _ digits: String, _ exponent: Int) -> String {
        var kept = digits[...]
        var power = exponent
        while kept.count > 1, kept.last == "0" {
            kept.removeLast()
            power += 1
        }
        power += kept.count - 1
        let fraction = kept.dropFirst()
        return sign + kept.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e"
            + (power < 0 ? "\u{2212}\(-power)" : "\(power)")
    }

    /// A number with `digits` significant digits and no zeros at its end: `0.39`, `12.5`.
    static func short(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite else { return value.isNaN ? "?" : value < 0 ? "\u{2212}∞" : "∞" }
        if abs(value) < 1e-100 { return "0" }
        var exponent = Int(log10(abs(value)).rounded(.down)) - digits + 1
        var mantissa = Int((value * pow(10, Double(-exponent))).rounded())
        while mantissa != 0, mantissa.isMultiple(of: 10) {
            mantissa /= 10
            exponent += 1
        }
        return text(mantissa, exponent: exponent)
    }
}
