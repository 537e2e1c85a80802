import ContentStore
import Shards

/// Names for rows that every form can hold: letters, digits, `_` and `-`, the speaker first, so that lists sorted by
/// them are sorted by speaker too, as Kaldi wants it.
///
///     19-19-198-0001-000016000            19's utterance 19-198-0001 from sample 16 000 on
///     id10270-5r0dWxy17C8-00001-000000000
///     19-19-198-0001-000016000-copy12     an augmented copy: row 12 of its pack's copies
struct RowKeys {
    private var taken: Set<String> = []

    /// The key of an utterance. Two that come to the same text are told apart by a digest of what they are.
    mutating func utterance(_ id: String, speaker: String, corpus: String?) -> String {
        let name = corpus.map { "\($0)/\(speaker)" } ?? speaker
        let own =
            id.hasPrefix(speaker + "/") || id.hasPrefix(speaker + "-")
            ? String(id.dropFirst(speaker.count + 1)) : id
        let key = "\(PlainName.speaker(name))-\(PlainName.of(own))"
        guard !taken.insert(key).inserted else { return key }
        var hasher = StreamHasher()
        hasher.update(Array("\(corpus ?? "") \(speaker) \(id)".utf8))
        let longer = "\(key)-\(hasher.finish().hex.prefix(12))"
        taken.insert(longer)
        return longer
    }

    /// The key of an example of an utterance.
    static func example(_ utterance: String, start: Int, copy: Int?) -> String {
        let digits = String(start)
        var key = utterance
        key.reserveCapacity(utterance.utf8.count + 32)
        key += "-"
        key += "000000000".dropFirst(digits.utf8.count)
        key += digits
        if let copy { key += "-copy\(copy)" }
        return key
    }
}
