import ContentStore
import Corpus
import TestSupport
import Training

/// A dataset of two packs and a pack of copies as `twinset build` leaves it: example `row` is [2, 3] numbers of which the
/// first is the row's number.
///
///     row      0  1  2  3  4 | 5  6  7 | 8  9 (copies of 1 and 3)
///     speaker  0  0  1  1  2 | 2  3  3 | 0  1
///     side     1  1  1  1  1 | 1  2  2 | 1  1
struct DatasetFixture {
    let place: DatasetPlace

    init(in folder: String, half: Bool = false) throws {
        func path(_ name: String) -> String { "\(folder)/\(name).safetensors" }
        func features(_ rows: [Int]) -> ContentStore.Tensor {
            let values = rows.flatMap { row in (0..<6).map { Float($0 == 0 ? row : $0) } }
            let elements: ContentStore.Tensor.Elements =
                half ? .float16(values.map { HalfPrecision.bits($0) }) : .float32(values)
            return ContentStore.Tensor("features", shape: [rows.count, 2, 3], elements)
        }
        for (name, rows) in [("a", [0, 1, 2, 3, 4]), ("b", [5, 6, 7])] {
            let utterances = ContentStore.Tensor("row.utterance", rows.indices.map { UInt32($0) })
            try TensorFile(kind: "features", tensors: [utterances, features(rows)]).publish(at: path(name))
        }
        try TensorFile(
            kind: "features",
            tensors: [ContentStore.Tensor("row.source", [1, 3] as [UInt32]), features([8, 9])]
        ).publish(at: path("copies"))
        try SplitFixture.write(
            path("split"), people: [("a", .female), ("b", .male), ("c", .unknown), ("d", .female)],
            speakers: [0, 0, 1, 1, 2, 2, 3, 3],
            sides: [.train, .train, .train, .train, .train, .train, .validation, .validation])
        try TensorFile(
            kind: "pairs", metadata: ["labelOfSame": "0"],
            tensors: [
                ContentStore.Tensor("a", [0, 0, 2, 4, 1] as [UInt32]),
                ContentStore.Tensor("b", [1, 2, 3, 5, 4] as [UInt32]),
                ContentStore.Tensor("label", [0, 1, 0, 0, 1] as [UInt8]),
            ]
        ).publish(at: path("pairs"))
        try TensorFile(
            kind: "triplets",
            tensors: [
                ContentStore.Tensor("anchor", [0, 2, 4] as [UInt32]),
                ContentStore.Tensor("positive", [1, 3, 5] as [UInt32]),
                ContentStore.Tensor("negative", [2, 4, 0] as [UInt32]),
            ]
        ).publish(at: path("triplets"))
        try TensorFile(
            kind: "episodes",
            tensors: [
                ContentStore.Tensor("query", [7, 6] as [UInt32]),
                ContentStore.Tensor("support", shape: [2, 2, 1], .uint32([6, 4, 1, 7])),
                ContentStore.Tensor("answer", [0, 1] as [UInt32]),
            ]
        ).publish(at: path("episodes"))
        place = DatasetPlace(
            dataset: "test",
            features: [
                .init(path: path("a")), .init(path: path("b")), .init(path: path("copies"), copyOf: 0),
            ],
            split: path("split"), pairs: [.init(side: .train, paths: [path("pairs")])],
            episodes: [.init(side: .validation, shot: 1, way: 2, path: path("episodes"))])
    }

    var triplets: DatasetPlace.Shards {
        .init(side: .train, paths: [place.split.replacing("split.", with: "triplets.")])
    }

    func examples() throws -> MappedExamples { try MappedExamples(place.features.map(\.path)) }
}
