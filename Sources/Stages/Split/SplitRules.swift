import Corpus

/// What decides the side of a speaker or an example. See `assignSpeakers` and `ExampleSplitter`.
///
/// With `.speaker` and the default `assignment: .stable` the side is a keyed hash of the speaker's id held
/// against the shares. A rule under which adding speakers never moves an old one cannot be anything but a
/// function of the single speaker: if side(s | corpus) never changes as the corpus grows, it equals side(s |
/// corpus of s alone). So no such rule can hit a share exactly, by speakers or by hours, over all or within a
/// sex. The hash meets each of them in expectation (one speaker in N moves a share by about 1/N; the
/// deviation of a share p is √(p(1−p)/N)); `SplitReport` states what came out, per side and sex, in speakers
/// and hours, and `balancedSeed` finds a seed whose outcome is near the targets today. Written into the
/// recipe, that seed is as stable as any other. `.exactButUnstable` hits the targets within half a speaker
/// and may move old speakers when new ones come.
package struct SplitRules: Codable, Hashable, Sendable {
    /// What is put on a side as a whole.
    package enum Unit: String, Codable, Sendable, CaseIterable {
        /// Speakers by keyed hash: the sides share no speaker. The default.
        case speaker
        /// Each example by its own coin: closed-set training as FBankNet does it; the sides share utterances.
        case example
        /// Each utterance by its own coin: the sides share speakers, but no utterance.
        case utterance
        /// Speakers by the subset of the corpus they belong to (`subsets`).
        case subset
        /// Speakers by lists of ids (`lists`).
        case list
        /// Utterances by files that list them: the sides may share speakers, but no utterance.
        case files
    }

    /// What the shares are shares of.
    package enum Measure: String, Codable, Sendable, CaseIterable {
        case speakers
        case hours
    }

    /// Within which groups the shares are to be met.
    package enum Strata: String, Codable, Sendable, CaseIterable {
        case none
        case sex
    }

    package enum Assignment: String, Codable, Sendable, CaseIterable {
        /// By the keyed hash alone: a speaker never moves; shares are met in expectation.
        case stable
        /// Speakers in the order of their hash, cut where the shares are met; new speakers may move old ones.
        case exactButUnstable = "exact-but-unstable"
    }

    package var by: Unit
    package var seed: UInt64
    package var shares: SplitShares
    package var measure: Measure
    package var strata: Strata
    package var assignment: Assignment
    /// Names of subsets per side, for `.subset`.
    package var subsets: SideLists
    /// Ids of speakers per side, for `.list`.
    package var lists: SideLists
    /// Numbers of speakers in place of shares, for `.speaker`.
    package var counts: SpeakerCounts? = nil
    /// One fold of several in place of shares, for `.speaker`, `.utterance` and `.example`.
    package var folds: Folds? = nil
    /// Speakers that are test whatever their examples' coins say, for `.utterance` and `.example`.
    package var heldOut: HeldOut? = nil

    package init(
        by: Unit = .speaker, seed: UInt64 = 0,
        shares: SplitShares = SplitShares(train: 900_000, validation: 50_000, test: 50_000),
        measure: Measure = .speakers, strata: Strata = .none, assignment: Assignment = .stable,
        subsets: SideLists = SideLists(), lists: SideLists = SideLists()
    ) {
        self.by = by
        self.seed = seed
        self.shares = shares
        self.measure = measure
        self.strata = strata
        self.assignment = assignment
        self.subsets = subsets
        self.lists = lists
    }
}
