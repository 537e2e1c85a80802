/// A part of a recording, in exact decimal seconds.
struct SourceRange: Hashable, Sendable, CustomStringConvertible {
    let start: DecimalSeconds
    /// Nil means to the end.
    let end: DecimalSeconds?

    /// `1.5:3.25`, or `1.5:` to the end.
    var description: String { "\(start):\(end.map { "\($0)" } ?? "")" }

    /// The samples at `rate` Hz, each bound rounded down to a sample, as Kaldi's tools do; `count` is where the
    /// recording ends. The end may lie beyond.
    func samples(rate: Int, count: Int) -> Range<Int> {
        let first = start.samples(rate)
        return first..<max(first, end?.samples(rate) ?? count)
    }

    /// How long it is, if it says.
    var nanoseconds: Int? { end.map { $0.nanoseconds - start.nanoseconds } }
}

/// A number of seconds from 0 to a year, exact to the nanosecond.
struct DecimalSeconds: Hashable, Comparable, Sendable, CustomStringConvertible {
    let nanoseconds: Int
    private static let limit = 31_622_400

    init(nanoseconds: Int) { self.nanoseconds = nanoseconds }

    /// Reads `12`, `12.345` or `1.2e-05`. Digits beyond the nanosecond are rounded; anything else, also a negative
    /// number, is nil.
    init?(_ text: some StringProtocol) {
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard let mantissa = parts.first, parts.count <= 2,
            let exponent = parts.count == 2 ? Int(parts[1]) : 0, abs(exponent) <= 18
        else { return nil }
        let halves = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, let whole = halves.first, !whole.isEmpty else { return nil }
        let fraction = halves.count == 2 ? halves[1] : ""
        let digits = Array((whole + fraction).utf8)
        guard digits.allSatisfy({ (48...57).contains($0) }), digits.count <= 40 else { return nil }
        // Where the decimal point of nanoseconds falls among the digits.
        let point = whole.utf8.count + exponent + 9
        var value: Int128 = 0
        for index in 0..<max(0, point) {
            value = value * 10 + Int128(index < digits.count ? digits[index] - 48 : 0)
            if value > Int128(DecimalSeconds.limit) * 1_000_000_000 { return nil }
        }
        if point >= 0, point < digits.count, digits[point] >= 53 { value += 1 }
        nanoseconds = Int(value)
    }

    static func < (left: DecimalSeconds, right: DecimalSeconds) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The first sample at or before this time.
    func samples(_ rate: Int) -> Int { Int(Int128(nanoseconds) * Int128(rate) / 1_000_000_000) }

    /// With as many decimals as it needs.
    var description: String {
        var decimals = String(String(nanoseconds % 1_000_000_000 + 1_000_000_000).dropFirst())
        while decimals.last == "0" { decimals.removeLast() }
        return "\(nanoseconds / 1_000_000_000)" + (decimals.isEmpty ? "" : "." + decimals)
    }
}
