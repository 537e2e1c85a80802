import Corpus

/// Speakers put wholly on the test side before the examples or utterances of the others are split: closed-set training
/// with a test on unseen speakers beside it.
package struct HeldOut: Codable, Hashable, Sendable {
    /// Parts per million of the speakers, each by its own keyed hash; or …
    package var share: Int?
    /// … so many speakers, those with the smallest hashes.
    package var speakers: Int?

    package init(share: Int? = nil, speakers: Int? = nil) {
        self.share = share
        self.speakers = speakers
    }

    /// For each speaker, whether it is held out.
    func isHeldOut(_ candidates: [SplitCandidate], seed: UInt64) throws(SplitError) -> [Bool] {
        let random = KeyedRandom(seed: seed, domain: "split.held-out")
        guard let speakers else {
            let shares = SplitShares(train: 0, validation: 0, test: share ?? 0)
            return candidates.map { shares.side(bits: random.bits($0.id)) == .test }
        }
        let counts = SpeakerCounts(test: speakers)
        guard speakers <= candidates.count else {
            throw .tooFewSpeakers(asked: speakers, counts: counts, present: candidates.count)
        }
        let held = candidates.map { (bits: random.bits($0.id), id: $0.id) }
            .sorted { ($0.bits, $0.id) < ($1.bits, $1.id) }.prefix(speakers).map(\.id)
        let names = Set(held)
        return candidates.map { names.contains($0.id) }
    }
}
