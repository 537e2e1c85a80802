import ContentStore

/// The artifact of `resample`: the waveforms of a pack at the dataset's rate. One that is the source's own, sample
/// for sample, is not copied: its start is −1 and the digest of its audio stands for it.
struct WaveformTable {
    private var starts: [Int64] = []
    private var lengths: [Int64] = []
    private var audio: [UInt8] = []
    private var samples: [Float] = []

    /// Sums of the lengths, for the counts.
    var rowCount: Int { starts.count }

    mutating func removeAll() {
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        audio.removeAll(keepingCapacity: true)
        samples.removeAll(keepingCapacity: true)
    }

    /// Appends a waveform; `isSource` says that it is the decoded audio itself.
    mutating func append(_ waveform: [Float], count: Int, audio digest: Digest, isSource: Bool) {
        starts.append(isSource ? -1 : Int64(samples.count))
        lengths.append(Int64(count))
        audio += digest.bytes
        if !isSource { samples += waveform[0..<count] }
    }

    func file(rate: Int) -> TensorFile {
        TensorFile(
            kind: "waveforms", metadata: ["schema": "1", "sampleRate": String(rate)],
            tensors: [
                Tensor("row.start", starts), Tensor("row.length", lengths),
                Tensor("samples", shape: [samples.count], .float32(samples)),
                Tensor("audio", shape: [starts.count, 32], .uint8(audio)),
            ])
    }
}
