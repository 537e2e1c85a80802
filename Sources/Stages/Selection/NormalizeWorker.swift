import ContentStore
import Features
import Manifest
import Pipeline

/// Applies the statistics of the train side to a pack's features.
struct NormalizeWorker: LayerWorker {
    let statistics: Digest
    let features: [Resolved.Entry]
    let type: FeatureParameters.ValueType
    let store: Store

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        var clock = StageClock()
        let pack = features[order.index]
        do {
            let file = try normalized(try store.read(pack.artifact.digest))
            return [
                StageOutcome(
                    staged: try store.stage(file, keep: order.writes[0]), counts: pack.counts,
                    elapsedSeconds: clock.charge(.write))
            ]
        } catch {
            throw .store(error)
        }
    }

    private func normalized(_ source: TensorFileReader) throws(StoreError) -> TensorFile {
        let numbers = try store.read(statistics)
        let means = try numbers.floats("mean")
        let deviations = try numbers.floats("deviation")
        let shape = source.entries["features"]?.shape ?? []
        var values = try source.floats("features", rows: 0..<(shape.first ?? 0))
        var span = values.mutableSpan
        normalize(&span, mean: means.span, deviation: deviations.span)
        var rows = FeatureRows()
        let range = rows.grow(by: values.count)
        rows.write(range) { output in
            for index in 0..<output.count { output[index] = values[index] }
        }
        return try source.replacing("features", with: try rows.tensor("features", shape: shape, type: type))
    }
}
