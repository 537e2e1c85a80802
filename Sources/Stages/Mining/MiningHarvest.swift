/// Makes pairs and triplets of what was found for anchors.
struct MiningHarvest {
    private struct Row {
        let order: Int
        let first: UInt32
        let second: UInt32
        var third: UInt32 = 0
        var isSame = false
    }

    private let plan: MiningPlan
    private var found: [Row] = []
    private var beyondMarginCount = 0
    private var missingCount = 0

    init(plan: MiningPlan) { self.plan = plan }

    /// - Parameters:
    ///   - firstList: the anchor's first list of `nearest`.
    ///   - distance: of the anchor from a row with a score.
    mutating func add(
        _ work: AnchorWork, _ nearest: BestLists, firstList: Int,
        distance: (AnchorWork, Float) -> Double
    ) {
        guard plan.rules.kind == .triplets else {
            addPairs(work, nearest, firstList)
            return
        }
        for (number, visit) in work.visits.enumerated() {
            guard !work.positives.isEmpty else {
                missingCount += 1
                continue
            }
            let place = number % work.positives.count
            let turn = number / work.positives.count
            let negative =
                plan.mining.kind == .semiHard
                ? semiHard(work, place, turn, nearest, firstList + place, distance)
                : drawn(turn, work, work.positives[place], nearest, firstList)
            add(work.position, work.positives[place], negative, visit)
        }
    }

    private mutating func add(_ anchor: Int, _ positive: Int, _ negative: Int?, _ visit: MiningPlan.Visit) {
        guard let negative else {
            missingCount += 1
            return
        }
        let numbers = plan.rows.rowNumbers
        found.append(
            Row(
                order: visit.order, first: numbers[anchor], second: numbers[positive],
                third: numbers[negative]))
    }

    /// One of the nearest that are farther than the positive by less than the margin, or the nearest beyond.
    private mutating func semiHard(
        _ work: AnchorWork, _ place: Int, _ turn: Int, _ nearest: BestLists, _ list: Int,
        _ distance: (AnchorWork, Float) -> Double
    ) -> Int? {
        let positive = distance(work, work.limits[place])
        let farther = (0..<nearest.count(list)).filter {
            distance(work, nearest.score(list, $0)) > positive
        }
        let end = positive + (plan.mining.margin ?? 0)
        let within = farther.prefix { distance(work, nearest.score(list, $0)) < end }
            .prefix(max(plan.mining.candidates, work.turnCount))
        if turn < within.count {
            let drawn = plan.draw(turn, of: within.count, work.position, work.positives[place])
            return nearest.position(list, within[drawn])
        }
        guard turn < farther.count else { return nil }
        beyondMarginCount += 1
        return nearest.position(list, farther[turn])
    }

    /// One of the nearest, another one at each turn.
    private func drawn(
        _ turn: Int, _ work: AnchorWork, _ other: Int, _ nearest: BestLists, _ list: Int
    ) -> Int? {
        let count = min(nearest.count(list), max(plan.mining.candidates, work.turnCount))
        guard turn < count else { return nil }
        return nearest.position(list, plan.draw(turn, of: count, work.position, other))
    }

    private mutating func addPairs(_ work: AnchorWork, _ nearest: BestLists, _ list: Int) {
        var sameTurn = 0
        var differentTurn = 0
        let negativeCount = work.negativeVisitCount(plan.rules)
        let count =
            negativeCount > 0 ? min(nearest.count(list), max(plan.mining.candidates, negativeCount)) : 0
        for visit in work.visits {
            var other: Int?
            if visit.isSame {
                if sameTurn < work.positives.count { other = work.positives[sameTurn] }
                sameTurn += 1
            } else {
                if differentTurn < count {
                    let drawn = plan.draw(differentTurn, of: count, work.position, work.position)
                    other = nearest.position(list, drawn)
                }
                differentTurn += 1
            }
            addPair(work.position, other, visit)
        }
    }

    private mutating func addPair(_ owner: Int, _ other: Int?, _ visit: MiningPlan.Visit) {
        guard let other else {
            missingCount += 1
            return
        }
        let isSwapped = plan.isSwapped(owner, other)
        let numbers = plan.rows.rowNumbers
        let (a, b) = isSwapped ? (other, owner) : (owner, other)
        found.append(
            Row(order: visit.order, first: numbers[a], second: numbers[b], isSame: visit.isSame))
    }

    /// Everything found, in the order of the plan.
    func rows() -> MinedRows {
        let sorted = found.sorted { $0.order < $1.order }
        let isTriplets = plan.rules.kind == .triplets
        let same = plan.rules.labelOfSame
        return MinedRows(
            first: sorted.map(\.first), second: sorted.map(\.second),
            third: isTriplets ? sorted.map(\.third) : [],
            labels: isTriplets ? [] : sorted.map { $0.isSame ? same : 1 - same },
            beyondMarginCount: beyondMarginCount, missingCount: missingCount)
    }
}
