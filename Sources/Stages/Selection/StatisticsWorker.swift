import ContentStore
import Corpus
import Manifest
import Pipeline

/// Mean and standard deviation of every coefficient over the train side: the numbers of `normalize: dataset`.
struct StatisticsWorker: LayerWorker {
    let split: Digest
    let features: [Resolved.Entry]
    let width: Int
    let store: Store

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        var clock = StageClock()
        do {
            let file = try statistics(try trainedTable())
            return [
                StageOutcome(
                    staged: try store.stage(file, keep: order.writes[0]), counts: TaskCounts(),
                    elapsedSeconds: clock.charge(.write))
            ]
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            throw .worker("\(error)")
        }
    }

    /// The split, which has something to count.
    private func trainedTable() throws -> SplitTable {
        let table = try SplitTable(try store.read(split))
        guard table.sides.isEmpty || table.sides.contains(Side.train.code) else {
            throw StageError.failed(
                "features.normalize: dataset takes its mean and deviation from the train side, where no example stands; "
                    + "give split.train a share, or choose another normalization")
        }
        return table
    }

    /// Two passes, mean first: exact enough in double for any corpus, and the same in any order of machines.
    private func statistics(_ table: SplitTable) throws(StoreError) -> TensorFile {
        var sums = [Double](repeating: 0, count: width)
        var count = 0
        try eachTrainValue(table) { values in
            for index in values.indices { sums[index % width] += Double(values[index]) }
            count += values.count / width
        }
        let means = sums.map { count > 0 ? $0 / Double(count) : 0 }
        var squares = [Double](repeating: 0, count: width)
        try eachTrainValue(table) { values in
            for index in values.indices {
                let distance = Double(values[index]) - means[index % width]
                squares[index % width] += distance * distance
            }
        }
        let deviations = squares.map { count > 0 ? ($0 / Double(count)).squareRoot() : 0 }
        return TensorFile(
            kind: "statistics", metadata: ["schema": "1", "frames": String(count), "side": "train"],
            tensors: [
                Tensor("mean", shape: [width], .float32(means.map { Float($0) })),
                Tensor("deviation", shape: [width], .float32(deviations.map { Float($0) })),
            ])
    }

    /// Calls `body` with the values of each train example, one row of `features` at a time.
    private func eachTrainValue(_ table: SplitTable, _ body: ([Float]) -> Void) throws(StoreError) {
        for (number, pack) in features.enumerated() {
            let file = try store.read(pack.artifact.digest)
            let first = Int(table.packFirstRows[number])
            let ends = file.entries["row.frameEnd"] == nil ? nil : try file.integers("row.frameEnd")
            for row in 0..<(Int(table.packFirstRows[number + 1]) - first)
            where table.sides[first + row] == Side.train.code {
                let range = ends.map { Int(row == 0 ? 0 : $0[row - 1])..<Int($0[row]) } ?? row..<(row + 1)
                body(try file.floats("features", rows: range))
            }
        }
    }
}
