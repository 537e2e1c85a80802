import Corpus

/// Tournaments in which every two players meet once, by the circle method (T. Kirkman, 1847).
///
/// With an even number P of players a tournament has P − 1 rounds, in each of which everyone plays once; with
/// an odd number P rounds, in each of which one sits out, everyone once. A round has ⌊P/2⌋ matches. The
/// places at the table are given out anew, at random, for every tournament.
struct RoundRobin: Sendable {
    private let seats: IndexPermutation
    private let key: UInt64
    /// Rounds in a tournament.
    let roundCount: UInt64
    /// Matches in a round.
    let matchCount: UInt64

    /// `playerCount` is at least 2.
    init(playerCount: Int, key: UInt64) {
        precondition(playerCount >= 2, "a tournament of \(playerCount) players")
        let players = UInt64(playerCount)
        roundCount = players & 1 == 0 ? players - 1 : players
        matchCount = players / 2
        seats = IndexPermutation(size: players, seed: 0)
        self.key = key
    }

    /// The two players, in `0..<playerCount`, of a match of a round of a tournament.
    @inline(__always)
    func players(tournament: UInt64, round: UInt64, match: UInt64) -> (Int, Int) {
        let seating = seats.reseeded(key ^ scramble(tournament))
        let (one, other) = RoundRobin.seats(round: round, match: match, players: seats.size)
        return (Int(seating[one]), Int(seating[other]))
    }

    /// The two seats of a match counted through the rounds of one tournament: every two seats once.
    @inline(__always)
    static func seats(ofMatch number: UInt64, players: UInt64) -> (UInt64, UInt64) {
        let (round, match) = number.quotientAndRemainder(dividingBy: players >> 1)
        return seats(round: round, match: match, players: players)
    }

    /// Seats round + m and round − m meet, modulo the rounds; with an even number of players the last seat
    /// meets seat `round`, which would meet itself.
    @inline(__always)
    private static func seats(round: UInt64, match: UInt64, players: UInt64) -> (UInt64, UInt64) {
        let even = players & 1 == 0
        if even && match == 0 { return (round, players - 1) }
        let rounds = even ? players - 1 : players
        let step = even ? match : match + 1
        let up = round + step
        return (up >= rounds ? up - rounds : up, round >= step ? round - step : round + rounds - step)
    }
}
