/// The energy of single frames, in double precision. Made once for a worker; computing allocates nothing.
struct FrameEnergy {
    private let parameters: FbankParameters
    private let rule: EnergyRule
    private var frame: DoubleFrame

    init(_ parameters: FbankParameters, rule: EnergyRule) {
        self.parameters = parameters
        self.rule = rule
        frame = DoubleFrame(parameters)
    }

    /// The energy of a frame, floored and logarithmic as the parameters say of energies.
    mutating func value(_ waveform: Span<Float>, frame number: Int) -> Float {
        frame.load(waveform, frame: number, to: rule == .raw ? .raw : .windowed)
        let energy =
            rule == .spectrum
            ? spectrum() * parameters.powerScale : frame.samples.reduce(0) { $0 + $1 * $1 }
        switch parameters.floorRule {
        case .replaceZero where energy == 0: return leveled(parameters.logFloor)
        case .raise where parameters.log: return leveled(max(energy, parameters.logFloor))
        default: return leveled(energy)
        }
    }

    /// By the kernel's logarithm, whose bits are the same on every CPU; the C library's are not.
    private func leveled(_ energy: Double) -> Float {
        parameters.log ? logarithm(Float(energy)) : Float(energy)
    }

    /// Σ |X_k|² for k = 0 … N/2, by Parseval's theorem: half of N Σ x² and of the two bins that have no mirror image.
    private func spectrum() -> Double {
        var (squares, sum, alternating) = (0.0, 0.0, 0.0)
        for (offset, value) in frame.samples.enumerated() {
            squares += value * value
            sum += value
            alternating += offset % 2 == 0 ? value : -value
        }
        let whole = Double(parameters.fftSize) * squares + sum * sum
        return (parameters.fftSize % 2 == 0 ? whole + alternating * alternating : whole) / 2
    }
}
