/// Where the examples of a changed copy of an utterance come from.
///
/// A copy at another speed is longer or shorter, and is cut anew; an example of it is taken when all it was made of is
/// train, so that nothing of another side is cut into it. (A room's tail still carries what was said just before.)
struct CopyCuts {
    /// The first row of the utterance in its pack.
    let firstRow: Int
    /// The cuts of the utterance as it is.
    let cuts: [Cut]
    let train: TrainRows

    /// For each cut of a copy, `speed` times as fast, that may be used: its place, and the row of the pack it mostly is.
    func usable(_ copied: [Cut], speed: Double) -> [(place: Int, source: Int)] {
        let longest = cuts.reduce(0) { max($0, $1.length) }
        return copied.enumerated().compactMap { place, cut in
            source(of: cut, place: place, speed: speed, longest: longest).map { (place, $0) }
        }
    }

    private func source(of cut: Cut, place: Int, speed: Double, longest: Int) -> Int? {
        if speed == 1 { return train.isTrain[firstRow + place] ? firstRow + place : nil }
        let start = Double(cut.start) * speed
        let end = start + Double(cut.length) * speed
        var best: (row: Int, overlap: Double)?
        for number in first(after: start - Double(longest))..<cuts.count {
            let original = cuts[number]
            let from = max(start, Double(original.start))
            if from >= end { break }
            let overlap = min(end, Double(original.start + original.length)) - from
            // Less than this is rounding: cuts that only touch.
            guard overlap > 1e-6 else { continue }
            guard train.isTrain[firstRow + number] else { return nil }
            if overlap > (best?.overlap ?? 0) { best = (firstRow + number, overlap) }
        }
        return best?.row
    }

    /// The first of the cuts, which are in order, that starts after a place; their number where none does.
    private func first(after place: Double) -> Int {
        var (low, high) = (0, cuts.count)
        while low < high {
            let middle = (low + high) / 2
            if Double(cuts[middle].start) > place { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
