import ContentStore
import Corpus

@testable import Training

/// The split of a dataset whose validation side has so many speakers that not all can be asked about: speaker n has
/// utterances of the given numbers of rows each.
struct ManySpeakers {
    let labels: RowLabels

    init(in folder: String, count: Int, utterances: [Int]) throws {
        var (speakers, numbers): ([UInt32], [UInt32]) = ([], [])
        var utterance: UInt32 = 0
        for speaker in 0..<count {
            for rows in utterances {
                speakers += [UInt32](repeating: UInt32(speaker), count: rows)
                numbers += [UInt32](repeating: utterance, count: rows)
                utterance += 1
            }
        }
        try TensorFile(kind: "features", tensors: [ContentStore.Tensor("row.utterance", numbers)])
            .publish(at: folder + "/features.safetensors")
        var (names, sexes) = (TextColumn(), TextColumn())
        for speaker in 0..<count {
            names.append("s\(speaker)")
            sexes.append(Sex.unknown.rawValue)
        }
        let columns = [names.tensors("speaker"), sexes.tensors("sex")]
        let sides = [UInt8](repeating: Side.validation.code, count: speakers.count)
        try TensorFile(
            kind: "split",
            tensors: [ContentStore.Tensor("row.speaker", speakers)] + columns.map(\.ends)
                + columns.map(\.bytes) + [ContentStore.Tensor("row.side", sides)]
        ).publish(at: folder + "/split.safetensors")
        labels = try RowLabels(
            DatasetPlace(
                dataset: "many", features: [.init(path: folder + "/features.safetensors")],
                split: folder + "/split.safetensors"))
    }
}
