import ContentStore
import Manifest
import Pipeline

/// A task of the selection: makes one file of pairs, trials or episodes, with how many are in it.
enum SelectionTask {
    /// - Parameter what: what cannot be made when `body` fails, such as `pairs of side train`.
    static func run(
        _ order: WorkOrder, what: String, store: Store, _ body: () throws -> (file: TensorFile, count: Int)
    ) throws(PipelineError) -> [StageOutcome?] {
        var clock = StageClock()
        do {
            let (file, count) = try body()
            var counts = TaskCounts()
            counts.pairs = count
            return [
                StageOutcome(
                    staged: try store.stage(file, keep: order.writes[0]), counts: counts,
                    elapsedSeconds: clock.charge(.write))
            ]
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            throw .worker("\(what): \(error)")
        }
    }
}
