import Corpus

/// Different pairs drawn so that every speaker stands in equally many, for as long as that is possible.
///
/// All strata (everyone, or females and males) play their tournaments (`SpeakerTournament`) side by side, one
/// round of each at a time; the draws of a round are the matches of both. Guarantee: after any number of
/// draws within the rounds, two speakers of a stratum that are still in play differ by one at most when the
/// stratum has an even number of players, by two when it has an odd one, in which one sits out each round. A
/// speaker leaves when the pairs of rows it could form with the next smallest speaker are used up. After the
/// last round the pairs of rows left over follow in random order, so that in the end every valid pair has
/// been drawn exactly once. With a quota only so many rounds are played and nothing is left over, unless no
/// speaker could ever exceed it.
struct DifferentPairRounds: Sendable {
    /// Rounds in which each stratum stays in one stage.
    private struct Stretch: Sendable {
        var firstPair: UInt64
        var firstRound: UInt64
        var stages: (Int, Int)
        var matches: (UInt64, UInt64)
    }

    private let rows: PairRows
    private let first: SpeakerTournament
    private let second: SpeakerTournament
    private let stretches: [Stretch]
    private let leftOver: [LeftOverMeetings]
    private let leftOverOrder: IndexPermutation?
    private let rowKey: UInt64
    /// Draws in rounds, for which the guarantee holds.
    let balancedCount: UInt64
    let count: UInt64

    /// `strata` is everyone, or females and males; empty where no rounds are wanted.
    init(_ rows: PairRows, _ strata: [Range<Int>], quota: Int?, seed: UInt64) {
        let random = KeyedRandom(seed: seed, domain: "pairs.different.rounds")
        let tournaments = (0..<2).map { index in
            SpeakerTournament(
                rows, index < strata.count ? strata[index] : 0..<0, key: random.bits(0, UInt64(index)))
        }
        let quota = DifferentPairRounds.effective(quota, rows, strata)
        let rounds = min(max(tournaments[0].roundCount, tournaments[1].roundCount), quota ?? .max)
        (stretches, balancedCount) = DifferentPairRounds.stretches(tournaments, rounds: rounds)
        leftOver = quota == nil ? tournaments.map { LeftOverMeetings(rows, members: $0.members) } : []
        let left = leftOver.reduce(0) { $0 + $1.count }
        leftOverOrder = left > 0 ? IndexPermutation(size: left, seed: random.bits(1)) : nil
        rowKey = random.bits(2)
        count = balancedCount + left
        self.rows = rows
        (first, second) = (tournaments[0], tournaments[1])
    }

    /// The two positions of draw `index`, which is below the count.
    @inline(__always)
    func positions(_ index: UInt64) -> (Int, Int) {
        positions(index < balancedCount ? meeting(index) : leftOverMeeting(index - balancedCount))
    }

    /// The rows of a meeting: each two speakers have a random order of their pairs of rows.
    @inline(__always)
    private func positions(_ meeting: Meeting) -> (Int, Int) {
        let (one, other) = (min(meeting.one, meeting.other), max(meeting.one, meeting.other))
        let size = UInt64(rows.size(other))
        let key = rowKey ^ scramble(UInt64(one) << 32 | UInt64(other))
        let order = IndexPermutation(size: UInt64(rows.size(one)) * size, seed: key)
        let (x, y) = order[meeting.number].quotientAndRemainder(dividingBy: size)
        return (rows.start(one) + Int(x), rows.start(other) + Int(y))
    }

    @inline(__always)
    private func meeting(_ index: UInt64) -> Meeting {
        let number = partitionPoint(1..<stretches.count) { stretches[$0].firstPair <= index } - 1
        let stretch = stretches[number]
        let (rounds, slot) = (index - stretch.firstPair)
            .quotientAndRemainder(dividingBy: stretch.matches.0 + stretch.matches.1)
        let round = stretch.firstRound + rounds
        return slot < stretch.matches.0
            ? first.meeting(stage: stretch.stages.0, round: round, match: slot)
            : second.meeting(
                stage: stretch.stages.1, round: round, match: slot - stretch.matches.0)
    }

    private func leftOverMeeting(_ index: UInt64) -> Meeting {
        var number = leftOverOrder?[index] ?? index
        for stratum in leftOver.dropLast() {
            if number < stratum.count { return stratum.meeting(number) }
            number -= stratum.count
        }
        return leftOver[leftOver.count - 1].meeting(number)
    }

    /// The quota, or `nil` when there is none or no speaker has so many pairs.
    private static func effective(_ quota: Int?, _ rows: PairRows, _ strata: [Range<Int>]) -> UInt64? {
        guard let quota else { return nil }
        for stratum in strata {
            let all = UInt64(rows.start(stratum.upperBound) - rows.start(stratum.lowerBound))
            for group in stratum {
                let size = UInt64(rows.size(group))
                if size * (all - size) > UInt64(quota) { return UInt64(quota) }
            }
        }
        return nil
    }

    private static func stretches(
        _ tournaments: [SpeakerTournament], rounds: UInt64
    ) -> ([Stretch], UInt64) {
        let starts = tournaments.flatMap { $0.stages.map(\.firstRound) + [$0.roundCount] }
        let cuts = Set(starts.filter { $0 < rounds }).sorted() + [rounds]
        var stretches: [Stretch] = []
        var pairs: UInt64 = 0
        for (start, end) in zip(cuts, cuts.dropFirst()) {
            let stages = (tournaments[0].stage(of: start), tournaments[1].stage(of: start))
            let matches = (tournaments[0].matchCount(stages.0), tournaments[1].matchCount(stages.1))
            stretches.append(
                Stretch(firstPair: pairs, firstRound: start, stages: stages, matches: matches))
            pairs += (end - start) * (matches.0 + matches.1)
        }
        return (stretches, pairs)
    }
}
