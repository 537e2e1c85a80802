/// A low-pass FIR by the window method, as a function of continuous time: a sinc under a Kaiser window.
///
/// Formulas: A. V. Oppenheim, R. W. Schafer, *Discrete-Time Signal Processing*, section 7.5.3: for an
/// attenuation of A dB, beta = 0.1102 (A − 8.7) and length − 1 = (A − 8) / (2.285 Δω). Frequencies in cycles
/// per input sample, times in input samples. Every function here is plain arithmetic and square roots, so the
/// coefficients are the same bits on every system, whatever its math library.
struct KaiserDesign {
    /// The design aims 4 dB below the promised 100 dB, which covers the formula's own error and the rounding
    /// of coefficients to single precision.
    static let attenuationDB = 104.0

    /// Half the window: taps lie strictly within this distance of their output.
    let halfWidth: Double
    private let cutoff: Double
    private let beta: Double

    /// Passes up to `pass`, stops from `stop` on.
    init(pass: Double, stop: Double) {
        precondition(0 < pass && pass < stop, "a pass band up to \(pass) and a stop band from \(stop)")
        beta = 0.1102 * (Self.attenuationDB - 8.7)
        cutoff = (pass + stop) / 2
        halfWidth = (Self.attenuationDB - 8) / (2.285 * 2 * Double.pi * (stop - pass)) / 2
    }

    /// The impulse response `distance` samples from its center, up to a constant factor.
    func value(at distance: Double) -> Double {
        guard abs(distance) < halfWidth else { return 0 }
        let x = distance / halfWidth
        return Self.sinc(2 * cutoff * distance) * Self.bessel(beta * (1 - x * x).squareRoot())
    }

    /// sin(πx) / (πx); exactly zero at whole numbers, so a half-band filter has every second tap exactly zero.
    private static func sinc(_ x: Double) -> Double {
        if x == 0 { return 1 }
        if x == x.rounded() { return 0 }
        return SineOfPi.value(x) / (Double.pi * x)
    }

    /// The modified Bessel function of the first kind, order 0, by its power series.
    private static func bessel(_ x: Double) -> Double {
        var (term, sum, k) = (1.0, 1.0, 1.0)
        while term > sum * 1e-17 {
            term *= (x / (2 * k)) * (x / (2 * k))
            sum += term
            k += 1
        }
        return sum
    }
}
