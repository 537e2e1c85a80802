import ContentStore
import Corpus
import Pipeline

/// What the rows of a dataset are made of.
struct RowSources {
    let split: Digest
    /// Of every pack, in pack order.
    let features: [Resolved.Entry]
    /// Of the packs that have augmented copies, in that order.
    let augmented: [Resolved.Entry]
    /// Of every pack, where pairs ask for the durations of utterances.
    var ingest: [Resolved.Entry] = []
    var frame: [Resolved.Entry] = []
    let store: Store
}

/// All rows that pairs refer to: those of the packs' features, in pack order, then those of their augmented copies.
struct DatasetRows {
    private let table: SplitTable
    private let features: [Resolved.Entry]
    private let augmented: [Resolved.Entry]
    /// For each augmented pack, for each of its rows the row of the dataset it is a copy of.
    private let sources: [[Int]]

    init(_ given: RowSources) throws(StoreError) {
        let (features, augmented, store) = (given.features, given.augmented, given.store)
        let table = try SplitTable(try store.read(given.split))
        self.table = table
        self.features = features
        self.augmented = augmented
        var places: [String: Int] = [:]
        if !augmented.isEmpty {
            for (number, entry) in features.enumerated() { places[entry.subject] = number }
        }
        var sources: [[Int]] = []
        for pack in augmented {
            let first = places[pack.subject].map { Int(table.packFirstRows[$0]) } ?? 0
            sources.append(
                try store.read(pack.artifact.digest).unsigned("row.source").map { first + Int($0) })
        }
        self.sources = sources
    }

    /// All rows, of every side and of none.
    var count: Int { sources.reduce(table.sides.count) { $0 + $1.count } }

    /// The rows of one side, for drawing; of those that `isUsed`.
    func rows(of side: Side, where isUsed: (UInt32) -> Bool = { _ in true }) -> PairRows {
        var (numbers, speakers, sessions): ([UInt32], [UInt32], [UInt32]) = ([], [], [])
        func add(_ number: Int, as row: Int) {
            guard table.sides[row] == side.code, isUsed(UInt32(number)) else { return }
            numbers.append(UInt32(number))
            speakers.append(table.speakers[row])
            sessions.append(table.sessions[row])
        }
        for row in table.sides.indices { add(row, as: row) }
        var next = table.sides.count
        for pack in sources {
            for source in pack {
                add(next, as: source)
                next += 1
            }
        }
        return PairRows(
            speakers: speakers, sessions: sessions, sexOfSpeaker: table.speakerSexes, rowNumbers: numbers)
    }

    /// For each row the number of the stratum that its utterance's duration is in: how many of `borders`, in
    /// milliseconds, it does not fall short of.
    func strata(_ borders: [Int], _ given: RowSources) throws(StoreError) -> [UInt8] {
        var strata: [UInt8] = []
        strata.reserveCapacity(count)
        for (ingest, frame) in zip(given.ingest, given.frame) {
            let utterances = try IngestTable(try given.store.read(ingest.artifact.digest)).rows.map { row in
                let milliseconds = row.sampleCount * 1000 / max(row.sampleRate, 1)
                return UInt8(borders.count { $0 <= milliseconds })
            }
            let cuts = try CutTable(try given.store.read(frame.artifact.digest))
            strata += cuts.utterances.map { utterances[Int($0)] }
        }
        for pack in sources { strata += pack.map { strata[$0] } }
        return strata
    }

    /// What the row numbers refer to: the first row of each features artifact, and its digest.
    var references: (first: Tensor, digests: Tensor) {
        var first = table.packFirstRows
        for pack in sources { first.append((first.last ?? 0) + Int64(pack.count)) }
        return PackReferences.tensors(firstRows: first, of: features + augmented)
    }
}
