import Features

/// What the leakage certificate looks for, and what it lets pass.
struct CertificateParameters: Codable, Hashable, Sendable {
    /// Raised whenever the same dataset would be certified otherwise.
    var version = 2
    /// What two sides may share.
    var allow: [Leak]
    /// How near-identical audio is found; nil where it is not looked for.
    var fingerprint: FingerprintParameters?
    var threshold: NearAudioThreshold?
    /// Findings of one kind that are named; more are counted.
    var nameLimit = 10_000

    /// Whether the recipe lets a leak pass.
    func admits(_ leak: Leak) -> Bool { allow.contains(leak) }

    /// Whether it lets two near-identical recordings pass that stand on these sides. Who admits one utterance on two
    /// sides has admitted its like: the same sound stands on both already. Not so of two that stand on one side each.
    func admitsLike(_ one: UInt8, _ other: UInt8) -> Bool {
        allow.contains(.nearAudio)
            || allow.contains(.utterance) && max(one.nonzeroBitCount, other.nonzeroBitCount) > 1
    }
}

/// What a recipe asks of the certificate.
package struct CertificateRequest: Sendable {
    /// All that two sides may share, also what the split itself does not look for.
    package var allow: [Leak] = []
    /// Whether near-identical audio is looked for.
    package var looksForNearAudio = true
    /// Lists of trials whose speakers must not be trained on.
    package var trials: [Recipe.SplitFile] = []

    var parameters: CertificateParameters {
        CertificateParameters(
            allow: Leak.allCases.filter(allow.contains),
            fingerprint: looksForNearAudio ? FingerprintParameters() : nil,
            threshold: looksForNearAudio ? NearAudioThreshold() : nil)
    }
}
