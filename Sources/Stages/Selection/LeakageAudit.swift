import ContentStore
import Corpus

/// What the sides of a split share; made at every build and kept with the split.
package struct LeakageAudit: Codable, Sendable {
    package struct Finding: Codable, Sendable {
        package let leak: Leak
        package let count: Int
        /// The first few, by name.
        package let examples: [String]
        /// Whether the recipe admits it by name.
        package let isAllowed: Bool
    }

    package let findings: [Finding]

    /// The findings that the recipe does not admit.
    package var refused: [Finding] { findings.filter { !$0.isAllowed } }

    /// One sentence for a build that must not go on.
    func refusal() -> String {
        let parts = refused.map { finding in
            "\(finding.count) \(finding.leak.rawValue)\(finding.count == 1 ? "" : "s") (\(finding.examples.joined(separator: ", "))"
                + (finding.count > finding.examples.count ? ", …)" : ")")
        }
        return
            "the split leaks: on two sides stand \(parts.joined(separator: " and ")); split by speaker, remove the "
            + "copies, or admit it with split.allow: [\(refused.map(\.leak.rawValue).joined(separator: ", "))]"
    }
}

/// Gathers on which sides each speaker, session, utterance and audio stands.
struct LeakageAuditor {
    private static let exampleLimit = 3

    private var speakers: [String: UInt8] = [:]
    private var sessions: [String: UInt8] = [:]
    private var sharedUtterances: [String] = []
    private var sharedUtteranceCount = 0
    private var audio: [Digest: (mask: UInt8, count: Int, first: String)] = [:]

    /// Notes an utterance whose examples stand on the sides in `mask`, one bit a side; 0 is none.
    mutating func note(utterance: String, speaker: String, session: String, audio digest: Digest, mask: UInt8)
    {
        guard mask != 0 else { return }
        speakers[speaker, default: 0] |= mask
        sessions[session, default: 0] |= mask
        if mask.nonzeroBitCount > 1 {
            sharedUtteranceCount += 1
            if sharedUtterances.count < LeakageAuditor.exampleLimit { sharedUtterances.append(utterance) }
        }
        let known = audio[digest] ?? (0, 0, utterance)
        audio[digest] = (known.mask | mask, known.count + 1, known.first)
    }

    func audit(allowing allowed: [Leak]) -> LeakageAudit {
        func finding(_ leak: Leak, _ names: [String], count: Int) -> LeakageAudit.Finding? {
            guard count > 0 else { return nil }
            return LeakageAudit.Finding(
                leak: leak, count: count, examples: Array(names.prefix(LeakageAuditor.exampleLimit)),
                isAllowed: allowed.contains(leak))
        }
        let sharedSpeakers = LeakageAuditor.shared(speakers)
        let sharedSessions = LeakageAuditor.shared(sessions)
        let sharedAudio = audio.values.filter { $0.count > 1 && $0.mask.nonzeroBitCount > 1 }.map(\.first)
            .sorted()
        return LeakageAudit(
            findings: [
                finding(.speaker, sharedSpeakers, count: sharedSpeakers.count),
                finding(.session, sharedSessions, count: sharedSessions.count),
                finding(.utterance, sharedUtterances, count: sharedUtteranceCount),
                finding(.audio, sharedAudio, count: sharedAudio.count),
            ].compactMap { $0 })
    }

    private static func shared(_ masks: [String: UInt8]) -> [String] {
        masks.filter { $0.value.nonzeroBitCount > 1 }.keys.sorted()
    }
}
