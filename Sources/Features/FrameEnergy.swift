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
        var energy = rule == .spectrum ? spectrum() * parameters.powerScale : frame.energy
        if let floor = parameters.energyFloor, energy < floor { energy = floor }
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
        var (even, odd) = (0.0, 0.0)
        let samples = frame.samples.span
        for offset in stride(from: 0, to: samples.count - 1, by: 2) {
            even += samples[offset]
            odd += samples[offset + 1]
        }
        if samples.count % 2 == 1 { even += samples[samples.count - 1] }
        let (sum, alternating) = (even + odd, even - odd)
        let whole = Double(parameters.fftSize) * frame.energy + sum * sum
        return (parameters.fftSize % 2 == 0 ? whole + alternating * alternating : whole) / 2
    }
}
