/// Rate conversion by `FIRStage`s: one sharp filter for any ratio, preceded by halvings while the rate is to
/// fall by 2.5 or more. A halving keeps only the final band clean, so its filter may be short (16 → 8 kHz on
/// the way to 4: 27 taps, of which every second is zero), and the sharp filter after it works at half the
/// rate: 16 → 4 kHz takes 267 + 2 · 15 multiplications an output instead of 535, 48 → 16 kHz 201 + 1.5 · 23
/// instead of 401, within the same limits.
struct KaiserResampler {
    private var stages: [FIRStage] = []
    /// What the halvings hand on; moved out and back by every run, so their storage stays.
    private var scratch: ([Float], [Float]) = ([], [])

    /// nil if the ratio, in lowest terms, needs too many coefficients.
    init?(from: Int, to: Int, level: VectorLevel) {
        var divisor = (from, to)
        while divisor.1 != 0 { divisor = (divisor.1, divisor.0 % divisor.1) }
        var down = from / divisor.0
        var up = to / divisor.0
        while 2 * down >= 5 * up {
            let band = Double(up) / Double(down) / 2
            let design = KaiserDesign(pass: band, stop: 0.5 - band)
            guard let stage = FIRStage(up: 1, down: 2, design: design, level: level) else { return nil }
            stages.append(stage)
            if down % 2 == 0 { down /= 2 } else { up *= 2 }
        }
        let nyquist = min(1, Double(up) / Double(down)) / 2
        let design = KaiserDesign(pass: 0.9 * nyquist, stop: nyquist)
        guard let stage = FIRStage(up: up, down: down, design: design, level: level) else { return nil }
        stages.append(stage)
    }

    /// Multiplications of each step for one of its outputs.
    var tapsPerOutput: [Int] { stages.map(\.tapsPerOutput) }

    /// Computes outputs 0 ..< `count`. Every step but the last also computes what overhangs the ends of its
    /// input, so that two steps equal one filter over a signal with zeros around it.
    mutating func run(_ input: Span<Float>, count: Int, into output: inout [Float]) {
        guard stages.count > 1 else {
            return stages[0].run(input, origin: 0, range: 0..<count, into: &output)
        }
        var (signal, next) = ([Float](), [Float]())
        swap(&signal, &scratch.0)
        swap(&next, &scratch.1)
        var origin = runHalving(0, input, origin: 0, into: &signal)
        for index in 1..<stages.count - 1 {
            origin = runHalving(index, signal.span, origin: origin, into: &next)
            swap(&signal, &next)
        }
        stages[stages.count - 1].run(signal.span, origin: origin, range: 0..<count, into: &output)
        scratch = (signal, next)
    }

    /// Runs one step over all its outputs that can differ from zero and returns the first one's number.
    private mutating func runHalving(
        _ index: Int, _ input: Span<Float>, origin: Int, into output: inout [Float]
    ) -> Int {
        let overhang = stages[index].overhang
        let range = (origin - 1) / 2 - overhang..<(origin + input.count) / 2 + overhang
        stages[index].run(input, origin: origin, range: range, into: &output)
        return range.lowerBound
    }
}
