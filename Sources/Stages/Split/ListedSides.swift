import ContentStore
import Corpus

/// Which utterances of the corpora stand on which side, because lists say so.
struct ListedSides: Sendable {
    /// A list as it is known in keys and metadata.
    struct File: Codable, Hashable, Sendable {
        let name: String
        let sha256: String
        /// The side of all its utterances; nil where every line says its own.
        let side: Side?
    }

    struct Utterance: Hashable, Sendable {
        let corpus: String
        let id: String
    }

    let files: [File]
    private let digests: [Digest]
    private(set) var sides: [Utterance: Side] = [:]
    /// What a user should know: entries without a file, utterances in no list.
    private(set) var notes: [String] = []
    /// `utterances` in their order, for the digest.
    private var listed: [(utterance: Utterance, side: Side)] = []

    /// - Parameter unselected: names of utterances that the corpora have and the recipe does not take.
    init(
        _ lists: [SplitList], utterances: some Sequence<SourceUtterance>, unselected: Set<String>
    ) throws(StageError) {
        files = lists.map { File(name: $0.name, sha256: $0.digest.hex, side: $0.side) }
        digests = lists.map(\.digest)
        let entries = try ListedSides.index(lists)
        var met: Set<String> = []
        var unlisted = 0
        for item in utterances {
            let names = [UtteranceName.id(item.id), UtteranceName.id(item.relativePath)]
            guard let name = names.first(where: { entries[$0] != nil }), let entry = entries[name] else {
                if item.rejection == nil { unlisted += 1 }
                continue
            }
            met.insert(name)
            let utterance = Utterance(corpus: item.corpus, id: item.id)
            sides[utterance] = entry.side
            listed.append((utterance, entry.side))
        }
        guard !sides.isEmpty else {
            throw .usage(
                "no utterance of the corpora stands in \(lists.map(\.name).joined(separator: ", ")), where "
                    + "'\(lists.first?.entries.first?.name ?? "")' is the first; name utterances by id or by path "
                    + "below the corpus folder")
        }
        note(lists, met, unselected, unlisted: unlisted)
    }

    /// The entries by the ids they mean; one utterance on two lines is an error.
    private static func index(_ lists: [SplitList]) throws(StageError) -> [String: SplitList.Entry] {
        var entries: [String: SplitList.Entry] = [:]
        for entry in lists.flatMap(\.entries) {
            guard let other = entries.updateValue(entry, forKey: UtteranceName.id(entry.name)) else {
                continue
            }
            throw .failed(
                "\(entry.place): '\(entry.name)' stands in the split a second time, for \(entry.side.rawValue); for "
                    + "\(other.side.rawValue) it stands at \(other.place); keep one line")
        }
        return entries
    }

    private mutating func note(
        _ lists: [SplitList], _ met: Set<String>, _ unselected: Set<String>, unlisted: Int
    ) {
        for list in lists {
            let left = list.entries.filter { !met.contains(UtteranceName.id($0.name)) }
            let missing = left.filter { !unselected.contains(UtteranceName.id($0.name)) }.map(\.name)
            if left.count > missing.count {
                notes.append(
                    "\(list.name): \(Amount.count(left.count - missing.count)) of \(Amount.count(list.entries.count)) "
                        + "entries are of utterances that the recipe does not take")
            }
            guard !missing.isEmpty else { continue }
            let shown = missing.prefix(5).joined(separator: ", ") + (missing.count > 5 ? " …" : "")
            notes.append(
                "\(list.name): \(Amount.count(missing.count)) of \(Amount.count(list.entries.count)) entries have no "
                    + "file in the corpora: \(shown)")
        }
        if unlisted > 0 {
            notes.append(
                "\(Amount.count(unlisted)) utterances stand in no list of the split and are not used")
        }
    }

    /// What the split's key holds: each list by its bytes, and what they came to among these utterances.
    func sources() -> [(role: String, digest: Digest)] {
        var builder = DigestBuilder(domain: "twinset.listed.1")
        for (utterance, side) in listed {
            builder.add("corpus", utterance.corpus)
            builder.add("utterance", utterance.id)
            builder.add("side", side.rawValue)
        }
        for note in notes { builder.add("note", note) }
        let lists = zip(files, digests).map {
            (role: "list \($0.side.map { "\($0.rawValue) " } ?? "")\($0.name)", digest: $1)
        }
        return lists + [("listed utterances", builder.finish())]
    }
}
