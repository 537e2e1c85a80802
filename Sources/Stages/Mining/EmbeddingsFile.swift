import ContentStore
import Foundation

/// A file of embeddings as somebody's trainer wrote it: a safetensors file with one tensor [rows × values] of float32 or
/// float16, whose rows are the dataset's, in its order; or with a tensor `row` beside it that says which row each is.
///
///     {"__metadata__":{"twinset.split":"9f2c…"},"embeddings":{"dtype":"F32","shape":[4297,128],…}}
struct EmbeddingsFile: Sendable {
    /// The name under which the manifest remembers the file's digest, and its role as a source of tasks.
    static let cacheName = "pairs/embeddings"
    static let role = "embeddings"

    let path: String
    private let place: String
    private let state: FileState
    private(set) var digest: Digest?

    /// Finds the file.
    init(_ request: EmbeddingsRequest) throws(StageError) {
        path = URL(fileURLWithPath: NSString(string: request.path).expandingTildeInPath).path
        place = request.place
        guard let state = EmbeddingsFile.state(path) else {
            throw .usage(
                "\(place): there is no file \(path); give pairs.embeddings the safetensors file of embeddings that "
                    + "your trainer wrote, or take pairs.mining away")
        }
        self.state = state
    }

    private static func state(_ path: String) -> FileState? {
        var facts = stat()
        guard unsafe stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        return FileState(facts)
    }

    /// Takes the digest that is remembered for the unchanged file, or reads it. Returns whether it was read.
    mutating func resolve(remembered: [UInt8]?) throws(StageError) -> Bool {
        var files = [utterance]
        if let remembered { SourceCache.apply(remembered, to: &files) }
        if let known = files[0].digest {
            digest = known
            return false
        }
        do {
            digest = try SourceFile.digest(path: path)
        } catch {
            throw .failed("\(place): \(error.message)")
        }
        return true
    }

    /// What the manifest is to remember.
    var remembered: [UInt8] { SourceCache.encode([utterance]) }

    private var utterance: SourceUtterance {
        var file = SourceUtterance(
            corpus: EmbeddingsFile.role, id: path, speaker: "-", session: "-", relativePath: path, path: path,
            state: state, rejection: nil)
        file.digest = digest
        return file
    }

    /// The embeddings, checked: all rows numbers, and none of zeros.
    ///
    /// - Parameters:
    ///   - rowCount: rows of the dataset.
    ///   - split: the split's artifact, which the file may name as `twinset.split`.
    func open(
        rowCount: Int, split: Digest, distance: MiningRules.Distance
    ) throws(StageError) -> EmbeddingRows {
        do {
            let file = try TensorFileReader(path: path)
            guard EmbeddingsFile.state(path) == state else {
                throw StageError.failed("\(path) changed while the build ran; build again")
            }
            if let named = file.metadata["twinset.split"], named != split.hex {
                throw refusal(
                    "was made for the split \(named.prefix(12))…, and this is \(split.hex.prefix(12))…; make the "
                        + "embeddings again from this dataset")
            }
            let (name, shape) = try matrix(file)
            let rows = try self.rows(file, count: shape[0], rowCount: rowCount)
            let table = try EmbeddingTable(
                rowCount: shape[0], width: shape[1], distance: distance,
                name: { row in "\(path): row \(rows.map { Int($0[row]) } ?? row)" },
                read: { range throws(StageError) in try EmbeddingsFile.read(file, name, range) })
            return EmbeddingRows(table: table, numbers: rows)
        } catch let error as StageError {
            throw error
        } catch {
            throw refusal("cannot be used: \(error); embeddings are float32 or float16")
        }
    }

    private func refusal(_ reason: String) -> StageError {
        .failed("\(place): the file of embeddings \(path) \(reason)")
    }

    private static func read(
        _ file: TensorFileReader, _ name: String, _ rows: Range<Int>
    ) throws(StageError) -> [Float] {
        do {
            return try file.floats(name, rows: rows)
        } catch {
            throw .failed(error.message)
        }
    }

    /// The one matrix of the file, or the one called `embeddings`.
    private func matrix(_ file: TensorFileReader) throws(StageError) -> (name: String, shape: [Int]) {
        let found = file.entries.filter {
            $0.value.shape.count == 2 && [.float32, .float16].contains($0.value.type)
        }
        let names = found.keys.sorted()
        let chosen = names.count == 1 ? names[0] : "embeddings"
        guard let shape = found[chosen]?.shape, shape[1] > 0, shape[1] <= 65536 else {
            throw refusal(
                "has \(names.isEmpty ? "no matrix" : "the matrices " + names.joined(separator: ", ")) of float32 or "
                    + "float16; it needs one, with a row for each example, or one called embeddings")
        }
        return (chosen, shape)
    }

    /// The dataset's row of each row, where the file says so; nil where they are the same.
    private func rows(
        _ file: TensorFileReader, count: Int, rowCount: Int
    ) throws(StageError) -> [UInt32]? {
        guard let entry = file.entries["row"] else {
            guard count == rowCount else {
                throw refusal(
                    "has \(count) rows, but the dataset has \(rowCount): write one for each row of the dataset, in "
                        + "its order, or a tensor 'row' that says which row each is")
            }
            return nil
        }
        let numbers: [Int64]
        do {
            numbers =
                entry.type == .uint32
                ? try file.unsigned("row").map { Int64($0) } : try file.integers("row")
        } catch {
            throw refusal("has a tensor 'row' that is neither int64 nor uint32")
        }
        guard numbers.count == count, numbers.allSatisfy({ (0..<Int64(rowCount)).contains($0) }),
            Set(numbers).count == count
        else {
            throw refusal(
                "has a tensor 'row' that does not name \(count) different rows below \(rowCount), the dataset's "
                    + "number of rows")
        }
        return numbers.map { UInt32($0) }
    }
}
