/// Everything that shapes cepstral coefficients: filter-bank energies, and what a cosine transform makes of them.
package struct MFCCParameters: Codable, Hashable, Sendable {
    /// The energies; logarithmic.
    package var fbank: FbankParameters
    /// Coefficients kept, the first of them C0; at most the number of filters.
    package var coefficientCount: Int
    package var transformNorm: CosineTransform.Norm
    /// L in 1 + L/2 sin(π k/L), the factor of coefficient k; 0 for none.
    package var lifter: Double
    package var lifterForm: CosineTransform.LifterForm
    /// The frame's logarithmic energy in place of C0; nil keeps C0.
    package var energy: EnergyRule?
    /// How many derivatives over time follow the coefficients: 0, 1 or 2.
    package var deltas: Int
    /// Frames on either side that a derivative is fitted to.
    package var deltaWindow: Int
    /// 1, 2 or 3; nil is 2.
    package var transformType: Int? = nil
    /// How derivatives are made; nil is `kaldi`.
    package var deltaForm: Deltas.Form? = nil

    package init(
        fbank: FbankParameters, coefficientCount: Int, transformNorm: CosineTransform.Norm, lifter: Double,
        lifterForm: CosineTransform.LifterForm, energy: EnergyRule?, deltas: Int, deltaWindow: Int
    ) {
        self.fbank = fbank
        self.coefficientCount = coefficientCount
        self.transformNorm = transformNorm
        self.lifter = lifter
        self.lifterForm = lifterForm
        self.energy = energy
        self.deltas = deltas
        self.deltaWindow = deltaWindow
    }

    /// Values per frame.
    package var width: Int { coefficientCount * (deltas + 1) }

    /// The parameters themselves, or the first reason why they cannot be computed.
    @discardableResult
    package func validated() throws(FeatureError) -> MFCCParameters {
        try fbank.validated()
        guard (1...fbank.melCount).contains(coefficientCount) else {
            throw .invalidParameter(
                parameter: "coefficientCount",
                reason: "is \(coefficientCount) but must lie between 1 and the \(fbank.melCount) filters")
        }
        guard fbank.log else {
            throw .invalidParameter(parameter: "log", reason: "must be true: cepstra are made of logarithms")
        }
        guard !fbank.energy else {
            throw .invalidParameter(
                parameter: "energy",
                reason: "replaces C0 here and cannot be a coefficient of the filter bank too")
        }
        guard (0...2).contains(deltas), (1...100).contains(deltaWindow) else {
            throw .invalidParameter(
                parameter: "deltas",
                reason: "are \(deltas) over \(deltaWindow) frames but must be 0, 1 or 2 over 1 to 100")
        }
        guard (1...3).contains(transformType ?? 2), transformType != 1 || fbank.melCount > 1 else {
            throw .invalidParameter(
                parameter: "transformType",
                reason: "is \(transformType ?? 2) but must be 1 (of 2 filters or more), 2 or 3")
        }
        guard lifter >= 0, lifter.isFinite else {
            throw .invalidParameter(parameter: "lifter", reason: "is \(lifter) but must be 0 or more")
        }
        return self
    }
}
