internal import ContentStore
internal import Manifest

/// Publishes and records what workers deliver: in subject order, many at a time.
actor Recorder {
    /// What one subject's stages came to: the results, and which of them are new.
    struct Delivery: Sendable {
        let index: Int
        let entries: [Resolved.Entry]
        let receipts: [Receipt]
        let staged: [StagedArtifact]
    }

    private let store: Store
    private let writer: ManifestWriter
    private let onRecorded: @Sendable (Delivery) async throws -> Void
    private var waiting: [Int: Delivery] = [:]
    private var batch: [Delivery] = []
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
    }

    func deliver(_ delivery: Delivery) async throws {
        waiting[delivery.index] = delivery
        while let ready = waiting.removeValue(forKey: next) {
            batch.append(ready)
            entries.append(ready.entries)
            next += 1
        }
        let receiptCount = batch.reduce(0) { $0 + $1.receipts.count }
        if receiptCount >= 256 || lastFlush.duration(to: .now) > .seconds(2) { try await flush() }
    }

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
        try store.publish(ready.flatMap(\.staged))
        let receipts = ready.flatMap(\.receipts)
        ranCount += receipts.count
        try await writer.record(receipts)
        for delivery in ready { try await onRecorded(delivery) }
    }
}
