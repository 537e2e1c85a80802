import Corpus

/// The class numbers of an export: the speakers of the train side first, then the others, each in order of first
/// appearance, so that a classifier needs no class that it never sees.
struct SpeakerLabels: Sendable {
    /// Of each speaker of the split's table, its label; −1 for one without an example on any side.
    let labels: [Int]
    /// In order of their labels.
    let speakers: [Speaker]
    let trainCount: Int

    /// - Parameter hasCorpora: whether names begin with their corpus.
    init(_ split: SplitTable, hasCorpora: Bool) {
        var onTrain = [Bool](repeating: false, count: split.speakerNames.count)
        var onAny = onTrain
        for (row, side) in split.sides.enumerated() where side != 0 {
            let speaker = Int(split.speakers[row])
            onAny[speaker] = true
            if side == Side.train.code { onTrain[speaker] = true }
        }
        let train = onTrain.indices.filter { onTrain[$0] }
        let order = train + onAny.indices.filter { onAny[$0] && !onTrain[$0] }
        var labels = [Int](repeating: -1, count: onAny.count)
        for (label, speaker) in order.enumerated() { labels[speaker] = label }
        self.labels = labels
        trainCount = train.count
        speakers = order.map { speaker in
            Speaker(
                id: SpeakerLabels.name(split.speakerNames[speaker], hasCorpora: hasCorpora),
                sex: split.speakerSexes[speaker])
        }
    }

    /// `librispeech/19` with its corpus, or without.
    static func name(_ whole: String, hasCorpora: Bool) -> String {
        guard !hasCorpora, let slash = whole.firstIndex(of: "/") else { return whole }
        return String(whole[whole.index(after: slash)...])
    }
}
