import Features

/// Finds hard pairs and triplets by blocked matrix products: the embeddings of a block of anchors times those of all
/// rows they may meet, tile by tile, keeping for each anchor a bounded list of the nearest.
///
/// - `hard` triplets: the positive is the farthest of the anchor's speaker (each further visit of the anchor the next
///   farthest, then from the start), the negative is drawn among the `candidates` nearest rows of other speakers.
/// - `semi-hard` triplets: the positive is drawn; the negative is drawn among the `candidates` nearest of those that are
///   farther than it, by less than the margin. Where none within the margin is left, the nearest beyond it is
///   taken and counted; where no negative is farther than the positive, there is no triplet, which is counted too.
/// - `hard` pairs: same pairs are a row and the farthest of its speaker, different pairs a row and one of the
///   `candidates` nearest of other speakers. Every pair belongs to one of its two rows, by a fair coin, and only that
///   one may bring it, so no pair comes twice.
///
/// Rows at equal distances come in the order of their row numbers. What an anchor gets depends on the rows, embeddings,
/// rules and seed alone: not on the other anchors of its block, nor on who works on what. Memory is that of the rows,
/// 12 bytes of scale per row, and some tens of megabytes; the embeddings are read tile by tile, once per block.
package struct HardMiner {
    let plan: MiningPlan
    let table: EmbeddingTable
    /// The table's row of each position.
    let tableRows: [UInt32]
    private let blockCount: Int
    private let product: MatrixProduct
    private var packed: PackedRows
    private var anchorValues: [Float] = []
    private var tileValues: [Float]
    private var scores: [Float] = []
    private var places: [UInt32]

    private static let tileCount = 256
    /// Entries of all lists of a block at most.
    private static let entryCount = 1 << 22

    /// - Parameters:
    ///   - tableRows: the table's row of each row number; nil for the row number itself.
    ///   - blockCount: how many anchors are worked on at once; it changes the time, never the result.
    package init(
        plan: MiningPlan, table: EmbeddingTable, tableRows: [UInt32: UInt32]? = nil,
        level: CPULevel = .best, blockCount: Int? = nil
    ) {
        self.plan = plan
        self.table = table
        self.tableRows = plan.rows.rowNumbers.map { number in tableRows?[number] ?? number }
        let entries = HardMiner.listsPerAnchor(plan) * HardMiner.capacity(plan)
        self.blockCount = blockCount ?? min(max(HardMiner.entryCount / entries, 16), 1024)
        product = MatrixProduct(level: level)
        packed = PackedRows(capacity: HardMiner.tileCount, depth: table.width, level: level)
        tileValues = [Float](repeating: 0, count: HardMiner.tileCount * table.width)
        places = [UInt32](repeating: 0, count: HardMiner.tileCount)
    }

    private static func listsPerAnchor(_ plan: MiningPlan) -> Int {
        plan.mining.kind == .semiHard ? plan.epochCount : 1
    }

    /// Candidates an anchor needs at most: no pair or triplet may come twice.
    private static func capacity(_ plan: MiningPlan) -> Int { max(plan.mining.candidates, plan.epochCount) }

    /// The pairs or triplets of the anchors at `range` of the plan's places, in the order of the plan.
    package mutating func mine(places range: Range<Int>) throws(StageError) -> MinedRows {
        let known = min(range.lowerBound, plan.anchorCount)..<min(range.upperBound, plan.anchorCount)
        var works = known.compactMap { place -> AnchorWork? in
            let anchor = plan.anchor(at: place)
            let position = Int(plan.anchors[anchor])
            let visits = plan.visits(of: anchor)
            return visits.isEmpty
                ? nil : AnchorWork(position: position, group: plan.group(of: position), visits: visits)
        }
        works.sort { $0.position < $1.position }
        var harvest = MiningHarvest(plan: plan)
        for first in stride(from: 0, to: works.count, by: blockCount) {
            var block = Array(works[first..<min(first + blockCount, works.count)])
            try loadAnchors(block)
            if plan.mining.kind == .semiHard {
                try drawPositives(&block)
            } else {
                try findPositives(&block)
            }
            let nearest = try findNegatives(block)
            for (index, work) in block.enumerated() {
                let list = index * HardMiner.listsPerAnchor(plan)
                harvest.add(work, nearest, firstList: list) { work, score in
                    table.distance(tableRows[work.position], score: score)
                }
            }
        }
        return harvest.rows()
    }

    private mutating func loadAnchors(_ block: [AnchorWork]) throws(StageError) {
        let count = block.count * table.width
        if anchorValues.count < count { anchorValues = [Float](repeating: 0, count: count) }
        if scores.count < block.count * HardMiner.tileCount {
            scores = [Float](repeating: 0, count: block.count * HardMiner.tileCount)
        }
        try table.load(block.map { tableRows[$0.position] }, into: &anchorValues)
    }

    /// The scores of some anchors of the block against some rows of the table, at most a tile of them.
    private mutating func score(
        _ anchors: Range<Int>, _ rows: some RandomAccessCollection<UInt32>
    ) throws(StageError) {
        try table.load(rows, into: &tileValues)
        let (tile, values, width, product) = (tileValues, anchorValues, table.width, product)
        let offsets = table.offsets(rows)
        packed.fill(tile.span, count: rows.count)
        let factor = packed
        var output = scores.mutableSpan
        product.multiply(
            values.span.extracting(anchors.lowerBound * width..<anchors.upperBound * width), by: factor,
            into: &output)
        if let offsets { product.add(offsets.span, toRows: anchors.count, of: &output) }
    }

    private static func tiles(_ positions: Range<Int>) -> [Range<Int>] {
        stride(from: positions.lowerBound, to: positions.upperBound, by: tileCount).map {
            $0..<min($0 + tileCount, positions.upperBound)
        }
    }

    /// Draws for each anchor as many positives as it is visited, or all it has, and scores them.
    private mutating func drawPositives(_ block: inout [AnchorWork]) throws(StageError) {
        for index in block.indices {
            let work = block[index]
            let (all, excluded) = (
                plan.positions(of: work.group), plan.excluded(work.position, group: work.group)
            )
            let available = all.count - excluded.count
            block[index].positives = (0..<min(available, work.visits.count)).map { turn in
                let drawn = all.lowerBound + plan.draw(turn, of: available, work.position, work.position)
                return drawn < excluded.lowerBound ? drawn : drawn + excluded.count
            }
            for first in stride(from: 0, to: block[index].positives.count, by: HardMiner.tileCount) {
                let some = block[index].positives.dropFirst(first).prefix(HardMiner.tileCount)
                try score(index..<(index + 1), some.map { tableRows[$0] })
                block[index].limits += scores.prefix(some.count)
            }
        }
    }

    /// Finds for each anchor the farthest rows of its speaker.
    private mutating func findPositives(_ block: inout [AnchorWork]) throws(StageError) {
        let wanted = block.map { $0.positiveVisitCount(plan.rules) }
        guard let capacity = wanted.max(), capacity > 0 else { return }
        var farthest = BestLists(count: block.count, capacity: capacity)
        var first = 0
        while first < block.count {
            let group = block[first].group
            let anchors = first..<(block[first...].firstIndex { $0.group != group } ?? block.count)
            for tile in HardMiner.tiles(plan.positions(of: group)) {
                try score(anchors, tableRows[tile])
                for index in anchors where wanted[index] > 0 {
                    offer(tile, of: block[index], row: index - first, to: &farthest, index)
                }
            }
            first = anchors.upperBound
        }
        for index in block.indices {
            block[index].positives = (0..<min(farthest.count(index), wanted[index])).map {
                farthest.position(index, $0)
            }
        }
    }

    /// Offers the rows of a tile that may stand with the anchor to its list of the farthest.
    private func offer(
        _ tile: Range<Int>, of work: AnchorWork, row: Int, to farthest: inout BestLists, _ list: Int
    ) {
        let excluded = plan.excluded(work.position, group: work.group)
        for position in tile where !excluded.contains(position) && plan.owns(work.position, position) {
            let score = scores[row * tile.count + position - tile.lowerBound]
            farthest.offer(position, score: -score, to: list, numbers: plan.rows.rowNumbers)
        }
    }

    /// Finds for each anchor the nearest rows of other speakers; with drawn positives, of those farther than each.
    private mutating func findNegatives(_ block: [AnchorWork]) throws(StageError) -> BestLists {
        let perAnchor = HardMiner.listsPerAnchor(plan)
        var nearest = BestLists(count: block.count * perAnchor, capacity: HardMiner.capacity(plan))
        for stratum in plan.rows.strata(plan.rules.negatives) {
            let positions = plan.rows.start(stratum.lowerBound)..<plan.rows.start(stratum.upperBound)
            let first = block.firstIndex { $0.position >= positions.lowerBound } ?? block.count
            let anchors =
                first..<(block[first...].firstIndex { $0.position >= positions.upperBound } ?? block.count)
            guard block[anchors].contains(where: { $0.listCount(plan) > 0 }) else { continue }
            for tile in HardMiner.tiles(positions) {
                try score(anchors, tableRows[tile])
                for index in anchors {
                    for list in 0..<block[index].listCount(plan) {
                        let limit = list < block[index].limits.count ? block[index].limits[list] : .infinity
                        collect(
                            tile, of: block[index], row: index - first, limit, to: &nearest,
                            index * perAnchor + list)
                    }
                }
            }
        }
        return nearest
    }

    private mutating func collect(
        _ tile: Range<Int>, of work: AnchorWork, row: Int, _ limit: Float, to nearest: inout BestLists,
        _ list: Int
    ) {
        let own = plan.positions(of: work.group)
        let (all, product) = (scores, product)
        let values = all.span.extracting(row * tile.count..<(row + 1) * tile.count)
        let bar = nearest.bar(list)
        var target = places.mutableSpan
        let count = product.places(in: values, above: bar, below: limit, into: &target)
        for index in 0..<count {
            let place = Int(places[index])
            let position = tile.lowerBound + place
            guard !own.contains(position), plan.owns(work.position, position) else { continue }
            nearest.offer(position, score: values[place], to: list, numbers: plan.rows.rowNumbers)
        }
    }
}
