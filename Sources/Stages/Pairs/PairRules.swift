/// Which pairs or triplets are drawn from the rows of one side of a split. See `PairPlan` and `TripletPlan`
/// for what each rule guarantees.
package struct PairRules: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case pairs
        case triplets
    }

    /// Which rows of a speaker may stand together in a same pair, or as anchor and positive.
    package enum Positives: String, Codable, Sendable, CaseIterable {
        /// Any two different rows of the speaker.
        case any
        /// Two rows from different sessions of the speaker.
        case different
    }

    /// Which speakers may stand against each other in a different pair, or as anchor and negative.
    package enum Negatives: String, Codable, Sendable, CaseIterable {
        /// Any two different speakers.
        case any
        /// Two speakers of the same known sex. A speaker of unknown sex then stands in no different pair and
        /// is neither anchor nor negative, for nothing says whose sex is the same; same pairs are not
        /// touched.
        case sameSex = "same-sex"
    }

    package enum Balance: String, Codable, Sendable, CaseIterable {
        /// Pairs: every valid pair equally likely. Triplets: every example equally often the anchor.
        case none
        /// Every speaker equally often, as far as it has pairs (or triplets).
        case speaker
        /// Pairs: every example equally often, so that none is left out; see `CirculantDraws`. Triplets are so without
        /// balance.
        case example
    }

    package var kind: Kind
    package var positives: Positives
    package var negatives: Negatives
    package var balance: Balance
    /// With balance by speaker: no speaker stands in more same pairs than this, nor in more different pairs;
    /// and none is the anchor of more triplets. At least 1; `nil` for no bound.
    package var maximumPerSpeaker: Int?
    /// The part of the pairs that are same pairs.
    package var positiveShare: PositiveShare
    /// The label of a same pair: 1, or 0 as in losses over distances; a different pair has the other one.
    package var labelOfSame: UInt8

    package init(
        kind: Kind = .pairs, positives: Positives = .any, negatives: Negatives = .any,
        balance: Balance = .none, maximumPerSpeaker: Int? = nil, positiveShare: PositiveShare = .half,
        labelOfSame: UInt8 = 1
    ) {
        self.kind = kind
        self.positives = positives
        self.negatives = negatives
        self.balance = balance
        self.maximumPerSpeaker = maximumPerSpeaker
        self.positiveShare = positiveShare
        self.labelOfSame = labelOfSame
    }

    func checked() throws(PairError) {
        let share = positiveShare
        guard share.numerator >= 0, share.numerator <= share.denominator,
            (1...PositiveShare.largestDenominator).contains(share.denominator)
        else { throw .positiveShare(share) }
        guard labelOfSame <= 1 else { throw .labelOfSame(labelOfSame) }
        guard kind == .pairs || balance != .example else { throw .tripletsByExample }
        guard let maximumPerSpeaker else { return }
        guard maximumPerSpeaker >= 1 else { throw .maximumPerSpeaker(maximumPerSpeaker) }
        guard balance == .speaker else { throw .quotaWithoutBalance(maximumPerSpeaker) }
    }
}
