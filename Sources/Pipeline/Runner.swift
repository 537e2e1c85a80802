package import ContentStore
package import Manifest
internal import Synchronization

/// Runs what a plan says is missing, `jobs` subjects at a time.
///
/// Results are recorded in subject order, whatever the order in which they finish, so neither the manifest nor
/// any artifact depends on speed.
package struct Runner: Sendable {
    let ledger: Ledger
    let store: Store
    let writer: ManifestWriter
    let jobs: Int
    let host: String

    package init(ledger: Ledger, store: Store, writer: ManifestWriter, jobs: Int, host: String) {
        precondition(jobs > 0, "a run needs at least one job, got \(jobs)")
        self.ledger = ledger
        self.store = store
        self.writer = writer
        self.jobs = jobs
        self.host = host
    }

    /// What a run of one layer did.
    package struct Result: Sendable {
        package let ranCount: Int
        package let upToDateCount: Int
    }

    /// Runs the layer and adds what it made to `resolved`.
    ///
    /// - Parameters:
    ///   - makeWorker: makes the worker of one concurrent task.
    ///   - onRecorded: called with each subject's new receipts, in subject order, once they are recorded.
    package func run(
        _ plan: LayerPlan, after resolved: inout Resolved,
        makeWorker: @escaping @Sendable () throws -> any LayerWorker,
        onRecorded: @escaping @Sendable (Subject, [Receipt]) async throws -> Void = { _, _ in }
    ) async throws -> Result {
        let layer = plan.layer
        let total = layer.stages.count * layer.subjects.count
        let due = layer.subjects.indices.filter { index in plan.states.contains { $0[index].entry == nil } }
        if due.isEmpty {
            plan.add(to: &resolved)
            return Result(ranCount: 0, upToDateCount: total)
        }
        let recorder = Recorder(store: store, writer: writer) { delivery in
            try await onRecorded(layer.subjects[due[delivery.index]], delivery.receipts)
        }
        let context = SubjectRun(plan: plan, resolved: resolved, ledger: ledger, store: store, host: host)
        try await runAll(due, context, makeWorker, recorder)
        let made = Dictionary(uniqueKeysWithValues: zip(due, await recorder.entries))
        for (position, spec) in layer.stages.enumerated() {
            let entries = layer.subjects.indices.compactMap { index in
                made[index]?[position] ?? plan.entry(stage: position, subject: index)
            }
            precondition(entries.count == layer.subjects.count, "\(spec.name): a subject was lost")
            resolved.add(stage: spec.name, entries: entries, isComplete: true)
        }
        let ran = await recorder.ranCount
        return Result(ranCount: ran, upToDateCount: total - ran)
    }

    /// Hands the due subjects, in order, to `jobs` tasks with a worker each.
    private func runAll(
        _ due: [Int], _ context: SubjectRun, _ makeWorker: @escaping @Sendable () throws -> any LayerWorker,
        _ recorder: Recorder
    ) async throws {
        let queue = SubjectQueue(count: due.count)
        let workerCount = min(jobs, due.count)
        let failure = await withTaskGroup(of: Ended.self) { group in
            group.addTask { await Ended(isWorker: false) { try await recorder.drain() } }
            for _ in 0..<workerCount {
                group.addTask {
                    await Ended(isWorker: true) {
                        var worker = try makeWorker()
                        while !Task.isCancelled, let index = queue.next() {
                            let delivery = try context.run(index, subject: due[index], worker: &worker)
                            try await recorder.deliver(delivery)
                        }
                    }
                }
            }
            return await Runner.first(of: &group, workerCount: workerCount, recorder)
        }
        try await recorder.flush()
        if let failure { throw failure }
    }

    /// How one of the concurrent tasks ended.
    private struct Ended: Sendable {
        let isWorker: Bool
        var error: (any Error)?

        init(isWorker: Bool, _ body: () async throws -> Void) async {
            self.isWorker = isWorker
            do {
                try await body()
            } catch {
                self.error = error
            }
        }
    }

    /// Waits for all tasks and returns the first error, which ends the others; the recorder stops after the workers.
    private static func first(
        of group: inout TaskGroup<Ended>, workerCount: Int, _ recorder: Recorder
    ) async -> (any Error)? {
        var first: (any Error)?
        var left = workerCount
        for await ended in group {
            if first == nil, let error = ended.error {
                first = error
                group.cancelAll()
            }
            if ended.isWorker { left -= 1 }
            if left == 0 { await recorder.stop() }
        }
        return first
    }
}

extension LayerPlan {
    func entry(stage: Int, subject: Int) -> Resolved.Entry? {
        states[stage][subject].entry.map {
            Resolved.Entry(
                subject: layer.subjects[subject].id, key: $0.key, artifact: $0.answer.artifact,
                counts: $0.answer.counts)
        }
    }
}

/// Hands out the numbers 0..<count, each once, in order.
private final class SubjectQueue: Sendable {
    private let count: Int
    private let handedOut = Atomic<Int>(0)

    init(count: Int) { self.count = count }

    func next() -> Int? {
        let index = handedOut.add(1, ordering: .relaxed).oldValue
        return index < count ? index : nil
    }
}
