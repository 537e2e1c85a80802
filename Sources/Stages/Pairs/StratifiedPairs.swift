import ContentStore
import Corpus

/// Pairs or triplets whose examples are of utterances that last alike: a stream for each stratum of durations, and one
/// random order over them all.
///
/// A count for the whole is shared among the strata by their examples, as far as they have so many pairs; `each` counts
/// examples in each. The share of same pairs is kept in each, give or take one pair.
struct StratifiedPairs {
    private let streams: [PairStream]
    /// Where each stream's end.
    private let ends: [Int]
    private let order: IndexPermutation
    let count: Int

    /// - Parameter strata: the rows of each stratum.
    init(_ strata: [PairRows], _ parameters: PairParameters, seed: UInt64) throws(PairError) {
        let seeds = (0..<strata.count).map { scramble(seed ^ scramble(UInt64($0) + 1)) }
        let capacities = try strata.enumerated().map { number, rows throws(PairError) in
            try PairStream.largestCount(rows, parameters.rules, seed: seeds[number])
        }
        let usable = strata.indices.filter { capacities[$0] > 0 }
        guard !usable.isEmpty else { throw .noStratum(strata.map(\.count)) }
        let counts = try StratifiedPairs.counts(
            parameters.count, sizes: usable.map { strata[$0].count },
            capacities: usable.map { capacities[$0] })
        var (streams, ends): ([PairStream], [Int]) = ([], [])
        for (number, count) in zip(usable, counts) {
            var own = parameters
            own.count = count
            do {
                streams.append(try PairStream(strata[number], own, seed: seeds[number]))
            } catch {
                throw .inStratum(number, of: strata.count, error)
            }
            ends.append((ends.last ?? 0) + (streams.last?.count ?? 0))
        }
        self.streams = streams
        self.ends = ends
        count = ends.last ?? 0
        let epoch = UInt64(parameters.epoch ?? 0)
        order = IndexPermutation(size: UInt64(max(count, 1)), seed: scramble(seed ^ scramble(~epoch)))
    }

    /// A count for the whole in proportion to the strata's sizes; what one cannot give falls to the others.
    private static func counts(
        _ count: PairParameters.Count, sizes: [Int], capacities: [Int]
    ) throws(PairError) -> [PairParameters.Count] {
        guard case .total(let total) = count else { return sizes.map { _ in count } }
        let available = capacities.reduce(UInt64(0)) { saturatingSum($0, UInt64($1)) }
        guard UInt64(total) <= available else { throw .tooFewInStrata(asked: total, available: available) }
        var shares = sizes.map { _ in 0 }
        var left = total
        while left > 0 {
            let open = sizes.indices.filter { shares[$0] < capacities[$0] }
            let all = open.reduce(0) { $0 + sizes[$1] }
            var given = 0
            for index in open {
                // Counts and sizes have 32 bits: their products fit.
                let more = min(left * sizes[index] / all, capacities[index] - shares[index])
                shares[index] += more
                given += more
            }
            // The last few, one each, to the largest first.
            let order = open.sorted { sizes[$0] == sizes[$1] ? $0 < $1 : sizes[$0] > sizes[$1] }
            for index in order where given == 0 && left > given && shares[index] < capacities[index] {
                shares[index] += 1
                left -= 1
            }
            left -= given
        }
        return shares.map { .total($0) }
    }

    private static func saturatingSum(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }

    var metadata: [String: String] {
        var sums: [String: Int] = [:]
        for stream in streams {
            for (name, value) in stream.metadata { sums[name, default: 0] &+= Int(value) ?? 0 }
        }
        return sums.mapValues { String($0) }.merging(["strata": String(streams.count)]) { own, _ in own }
    }

    /// The columns of a range of the epoch.
    func columns(_ part: Range<Int>) -> [Tensor] {
        var columns: [[UInt32]] = [[], [], []]
        for place in part {
            let drawn = Int(order[UInt64(place)])
            let stream = partitionPoint(0..<ends.count) { ends[$0] <= drawn }
            let values = streams[stream][drawn - (stream == 0 ? 0 : ends[stream - 1])]
            columns[0].append(values.0)
            columns[1].append(values.1)
            columns[2].append(values.2)
        }
        return streams[0].tensors(columns)
    }
}
