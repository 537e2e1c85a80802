import ContentStore

/// What augmentation makes of a pack: changed copies of its train examples, each with the row it is a copy of and what
/// was done to it.
struct AugmentTable {
    private var cuts = CutTable()
    private var rows = FeatureRows()
    /// Per row, the row of the pack that it is a copy of.
    private(set) var sources: [UInt32] = []
    /// Per row, its record.
    private var records: [UInt32] = []
    /// What was drawn for a copy of an utterance, as JSON.
    private var texts: [String] = []

    var count: Int { cuts.count }

    mutating func removeAll() {
        cuts.removeAll()
        rows.removeAll()
        sources.removeAll(keepingCapacity: true)
        records.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }

    /// Appends the examples of one copy of an utterance that are `usable`, out of all in `made`.
    mutating func append(
        _ usable: [(place: Int, source: Int)], _ copied: [Cut], _ made: FeatureRows, utterance: Int,
        record: String
    ) {
        cuts.append(usable.map { copied[$0.place] }, utterance: utterance)
        for (place, source) in usable {
            sources.append(UInt32(source))
            records.append(UInt32(texts.count))
            rows.append(example: place, of: made, exampleCount: copied.count)
        }
        texts.append(record)
    }

    /// A features artifact with, besides, `row.source`, `row.record` and the text column `record`.
    func file(_ form: FeatureFile, _ table: IngestTable) throws(StoreError) -> TensorFile {
        var record = TextColumn()
        for text in texts { record.append(text) }
        return try form.file(
            rows, cuts, table, narrow: [Tensor("row.source", sources), Tensor("row.record", records)],
            columns: [record.tensors("record")])
    }
}
