import Features
import Foundation
import Testing

@Suite("natural logarithm") struct LogarithmTests {
    static func logarithms(_ values: [Float], _ level: CPULevel) -> [Float] {
        var copy = values
        var span = copy.mutableSpan
        takeLogarithm(&span, level: level)
        return copy
    }

    @Test("is within one unit in the last place over the whole range", arguments: CPULevel.available)
    func accuracy(level: CPULevel) {
        let patterns = stride(from: UInt32(1), to: Float.infinity.bitPattern, by: 4099)
        let around1 = stride(from: Float(0.7).bitPattern, to: Float(1.5).bitPattern, by: 97)
        let values = (Array(patterns) + Array(around1)).map(Float.init(bitPattern:))
        var worst = 0.0
        for (x, y) in zip(values, Self.logarithms(values, level)) {
            let exact = log(Double(x))
            worst = max(worst, abs(Double(y) - exact) / Double(Float(exact).ulp))
        }
        #expect(worst < 1)
    }

    @Test("of 0, 1, infinity and NaN") func special() {
        for level in CPULevel.available {
            let result = Self.logarithms([0, 1, .infinity, .nan, -Float.nan], level)
            #expect(bits(result) == bits([-.infinity, 0, .infinity, .nan, .nan]))
        }
    }
}
