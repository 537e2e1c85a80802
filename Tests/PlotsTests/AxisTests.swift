import Testing

@testable import Plots

struct AxisTests {
    @Test("numbers are written by their digits, exactly")
    func decimals() {
        #expect(DecimalText.text(15, exponent: -2) == "0.15")
        #expect(DecimalText.text(-5, exponent: -1) == "\u{2212}0.5")
        #expect(DecimalText.text(10, exponent: -1) == "1.0")
        #expect(DecimalText.text(0, exponent: -3) == "0")
        #expect(DecimalText.text(2, exponent: 3) == "2000")
        #expect(DecimalText.text(2, exponent: 4) == "20\u{2009}000")
        #expect(DecimalText.text(150, exponent: 5) == "1.5e7")
        #expect(DecimalText.text(20, exponent: -8) == "2e\u{2212}7")
    }

    @Test("short numbers keep their significant digits and no zeros behind them")
    func short() {
        #expect(DecimalText.short(0.38999) == "0.39")
        #expect(DecimalText.short(7.314) == "7.31")
        #expect(DecimalText.short(1234) == "1230")
        #expect(DecimalText.short(-12.5) == "\u{2212}12.5")
        #expect(DecimalText.short(99.99, digits: 4) == "99.99")
        #expect(DecimalText.short(99.999) == "100")
        #expect(DecimalText.short(.nan) == "?")
        #expect(DecimalText.short(-.infinity) == "\u{2212}∞")
        #expect(DecimalText.short(.leastNonzeroMagnitude) == "0")
        #expect(DecimalText.short(1.5e300) == "1.5e300")
    }

    @Test("ticks are round numbers that enclose the values")
    func ticks() {
        let axis = Axis.linear("", holding: [0.013, 0.27, .nan, .infinity])
        #expect(axis.ticks.map(\.text) == ["0", "0.05", "0.10", "0.15", "0.20", "0.25", "0.30"])
        #expect(axis.lower == 0 && axis.upper == 0.3)
        #expect(axis.share(0) == 0 && axis.share(0.15) == 0.5 && axis.share(0.3) == 1)
        let exact = Axis.linear("", holding: [1, 20], isRounded: false, isWhole: true)
        #expect(exact.ticks.map(\.text) == ["5", "10", "15", "20"])
        #expect(exact.lower == 1 && exact.upper == 20)
        #expect(Axis.linear("", holding: [1, 3], isWhole: true).ticks.map(\.text) == ["1", "2", "3"])
        #expect(Axis.linear("", holding: [-7, 4]).ticks.first?.text == "\u{2212}8")
    }

    @Test(
        "any values have an axis with two ticks or more, in order",
        arguments: [
            [], [0], [5], [-3e-9], [1e99, -1e99], [1e300], [1e-300],
            [.leastNonzeroMagnitude, 2 * Double.leastNonzeroMagnitude], [1, 1 + 1e-15], [1e9, 1e9 + 1],
            [.nan], [0, 1e-7], [0.1, 0.3], [1e15, 1e15 + 8],
        ] as [[Double]])
    func degenerate(_ values: [Double]) {
        let axis = Axis.linear("", holding: values)
        #expect(axis.ticks.count >= 2 && axis.ticks.count <= 14)
        #expect(axis.lower < axis.upper)
        #expect(Set(axis.ticks.map(\.text)).count == axis.ticks.count)
        #expect(zip(axis.ticks, axis.ticks.dropFirst()).allSatisfy { $0.value < $1.value })
        for value in values where abs(value) < 1e100 {
            #expect(axis.share(value) >= -1e-9 && axis.share(value) <= 1 + 1e-9)
        }
    }

    @Test("on a normal-deviate axis rates lie at their quantiles, and 0 and 100 % just beyond its ends")
    func normalDeviate() {
        let axis = Axis.normalDeviate("", lower: 0.07, upper: 55)
        #expect(axis.lower == 0.05 && axis.upper == 60)
        #expect(
            axis.ticks.map(\.text) == ["0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "40", "60"])
        #expect(axis.share(0.05) == 0 && axis.share(60) == 1)
        // (q(0.1) - q(0.0005)) / (q(0.6) - q(0.0005)) with scipy 1.17.1's norm.ppf
        #expect(abs(axis.share(10) - 0.566887) < 1e-6)
        #expect(axis.share(0) < 0 && axis.share(0).isFinite)
        #expect(axis.share(100) > 1 && axis.share(100).isFinite)
    }

    @Test("long curves shrink to their pixels and keep their extremes")
    func reduction() {
        let places = (0..<100_000).map { PlotPlace(Double($0) / 250, Double(($0 * 7919) % 1009)) }
        let reduced = CurveReduction.reduce(places)
        #expect(reduced.count <= 4 * 401)
        #expect(reduced.first == places.first && reduced.last == places.last)
        #expect(reduced.map(\.y).max() == 1008 && reduced.map(\.y).min() == 0)
        #expect(Set(reduced).isSubset(of: Set(places)))
        #expect(CurveReduction.reduce(Array(places.prefix(2000))).count == 2000)
    }

    @Test("texts too long are cut with an ellipsis, and only those")
    func fitting() {
        #expect(TextWidth.fitting("short", size: 12, within: 200) == "short")
        let cut = TextWidth.fitting(String(repeating: "word ", count: 40), size: 12, within: 100)
        #expect(cut.hasSuffix("…") && TextWidth.of(cut, size: 12) <= 100 && cut.count > 5)
    }
}
