import ContentStore
import Corpus

/// One epoch of an endless stream of pairs or triplets, each of which is computed from (seed, epoch, its number).
///
/// Epoch e is the plan's pairs e·count ..< (e+1)·count, so that no pair comes twice in as many epochs as there are pairs
/// for; after these, a cycle, the stream goes on under another seed.
struct PairStream {
    private enum Plan {
        case pairs(PairPlan)
        case triplets(TripletPlan)
    }

    private let plan: Plan
    /// The plan's number of the epoch's first.
    private let offset: Int
    let count: Int

    init(_ rows: PairRows, _ parameters: PairParameters, seed: UInt64) throws(PairError) {
        let epoch = parameters.epoch ?? 0
        switch (parameters.rules.kind, parameters.count) {
        case (.pairs, let amount):
            let count =
                switch amount {
                case .total(let count): count
                case .each(let times): times * rows.count
                }
            // The first epoch lies where it lies however many there are.
            let most =
                epoch == 0
                ? 0 : try PairPlan(rows: rows, rules: parameters.rules, count: 0, seed: seed).largestCount
            let place = EpochPlace(epoch, seed: seed, epochsPerCycle: most / UInt64(max(count, 1)))
            let plan = try PairPlan(
                rows: rows, rules: parameters.rules, count: (place.number + 1) * count, seed: place.seed)
            (self.plan, offset, self.count) = (.pairs(plan), place.number * count, count)
        case (.triplets, let amount):
            let first = try TripletPlan(
                rows: rows, rules: parameters.rules, count: PairStream.triplets(amount, 1), seed: seed)
            let most =
                switch amount {
                case .total(let count): first.tripletsAvailable / UInt64(max(count, 1))
                case .each(let times): first.tripletsPerAnchorAvailable / UInt64(max(times, 1))
                }
            let place = EpochPlace(epoch, seed: seed, epochsPerCycle: most)
            let plan =
                epoch == 0
                ? first
                : try TripletPlan(
                    rows: rows, rules: parameters.rules, count: PairStream.triplets(amount, place.number + 1),
                    seed: place.seed)
            (self.plan, offset, count) = (.triplets(plan), place.number * first.count, first.count)
        }
    }

    private static func triplets(_ amount: PairParameters.Count, _ epochs: Int) -> TripletCount {
        switch amount {
        case .total(let count): .total(count * epochs)
        case .each(let times): .perAnchor(times * epochs)
        }
    }

    /// How many there could be, for people and readers.
    var metadata: [String: String] {
        switch plan {
        case .pairs(let plan):
            [
                "samePairsAvailable": String(plan.samePairsAvailable),
                "differentPairsAvailable": String(plan.differentPairsAvailable),
            ]
        case .triplets(let plan):
            [
                "anchors": String(plan.eligibleAnchorCount),
                "notAnchors": String(plan.ineligibleAnchorCount),
            ]
        }
    }

    /// How many pairs or triplets of these rows the rules allow.
    static func largestCount(_ rows: PairRows, _ rules: PairRules, seed: UInt64) throws(PairError) -> Int {
        switch rules.kind {
        case .pairs:
            Int(clamping: try PairPlan(rows: rows, rules: rules, count: 0, seed: seed).largestCount)
        case .triplets:
            Int(
                clamping: try TripletPlan(rows: rows, rules: rules, count: .total(0), seed: seed)
                    .tripletsAvailable)
        }
    }

    /// One of the epoch: a, b and the label, or anchor, positive and negative.
    subscript(index: Int) -> (UInt32, UInt32, UInt32) {
        switch plan {
        case .pairs(let plan):
            let pair = plan[index + offset]
            return (pair.a, pair.b, UInt32(plan.label(isSame: pair.isSame)))
        case .triplets(let plan):
            let triplet = plan[index + offset]
            return (triplet.anchor, triplet.positive, triplet.negative)
        }
    }

    /// Three columns as `subscript` gives them.
    func tensors(_ columns: [[UInt32]]) -> [Tensor] {
        switch plan {
        case .pairs:
            [
                Tensor("a", columns[0]), Tensor("b", columns[1]),
                Tensor("label", columns[2].map { UInt8($0) }),
            ]
        case .triplets: zip(["anchor", "positive", "negative"], columns).map { Tensor($0, $1) }
        }
    }

    /// The columns of a range of the epoch.
    func columns(_ part: Range<Int>) -> [Tensor] {
        let range = part.lowerBound + offset..<part.upperBound + offset
        var first = [UInt32](repeating: 0, count: range.count)
        var second = first
        switch plan {
        case .pairs(let plan):
            var labels = [UInt8](repeating: 0, count: range.count)
            do {
                var a = first.mutableSpan
                var b = second.mutableSpan
                var label = labels.mutableSpan
                plan.fill(range: range, a: &a, b: &b, label: &label)
            }
            return [Tensor("a", first), Tensor("b", second), Tensor("label", labels)]
        case .triplets(let plan):
            var third = first
            do {
                var anchor = first.mutableSpan
                var positive = second.mutableSpan
                var negative = third.mutableSpan
                plan.fill(range: range, anchor: &anchor, positive: &positive, negative: &negative)
            }
            return [Tensor("anchor", first), Tensor("positive", second), Tensor("negative", third)]
        }
    }
}

/// Where an epoch lies: in which cycle of the stream, hence its seed, and which it is there.
struct EpochPlace {
    let seed: UInt64
    let number: Int

    init(_ epoch: Int, seed: UInt64, epochsPerCycle: UInt64) {
        let length = Int(min(max(epochsPerCycle, 1), UInt64(Int.max)))
        let cycle = epoch / length
        number = epoch % length
        self.seed = cycle == 0 ? seed : KeyedRandom(seed: seed, domain: "pairs.cycle").bits(UInt64(cycle))
    }
}
