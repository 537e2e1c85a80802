import Corpus

/// The different pairs of one stratum in rounds: which two speakers meet in a match, for the how-manieth
/// time.
///
/// Speakers stand by their number of rows, n₀ ≤ n₁ ≤ …; two of them can meet n·n′ times, each time with
/// another pair of rows. In stage j the speakers from j on play tournaments, from number n₍ⱼ₋₁₎·nⱼ up to
/// nⱼ·n₍ⱼ₊₁₎: so long as even the two smallest of them have a pair of rows left. Then the smallest leaves.
struct SpeakerTournament: Sendable {
    struct Stage: Sendable {
        var firstMember: Int
        var firstRound: UInt64
        var firstTournament: UInt64
        var play: RoundRobin
    }

    /// The groups by number of rows, then by number; the place here is the rank.
    let members: [Int]
    let stages: [Stage]
    let roundCount: UInt64

    init(_ rows: PairRows, _ stratum: Range<Int>, key: UInt64) {
        members = stratum.sorted { (rows.size($0), $0) < (rows.size($1), $1) }
        var stages: [Stage] = []
        var (round, tournament): (UInt64, UInt64) = (0, 0)
        for rank in members.indices.dropLast() {
            let meetings = UInt64(rows.size(members[rank])) * UInt64(rows.size(members[rank + 1]))
            guard meetings > tournament else { continue }
            let play = RoundRobin(playerCount: members.count - rank, key: key)
            stages.append(
                Stage(firstMember: rank, firstRound: round, firstTournament: tournament, play: play))
            round += (meetings - tournament) * play.roundCount
            tournament = meetings
        }
        self.stages = stages
        roundCount = round
    }

    /// Matches in a round of a stage; none after the last stage.
    func matchCount(_ stage: Int) -> UInt64 { stage < stages.count ? stages[stage].play.matchCount : 0 }

    /// The stage that a round belongs to; after the last round, the number of stages.
    func stage(of round: UInt64) -> Int {
        guard round < roundCount else { return stages.count }
        return partitionPoint(0..<stages.count) { stages[$0].firstRound <= round } - 1
    }

    /// Who meets in a match of a round, and how often they have met before.
    @inline(__always)
    func meeting(stage index: Int, round: UInt64, match: UInt64) -> Meeting {
        let stage = stages[index]
        let (tournaments, own) = (round - stage.firstRound)
            .quotientAndRemainder(dividingBy: stage.play.roundCount)
        let tournament = stage.firstTournament + tournaments
        let (one, other) = stage.play.players(tournament: tournament, round: own, match: match)
        return Meeting(
            one: members[stage.firstMember + one], other: members[stage.firstMember + other],
            number: tournament)
    }
}

/// Two groups that meet for the `number`-th time, counted from 0.
struct Meeting {
    var one: Int
    var other: Int
    var number: UInt64
}
