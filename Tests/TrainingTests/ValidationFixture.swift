import ContentStore
import Corpus
import TestSupport
import Training

/// A dataset of ten speakers with two utterances of two examples each: the first four speakers are trained on, the
/// other six are for validation. All examples of a speaker are equal, unless `isFlat`: then all examples are.
struct ValidationFixture {
    let place: DatasetPlace

    init(in folder: String, isFlat: Bool = false, utterances: Int = 2) throws {
        func path(_ name: String) -> String { "\(folder)/\(name).safetensors" }
        let speakers = (0..<10).flatMap { [UInt32](repeating: $0, count: 2 * utterances) }
        let values = speakers.flatMap { speaker in
            (0..<6).map { isFlat ? Float($0) : Float((Int(speaker) + 3) * ($0 + 1) % 11) }
        }
        try TensorFile(
            kind: "features",
            tensors: [
                ContentStore.Tensor("row.utterance", speakers.indices.map { UInt32($0 / 2) }),
                ContentStore.Tensor("features", shape: [speakers.count, 2, 3], .float32(values)),
            ]
        ).publish(at: path("features"))
        try SplitFixture.write(
            path("split"), people: (0..<10).map { ("speaker \($0)", .unknown) }, speakers: speakers,
            sides: speakers.map { $0 < 4 ? .train : .validation })
        let step = UInt32(2 * utterances)
        try TensorFile(
            kind: "pairs", metadata: ["labelOfSame": "1"],
            tensors: [
                ContentStore.Tensor("a", [0, 0, step, step, 2 * step, 3 * step]),
                ContentStore.Tensor("b", [1, step, step + 1, 0, 2 * step + 1, 0]),
                ContentStore.Tensor("label", [1, 0, 1, 0, 1, 0] as [UInt8]),
            ]
        ).publish(at: path("pairs"))
        place = DatasetPlace(
            dataset: "test", features: [.init(path: path("features"))], split: path("split"),
            pairs: [.init(side: .train, paths: [path("pairs")])])
    }
}
