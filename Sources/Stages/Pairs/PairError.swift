/// Pairs, triplets or trials that cannot be drawn as asked: one sentence with how many are asked for, how many exist
/// under which rules, and what to change.
package struct PairError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: String, Hashable, Sendable {
        case tooFewSamePairs
        case tooFewDifferentPairs
        case noAnchor
        case tooFewTriplets
        case impossibleRule
        case tooFewTrials
        case tooManyTrials
    }

    package let reason: Reason
    /// How many same pairs, different pairs or triplets are asked for.
    package let asked: UInt64
    /// How many of them exist.
    package let available: UInt64
    package let description: String

    private init(_ reason: Reason, asked: UInt64 = 0, available: UInt64 = 0, _ description: String) {
        self.reason = reason
        self.asked = asked
        self.available = available
        self.description = description
    }

    static func tooFewSamePairs(
        asked: UInt64, available: UInt64, largestCount: UInt64, speakers: (paired: Int, all: Int),
        _ rules: PairRules
    ) -> PairError {
        let kind = rules.positives == .any ? "" : " from different sessions"
        let loosen = rules.positives == .any ? nil : "allow pairs within a session"
        return PairError(
            .tooFewSamePairs, asked: asked, available: available,
            "\(asked) same pairs are asked for, but \(only(available))\(kind)\(quota(rules)) exist "
                + "(\(speakers.paired) of \(speakers.all) speakers have any): "
                + advice([
                    available > 0 ? lower(largestCount) : nil, loosen, unbalance(rules), raise(rules),
                    "add recordings",
                ]))
    }

    static func tooFewDifferentPairs(
        asked: UInt64, available: UInt64, largestCount: UInt64, speakers: Int, _ rules: PairRules
    ) -> PairError {
        let kind = rules.negatives == .any ? "" : " of speakers of the same known sex"
        let loosen = rules.negatives == .any ? nil : "allow pairs of both sexes"
        return PairError(
            .tooFewDifferentPairs, asked: asked, available: available,
            "\(asked) different pairs are asked for, but \(only(available))\(kind)\(quota(rules)) exist among "
                + "\(speakers) speakers: "
                + advice([
                    available > 0 ? lower(largestCount) : nil, loosen, unbalance(rules), raise(rules),
                    "add speakers",
                ]))
    }

    static func noAnchor(asked: UInt64, rows: PairRows, lackPositive: Int, lackNegative: Int) -> PairError {
        PairError(
            .noAnchor, asked: asked,
            "No triplet can be made from \(rows.count) rows of \(rows.speakerCount) speakers: \(lackPositive) "
                + "speakers have no second row that the rules allow as positive, and \(lackNegative) others "
                + "have no speaker that the rules allow as negative; loosen the rules or add recordings.")
    }

    static func tooManyVisits(perAnchor: UInt64, available: UInt64, anchors: Int) -> PairError {
        let (asked, overflow) = perAnchor.multipliedReportingOverflow(by: UInt64(anchors))
        return PairError(
            .tooFewTriplets, asked: overflow ? .max : asked,
            available: saturatingProduct(available, UInt64(anchors)),
            "\(perAnchor) triplets are asked for from every anchor, but one of the \(anchors) anchors has "
                + "\(available) only: lower the count to \(available) for each anchor at most, or balance by "
                + "speaker.")
    }

    static func tooFewTriplets(asked: UInt64, available: UInt64, anchors: Int, _ rules: PairRules)
        -> PairError
    {
        PairError(
            .tooFewTriplets, asked: asked, available: available,
            "\(asked) triplets are asked for, but \(anchors) anchors\(quota(rules)) give \(available) only: "
                + advice(["lower the count to \(available) at most", raise(rules), "add recordings"]))
    }

    static func noTrial(rows: PairRows, targets: UInt64, nontargets: UInt64) -> PairError {
        PairError(
            .tooFewTrials,
            "\(rows.count) utterances of \(rows.speakerCount) speakers form \(targets) target and \(nontargets) "
                + "nontarget trials under these rules, too few for any list: loosen the rules or add recordings."
        )
    }

    static func tooFewTrials(asked: Int, available: UInt64, rows: PairRows) -> PairError {
        PairError(
            .tooFewTrials, asked: UInt64(asked), available: available,
            "\(asked) trials are asked for, but \(rows.count) utterances of \(rows.speakerCount) speakers form "
                + "\(available) only under these rules: lower the count to \(available) at most, or add recordings."
        )
    }

    static func tooManyTrials(_ available: UInt64, rows: PairRows) -> PairError {
        PairError(
            .tooManyTrials, asked: available, available: available,
            "\(rows.count) utterances form \(available) trials, more than the \(TrialPlan.largestUnasked) that are "
                + "made unasked: give the count, such as \(TrialPlan.largestUnasked).")
    }

    static func positiveShare(_ share: PositiveShare) -> PairError {
        PairError(
            .impossibleRule,
            "The share of same pairs is \(share.numerator)/\(share.denominator); it must be a fraction from 0 "
                + "to 1 with a denominator from 1 to \(PositiveShare.largestDenominator).")
    }

    static func labelOfSame(_ label: UInt8) -> PairError {
        PairError(.impossibleRule, "The label of a same pair is \(label); it must be 0 or 1.")
    }

    static func maximumPerSpeaker(_ quota: Int) -> PairError {
        PairError(.impossibleRule, "The maximum per speaker is \(quota); it must be 1 or more.")
    }

    static func quotaWithoutBalance(_ quota: Int) -> PairError {
        PairError(
            .impossibleRule,
            "A maximum of \(quota) per speaker is asked for without balance by speaker; only drawing in rounds "
                + "can keep it, so ask for balance by speaker or drop the maximum.")
    }

    static func perAnchorWithBalance(_ count: Int) -> PairError {
        PairError(
            .impossibleRule,
            "\(count) triplets for each anchor and balance by speaker exclude each other, for speakers have "
                + "different numbers of anchors; give the total count, or drop the balance.")
    }

    static func noStratum(_ sizes: [Int]) -> PairError {
        PairError(
            .tooFewSamePairs,
            "None of the \(sizes.count) strata of durations, of \(sizes.map(String.init).joined(separator: ", ")) examples, "
                + "has a pair that the rules allow: take fewer or other borders of pairs.durations, or loosen the rules."
        )
    }

    static func tooFewInStrata(asked: Int, available: UInt64) -> PairError {
        PairError(
            .tooFewSamePairs, asked: UInt64(asked), available: available,
            "\(asked) are asked for, but the strata of pairs.durations have \(available) only in all: lower the count, or "
                + "take fewer borders.")
    }

    static func inStratum(_ number: Int, of count: Int, _ error: PairError) -> PairError {
        PairError(
            error.reason, asked: error.asked, available: error.available,
            "In stratum \(number + 1) of \(count) of pairs.durations: \(error.description)")
    }

    static var tripletsByExample: PairError {
        PairError(
            .impossibleRule,
            "Triplets have every example equally often as anchor without balance; balance by example is for pairs."
        )
    }

    static func negativeCount(_ count: Int) -> PairError {
        PairError(.impossibleRule, "\(count) pairs or triplets are asked for; the count must be 0 or more.")
    }

    private static func quota(_ rules: PairRules) -> String {
        rules.maximumPerSpeaker.map { " with at most \($0) per speaker" } ?? ""
    }

    private static func raise(_ rules: PairRules) -> String? {
        rules.maximumPerSpeaker == nil ? nil : "raise the maximum per speaker"
    }

    private static func only(_ count: UInt64) -> String { count == 0 ? "none" : "only \(count)" }

    private static func unbalance(_ rules: PairRules) -> String? {
        rules.balance == .example
            ? "drop balance by example, which takes only pairs that keep all examples even" : nil
    }

    private static func lower(_ largestCount: UInt64) -> String? {
        largestCount == 0 ? nil : "lower the count of pairs to \(largestCount) at most"
    }

    /// What may be done, as one list: `a, b, or c.`
    private static func advice(_ ways: [String?]) -> String {
        let ways = ways.compactMap { $0 }
        guard ways.count > 1, let last = ways.last else { return ways.joined() + "." }
        return ways.dropLast().joined(separator: ", ") + ", or " + last + "."
    }
}
