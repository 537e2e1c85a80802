import ContentStore
import Corpus
import Foundation

/// Reads what a corpus folder offers to a recipe.
struct CorpusReader {
    let request: Recipe.CorpusRequest

    /// A file with the names its place gives it.
    struct Named {
        var file: ScannedFile
        var id: String
        var speaker: String
        var session: String
        var subset: String?
        var rejection: SourceUtterance.Rejection?
        /// The part of the file that is the utterance; nil means all of it.
        var range: SourceRange?
        /// Where the file is, if not at its path below the corpus folder.
        var place: String?

        /// Brings the names to one spelling: file systems differ in how they write an accented letter.
        mutating func composeNames() {
            guard !(file.path.utf8.allSatisfy { $0 < 0x80 }) else { return }
            id = id.precomposedStringWithCanonicalMapping
            speaker = speaker.precomposedStringWithCanonicalMapping
            session = session.precomposedStringWithCanonicalMapping
        }
    }

    func read(unknownSpeakers: IngestParameters.UnknownSpeakers) throws(StageError) -> CorpusContents {
        let root = try root()
        var contents = CorpusContents()
        contents.root =
            request.layout == .list ? NSString(string: root).deletingLastPathComponent : root
        var named = try name(root, unknownSpeakers, into: &contents)
        for index in named.indices { named[index].composeNames() }
        let all = named
        named = try select(all, into: &contents)
        if named.count < all.count {
            let kept = Set(named.map(\.id))
            contents.unselected = all.filter { !kept.contains($0.id) }.flatMap { [$0.id, $0.file.path] }
        }
        named = CorpusReader.sorted(named)
        CorpusReader.rejectDuplicates(&named)
        if request.layout == .list { CorpusReader.rejectSharedIDs(&named) }
        contents.utterances = named.map { utterance($0, root: root) }
        for item in named where contents.speakers[item.speaker] == nil {
            contents.speakers[item.speaker] = Speaker(id: item.speaker, subset: item.subset)
        }
        let present = Set(named.map(\.speaker))
        contents.speakers = contents.speakers.filter { present.contains($0.key) }
        return contents
    }

    /// All that the corpus holds, as its layout names it.
    private func name(
        _ root: String, _ unknownSpeakers: IngestParameters.UnknownSpeakers,
        into contents: inout CorpusContents
    ) throws(StageError) -> [Named] {
        switch request.layout {
        case .librispeech:
            let reader = LibriSpeechReader(root: root, name: request.name)
            return try reader.name(files(root), unknownSpeakers: unknownSpeakers, into: &contents)
        case .voxceleb:
            let reader = VoxCelebReader(root: root, name: request.name)
            return try reader.name(files(root), unknownSpeakers: unknownSpeakers, into: &contents)
        case .tree: return try files(root).map(TreeReader.name)
        case .kaldi: return try KaldiReader(root: root, name: request.name).name(into: &contents)
        case .list: return try ListReader(path: root, name: request.name).name(into: &contents)
        }
    }

    /// The audio files of a corpus that is a folder.
    private func files(_ root: String) throws(StageError) -> [ScannedFile] {
        let files = try FolderScan.scan(root)
        guard !files.isEmpty else {
            throw .usage(
                "\(request.place): the corpus '\(request.name)' at \(root) has no audio file; name the folder that "
                    + "holds it with --corpus \(request.name)=DIR")
        }
        return files
    }

    private func root() throws(StageError) -> String {
        guard let path = request.path else {
            throw .usage(
                "\(request.place): the corpus '\(request.name)' has no place; say --corpus \(request.name)=DIR, or "
                    + "corpora.\(request.name).path in the recipe")
        }
        let expanded = NSString(string: path).expandingTildeInPath
        var isFolder: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(atPath: expanded, isDirectory: &isFolder)
        let isList = request.layout == .list
        guard exists, isFolder.boolValue != isList else {
            throw .usage(
                "\(request.place): the corpus '\(request.name)' should lie at \(path), but there is no such "
                    + "\(isList ? "list" : "folder"); say --corpus \(request.name)=\(isList ? "FILE" : "DIR")"
            )
        }
        return URL(fileURLWithPath: expanded).standardizedFileURL.path
    }

