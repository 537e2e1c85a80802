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
    let rows: [UInt32]
    let speakers: [UInt32]
    let utterances: [UInt32]

    /// Up to `limit` rows, spread evenly over the side.
    init(_ labels: RowLabels, side: Side, limit: Int) {
        rows = labels.rows(of: side).spread(limit)
        speakers = rows.map { labels.speakers[Int($0)] }
        utterances = rows.map { labels.utterances[Int($0)] }
    }
}

extension Array {
    /// Up to `limit` of its elements, spread evenly over it.
    func spread(_ limit: Int) -> [Element] {
        limit >= count ? self : (0..<limit).map { self[$0 * count / limit] }
    }
}
