package import Corpus
internal import Torch

/// The examples of one side with their speakers as classes, every example once an epoch, in another order each time.
package struct ClassBatches: BatchSource {
    /// How many classes the labels are of.
    package let classCount: Int
    private let examples: MappedExamples
    private let rows: [UInt32]
    private let labels: [Int]
    private let order: EpochOrder
    private let input: NetworkInput

    /// - Parameter classesOf: the side whose speakers are the classes; rows of other speakers are left out.
    package init(
        _ examples: MappedExamples, _ labels: RowLabels, side: Side, classesOf classSide: Side = .train,
        batchSize: Int, seed: UInt64, input: NetworkInput
    ) throws(TrainingError) {
        let classes = labels.classes(on: classSide)
        let rows = labels.rows(of: side).filter { classes[Int(labels.speakers[Int($0)])] != nil }
        guard !rows.isEmpty else {
            throw .unusable(
                "the side \(side.rawValue) has no example of a speaker of the side \(classSide.rawValue)")
        }
        self.examples = examples
        self.rows = rows
        self.labels = rows.compactMap { classes[Int(labels.speakers[Int($0)])] }
        self.input = input
        classCount = classes.count { $0 != nil }
        order = EpochOrder(itemCount: rows.count, batchSize: batchSize, seed: seed, domain: "train.classes")
    }

    package var batchCount: Int { order.batchCount }

    package func batch(_ index: Int, epoch: Int) throws(TrainingError) -> ClassBatch {
        let items = order.items(index, epoch: epoch)
        return ClassBatch(
            examples: try input.batch(items.map { rows[$0] }, of: examples), labels: items.map { labels[$0] })
    }
}
