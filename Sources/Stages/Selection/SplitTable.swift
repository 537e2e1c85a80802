import ContentStore
import Corpus

/// The artifact of `split`: for every row of the dataset, in pack order, its side, speaker and session.
struct SplitTable {
    /// How much stands on one side.
    struct SideCount: Codable, Equatable {
        var side: Side?
        var examples = 0
        var utterances = 0
        var speakers = 0
        /// Speakers by sex: `f`, `m`, `u`.
        var sexes: [String: Int] = [:]
        /// Duration of the utterances that have an example here.
        var milliseconds = 0
    }

    var sides: [UInt8] = []
    var speakers: [UInt32] = []
    var sessions: [UInt32] = []
    /// The first row of each pack, and the number of rows.
    var packFirstRows: [Int64] = [0]
    var speakerNames: [String] = []
    var speakerSexes: [Sex] = []
    var sideCounts: [SideCount] = []
    var audit = LeakageAudit(findings: [])
    /// What a user should know of the split though nothing is wrong.
    var notes: [String] = []
    /// The files that a split by files was made by.
    var lists: [ListedSides.File] = []

    func file() throws(StoreError) -> TensorFile {
        var (names, sexes) = (TextColumn(), TextColumn())
        for name in speakerNames { names.append(name) }
        for sex in speakerSexes { sexes.append(sex.rawValue) }
        let columns = [names.tensors("speaker"), sexes.tensors("sex")]
        let lists = lists.isEmpty ? [:] : ["lists": try CanonicalJSON.encode(lists)]
        return TensorFile(
            kind: "split",
            metadata: [
                "schema": "1", "sides": "0 not used, 1 train, 2 validation, 3 test",
                "counts": try CanonicalJSON.encode(sideCounts), "audit": try CanonicalJSON.encode(audit),
                "notes": try CanonicalJSON.encode(notes),
            ].merging(lists) { known, _ in known },
            tensors: [
                Tensor("pack.firstRow", packFirstRows), Tensor("row.speaker", speakers),
                Tensor("row.session", sessions),
            ] + columns.map(\.ends) + columns.map(\.bytes) + [Tensor("row.side", sides)])
    }

    init() {}

    init(_ file: TensorFileReader) throws(StoreError) {
        sides = try file.bytes("row.side")
        speakers = try file.unsigned("row.speaker")
        sessions = try file.unsigned("row.session")
        packFirstRows = try file.integers("pack.firstRow")
        speakerNames = try TextColumn.read("speaker", from: file)
        speakerSexes = try TextColumn.read("sex", from: file).map { Sex(rawValue: $0) ?? .unknown }
        let summary = try Summary(file)
        (sideCounts, audit, notes) = (summary.counts, summary.audit, summary.notes)
    }

    /// What the header of a split says; its rows need not be read for it.
    struct Summary {
        let counts: [SideCount]
        let audit: LeakageAudit
        let notes: [String]

        init(_ file: TensorFileReader) throws(StoreError) {
            guard let counts = file.metadata["counts"], let audit = file.metadata["audit"],
                let notes = file.metadata["notes"]
            else { throw .damaged("\(file.path) is no split: its header has no counts") }
            self.counts = try CanonicalJSON.decode([SideCount].self, from: counts)
            self.audit = try CanonicalJSON.decode(LeakageAudit.self, from: audit)
            self.notes = try CanonicalJSON.decode([String].self, from: notes)
        }
    }
}
