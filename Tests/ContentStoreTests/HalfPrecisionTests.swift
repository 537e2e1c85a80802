import ContentStore
import Testing

@Suite("Half precision")
struct HalfPrecisionTests {
    @Test("survives being widened and narrowed again, for all 65 536 patterns")
    func exhaustive() {
        var wrong: [UInt16] = []
        for bits in UInt16.min...UInt16.max {
            let value = HalfPrecision.float(bits)
            let isNumber = bits & 0x7fff <= 0x7c00
            if isNumber ? HalfPrecision.bits(value) != bits : !value.isNaN { wrong.append(bits) }
        }
        #expect(wrong == [])
    }

    @Test("has the values of IEEE 754's binary16")
    func knownValues() {
        let known: [(bits: UInt16, value: Float)] = [
            (0x0000, 0), (0x0001, 0x1p-24), (0x03ff, 0x1.ff8p-15), (0x0400, 0x1p-14),
            (0x3555, 0.333251953125),
            (0x3bff, 0.99951171875), (0x3c00, 1), (0x3c01, 1.0009765625), (0x7bff, 65504),
            (0x7c00, .infinity),
            (0xc000, -2), (0xfbff, -65504), (0xfc00, -.infinity),
        ]
        for (bits, value) in known {
            #expect(HalfPrecision.float(bits) == value)
            #expect(HalfPrecision.bits(value) == bits)
        }
        #expect(HalfPrecision.float(0x8000).sign == .minus)
        #expect(HalfPrecision.bits(-0.0) == 0x8000)
        #expect(HalfPrecision.bits(.nan) == 0x7e00)
    }

    @Test("halfway between two neighbors goes to the even one, and just beside it to the nearer")
    func ties() {
        for bits in UInt16(0)..<0x7bff {
            let (low, high) = (HalfPrecision.float(bits), HalfPrecision.float(bits + 1))
            // Half the sum of two neighbors is exact in single precision.
            let middle = low + (high - low) / 2
            let even = bits & 1 == 0 ? bits : bits + 1
            let found = [middle, middle.nextDown, middle.nextUp, -middle].map(HalfPrecision.bits)
            if found != [even, bits, bits + 1, even | 0x8000] {
                Issue.record("between \(bits) and \(bits + 1): \(found)")
            }
        }
    }

    @Test("beyond its range is infinite, from halfway to the number after the largest")
    func overflow() {
        #expect(HalfPrecision.bits(65520 as Float) == 0x7c00)
        #expect(HalfPrecision.bits((65520 as Float).nextDown) == 0x7bff)
        #expect(HalfPrecision.bits(65536) == 0x7c00)
        #expect(HalfPrecision.bits(-Float.greatestFiniteMagnitude) == 0xfc00)
        #expect(HalfPrecision.bits(0x1p-25) == 0)
        #expect(HalfPrecision.bits((0x1p-25 as Float).nextUp) == 1)
        #expect(HalfPrecision.bits(.leastNonzeroMagnitude) == 0)
    }

    #if (arch(x86_64) && os(Linux)) || arch(arm64)
        @Test("is what Swift's own Float16 says, for all patterns and a million numbers between")
        func agreesWithFloat16() {
            var wrong = 0
            for bits in UInt16.min...UInt16.max where bits & 0x7fff <= 0x7c00 {
                if Float(Float16(bitPattern: bits)).bitPattern != HalfPrecision.float(bits).bitPattern {
                    wrong += 1
                }
            }
            for pattern in stride(from: UInt32(0), to: UInt32.max - 4099, by: 4099) {
                let value = Float(bitPattern: pattern)
                if !value.isNaN, Float16(value).bitPattern != HalfPrecision.bits(value) { wrong += 1 }
            }
            #expect(wrong == 0)
        }
    #endif
}
