import Corpus

/// Gathers the findings of one kind.
struct LeakFindings {
    private var found: [Certificate.Finding] = []
    private var across: [String: Int] = [:]
    private var count = 0

    /// - Parameter mask: all sides it stands on.
    mutating func add(_ finding: Certificate.Finding, mask: UInt8) {
        found.append(finding)
        across[Side.words(mask), default: 0] += 1
        count += 1
    }

    /// Something that stands on several sides itself.
    mutating func add(_ name: String, mask: UInt8) {
        guard mask.nonzeroBitCount > 1 else { return }
        add(Certificate.Finding(names: [name], sides: [Side.words(mask)]), mask: mask)
    }

    /// The findings as a check; `count` where it is not the number of them, `isAllowed` where more than the kind decides.
    func check(
        _ leak: Leak, _ parameters: CertificateParameters, count other: Int? = nil, isAllowed: Bool? = nil
    ) -> Certificate.Check {
        let sorted = found.sorted { $0.names.lexicographicallyPrecedes($1.names) { $0.precedesByBytes($1) } }
        return Certificate.Check(
            leak: leak, count: other ?? count, isAllowed: isAllowed ?? parameters.admits(leak),
            across: across,
            found: Array(sorted.prefix(parameters.nameLimit)))
    }
}
