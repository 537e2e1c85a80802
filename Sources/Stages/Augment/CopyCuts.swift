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
        copied.enumerated().compactMap { place, cut in
            source(of: cut, place: place, speed: speed).map { (place, $0) }
        }
    }

    private func source(of cut: Cut, place: Int, speed: Double) -> Int? {
        if speed == 1 { return train.isTrain[firstRow + place] ? firstRow + place : nil }
        let start = Double(cut.start) * speed
        let end = start + Double(cut.length) * speed
        var best: (row: Int, overlap: Double)?
        for (number, original) in cuts.enumerated() {
            let from = max(start, Double(original.start))
            let overlap = min(end, Double(original.start + original.length)) - from
            guard overlap > 0 else { continue }
            guard train.isTrain[firstRow + number] else { return nil }
            if overlap > (best?.overlap ?? 0) { best = (firstRow + number, overlap) }
        }
        return best?.row
    }
}
