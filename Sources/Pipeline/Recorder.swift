internal import ContentStore
internal import Dispatch
internal import Manifest

/// Publishes and records what workers deliver: in subject order, many at a time, while the workers go on.
actor Recorder {
    /// What one subject's stages came to: the results, and which of them are new.
    struct Delivery: Sendable {
        let index: Int
        let entries: [Resolved.Entry]
        let receipts: [Receipt]
        let staged: [StagedArtifact]
    }

    /// So many receipts are recorded in one transaction.
    private static let batchSize = 256
    /// Workers wait while more than this is delivered and not recorded, so that memory stays bounded.
    private static let largestBacklog = 1024

    private let store: Store
    private let writer: ManifestWriter
    private let onRecorded: @Sendable (Delivery) async throws -> Void
    private let due: AsyncStream<Void>
    private let dueSignal: AsyncStream<Void>.Continuation
    private let thread = DispatchQueue(label: "twinset.recorder")
    private var waiting: [Int: Delivery] = [:]
    private var batch: [Delivery] = []
    private var backlog = 0
    private var next = 0
    private var lastFlush = ContinuousClock.now
    private var isFlushing = false
    private(set) var entries: [[Resolved.Entry]] = []
    private(set) var ranCount = 0

    init(
        store: Store, writer: ManifestWriter, onRecorded: @escaping @Sendable (Delivery) async throws -> Void
    ) {
        self.store = store
        self.writer = writer
        self.onRecorded = onRecorded
        (due, dueSignal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes a delivery; returns at once unless recording is far behind.
    func deliver(_ delivery: Delivery) async throws {
        waiting[delivery.index] = delivery
        while let ready = waiting.removeValue(forKey: next) {
            batch.append(ready)
            backlog += ready.receipts.count
            entries.append(ready.entries)
            next += 1
        }
        if backlog >= Recorder.batchSize || lastFlush.duration(to: .now) > .seconds(2) { dueSignal.yield() }
        while backlog > Recorder.largestBacklog { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Records batches as they become due, until `stop`.
    func drain() async throws {
        for await _ in due { try await flush() }
    }

    /// Ends `drain`; what is left is recorded by a last `flush`.
    func stop() { dueSignal.finish() }

    /// Publishes, then records, everything delivered in order so far. What is delivered while that goes on waits
    /// for the next time, so that one batch is told of before the next is.
    func flush() async throws {
        guard !isFlushing else { return }
        isFlushing = true
        defer { isFlushing = false }
        let ready = batch
        batch = []
        lastFlush = .now
        guard !ready.isEmpty else { return }
        try await publish(ready.flatMap(\.staged))
        let receipts = ready.flatMap(\.receipts)
        try await writer.record(receipts)
        ranCount += receipts.count
        backlog -= receipts.count
        for delivery in ready { try await onRecorded(delivery) }
    }

    /// Brings artifacts to disk on a thread of its own: waiting for the disk must not keep a worker from its core.
    private func publish(_ staged: [StagedArtifact]) async throws {
        let store = store
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            thread.async { done.resume(with: Result { try store.publish(staged) }) }
        }
    }
}
