import Foundation
import Scoring

/// One axis of a plot: what its length means.
struct Axis {
    struct Tick: Hashable {
        let value: Double
        let text: String
    }

    enum Scale {
        case linear
        /// The normal distribution's quantile of a rate given in percent, as on DET plots.
        case normalDeviate
    }

    let label: String
    let scale: Scale
    let lower: Double
    let upper: Double
    let ticks: [Tick]

    /// Where a value lies along the axis: 0 at `lower`, 1 at `upper`, beyond them outside.
    func share(_ value: Double) -> Double {
        switch scale {
        case .linear: return (value - lower) / (upper - lower)
        case .normalDeviate:
            let (first, last) = (Axis.deviate(lower), Axis.deviate(upper))
            return (Axis.deviate(value) - first) / (last - first)
        }
    }

    /// Held within ±6, where the rates 0 and 100 % would be at infinity.
    private static func deviate(_ percent: Double) -> Double {
        min(max(NormalDeviate.quantile(min(max(percent / 100, 0), 1)), -6), 6)
    }

    /// Numbers beyond it, or closer to 0 than its inverse, have no place on an axis.
    private static let limit = 1e100

    /// An axis that holds all finite values, with ticks at round numbers.
    ///
    /// `isRounded` extends it to ticks at both ends; `isWhole` keeps ticks from lying between whole numbers.
    static func linear(
        _ label: String, holding values: some Sequence<Double>, isRounded: Bool = true, isWhole: Bool = false,
        tickCount: Int = 6
    ) -> Axis {
        var (lower, upper) = (Double.infinity, -Double.infinity)
        for value in values where abs(value) <= Axis.limit {
            (lower, upper) = (min(lower, value), max(upper, value))
        }
        if lower > upper { (lower, upper) = (0, 1) }
        if max(abs(lower), abs(upper)) < 1 / Axis.limit { (lower, upper) = (0, 0) }
        // Values that are one, and spans that Double cannot part into ticks.
        let margin = max(abs(lower), abs(upper)) * 1e-9
        if upper - lower <= margin || lower == upper {
            let widening = lower == 0 ? 1 : isWhole ? 1 : abs(lower) * 0.1
            (lower, upper) = (lower - widening, upper + widening)
        }
        let step = RoundStep(span: upper - lower, count: tickCount, isWhole: isWhole)
        var (first, last) = (step.index(upTo: lower), step.index(from: upper))
        if isRounded {
            (lower, upper) = (step.value(first), step.value(last))
        } else {
            if step.value(first) < lower { first += 1 }
            if step.value(last) > upper { last -= 1 }
        }
        let ticks =
            first <= last ? (first...last).map { Tick(value: step.value($0), text: step.text($0)) } : []
        return Axis(label: label, scale: .linear, lower: lower, upper: upper, ticks: ticks)
    }

    private static let rates = [
        0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 40, 60, 80, 90, 95, 98, 99,
        99.5, 99.8, 99.9, 99.99,
    ]

    /// An axis of rates in percent, from the usual one at or below `lower` to the one at or above `upper`.
    static func normalDeviate(_ label: String, lower: Double, upper: Double) -> Axis {
        let first = rates.lastIndex { $0 <= lower } ?? 0
        let last = max(rates.firstIndex { $0 >= upper } ?? rates.count - 1, min(first + 1, rates.count - 1))
        let ticks = rates[first...last].map { Tick(value: $0, text: DecimalText.short($0, digits: 4)) }
        return Axis(
            label: label, scale: .normalDeviate, lower: rates[first], upper: rates[last], ticks: ticks)
    }
}

/// The distance between ticks: 1, 2 or 5 times a power of ten, in whole numbers.
struct RoundStep {
    private let factor: Int
    private let exponent: Int

    init(span: Double, count: Int, isWhole: Bool) {
        let rough = span / Double(max(count, 1))
        var exponent = Int(log10(rough).rounded(.down))
        let lead = rough / pow(10, Double(exponent))
        var factor = lead <= 1.0000001 ? 1 : lead <= 2.0000001 ? 2 : lead <= 5.0000001 ? 5 : 10
        if factor == 10 { (factor, exponent) = (1, exponent + 1) }
        if isWhole, exponent < 0 { (factor, exponent) = (1, 0) }
        (self.factor, self.exponent) = (factor, exponent)
    }

    /// Exact for powers of ten up to 10²², so that tick 3 of 0.1 is 0.3.
    func value(_ index: Int) -> Double {
        let number = Double(index * factor)
        return exponent < 0 ? number / pow(10, Double(-exponent)) : number * pow(10, Double(exponent))
    }

    func text(_ index: Int) -> String { DecimalText.text(index * factor, exponent: exponent) }

    /// The last tick at or below a value; rounding errors of the value do not cost a tick.
    func index(upTo value: Double) -> Int { Int((value / self.value(1) + 1e-9).rounded(.down)) }

    /// The first tick at or above a value.
    func index(from value: Double) -> Int { Int((value / self.value(1) - 1e-9).rounded(.up)) }
}
