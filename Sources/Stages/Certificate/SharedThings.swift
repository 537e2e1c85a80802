import ContentStore
import Corpus

/// Looks for speakers, sessions, utterances and identical audio on two sides.
struct SharedThings {
    let utterances: CertifiedUtterances
    let parameters: CertificateParameters

    var checks: [Certificate.Check] { [speakers, sessions, shared, audio] }

    private var speakers: Certificate.Check {
        var findings = LeakFindings()
        for (name, mask) in zip(utterances.speakerNames, utterances.speakerMasks) {
            findings.add(name, mask: mask)
        }
        return findings.check(.speaker, parameters)
    }

    private var sessions: Certificate.Check {
        var findings = LeakFindings()
        for (name, mask) in zip(utterances.sessionNames, utterances.sessionMasks) {
            findings.add(name, mask: mask)
        }
        return findings.check(.session, parameters)
    }

    private var shared: Certificate.Check {
        var findings = LeakFindings()
        for utterance in utterances.all { findings.add(utterance.name, mask: utterance.mask) }
        return findings.check(.utterance, parameters)
    }

    /// Counts sounds, as the split does, and names pairs.
    private var audio: Certificate.Check {
        let order = utterances.all.indices.filter { utterances.all[$0].mask != 0 }.sorted { one, other in
            let (a, b) = (utterances.all[one].audio, utterances.all[other].audio)
            return a == b ? one < other : a.bytes.lexicographicallyPrecedes(b.bytes)
        }
        var findings = LeakFindings()
        var sounds = 0
        var start = 0
        while start < order.count {
            let digest = utterances.all[order[start]].audio
            var end = start + 1
            while end < order.count, utterances.all[order[end]].audio == digest { end += 1 }
            if addPairs(order[start..<end], &findings) { sounds += 1 }
            start = end
        }
        return findings.check(.audio, parameters, count: sounds)
    }

    /// Adds those of one sound that stand on two sides; each with the first on another side, so that a thousand copies
    /// are a thousand findings and not a million.
    private func addPairs(_ numbers: ArraySlice<Int>, _ findings: inout LeakFindings) -> Bool {
        guard numbers.count > 1, let first = numbers.first else { return false }
        var hasFound = false
        for number in numbers.dropFirst() {
            let partner =
                utterances.isAcross(first, number)
                ? first : numbers.first { $0 != number && utterances.isAcross($0, number) }
            guard let partner else { continue }
            hasFound = true
            let (a, b) = (utterances.all[partner], utterances.all[number])
            findings.add(
                Certificate.Finding(
                    names: [a.name, b.name], sides: [Side.words(a.mask), Side.words(b.mask)]),
                mask: a.mask | b.mask)
        }
        return hasFound
    }
}
