import Corpus

/// Consecutive sessions of one speaker: the work of one task, about ten minutes of audio.
package struct Pack: Sendable {
    /// `corpus/speaker/first session`; of a session too large for one pack, the first utterance follows.
    package let id: String
    package let corpus: String
    package let speaker: String
    package internal(set) var utterances: [SourceUtterance]
}

/// Cuts a speaker's utterances into packs by content: a pack ends before a session whose id says so, once the pack
/// is large enough. So adding or removing a session changes the packs next to it and no others.
///
/// An utterance weighs 1, however it is encoded; a file of many megabytes weighs more, so that packs of hour-long
/// recordings stay bounded.
struct PackCutter {
    static let minimum = 24
    static let maximum = 96
    /// Beyond this even a session is divided.
    static let limit = 192
    private static let bytesPerWeight: Int64 = 4 << 20

    private let hash = KeyedRandom(seed: 0, domain: "pack")

    /// The packs of utterances that are sorted by speaker, session and id.
    func cut(_ utterances: [SourceUtterance]) -> [Pack] {
        var packs: [Pack] = []
        var weight = 0
        var index = utterances.startIndex
        while index < utterances.endIndex {
            let first = utterances[index]
            var end = index + 1
            while end < utterances.endIndex, isSameSession(first, utterances[end]) { end += 1 }
            let session = utterances[index..<end]
            let sessionWeight = session.reduce(0) { $0 + PackCutter.weight($1) }
            if let last = packs.last, last.speaker == first.speaker, last.corpus == first.corpus,
                !endsBefore(first.session, weight: weight, adding: sessionWeight)
            {
                packs[packs.count - 1].utterances += session
                weight += sessionWeight
            } else {
                packs.append(pack(session, id: "\(first.corpus)/\(first.speaker)/\(first.session)"))
                weight = sessionWeight
            }
            if weight > PackCutter.limit {
                packs += divide(packs.removeLast())
                weight = packs.last.map { $0.utterances.reduce(0) { $0 + PackCutter.weight($1) } } ?? 0
            }
            index = end
        }
        return packs
    }

    private func endsBefore(_ session: String, weight: Int, adding: Int) -> Bool {
        if weight + adding > PackCutter.maximum { return weight >= PackCutter.minimum }
        return weight >= PackCutter.minimum && hash.bits(session) & 1 == 0
    }

    /// Divides a pack whose session is too large, at utterances whose ids say so.
    private func divide(_ large: Pack) -> [Pack] {
        var packs: [Pack] = []
        var start = 0
        var weight = 0
        for (index, utterance) in large.utterances.enumerated() {
            let next = PackCutter.weight(utterance)
            let ends =
                weight + next > PackCutter.maximum
                || (weight >= PackCutter.minimum && hash.bits(utterance.id) & 31 == 0)
            if index > start && ends {
                packs.append(part(large, start..<index))
                (start, weight) = (index, 0)
            }
            weight += next
        }
        return packs + [part(large, start..<large.utterances.count)]
    }

    private func part(_ large: Pack, _ range: Range<Int>) -> Pack {
        let first = large.utterances[range.lowerBound]
        let id =
            "\(large.corpus)/\(large.speaker)/\(first.session)"
            + (range.lowerBound == 0 ? "" : "/\(first.id)")
        return pack(large.utterances[range], id: id)
    }

    private func pack(_ utterances: ArraySlice<SourceUtterance>, id: String) -> Pack {
        let first = utterances[utterances.startIndex]
        return Pack(id: id, corpus: first.corpus, speaker: first.speaker, utterances: Array(utterances))
    }

    private func isSameSession(_ left: SourceUtterance, _ right: SourceUtterance) -> Bool {
        left.session == right.session && left.speaker == right.speaker && left.corpus == right.corpus
    }

    static func weight(_ utterance: SourceUtterance) -> Int {
        1 + Int(utterance.state.byteCount / bytesPerWeight)
    }
}
