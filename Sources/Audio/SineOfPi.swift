/// sin(πx) by plain arithmetic: the same bits on every system, whatever its math library and the instructions that
/// library picks for the CPU.
enum SineOfPi {
    /// x is brought between −1/2 and 1/2, where the power series converges to the last digit.
    static func value(_ x: Double) -> Double {
        let whole = x.rounded()
        let angle = Double.pi * (x - whole)
        var (term, sum, k) = (angle, angle, 2.0)
        while abs(term) > 1e-18 {
            term *= -angle * angle / (k * (k + 1))
            sum += term
            k += 2
        }
        return whole.truncatingRemainder(dividingBy: 2) == 0 ? sum : -sum
    }
}
