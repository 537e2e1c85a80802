/// Compares two rows of an index, laid over each other at some offset.
struct FingerprintComparison {
    /// More than this of the first codes' bits differ: not worth going on.
    private static let hopelessPerMille = 420
    private static let firstCodes = 32
    /// Codes of a stretch that is alike as a whole or not: half a second.
    private static let stretch = 32
    /// A stretch of a copy may differ more than all of it.
    private static let stretchPerMille = 350

    let index: FingerprintIndex
    let a: Int
    let b: Int

    /// The pair, if the sound around code `frameA` of `a` is that around `frameB` of `b`. Copies may lie half a hop
    /// apart, so the neighboring offsets are tried too.
    func pair(at frameA: Int, _ frameB: Int, _ threshold: NearAudioThreshold) -> NearPair? {
        var best: NearPair?
        for shift in [0, -1, 1] {
            guard let (first, count) = window(frameA, frameB + shift, threshold) else { continue }
            let (startA, startB) = (frameA + first, frameB + shift + first)
            let probe = min(FingerprintComparison.firstCodes, count)
            let middle = (count - probe) / 2
            guard
                difference(startA + middle, startB + middle, probe) * 1000
                    <= probe * 16 * FingerprintComparison.hopelessPerMille
            else { continue }
            let differing = difference(startA, startB, count)
            guard differing <= threshold.largestDifference(codes: count) else { continue }
            if let known = best, known.difference <= differing { continue }
            best = NearPair(
                a: a, b: b, offset: startA - startB, difference: differing, compared: count,
                alike: alike(offset: startA - startB))
        }
        return best
    }

    /// Where the codes to be compared begin, counted from the landmark, and how many there are; nil when too few.
    private func window(_ frameA: Int, _ frameB: Int, _ threshold: NearAudioThreshold) -> (Int, Int)? {
        guard frameB >= 0 else { return nil }
        let before = min(frameA, frameB)
        let after = min(index.codeCount(ofRow: a) - frameA, index.codeCount(ofRow: b) - frameB)
        let count = min(before + after, threshold.mostCodes)
        guard count >= threshold.leastCodes, after > 0 else { return nil }
        return (max(-before, min(-count / 2, after - count)), count)
    }

    /// Bits that differ between `count` codes of `a` from `startA` and of `b` from `startB`.
    private func difference(_ startA: Int, _ startB: Int, _ count: Int) -> Int {
        let codes = index.codes.span
        let (x, y) = (index.firstCodes[a] + startA, index.firstCodes[b] + startB)
        var sum = 0
        for place in 0..<count { sum += (codes[x + place] ^ codes[y + place]).nonzeroBitCount }
        return sum
    }

    /// Codes of the whole overlap in stretches that are alike.
    private func alike(offset: Int) -> Int {
        let startA = max(0, offset)
        let startB = startA - offset
        let count = min(index.codeCount(ofRow: a) - startA, index.codeCount(ofRow: b) - startB)
        var sum = 0
        var place = 0
        while place < count {
            let length = min(FingerprintComparison.stretch, count - place)
            let differing = difference(startA + place, startB + place, length)
            if differing * 1000 <= length * 16 * FingerprintComparison.stretchPerMille { sum += length }
            place += length
        }
        return sum
    }
}
