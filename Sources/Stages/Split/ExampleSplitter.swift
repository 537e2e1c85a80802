import Corpus

/// The side of single examples, for closed-set training: by example or by utterance.
///
/// By `.example` each example has its own coin, keyed by (seed, utterance id, index of the example within the
/// utterance), as FBankNet splits; by `.utterance` all examples of an utterance share one, keyed by (seed,
/// utterance id). Either is a function of that alone, so new data moves nothing. Make one and ask it often.
package struct ExampleSplitter: Sendable {
    private let shares: SplitShares
    private let folds: Folds?
    private let byExample: Bool
    private let random: KeyedRandom

    /// Throws when the rules are not by example or utterance, or the shares are impossible.
    package init(_ rules: SplitRules) throws(SplitError) {
        guard rules.by == .example || rules.by == .utterance else { throw SplitError.notByExample(rules.by) }
        try rules.shares.checked()
        shares = rules.shares
        folds = rules.folds
        byExample = rules.by == .example
        random = KeyedRandom(seed: rules.seed, domain: byExample ? "split.example" : "split.utterance")
    }

    /// The side of example `exampleIndex` (from 0) of an utterance; `nil` where the shares leave it unused.
    package func side(utteranceID: String, exampleIndex: Int) -> Side? {
        precondition(exampleIndex >= 0, "example \(exampleIndex) of utterance \(utteranceID)")
        let bits = random.bits(utteranceID, byExample ? UInt64(exampleIndex) : 0)
        return folds.map { $0.side(bits: bits) } ?? shares.side(bits: bits)
    }
}
