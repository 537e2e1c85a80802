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
        try SplitFixture.write(
            folder + "/split.safetensors", people: (0..<count).map { ("s\($0)", .unknown) },
            speakers: speakers, sides: speakers.map { _ in .validation })
        labels = try RowLabels(
            DatasetPlace(
                dataset: "many", features: [.init(path: folder + "/features.safetensors")],
                split: folder + "/split.safetensors"))
    }
}
