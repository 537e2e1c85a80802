import Corpus

/// Pairs that use every row equally often: on a circle of n rows, visit by visit another distance d, and in it the pairs
/// (i, i + d) for all i, in which every row stands twice. No pair comes twice, for d goes from 1 to n / 2 at most; at
/// n / 2 there are half as many pairs, and every row stands in one.
///
/// Where rows of one block must not meet (sessions of a speaker, speakers against each other), the rows of a block stand
/// together on the circle and d is no less than the largest block. So not every pair that the rules allow occurs; a
/// circle of which one block is more than half has none.
///
/// Several circles (speakers, or the two sexes) take turns visit by visit, each as long as it has distances left. Draws
/// of one visit come in a random order. Memory is some ten bytes per circle; a draw takes O(log circles).
struct CirculantDraws: Sendable {
    /// Rows on a circle.
    struct Circle {
        /// The position of the first.
        let start: Int
        let size: Int
        /// The least distance.
        let least: Int

        /// How many distances have a pair for every row.
        var fullCount: Int { max(0, (size - 1) / 2 - least + 1) }
        /// Whether the distance of half the circle is one.
        var hasHalf: Bool { size >= 2 && size % 2 == 0 && size / 2 >= least }
    }

    /// Visits with equally many draws.
    private struct Level {
        let firstVisit: UInt64
        let drawsPerVisit: UInt64
        /// Draws before it.
        let before: UInt64
        /// The circles, by number of distances, that give a pair for every row; those behind give half as many.
        let open: Int
    }

    private let circles: [Circle]
    private let sizes: PrefixSums
    private let halves: PrefixSums
    private let levels: [Level]
    private let random: (order: UInt64, distance: UInt64)
    let count: UInt64

    init(_ given: [Circle], random: KeyedRandom) {
        circles = given.filter { $0.fullCount > 0 || $0.hasHalf }.sorted {
            ($0.fullCount, $0.hasHalf ? 1 : 0, $1.start) > ($1.fullCount, $1.hasHalf ? 1 : 0, $0.start)
        }
        sizes = PrefixSums(circles.map { UInt64($0.size) })
        halves = PrefixSums(circles.map { $0.hasHalf ? UInt64($0.size / 2) : 0 })
        self.random = (random.bits(5), random.bits(6))
        (levels, count) = CirculantDraws.levels(circles, sizes, halves)
    }

    /// How many circles give a pair.
    var circleCount: Int { circles.count }

    private static func levels(
        _ circles: [Circle], _ sizes: PrefixSums, _ halves: PrefixSums
    ) -> ([Level], UInt64) {
        var levels: [Level] = []
        var (visit, before): (UInt64, UInt64) = (0, 0)
        func add(_ visits: UInt64, draws: UInt64, open: Int) {
            guard visits > 0, draws > 0 else { return }
            levels.append(Level(firstVisit: visit, drawsPerVisit: draws, before: before, open: open))
            before += visits * draws
            visit += visits
        }
        var end = circles.count
        while end > 0 {
            // The circles that have as few distances as any that is left.
            let value = circles[end - 1].fullCount
            var first = end
            while first > 0, circles[first - 1].fullCount == value { first -= 1 }
            add(UInt64(value) - visit, draws: sizes.sums[end], open: end)
            let half = halves.sums[end] - halves.sums[first]
            if half > 0 { add(1, draws: sizes.sums[first] + half, open: first) }
            end = first
        }
        return (levels, before)
    }

    /// The circle and the two places on it of draw `index`, which is below the count.
    @inline(__always)
    func places(_ index: UInt64) -> (circle: Circle, a: Int, b: Int) {
        let number = partitionPoint(1..<levels.count) { levels[$0].before <= index } - 1
        let level = levels[number]
        let (turn, slot) = (index - level.before).quotientAndRemainder(dividingBy: level.drawsPerVisit)
        let visit = level.firstVisit + turn
        let draw = IndexPermutation(size: level.drawsPerVisit, seed: random.order ^ scramble(visit))[slot]
        let full = sizes.sums[level.open]
        guard draw < full else {
            let place = halves.sums[level.open] + draw - full
            let found = halves.index(of: place)
            let a = Int(place - halves.sums[found])
            return (circles[found], a, a + circles[found].size / 2)
        }
        let found = sizes.index(of: draw)
        let circle = circles[found]
        let a = Int(draw - sizes.sums[found])
        let key = random.distance ^ scramble(UInt64(circle.start))
        let distance = IndexPermutation(size: UInt64(circle.fullCount), seed: key)[visit]
        let b = a + circle.least + Int(distance)
        return (circle, a, b >= circle.size ? b - circle.size : b)
    }
}

extension PairRows {
    /// A place among the positions of a block in a random order of its own.
    @inline(__always)
    func shuffled(_ position: Int, in block: Range<Int>, key: UInt64) -> Int {
        let order = IndexPermutation(
            size: UInt64(block.count), seed: key ^ scramble(UInt64(block.lowerBound)))
        return block.lowerBound + Int(order[UInt64(position - block.lowerBound)])
    }

    /// The group of a position.
    @inline(__always)
    func group(of position: Int) -> Int {
        partitionPoint(1..<groupStarts.count) { Int(groupStarts[$0]) <= position } - 1
    }
}
