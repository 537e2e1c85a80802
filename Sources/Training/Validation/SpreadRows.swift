internal import Corpus

/// How much is asked after every epoch, so that judging takes a small part of the time.
enum HeldOutLimit {
    /// Stored pairs or triplets, or examples of known speakers.
    static let stored = 10_000
    /// Examples that pairs and triplets are drawn from where none are stored.
    static let rows = 600
    /// Pairs or triplets drawn from those.
    static let drawn = 2400
}

/// Some rows of a side, and whose they are.
struct SpreadRows {
    /// Of a speaker there are at least so many, where the speaker has them: pairs of one speaker are wanted too.
    private static let leastOfSpeaker = 6

    let rows: [UInt32]
    let speakers: [UInt32]
    let utterances: [UInt32]

    /// All rows of the side; or where these are more than `limit`, as many of each speaker, from as many utterances as can be,
    /// of as many speakers as that allows.
    init(_ labels: RowLabels, side: Side, limit: Int) {
        let all = labels.rows(of: side)
        rows = all.count <= limit ? all : SpreadRows.chosen(all, labels, limit)
        speakers = rows.map { labels.speakers[Int($0)] }
        utterances = rows.map { labels.utterances[Int($0)] }
    }

    private static func chosen(_ all: [UInt32], _ labels: RowLabels, _ limit: Int) -> [UInt32] {
        let speakers = labels.utterancesBySpeaker(all)
        // A speaker of one utterance is in no pair of one speaker.
        let askable = speakers.filter { $0.count > 1 }
        let some = (askable.isEmpty ? speakers : askable).spread(max(limit / leastOfSpeaker, 2))
        return some.flatMap { $0.dealt(limit / some.count) }.sorted()
    }
}

extension RowLabels {
    /// These rows by speaker, and each speaker's by utterance, in the order of their numbers.
    func utterancesBySpeaker(_ rows: [UInt32]) -> [[[UInt32]]] {
        var found: [UInt32: [UInt32: [UInt32]]] = [:]
        for row in rows {
            found[speakers[Int(row)], default: [:]][utterances[Int(row)], default: []].append(row)
        }
        return found.sorted { $0.key < $1.key }.map { speaker in
            speaker.value.sorted { $0.key < $1.key }.map(\.value)
        }
    }
}

extension [[UInt32]] {
    /// Up to `limit` elements: the first of every list, then the second of every list, and so on.
    fileprivate func dealt(_ limit: Int) -> [UInt32] {
        var (dealt, round): ([UInt32], Int) = ([], 0)
        while dealt.count < limit {
            let next = filter { round < $0.count }.map { $0[round] }
            guard !next.isEmpty else { break }
            dealt += next.spread(limit - dealt.count)
            round += 1
        }
        return dealt
    }
}

extension Array {
    /// Up to `limit` of its elements, spread evenly over it.
    func spread(_ limit: Int) -> [Element] {
        limit >= count ? self : (0..<limit).map { self[$0 * count / limit] }
    }
}
