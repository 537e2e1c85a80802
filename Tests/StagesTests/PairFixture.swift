import Corpus

@testable import Stages

/// A small made-up side of a split, with every valid pair and triplet listed by brute force.
struct PairFixture {
    var speakers: [UInt32] = []
    var sessions: [UInt32] = []
    var sexOfSpeaker: [Sex] = []
    var rowNumbers: [UInt32]?

    var rows: PairRows {
        PairRows(speakers: speakers, sessions: sessions, sexOfSpeaker: sexOfSpeaker, rowNumbers: rowNumbers)
    }

    /// Speaker s has `sizes[s]` rows in up to `sessionCount` sessions; sexes in turn.
    init(sizes: [Int], sessionCount: Int = 2, sexes: [Sex] = [.female, .male]) {
        for (speaker, size) in sizes.enumerated() {
            sexOfSpeaker.append(sexes[speaker % sexes.count])
            for row in 0..<size {
                speakers.append(UInt32(speaker))
                sessions.append(UInt32(speaker * sessionCount + row % sessionCount))
            }
        }
    }

    /// Up to eight speakers of all sexes with 0…6 rows in up to three sessions, in mixed order, with gaps in
    /// the row numbers.
    init(number: UInt64) {
        let random = KeyedRandom(seed: number, domain: "pair fixture")
        let speakerCount = 1 + random.below(8, 1)
        sexOfSpeaker = (0..<speakerCount).map { Sex.allCases[Int(random.below(5, 2, $0) % 3)] }
        for speaker in 0..<speakerCount {
            for row in 0..<random.below(7, 3, speaker) {
                speakers.append(UInt32(speaker))
                sessions.append(UInt32(speaker * 3 + random.below(3, 4, speaker << 8 | row)))
            }
        }
        let mixed = speakers.indices.sorted { random.bits(5, UInt64($0)) < random.bits(5, UInt64($1)) }
        speakers = mixed.map { speakers[$0] }
        sessions = mixed.map { sessions[$0] }
        rowNumbers = mixed.indices.map { UInt32(3 * $0 + Int(random.below(3, 6, UInt64($0)))) }
    }

    func rowNumber(_ row: Int) -> UInt32 { rowNumbers?[row] ?? UInt32(row) }

    /// Speaker, session and sex of a row number.
    var rowOfNumber: [UInt32: Int] {
        Dictionary(uniqueKeysWithValues: speakers.indices.map { (rowNumber($0), $0) })
    }

    func mayBePositive(_ a: Int, _ b: Int, _ rules: PairRules) -> Bool {
        a != b && speakers[a] == speakers[b] && (rules.positives == .any || sessions[a] != sessions[b])
    }

    func mayBeNegative(_ a: Int, _ b: Int, _ rules: PairRules) -> Bool {
        let (one, other) = (sexOfSpeaker[Int(speakers[a])], sexOfSpeaker[Int(speakers[b])])
        return speakers[a] != speakers[b] && (rules.negatives == .any || one == other && one != .unknown)
    }

    /// All same or all different pairs, smaller row number first.
    func allPairs(same: Bool, _ rules: PairRules) -> Set<[UInt32]> {
        var pairs: Set<[UInt32]> = []
        for a in speakers.indices {
            for b in speakers.indices where a < b {
                if same ? mayBePositive(a, b, rules) : mayBeNegative(a, b, rules) {
                    pairs.insert([rowNumber(a), rowNumber(b)].sorted())
                }
            }
        }
        return pairs
    }

    func allTriplets(_ rules: PairRules) -> Set<Triplet> {
        var triplets: Set<Triplet> = []
        for a in speakers.indices {
            for p in speakers.indices where mayBePositive(a, p, rules) {
                for n in speakers.indices where mayBeNegative(a, n, rules) {
                    triplets.insert(
                        Triplet(anchor: rowNumber(a), positive: rowNumber(p), negative: rowNumber(n)))
                }
            }
        }
        return triplets
    }
}

extension PairRules {
    /// Every combination of the rules about who may meet whom.
    static var combinations: [PairRules] {
        Positives.allCases.flatMap { positives in
            Negatives.allCases.flatMap { negatives in
                [Balance.none, .speaker].map {
                    PairRules(positives: positives, negatives: negatives, balance: $0)
                }
            }
        }
    }
}

extension PositiveShare {
    static let all = PositiveShare(numerator: 1, denominator: 1)
    static let none = PositiveShare(numerator: 0, denominator: 1)
}
