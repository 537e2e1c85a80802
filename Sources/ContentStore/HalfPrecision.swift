/// IEEE half precision as bit patterns, on every platform.
package enum HalfPrecision {
    /// The nearest half, ties to even; beyond 65 504 it is infinite.
    package static func bits(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
        let magnitude = bits & 0x7FFF_FFFF
        if magnitude > 0x7F80_0000 { return sign | 0x7E00 }
        if magnitude >= 0x4780_0000 { return sign | 0x7C00 }
        if magnitude < 0x3880_0000 { return sign | subnormal(Float(bitPattern: magnitude)) }
        // Rounding the 13 bits that go may carry into the exponent, which is then right too.
        let rounded = magnitude - 0x3800_0000 + 0x0FFF + (magnitude >> 13 & 1)
        return sign | UInt16(truncatingIfNeeded: rounded >> 13)
    }

    /// Adding 0.5 puts the multiples of 2⁻²⁴ into the last bits of the sum, rounded to even by the addition.
    private static func subnormal(_ magnitude: Float) -> UInt16 {
        UInt16(truncatingIfNeeded: (magnitude + 0.5).bitPattern - Float(0.5).bitPattern)
    }

    package static func float(_ bits: UInt16) -> Float {
        let sign: Float = bits & 0x8000 == 0 ? 1 : -1
        let exponent = bits >> 10 & 0x1F
        let fraction = UInt32(bits & 0x3FF)
        switch exponent {
        case 0: return sign * Float(fraction) * 0x1p-24
        case 0x1F: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * Float(bitPattern: (UInt32(exponent) + 112) << 23 | fraction << 13)
        }
    }
}
