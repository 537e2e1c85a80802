import Scoring

/// A system's curve of errors with its name, as DET and ROC plots show several of.
package struct NamedErrorCurve: Sendable {
    package let name: String
    package let curve: ErrorCurve
    /// 0…1.
    package let equalErrorRate: Double?

    package init(name: String, curve: ErrorCurve, equalErrorRate: Double?) {
        (self.name, self.curve, self.equalErrorRate) = (name, curve, equalErrorRate)
    }

    /// `FBankNet (EER 7.31 %)`.
    var nameWithRate: String {
        guard let equalErrorRate else { return name }
        return "\(name) (EER \(DecimalText.short(equalErrorRate * 100)) %)"
    }
}
