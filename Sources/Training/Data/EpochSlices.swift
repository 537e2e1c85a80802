/// Epochs of so many batches of a source, whatever its own length: each goes on where the one before ended, so that a
/// source that is longer than an epoch gives other items to each, as trainings that draw pairs anew have them.
struct EpochSlices<Source: BatchSource>: BatchSource {
    let source: Source
    let batchCount: Int

    func batch(_ index: Int, epoch: Int) throws(TrainingError) -> Source.Batch {
        let number = epoch * batchCount + index
        return try source.batch(number % source.batchCount, epoch: number / source.batchCount)
    }
}
