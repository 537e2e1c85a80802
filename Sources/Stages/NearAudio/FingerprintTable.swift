import ContentStore
import Features

/// The artifact of `fingerprint`: the fingerprints of a pack's utterances, row by row as `ingest` has them. One that is
/// too short or too low in sample rate has a row without codes.
struct FingerprintTable {
    /// Two bytes a code, the low one first.
    private(set) var codes: [UInt8] = []
    /// For each row, the number of codes up to its end, and of landmarks.
    private(set) var codeEnds: [Int64] = []
    private(set) var landmarkEnds: [Int64] = []
    /// Of each landmark, its code within the row.
    private(set) var frames: [UInt32] = []
    /// Of each landmark, its two weak bits, a byte each.
    private(set) var weak: [UInt8] = []

    init() {}

    var rowCount: Int { codeEnds.count }

    mutating func removeAll() {
        codes.removeAll(keepingCapacity: true)
        codeEnds.removeAll(keepingCapacity: true)
        landmarkEnds.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        weak.removeAll(keepingCapacity: true)
    }

    mutating func append(_ fingerprint: Fingerprint) {
        for code in fingerprint.codes {
            codes.append(UInt8(truncatingIfNeeded: code))
            codes.append(UInt8(truncatingIfNeeded: code >> 8))
        }
        for landmark in fingerprint.landmarks {
            frames.append(landmark.frame)
            weak.append(UInt8(truncatingIfNeeded: landmark.weak))
            weak.append(UInt8(truncatingIfNeeded: landmark.weak >> 8))
        }
        codeEnds.append(Int64(codes.count / 2))
        landmarkEnds.append(Int64(frames.count))
    }

    func file(_ parameters: FingerprintParameters) throws(StoreError) -> TensorFile {
        TensorFile(
            kind: "fingerprints",
            metadata: ["schema": "1", "fingerprint": try CanonicalJSON.encode(parameters)],
            tensors: [
                Tensor("row.codeEnd", codeEnds), Tensor("row.landmarkEnd", landmarkEnds),
                Tensor("landmark.frame", frames),
                Tensor("code", shape: [codes.count / 2, 2], .uint8(codes)),
                Tensor("landmark.weak", shape: [frames.count, 2], .uint8(weak)),
            ])
    }

    init(_ file: TensorFileReader) throws(StoreError) {
        codes = try file.bytes("code")
        codeEnds = try file.integers("row.codeEnd")
        landmarkEnds = try file.integers("row.landmarkEnd")
        frames = try file.unsigned("landmark.frame")
        weak = try file.bytes("landmark.weak")
        guard codeEnds.count == landmarkEnds.count, Int(codeEnds.last ?? 0) * 2 == codes.count,
            Int(landmarkEnds.last ?? 0) == frames.count, weak.count == 2 * frames.count
        else { throw .damaged("\(file.path) is damaged: its columns have different lengths") }
    }
}