    /// Keeps the subsets and speakers that the recipe names.
    private func select(_ all: [Named], into contents: inout CorpusContents) throws(StageError) -> [Named] {
        var named = all
        if !request.subsets.isEmpty {
            let present = Set(named.compactMap(\.subset))
            if present.isEmpty {
                contents.warnings.append(
                    "corpus '\(request.name)' tells no subsets apart (no \(speakerList) and no subset folders): all of "
                        + "it is taken for \(request.subsets.joined(separator: ", "))")
            } else {
                let missing = request.subsets.filter { !present.contains($0) }
                if missing.count == request.subsets.count {
                    throw .usage(
                        "\(request.place): the corpus '\(request.name)' has nothing of \(missing.joined(separator: ", ")); "
                            + "it has: \(present.sorted().joined(separator: ", "))")
                }
                contents.warnings += missing.map { "corpus '\(request.name)' has nothing of subset \($0)" }
                let homeless = named.count { $0.subset == nil && $0.rejection == nil }
                if homeless > 0 {
                    contents.warnings.append(
                        "corpus '\(request.name)': \(homeless) utterances are left out because nothing tells their "
                            + "subset (no line in \(speakerList) and no subset folder)")
                }
                named = named.filter { $0.subset.map(request.subsets.contains) ?? ($0.rejection != nil) }
            }
        }
        if !request.speakers.isEmpty {
            let wanted = Set(request.speakers)
            let missing = wanted.subtracting(named.map(\.speaker)).sorted()
            guard missing.isEmpty else {
                throw .usage(
                    "\(request.place): the corpus '\(request.name)' has no utterance of speaker "
                        + missing.joined(separator: ", "))
            }
            named = named.filter { wanted.contains($0.speaker) }
        }
        return first(of: named, into: &contents)
    }

    /// Keeps as many speakers as the recipe wants, by the bytes of their ids. One of whom nothing can be used counts
    /// for none of them.
    private func first(of named: [Named], into contents: inout CorpusContents) -> [Named] {
        guard let count = request.firstSpeakers else { return named }
        let present = Set(named.filter { $0.rejection == nil }.map(\.speaker))
        if present.count < count {
            contents.warnings.append(
                "corpus '\(request.name)' has \(present.count) speakers where the recipe takes the first \(count)"
            )
        }
        let wanted = Set(present.sorted { $0.precedesByBytes($1) }.prefix(count))
        return named.filter { wanted.contains($0.speaker) }
    }

    /// What tells the subsets of speakers apart.
    private var speakerList: String {
        switch request.layout {
        case .librispeech, .tree: "SPEAKERS.TXT"
        case .voxceleb: VoxCelebMeta.names.joined(separator: " or ")
        case .kaldi: "subsets in a Kaldi data directory"
        case .list: "column 'subset'"
        }
    }

    /// In order of (speaker, session, id, path). Places are sorted, not the values, which are large.
    private static func sorted(_ named: [Named]) -> [Named] {
        let places = named.indices.sorted { precedes(named[$0], named[$1]) }
        return places.map { named[$0] }
    }

    private static func precedes(_ left: Named, _ right: Named) -> Bool {
        if left.speaker != right.speaker {
            return left.speaker.precedesByBytes(right.speaker)
        }
        if left.session != right.session {
            return left.session.precedesByBytes(right.session)
        }
        if left.id != right.id { return left.id.precedesByBytes(right.id) }
        return left.file.path.precedesByBytes(right.file.path)
    }

    /// Of several files with one id the first path stays; the others are rejected by name.
    private static func rejectDuplicates(_ named: inout [Named]) {
        for index in named.indices.dropFirst() {
            let (first, item) = (named[index - 1], named[index])
            guard item.id == first.id, item.session == first.session, item.speaker == first.speaker else {
                continue
            }
            named[index].rejection = SourceUtterance.Rejection(
                reason: "duplicate-id",
                message:
                    "\(item.file.path) has the same id as \(first.file.path): rename or remove one of them")
        }
    }

    /// Of the rows of a list that give one id to utterances of several sessions or speakers, the first stays: ids name
    /// utterances in splits, trials and draws. Other layouts make ids of paths or of what tells sessions apart.
    private static func rejectSharedIDs(_ named: inout [Named]) {
        var first: [String: Int] = [:]
        for index in named.indices where named[index].rejection == nil {
            guard let other = first.updateValue(index, forKey: named[index].id) else { continue }
            first[named[index].id] = other
            let (item, kept) = (named[index], named[other])
            named[index].rejection = SourceUtterance.Rejection(
                reason: "duplicate-id",
                message:
                    "\(item.file.path) of speaker \(item.speaker) has the id '\(item.id)' that \(kept.file.path) of "
                    + "speaker \(kept.speaker) has: give every utterance of the list an id of its own")
        }
    }

    private func utterance(_ item: Named, root: String) -> SourceUtterance {
        SourceUtterance(
            corpus: request.name, id: item.id, speaker: item.speaker, session: item.session,
            relativePath: item.file.path, path: item.place ?? root + "/" + item.file.path,
            state: item.file.state,
            rejection: item.rejection, range: item.range, digest: nil)
    }
}
