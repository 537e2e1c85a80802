import ContentStore

/// The waveforms of a pack as `resample` left them in the store, for recipes that keep them.
struct KeptWaveforms {
    private let file: TensorFileReader
    private let starts: [Int64]
    private let lengths: [Int64]

    /// Nil when the artifact is not in the store, or refers to sources that must be decoded.
    init?(_ artifact: Artifact, in store: Store) throws(StoreError) {
        guard store.contains(artifact) else { return nil }
        file = try store.read(artifact.digest)
        starts = try file.integers("row.start")
        lengths = try file.integers("row.length")
        guard starts.allSatisfy({ $0 >= 0 }) else { return nil }
    }

    /// The waveform of the pack's utterance number `number`.
    func waveform(_ number: Int) throws(StoreError) -> [Float] {
        guard number < starts.count, number < lengths.count else {
            throw .damaged("\(file.path) is damaged: it has \(starts.count) waveforms, not number \(number)")
        }
        let start = Int(starts[number])
        return try file.floats("samples", rows: start..<(start + Int(lengths[number])))
    }
}
