import Corpus

/// Consecutive sessions of one speaker: the work of one task, about ten minutes of audio.
package struct Pack: Sendable {
    /// `corpus/speaker/first session`; of a session too large for one pack, the first utterance follows.
    package let id: String
    package let corpus: String
    package let speaker: String
    package internal(set) var utterances: [SourceUtterance]
}

/// Cuts a speaker's utterances into packs by content: a pack starts at a session whose id has the smallest hash of
/// all that start less than `minimum` away, before or after it.
///
/// Whether it does depends on those neighbors alone. So adding or removing a session changes the pack it stands in
/// and at most the one on either side, however long the speaker goes on.
///
/// An utterance weighs 1, however it is encoded, and a file of megabytes 1 more for each, so that the memory of a
/// pack stays bounded. Where recordings of many minutes make a pack too heavy and no hash divides it, it is divided
/// as it fills; a session more may then change the packs of all that follow it.
struct PackCutter {
    /// No pack is lighter, unless all of the speaker is.
    static let minimum = 24
    /// To what a pack beyond `limit` is divided.
    static let maximum = 96
    /// Beyond this a pack is divided, at utterances where it must be.
    static let limit = 192
    private static let bytesPerWeight: Int64 = 1 << 20

    private let hash = KeyedRandom(seed: 0, domain: "pack")

    /// What is not cut: a session, or an utterance of one that is too large.
    private struct Item {
        let id: String
        let utterances: ArraySlice<SourceUtterance>
        let weight: Int

        init(_ id: String, _ utterances: ArraySlice<SourceUtterance>) {
            self.id = id
            self.utterances = utterances
            weight = utterances.reduce(0) { $0 + PackCutter.weight($1) }
        }
    }

    /// The packs of utterances that are sorted by speaker, session and id.
    func cut(_ utterances: [SourceUtterance]) -> [Pack] {
        PackCutter.runs(utterances[...]) { $0.speaker == $1.speaker && $0.corpus == $1.corpus }.flatMap(packs)
    }

    private func packs(ofSpeaker utterances: ArraySlice<SourceUtterance>) -> [Pack] {
        let sessions = PackCutter.runs(utterances) { $0.session == $1.session }
            .compactMap { run in run.first.map { Item($0.session, run) } }
        return parts(sessions).flatMap { part in
            PackCutter.weight(part) > PackCutter.limit ? divided(part) : [pack(part, ofSession: true)]
        }
    }

    /// Divides a pack that is too heavy between sessions, and what is left too heavy between utterances.
    private func divided(_ sessions: ArraySlice<Item>) -> [Pack] {
        PackCutter.filled(sessions).flatMap { part -> [Pack] in
            guard PackCutter.weight(part) > PackCutter.limit else { return [pack(part, ofSession: true)] }
            let items = part.flatMap { session in
                session.utterances.indices.map {
                    Item(session.utterances[$0].id, session.utterances[$0...$0])
                }
            }
            return parts(items).flatMap(PackCutter.filled).enumerated().map { number, piece in
                pack(piece, ofSession: number == 0)
            }
        }
    }

    /// The items in parts that start where the hashes say.
    private func parts(_ items: [Item]) -> [ArraySlice<Item>] {
        let hashes = items.map { hash.bits($0.id) }
        var offsets: [Int] = []
        var total = 0
        for item in items {
            offsets.append(total)
            total += item.weight
        }
        func isStart(_ index: Int) -> Bool {
            let place = offsets[index]
            guard place >= PackCutter.minimum, total - place >= PackCutter.minimum else { return false }
            func isSmallest(_ others: some Sequence<Int>) -> Bool {
                for other in others {
                    if abs(offsets[other] - place) >= PackCutter.minimum { return true }
                    if hashes[other] <= hashes[index] { return false }
                }
                return true
            }
            return isSmallest((0..<index).reversed()) && isSmallest((index + 1)..<items.count)
        }
        return PackCutter.slices(items[...], at: items.indices.filter(isStart))
    }

    /// The items in parts as heavy as `maximum` allows: for those few that no hash divides.
    private static func filled(_ items: ArraySlice<Item>) -> [ArraySlice<Item>] {
        guard weight(items) > limit else { return [items] }
        var starts: [Int] = []
        var weight = 0
        var rest = self.weight(items)
        for index in items.indices {
            if weight >= minimum && weight + items[index].weight > maximum && rest >= minimum {
                starts.append(index)
                weight = 0
            }
            weight += items[index].weight
            rest -= items[index].weight
        }
        return slices(items, at: starts)
    }

    private static func slices<Element>(_ all: ArraySlice<Element>, at starts: [Int]) -> [ArraySlice<Element>]
    {
        guard !all.isEmpty else { return [] }
        return zip([all.startIndex] + starts, starts + [all.endIndex]).map { all[$0..<$1] }
    }

    /// The longest runs of neighbors that belong together.
    private static func runs(
        _ utterances: ArraySlice<SourceUtterance>, _ belong: (SourceUtterance, SourceUtterance) -> Bool
    ) -> [ArraySlice<SourceUtterance>] {
        slices(
            utterances,
            at: utterances.indices.dropFirst().filter { !belong(utterances[$0 - 1], utterances[$0]) })
    }

    private func pack(_ items: ArraySlice<Item>, ofSession: Bool) -> Pack {
        let utterances = Array(items.map(\.utterances).joined())
        let first = utterances[0]
        let id = "\(first.corpus)/\(first.speaker)/\(first.session)" + (ofSession ? "" : "/\(first.id)")
        return Pack(id: id, corpus: first.corpus, speaker: first.speaker, utterances: utterances)
    }

    private static func weight(_ items: ArraySlice<Item>) -> Int { items.reduce(0) { $0 + $1.weight } }

    static func weight(_ utterance: SourceUtterance) -> Int {
        1 + Int(utterance.byteCount / bytesPerWeight)
    }
}
