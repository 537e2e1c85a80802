/// Values as people write them, read exactly: `25ms`, `16kHz`, `95%`.
enum Units {
    /// A decimal number times a unit, as a fraction of whole numbers.
    struct Quantity {
        let numerator: Int
        let denominator: Int

        /// The quantity times `factor` when that is a whole number.
        func times(_ factor: Int) -> Int? {
            let (product, overflow) = numerator.multipliedReportingOverflow(by: factor)
            return !overflow && product % denominator == 0 ? product / denominator : nil
        }

        /// The quantity times `factor` in decimal digits, all of them: 0.3 ms at 16 000 Hz is `4.8`.
        func product(_ factor: Int) -> String {
            let (product, overflow) = numerator.multipliedReportingOverflow(by: factor)
            if overflow { return String(value * Double(factor)) }
            var digits = ""
            var rest = product % denominator
            // Denominators are powers of ten, so the digits end.
            while rest > 0 {
                rest *= 10
                digits += String(rest / denominator)
                rest %= denominator
            }
            return String(product / denominator) + (digits.isEmpty ? "" : "." + digits)
        }

        var value: Double { Double(numerator) / Double(denominator) }
    }

    /// Seconds per unit, as numerator and denominator.
    static let durations: [(unit: String, numerator: Int, denominator: Int)] = [
        ("us", 1, 1_000_000), ("ms", 1, 1000), ("s", 1, 1), ("min", 60, 1), ("h", 3600, 1),
    ]
    static let samples: [(unit: String, numerator: Int, denominator: Int)] = [("samples", 1, 1)]
    static let decibels: [(unit: String, numerator: Int, denominator: Int)] = [("dB", 1, 1)]
    static let frequencies: [(unit: String, numerator: Int, denominator: Int)] = [
        ("Hz", 1, 1), ("kHz", 1000, 1),
    ]
    static let shares: [(unit: String, numerator: Int, denominator: Int)] = [("%", 1, 100)]

    /// Reads `text` as a number followed by one of `units`; nil when it is anything else.
    static func quantity(
        _ text: String, _ units: [(unit: String, numerator: Int, denominator: Int)]
    ) -> Quantity? {
        for unit in units.sorted(by: { $0.unit.count > $1.unit.count }) where text.hasSuffix(unit.unit) {
            let number = text.dropLast(unit.unit.count)
            guard let (digits, scale) = decimal(number.last == " " ? number.dropLast() : number) else {
                continue
            }
            let (numerator, overflow) = digits.multipliedReportingOverflow(by: unit.numerator)
            if overflow { return nil }
            return Quantity(numerator: numerator, denominator: scale * unit.denominator)
        }
        return nil
    }

    /// A non-negative decimal number as digits / scale: `0.25` is 25 / 100.
    static func decimal(_ text: Substring) -> (digits: Int, scale: Int)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || !fraction.isEmpty, fraction.count <= 9,
            text.allSatisfy({ $0 == "." || ("0"..."9").contains($0) }),
            let digits = Int(String(whole + fraction))
        else { return nil }
        return (digits, fraction.reduce(1) { scale, _ in scale * 10 })
    }
}
