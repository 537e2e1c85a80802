import ContentStore
import Features

/// All fingerprints of a dataset, and what finds those of one sound: landmarks whose keys of 32 bits are equal, also
/// when either's two least certain bits are turned, give pairs to compare code by code.
///
/// Memory is 2 bytes a code and 12 a landmark, and one eighth of the keys at a time: 130 000 utterances of 12 s come to
/// about 0.3 GB.
struct FingerprintIndex {
    /// Keys are sorted in so many parts, one after another.
    private static let partBits = 3
    /// In a run of equal keys, each is compared with so many that follow it: a key that very many have is hum, not a
    /// sound, and a sound that very many have is found by its neighbors.
    private static let reach = 32

    private let lag: Int
    private(set) var codes: [UInt16] = []
    /// For each row, where its codes begin; and their number.
    private(set) var firstCodes: [Int] = [0]
    private var utterances: [UInt32] = []
    private var frames: [UInt32] = []
    private var weak: [UInt16] = []

    init(_ parameters: FingerprintParameters) { lag = parameters.lag }

    /// The fingerprints in `artifacts`, one after another.
    init(_ parameters: FingerprintParameters, _ artifacts: [Digest], in store: Store) throws(StoreError) {
        self.init(parameters)
        var (codeCount, landmarkCount) = (0, 0)
        for digest in artifacts {
            let file = try store.read(digest)
            codeCount += file.entries["code"]?.shape.first ?? 0
            landmarkCount += file.entries["landmark.frame"]?.shape.first ?? 0
        }
        codes.reserveCapacity(codeCount)
        utterances.reserveCapacity(landmarkCount)
        frames.reserveCapacity(landmarkCount)
        weak.reserveCapacity(landmarkCount)
        for digest in artifacts { append(try FingerprintTable(try store.read(digest))) }
    }

    var rowCount: Int { firstCodes.count - 1 }

    mutating func append(_ table: FingerprintTable) {
        let first = rowCount
        let base = codes.count
        for index in 0..<(table.codes.count / 2) {
            codes.append(UInt16(table.codes[2 * index]) | UInt16(table.codes[2 * index + 1]) << 8)
        }
        var landmark = 0
        for row in 0..<table.rowCount {
            firstCodes.append(base + Int(table.codeEnds[row]))
            while landmark < Int(table.landmarkEnds[row]) {
                utterances.append(UInt32(first + row))
                frames.append(table.frames[landmark])
                weak.append(UInt16(table.weak[2 * landmark]) | UInt16(table.weak[2 * landmark + 1]) << 8)
                landmark += 1
            }
        }
    }

    func codeCount(ofRow row: Int) -> Int { firstCodes[row + 1] - firstCodes[row] }

    /// Every pair of rows that hold the same sound, in order, as far as `accepts` lets it in before it is compared.
    func pairs(_ threshold: NearAudioThreshold, where accepts: (Int, Int) -> Bool = { _, _ in true })
        -> [NearPair]
    {
        var found: [UInt64: NearPair] = [:]
        var entries: [UInt64] = []
        for part in 0..<UInt32(1 << FingerprintIndex.partBits) {
            gather(part, into: &entries)
            entries.sort()
            var start = 0
            while start < entries.count {
                var end = start + 1
                while end < entries.count, entries[end] >> 32 == entries[start] >> 32 { end += 1 }
                for place in start..<end {
                    for other in (place + 1)..<max(place + 1, min(end, place + 1 + FingerprintIndex.reach)) {
                        meet(
                            Int(UInt32(truncatingIfNeeded: entries[place])),
                            Int(UInt32(truncatingIfNeeded: entries[other])), threshold, accepts, &found)
                    }
                }
                start = end
            }
        }
        return found.values.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// The keys of one part, each with its landmark's number in the low half.
    private func gather(_ part: UInt32, into entries: inout [UInt64]) {
        entries.removeAll(keepingCapacity: true)
        for landmark in utterances.indices {
            let place = firstCodes[Int(utterances[landmark])] + Int(frames[landmark])
            let key = UInt32(codes[place]) | UInt32(codes[place + lag]) << 16
            let first = UInt32(1) << UInt32(weak[landmark] & 31)
            let second = UInt32(1) << UInt32(weak[landmark] >> 8 & 31)
            for turned in [key, key ^ first, key ^ second, key ^ first ^ second]
            where (turned &* 0x9E37_79B1) >> UInt32(32 - FingerprintIndex.partBits) == part {
                entries.append(UInt64(turned) << 32 | UInt64(landmark))
            }
        }
    }

    private func meet(
        _ one: Int, _ other: Int, _ threshold: NearAudioThreshold, _ accepts: (Int, Int) -> Bool,
        _ found: inout [UInt64: NearPair]
    ) {
        let isOrdered = utterances[one] < utterances[other]
        let (low, high) = isOrdered ? (one, other) : (other, one)
        let (a, b) = (Int(utterances[low]), Int(utterances[high]))
        guard a != b, accepts(a, b) else { return }
        let name = UInt64(a) << 32 | UInt64(b)
        let comparison = FingerprintComparison(index: self, a: a, b: b)
        let (frameA, frameB) = (Int(frames[low]), Int(frames[high]))
        if let known = found[name], abs(known.offset - (frameA - frameB)) <= 2 { return }
        guard let pair = comparison.pair(at: frameA, frameB, threshold) else { return }
        if let known = found[name], known.alike >= pair.alike { return }
        found[name] = pair
    }
}
