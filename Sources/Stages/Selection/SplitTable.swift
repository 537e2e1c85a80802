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

    func file() throws(StoreError) -> TensorFile {
        var (names, sexes) = (TextColumn(), TextColumn())
        for name in speakerNames { names.append(name) }
        for sex in speakerSexes { sexes.append(sex.rawValue) }
        let columns = [names.tensors("speaker"), sexes.tensors("sex")]
        return TensorFile(
            kind: "split",
            metadata: [
                "schema": "1", "sides": "0 not used, 1 train, 2 validation, 3 test",
                "counts": try CanonicalJSON.encode(sideCounts), "audit": try CanonicalJSON.encode(audit),
            ],
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
        (sideCounts, audit) = try SplitTable.summary(of: file)
    }

    /// What the header of a split says, without reading its rows.
    static func summary(of file: TensorFileReader) throws(StoreError) -> (
        counts: [SideCount], audit: LeakageAudit
    ) {
        guard let counts = file.metadata["counts"], let audit = file.metadata["audit"] else {
            throw .damaged("\(file.path) is no split: its header has no counts")
        }
        return (
            try CanonicalJSON.decode([SideCount].self, from: counts),
            try CanonicalJSON.decode(LeakageAudit.self, from: audit)
        )
    }
}
