import ContentStore

/// The artifact of `frame`: the examples of a pack as ranges of its utterances' waveforms.
struct CutTable {
    private(set) var utterances: [UInt32] = []
    private(set) var starts: [Int64] = []
    private(set) var lengths: [Int64] = []
    /// Utterances that gave no example.
    private(set) var shortCount = 0

    init() {}

    var count: Int { starts.count }

    mutating func removeAll() {
        utterances.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        shortCount = 0
    }

    /// Appends the cuts of the pack's utterance number `utterance`.
    mutating func append(_ cuts: [Cut], utterance: Int) {
        if cuts.isEmpty { shortCount += 1 }
        for cut in cuts {
            utterances.append(UInt32(utterance))
            starts.append(Int64(cut.start))
            lengths.append(Int64(cut.length))
        }
    }

    /// The index tensors that features carry too: wide ones first, as the form wants.
    var tensors: (wide: [Tensor], narrow: [Tensor]) {
        ([Tensor("row.start", starts), Tensor("row.length", lengths)], [Tensor("row.utterance", utterances)])
    }

    func file(metadata: [String: String]) -> TensorFile {
        TensorFile(kind: "cuts", metadata: metadata, tensors: tensors.wide + tensors.narrow)
    }

    init(_ file: TensorFileReader) throws(StoreError) {
        utterances = try file.unsigned("row.utterance")
        starts = try file.integers("row.start")
        lengths = try file.integers("row.length")
        guard utterances.count == starts.count, lengths.count == starts.count else {
            throw .damaged("\(file.path) is damaged: its columns have different lengths")
        }
    }
}
