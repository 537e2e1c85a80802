import Foundation

/// The normal distribution's quantiles: the scale of DET plots, and the width of intervals.
package enum NormalDeviate {
    /// The number below which a standard normal variable falls with probability `p`; −∞ at 0, ∞ at 1.
    ///
    /// P. J. Acklam's rational approximation (relative error 1.15e-9), made exact to rounding by one step of Halley's
    /// method on the complementary error function.
    package static func quantile(_ p: Double) -> Double {
        precondition(p >= 0 && p <= 1, "the quantile of probability \(p); it must lie in 0…1")
        if p == 0 { return -.infinity }
        if p == 1 { return .infinity }
        if p > 0.5 { return -quantile(1 - p) }
        let start = approximation(p)
        let error = 0.5 * erfc(-start / 2.0.squareRoot()) - p
        let step = error * (2 * Double.pi).squareRoot() * exp(start * start / 2)
        return step.isFinite ? start - step / (1 + start * step / 2) : start
    }

    /// The probability that a standard normal variable is below `x`.
    package static func probability(below x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    /// For p in (0, 0.5].
    private static func approximation(_ p: Double) -> Double {
        if p < 0.02425 {
            let q = (-2 * log(p)).squareRoot()
            let over = polynomial(
                q,
                [
                    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                    -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00,
                ])
            let under = polynomial(
                q,
                [
                    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                    3.754408661907416e+00,
                    1,
                ])
            return over / under
        }
        let q = p - 0.5
        let over = polynomial(
            q * q,
            [
                -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
                -3.066479806614716e+01, 2.506628277459239e+00,
            ])
        let under = polynomial(
            q * q,
            [
                -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
                -1.328068155288572e+01, 1,
            ])
        return q * over / under
    }

    private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
        coefficients.reduce(0) { $0 * x + $1 }
    }
}
