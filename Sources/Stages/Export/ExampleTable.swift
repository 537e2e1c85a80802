import ContentStore
import Corpus
import Shards

/// Where every example of a dataset lies and what is known of it, in a few bytes each: rows can then be read in any order
/// without opening their artifacts' headers again.
struct ExampleTable: Sendable {
    /// A features artifact.
    struct Part: Sendable {
        let path: String
        /// Where its values begin in the file.
        let offset: Int
        /// Its first row in this table.
        let firstRow: Int
        /// The place of its utterances among all.
        let firstUtterance: Int
        /// Where each example ends, in frames, if they differ in length.
        let frameEnds: [Int64]
        let isCopy: Bool
    }

    let type: ElementType
    /// The shape of one example; the first size is nil where they differ in length.
    let shape: [Int?]
    /// The shape and the byte count of every example, where they do not differ in length.
    private let whole: (shape: [Int], byteCount: Int)
    private(set) var parts: [Part] = []
    private(set) var starts: [UInt32] = []
    private(set) var lengths: [UInt32] = []
    private(set) var utterances: [UInt32] = []
    /// The row of the split that each row's labels are.
    private(set) var splitRows: [UInt32] = []
    private(set) var utteranceNames: [String] = []
    private(set) var sessionNames: [String] = []
    private(set) var keys: [String] = []
    /// What lists such as trials call each utterance.
    private(set) var wholeNames: [String] = []

    init(_ built: BuiltDataset) throws {
        guard let first = built.parts.first else {
            throw StageError.failed("the dataset has no pack; run 'twinset build' again")
        }
        let entry = try built.reader(of: first).entries["features"]
        let varies = try built.reader(of: first).entries["row.frameEnd"] != nil
        guard let entry else {
            throw StageError.failed("the features artifact of \(first.entry.subject) holds none")
        }
        type = entry.type
        shape = (varies ? [nil] : []) + entry.shape.dropFirst().map { .some($0) }
        let sizes = shape.map { $0 ?? 0 }
        whole = (sizes, sizes.reduce(entry.type.byteCount, *))
        var keys = RowKeys()
        var firstUtterances: [String: Int] = [:]
        for part in built.parts {
            try add(part, try built.reader(of: part), built, &keys, &firstUtterances)
        }
    }

    var count: Int { starts.count }

    private mutating func add(
        _ part: BuiltDataset.Part, _ file: TensorFileReader, _ built: BuiltDataset, _ keys: inout RowKeys,
        _ firstUtterances: inout [String: Int]
    ) throws {
        // Copies have the utterances of the pack that they copy.
        let known = firstUtterances[part.entry.subject]
        let firstUtterance = known ?? utteranceNames.count
        if known == nil {
            firstUtterances[part.entry.subject] = firstUtterance
            let corpus = built.hasCorpora ? part.corpus : nil
            let speakers = try TextColumn.read("speaker", from: file)
            let names = try TextColumn.read("utterance", from: file)
            utteranceNames += names
            sessionNames += try TextColumn.read("session", from: file)
            for (number, (name, speaker)) in zip(names, speakers).enumerated() {
                wholeNames.append(
                    UtteranceName.whole(
                        corpus: corpus, speaker: speaker, session: sessionNames[firstUtterance + number],
                        id: name))
                self.keys.append(keys.utterance(name, speaker: speaker, corpus: corpus))
            }
        }
        parts.append(
            Part(
                path: file.path, offset: try file.place(of: "features").lowerBound, firstRow: starts.count,
                firstUtterance: firstUtterance,
                frameEnds: shape.first == .some(nil) ? try file.integers("row.frameEnd") : [],
                isCopy: part.copyOf != nil))
        let places = try file.integers("row.start")
        starts += places.map { UInt32(clamping: $0) }
        lengths += try file.integers("row.length").map { UInt32(clamping: $0) }
        utterances += try file.unsigned("row.utterance").map { $0 + UInt32(firstUtterance) }
        if let copyOf = part.copyOf {
            splitRows += try file.unsigned("row.source").map { $0 + UInt32(copyOf) }
        } else {
            splitRows += places.indices.map { UInt32(part.firstRow + $0) }
        }
    }

    /// The part that holds a row.
    func part(of row: Int) -> Int {
        var (low, high) = (0, parts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if parts[middle].firstRow <= row { low = middle } else { high = middle }
        }
        return low
    }

    /// The shape of a row's array and where its bytes lie in its part's file.
    func place(of row: Int, in part: Part) -> (shape: [Int], offset: Int, byteCount: Int) {
        let local = row - part.firstRow
        guard !part.frameEnds.isEmpty else {
            return (whole.shape, part.offset + local * whole.byteCount, whole.byteCount)
        }
        let width = shape.dropFirst().reduce(type.byteCount) { $0 * ($1 ?? 1) }
        let first = local == 0 ? 0 : Int(part.frameEnds[local - 1])
        let frames = Int(part.frameEnds[local]) - first
        return ([frames] + shape.dropFirst().map { $0 ?? 0 }, part.offset + first * width, frames * width)
    }

    func key(_ row: Int) -> String {
        let part = parts[part(of: row)]
        return RowKeys.example(
            keys[Int(utterances[row])], start: Int(starts[row]), copy: part.isCopy ? row - part.firstRow : nil
        )
    }
}
