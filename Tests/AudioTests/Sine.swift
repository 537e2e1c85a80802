import Foundation

func sine(_ x: Double) -> Double { sin(x) }

/// A tone of full scale, its phase given in cycles at sample 0.
func tone(_ hz: Double, rate: Int, count: Int, phase: Double = 0) -> [Float] {
    (0..<count).map { Float(sin(2 * Double.pi * (hz * Double($0) / Double(rate) + phase))) }
}

/// The mean power of a signal's middle (both tenths at the ends left out), in dB of a full-scale tone.
func levelDB(_ signal: [Float]) -> Double {
    let middle = signal[(signal.count / 10)..<(signal.count - signal.count / 10)]
    let power = middle.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(middle.count)
    return 10 * log10(2 * power + 1e-30)
}
