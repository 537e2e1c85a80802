import ContentStore
import Corpus
import Foundation

/// A file that says on which side utterances stand. Either all sides in one, as VoxCeleb's iden_split.txt:
///
///     1 id10001/Y8hIVOBuels/00001.wav     1 or train, 2 or validation or dev, 3 or test
///     3 id10001/1zcIwhmdeo4/00001.wav
///
/// or one file a side, with an utterance on every line. An utterance is named by its id or by its path below the
/// corpus folder, with or without its ending and the folders of VoxCeleb's archives.
struct SplitList: Sendable {
    struct Entry: Sendable {
        /// As the file writes it.
        let name: String
        let side: Side
        /// `file:12`, for errors.
        let place: String
    }

    /// The file's name without its folders.
    let name: String
    let digest: Digest
    let side: Side?
    let entries: [Entry]

    init(path: String, side: Side?) throws(StageError) {
        var file = SourceFile()
        do {
            try file.read(path: path)
        } catch {
            throw .failed(error.message)
        }
        let bytes = Array(file.bytes[0..<file.count])
        name = String(path.split(separator: "/").last ?? "")
        digest = Digest.of(bytes)
        self.side = side
        var entries: [Entry] = []
        for line in try TextLines(bytes, path: path).lines {
            if let side {
                entries.append(Entry(name: String(line.text), side: side, place: line.place))
                continue
            }
            let (word, name) = line.keyAndValue
            guard let listed = SplitList.side(word), !name.isEmpty else {
                throw .failed(
                    "\(line.place): a line is 'SIDE UTTERANCE' with 1, 2, 3 or train, validation, test as its side, "
                        + "not '\(line.text.prefix(80))'")
            }
            entries.append(Entry(name: name, side: listed, place: line.place))
        }
        guard !entries.isEmpty else { throw .failed("\(path) lists no utterance") }
        self.entries = entries
    }

    private static func side(_ word: String) -> Side? {
        switch word {
        case "1", "train": .train
        case "2", "validation", "valid", "dev": .validation
        case "3", "test": .test
        default: nil
        }
    }

    /// The file that a recipe calls `path`: below a corpus folder or in the folder above it, or beside the recipe.
    static func find(
        _ file: Recipe.SplitFile, near roots: [String], recipe: String
    ) throws(StageError) -> String {
        let expanded = NSString(string: file.path).expandingTildeInPath
        if expanded.hasPrefix("/") { return expanded }
        let beside = URL(fileURLWithPath: recipe).deletingLastPathComponent().path
        let folders = roots.flatMap { [$0, $0 + "/.."] } + [beside]
        let found = folders.map { $0 + "/" + expanded }.first { FileManager.default.fileExists(atPath: $0) }
        guard let found else {
            throw .usage(
                "\(file.place): there is no list \(file.path) in \(roots.joined(separator: ", ")) or above, nor "
                    + "beside the recipe in \(beside)")
        }
        return found
    }
}
