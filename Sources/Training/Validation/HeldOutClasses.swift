internal import Corpus
internal import Torch

/// Whose are these examples of speakers who are trained on?
struct HeldOutClasses: HeldOutQuestions {
    let side: Side
    private let asked: [(row: UInt32, label: Int)]

    /// Up to `limit` examples, spread evenly over the side; nil where none of its speakers is trained on.
    init?(_ labels: RowLabels, side: Side, limit: Int = HeldOutLimit.stored) {
        let classes = labels.classes(on: .train)
        asked = labels.rows(of: side).compactMap { row in
            classes[Int(labels.speakers[Int(row)])].map { (row, $0) }
        }.spread(limit)
        self.side = side
        guard !asked.isEmpty else { return nil }
    }

    var count: Int { asked.count }
    var rows: Set<UInt32> { Set(asked.lazy.map(\.row)) }

    func batch(
        _ range: Range<Int>, _ vectors: RowVectors, _ device: Device
    ) throws(TorchError) -> ClassBatch {
        ClassBatch(
            examples: try vectors.tensor(asked[range].map(\.row), device), labels: asked[range].map(\.label))
    }
}
