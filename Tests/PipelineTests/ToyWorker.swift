import ContentStore
import Manifest
import Pipeline

/// Takes one number through a chain of toy stages.
struct ToyWorker: LayerWorker {
    let recipe: ToyRecipe
    let store: Store
    let log: ToyLog

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        let source = recipe.sources[order.index]
        log.note(order: "\(source.id) \(order.stages)")
        log.wait(for: source.id)
        for (toy, artifact) in zip(recipe.chain, order.recorded) where toy.isKept && !store.contains(artifact)
        {
            throw .worker("\(toy.name)/\(source.id) is to be kept and not in the store")
        }
        var outcomes: [StageOutcome?] = []
        var value = source.value
        // Starts after the last artifact that is still there, as a worker in a hurry does.
        let first = order.recorded.lastIndex { store.contains($0) }.map { $0 + 1 } ?? 0
        for (stage, toy) in recipe.chain[..<order.stages.upperBound].enumerated() {
            if stage < first {
                outcomes.append(nil)
                if stage == first - 1 { value = try ToyNumber.read(order.recorded[stage], store) }
                continue
            }
            let task = "\(toy.name)/\(source.id)"
            if log.fails(task) { throw .worker("\(task) cannot go on") }
            value = toy.apply(value, toy.amount) + (log.isSpoilt(task) ? 1_000_000 : 0)
            if order.stages.contains(stage) { log.note(ran: task) } else { log.note(madeAgain: task) }
            let staged = try ToyNumber.stage(value, toy.name, keep: order.writes[stage], store)
            var counts = TaskCounts()
            counts.examples = value
            outcomes.append(
                StageOutcome(
                    staged: staged, counts: counts,
                    sources: stage == 0 ? [TaskInput(role: source.role, digest: source.digest)] : [],
                    elapsedSeconds: 0))
        }
        return outcomes
    }
}

/// Adds up what the chain made for every subject.
struct ToySumWorker: LayerWorker {
    let recipe: ToyRecipe
    let entries: [Resolved.Entry]
    let store: Store
    let log: ToyLog

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        log.note(order: "dataset \(order.stages)")
        log.note(ran: "\(recipe.sum.name)/dataset")
        var total = recipe.sum.amount
        for entry in entries { total = recipe.sum.apply(total, try ToyNumber.read(entry.artifact, store)) }
        let staged = try ToyNumber.stage(total, recipe.sum.name, keep: order.writes[0], store)
        var counts = TaskCounts()
        counts.examples = total
        return [StageOutcome(staged: staged, counts: counts, elapsedSeconds: 0)]
    }
}

/// A number as an artifact.
enum ToyNumber {
    static func stage(_ value: Int, _ kind: String, keep: Bool, _ store: Store) throws(PipelineError)
        -> StagedArtifact
    {
        do {
            return try store.stage(
                TensorFile(kind: kind, tensors: [Tensor("value", [Int64(value)])]), keep: keep)
        } catch {
            throw .store(error)
        }
    }

    static func read(_ artifact: Artifact, _ store: Store) throws(PipelineError) -> Int {
        do {
            return Int(try store.read(artifact.digest).integers("value").first ?? 0)
        } catch {
            throw .store(error)
        }
    }
}
