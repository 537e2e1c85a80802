import ContentStore

/// The artifact of `ingest`: the utterances of a pack that can be used. Sources do not appear, only what was heard:
/// a file encoded again, or tagged, gives the same artifact.
struct IngestTable {
    struct Row {
        let id: String
        let speaker: String
        let session: String
        let sampleRate: Int
        let channelCount: Int
        let bitsPerSample: Int
        let sampleCount: Int
        /// The digest of the decoded audio.
        let audio: Digest
    }

    private(set) var rows: [Row] = []

    init() {}

    mutating func append(_ row: Row) { rows.append(row) }

    var file: TensorFile {
        var (ids, speakers, sessions) = (TextColumn(), TextColumn(), TextColumn())
        for row in rows {
            ids.append(row.id)
            speakers.append(row.speaker)
            sessions.append(row.session)
        }
        let columns = [ids.tensors("utterance"), speakers.tensors("speaker"), sessions.tensors("session")]
        return TensorFile(
            kind: "utterances", metadata: ["schema": "1"],
            tensors: [Tensor("sampleCount", rows.map { Int64($0.sampleCount) })]
                + [
                    Tensor("sampleRate", rows.map { UInt32($0.sampleRate) }),
                    Tensor("channelCount", rows.map { UInt32($0.channelCount) }),
                    Tensor("bitsPerSample", rows.map { UInt32($0.bitsPerSample) }),
                ]
                + columns.map(\.ends) + columns.map(\.bytes)
                + [Tensor("audio", shape: [rows.count, 32], .uint8(rows.flatMap(\.audio.bytes)))])
    }

    init(_ file: TensorFileReader) throws(StoreError) {
        let counts = try file.integers("sampleCount")
        let rates = try file.unsigned("sampleRate")
        let channels = try file.unsigned("channelCount")
        let bits = try file.unsigned("bitsPerSample")
        let ids = try TextColumn.read("utterance", from: file)
        let speakers = try TextColumn.read("speaker", from: file)
        let sessions = try TextColumn.read("session", from: file)
        let audio = try file.bytes("audio")
        let count = ids.count
        guard
            [counts.count, rates.count, channels.count, bits.count, speakers.count, sessions.count]
                .allSatisfy({ $0 == count }), audio.count == 32 * count
        else { throw .damaged("\(file.path) is damaged: its columns have different lengths") }
        for index in 0..<count {
            guard let digest = Digest(bytes: audio[(32 * index)..<(32 * index + 32)]) else { continue }
            rows.append(
                Row(
                    id: ids[index], speaker: speakers[index], session: sessions[index],
                    sampleRate: Int(rates[index]),
                    channelCount: Int(channels[index]), bitsPerSample: Int(bits[index]),
                    sampleCount: Int(counts[index]), audio: digest))
        }
    }
}
