import Corpus

/// Which row is the anchor of triplet k, and how often it was one before.
///
/// Eligibility is a matter of the speaker alone: it has a second row (or a second session) and the stratum
/// another speaker.
struct AnchorDraws: Sendable {
    struct Draw {
        var position: Int
        var group: Int
        var visit: UInt64
    }

    private let rows: PairRows
    /// The rows of each group that are anchors: all or none.
    private let anchors: PrefixSums
    private let isBalanced: Bool
    private let order: IndexPermutation
    private let rounds: WaterFilling
    private let keys: (epoch: UInt64, row: UInt64)
    private let lack: (positive: Int, negative: Int)
    let visitsPerAnchor: UInt64
    /// How many triplets there are.
    let count: UInt64

    init(
        _ rows: PairRows, _ rules: PairRules, _ positives: PositiveDraws, _ negatives: NegativeDraws,
        random: KeyedRandom
    ) {
        let groups = Array(0..<rows.speakerCount)
        let visits = groups.map { saturatingProduct(positives.leastCount($0), negatives.count($0)) }
        self.rows = rows
        anchors = PrefixSums(groups.map { visits[$0] > 0 ? UInt64(rows.size($0)) : 0 })
        order = IndexPermutation(size: max(anchors.total, 1), seed: 0)
        visitsPerAnchor = visits.filter { $0 > 0 }.min() ?? 0
        keys = (random.bits(0), random.bits(1))
        let positiveLacking = groups.count { positives.leastCount($0) == 0 }
        lack = (positiveLacking, groups.count { visits[$0] == 0 } - positiveLacking)
        isBalanced = rules.balance == .speaker
        let most = UInt64(Int.max) / UInt64(max(groups.count, 1))
        let quota = min(rules.maximumPerSpeaker.map { UInt64($0) } ?? most, most)
        let capacities = groups.map {
            (member: $0, capacity: min(saturatingProduct(visits[$0], UInt64(rows.size($0))), quota))
        }
        rounds = WaterFilling(isBalanced ? capacities : [])
        count = isBalanced ? rounds.total : saturatingProduct(visitsPerAnchor, anchors.total)
    }

    var anchorCount: Int { Int(anchors.total) }

    /// The number of triplets that is meant, or why there are not so many.
    func checked(_ asked: TripletCount, _ rules: PairRules) throws(PairError) -> Int {
        switch asked {
        case .perAnchor(let visits):
            guard visits >= 0 else { throw .negativeCount(visits) }
            try checkAnchors(UInt64(visits))
            guard rules.balance == .none else { throw .perAnchorWithBalance(visits) }
            let (total, overflow) = visits.multipliedReportingOverflow(by: anchorCount)
            guard UInt64(visits) <= visitsPerAnchor, !overflow else {
                throw .tooManyVisits(
                    perAnchor: UInt64(visits), available: visitsPerAnchor, anchors: anchorCount)
            }
            return total
        case .total(let total):
            guard total >= 0 else { throw .negativeCount(total) }
            try checkAnchors(UInt64(total))
            guard UInt64(total) <= count else {
                throw .tooFewTriplets(asked: UInt64(total), available: count, anchors: anchorCount, rules)
            }
            return total
        }
    }

    private func checkAnchors(_ asked: UInt64) throws(PairError) {
        guard asked == 0 || anchorCount > 0 else {
            throw .noAnchor(
                asked: asked, rows: rows, lackPositive: lack.positive, lackNegative: lack.negative)
        }
    }

    /// The anchor of triplet `index`, which is below the count.
    @inline(__always)
    func draw(_ index: UInt64) -> Draw {
        if isBalanced { return balancedDraw(index) }
        let (epoch, slot) = index.quotientAndRemainder(dividingBy: anchors.total)
        let place = order.reseeded(keys.epoch ^ scramble(epoch))[slot]
        let group = anchors.index(of: place)
        return Draw(
            position: rows.start(group) + Int(place - anchors.sums[group]), group: group, visit: epoch)
    }

    /// By speaker: the rows of the speaker in a random order, one after another, over and over.
    @inline(__always)
    private func balancedDraw(_ index: UInt64) -> Draw {
        let draw = rounds.draw(index)
        let place = IndexPermutation(size: draw.open, seed: keys.epoch ^ scramble(draw.round))[draw.slot]
        let group = Int(rounds.members[draw.first + Int(place)])
        let size = UInt64(rows.size(group))
        let (visit, turn) = draw.round.quotientAndRemainder(dividingBy: size)
        let key = keys.row ^ scramble(UInt64(group) << 40 ^ visit)
        let row = IndexPermutation(size: size, seed: key)[turn]
        return Draw(position: rows.start(group) + Int(row), group: group, visit: visit)
    }
}
