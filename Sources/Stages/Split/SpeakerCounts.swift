import Corpus

/// How many speakers each side gets, for a split by speaker. A side that is not said gets none, but train the rest.
package struct SpeakerCounts: Codable, Hashable, Sendable {
    package var train: Int?
    package var validation: Int?
    package var test: Int?

    package init(train: Int? = nil, validation: Int? = nil, test: Int? = nil) {
        self.train = train
        self.validation = validation
        self.test = test
    }

    /// The sides of speakers: those with the smallest keyed hashes are test, the next validation, the next train.
    ///
    /// A new speaker moves at most one old one over each border, and only where its hash falls before it.
    func sides(_ speakers: [SplitCandidate], seed: UInt64) throws(SplitError) -> [Side?] {
        let asked = (train ?? 0) + (validation ?? 0) + (test ?? 0)
        guard asked <= speakers.count else {
            throw .tooFewSpeakers(asked: asked, counts: self, present: speakers.count)
        }
        let random = KeyedRandom(seed: seed, domain: "split.speaker")
        let order = speakers.indices.map { (bits: random.bits(speakers[$0].id), index: $0) }
            .sorted { ($0.bits, speakers[$0.index].id) < ($1.bits, speakers[$1.index].id) }
        var sides = [Side?](repeating: nil, count: speakers.count)
        for (place, entry) in order.enumerated() { sides[entry.index] = side(at: place) }
        return sides
    }

    private func side(at place: Int) -> Side? {
        if place < test ?? 0 { return .test }
        if place < (test ?? 0) + (validation ?? 0) { return .validation }
        guard let train else { return .train }
        return place < (test ?? 0) + (validation ?? 0) + train ? .train : nil
    }
}
