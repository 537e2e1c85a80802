/// What a level in dB multiplies by, by plain arithmetic: the same bits on every system, whatever its math library and
/// the instructions that library picks for the CPU.
enum DecibelFactor {
    /// 10^(dB / 20), for samples.
    static func amplitude(_ decibels: Double) -> Double { powerOfTen(decibels / 20) }

    /// 10^(dB / 10), for powers.
    static func power(_ decibels: Double) -> Double { powerOfTen(decibels / 10) }

    /// 10^x = 2^n · e^r with |r| ≤ ln 2 / 2, where the power series of e^r converges to the last digit. x from −300 to 300.
    private static func powerOfTen(_ x: Double) -> Double {
        precondition(abs(x) <= 300, "10 to the power \(x)")
        let exponent = (x * 3.321928094887362347870319429489390).rounded()
        // log10 2 in two parts, the first so short that its product with the exponent is exact.
        let rest = (x - exponent * 0.301025390625) - exponent * 4.605038981195213738894724493026768e-6
        let angle = rest * 2.302585092994045684017991454684364
        var (term, sum, k) = (1.0, 1.0, 1.0)
        while abs(term) > 1e-18 {
            term *= angle / k
            sum += term
            k += 1
        }
        return Double(sign: .plus, exponent: Int(exponent), significand: sum)
    }
}
