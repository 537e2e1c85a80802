import ContentStore
import Corpus
import Features
import Pipeline

/// Looks for recordings of one sound on two sides: made louder, cut elsewhere, encoded again.
struct NearAudioSearch {
    let check: Certificate.Check
    let summary: Certificate.NearAudio

    init(
        _ fingerprint: FingerprintParameters, _ threshold: NearAudioThreshold,
        parameters: CertificateParameters, utterances: CertifiedUtterances, fingerprints: [Resolved.Entry],
        store: Store
    ) throws(StoreError) {
        let index = try FingerprintIndex(fingerprint, fingerprints.map(\.artifact.digest), in: store)
        guard index.rowCount == utterances.all.count else {
            throw .damaged(
                "there are \(index.rowCount) fingerprints of \(utterances.all.count) utterances; run 'twinset verify --repair'"
            )
        }
        let compared = utterances.all.indices.count { index.codeCount(ofRow: $0) >= threshold.leastCodes }
        var findings = LeakFindings()
        var withinSides = 0
        var (across, admitted) = (0, 0)
        let used = index.pairs(threshold) { a, b in
            // Identical audio has a check of its own.
            let (one, other) = (utterances.all[a], utterances.all[b])
            return one.mask != 0 && other.mask != 0 && one.audio != other.audio
        }
        for pair in used {
            guard utterances.isAcross(pair.a, pair.b) else {
                withinSides += 1
                continue
            }
            let (a, b) = (utterances.all[pair.a], utterances.all[pair.b])
            across += 1
            if parameters.admitsLike(a.mask, b.mask) { admitted += 1 }
            findings.add(
                NearAudioSearch.finding(pair, a, b, hopMilliseconds: fingerprint.hopMilliseconds),
                mask: a.mask | b.mask)
        }
        check = findings.check(.nearAudio, parameters, isAllowed: across > 0 ? admitted == across : nil)
        summary = Certificate.NearAudio(
            fingerprint: fingerprint, threshold: threshold, compared: compared,
            notCompared: utterances.all.count - compared, pairsWithinSides: withinSides)
    }

    private static func finding(
        _ pair: NearPair, _ a: CertifiedUtterances.Utterance, _ b: CertifiedUtterances.Utterance,
        hopMilliseconds: Int
    ) -> Certificate.Finding {
        Certificate.Finding(
            names: [a.name, b.name], sides: [Side.words(a.mask), Side.words(b.mask)],
            mismatch: (pair.mismatch * 1000).rounded() / 1000,
            seconds: Double(pair.alike * hopMilliseconds) / 1000,
            offsetSeconds: Double(pair.offset * hopMilliseconds) / 1000)
    }
}
