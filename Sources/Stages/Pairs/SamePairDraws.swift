import Corpus

/// The order in which same pairs are drawn: draw i is a pair of positions, no two draws the same pair.
///
/// Without balance: a permutation of all same pairs. By speaker: in rounds (`WaterFilling`), one pair of each
/// speaker that has one left, the speakers in another random order every round, each speaker's pairs in a
/// random order of their own. Any prefix is as even as the whole. By example: `CirculantDraws`, a circle for each
/// speaker.
struct SamePairDraws: Sendable {
    private let pairs: SamePairs
    private let isBalanced: Bool
    private let order: IndexPermutation
    private let rounds: WaterFilling
    private let roundKey: UInt64
    private let pairKey: UInt64
    /// For balance by example.
    private let circles: CirculantDraws?
    private let anySession: Bool
    let count: UInt64

    init(_ rows: PairRows, _ rules: PairRules, seed: UInt64) {
        let pairs = SamePairs(rows, rules.positives)
        let random = KeyedRandom(seed: seed, domain: "pairs.same")
        self.pairs = pairs
        (roundKey, pairKey) = (random.bits(1), random.bits(2))
        isBalanced = rules.balance == .speaker
        order = IndexPermutation(size: max(pairs.count, 1), seed: random.bits(0))
        let quota = rules.maximumPerSpeaker.map { UInt64($0) } ?? .max
        let capacities = (0..<rows.speakerCount).map { (member: $0, capacity: min(pairs.count($0), quota)) }
        rounds = WaterFilling(isBalanced ? capacities : [])
        anySession = rules.positives == .any
        circles =
            rules.balance == .example
            ? CirculantDraws(SamePairDraws.circles(rows, rules.positives), random: random) : nil
        count = circles?.count ?? (isBalanced ? rounds.total : pairs.count)
    }

    /// How many groups have a same pair at all.
    var speakerCount: Int {
        circles?.circleCount ?? (0..<pairs.rows.speakerCount).count { pairs.count($0) > 0 }
    }

    /// The two positions of draw `index`, which is below the count.
    @inline(__always)
    func positions(_ index: UInt64) -> (Int, Int) {
        if let circles { return positions(circles.places(index)) }
        if !isBalanced { return pairs.positions(order[index]) }
        let draw = rounds.draw(index)
        let place = IndexPermutation(size: draw.open, seed: roundKey ^ scramble(draw.round))[draw.slot]
        let group = Int(rounds.members[draw.first + Int(place)])
        let own = IndexPermutation(size: pairs.count(group), seed: pairKey ^ scramble(UInt64(group)))
        return pairs.positions(own[draw.round], group: group)
    }

    private static func circles(
        _ rows: PairRows, _ positives: PairRules.Positives
    ) -> [CirculantDraws.Circle] {
        (0..<rows.speakerCount).map { group in
            let largest = rows.blocks(group).map { rows.positions(block: $0).count }.max() ?? 0
            return CirculantDraws.Circle(
                start: rows.start(group), size: rows.size(group), least: positives == .any ? 1 : largest)
        }
    }

    @inline(__always)
    private func positions(_ places: (circle: CirculantDraws.Circle, a: Int, b: Int)) -> (Int, Int) {
        let rows = pairs.rows
        let start = places.circle.start
        if anySession {
            let all = start..<start + places.circle.size
            return (
                rows.shuffled(start + places.a, in: all, key: pairKey),
                rows.shuffled(start + places.b, in: all, key: pairKey)
            )
        }
        let group = rows.group(of: start)
        func row(_ position: Int) -> Int {
            let block = rows.positions(block: rows.block(of: position, group: group))
            return rows.shuffled(position, in: block, key: pairKey)
        }
        return (row(start + places.a), row(start + places.b))
    }
}
