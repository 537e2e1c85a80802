import ContentStore
import Corpus
import Foundation
import Shards

/// Brings a built dataset into a form that other trainers read.
package struct Exporter: Sendable {
    let built: BuiltDataset
    let request: ExportRequest
    let source: any RowSource
    let examples: ExampleRows
    let format: any ShardFormat
    let outline: ExportOutline
    let folder: ExportFolder
    private let rowsPerShard: Int

    /// The last build of a recipe in a workspace.
    package init(recipe: Recipe, workspace: Workspace, request: ExportRequest, out: String) throws {
        try self.init(try BuiltDataset(recipe, workspace: workspace), request, out)
    }

    /// The dataset whose digest starts with `digest`.
    package init(digest: String, workspace: Workspace, request: ExportRequest, out: String) throws {
        try self.init(try BuiltDataset(digest: digest, workspace: workspace), request, out)
    }

    private init(_ built: BuiltDataset, _ request: ExportRequest, _ out: String) throws {
        self.built = built
        self.request = request
        let type = try ShardFormats.named(request.format)
        guard type.contents.contains(request.content) else {
            throw ShardError.usage(
                "\(type.name) carries \(type.contents.map(\.rawValue).joined(separator: ", ")), not "
                    + "\(request.content.rawValue); choose another --format or --what")
        }
        let examples = try ExampleRows(built)
        self.examples = examples
        source = try Exporter.source(request.content, built, examples, type.audioCoding)
        let sides = try Exporter.sides(request, source)
        outline = try Exporter.outline(built, request, source, examples, sides)
        format = try type.init(outline)
        let bytes = max(source.meanByteCount(sides), 1)
        rowsPerShard = request.rowsPerShard ?? max(1, request.shardBytes / bytes)
        folder = ExportFolder(
            out,
            request: ExportIndex.Request(
                recipe: built.recipe.name, dataset: built.dataset.hex, format: type.name,
                content: request.content, splits: sides,
                rowsPerShard: rowsPerShard, shuffle: request.shuffle, license: request.license))
    }

    private static func source(
        _ content: ExportOutline.Content, _ built: BuiltDataset, _ examples: ExampleRows,
        _ coding: AudioCoding
    ) throws -> any RowSource {
        switch content {
        case .examples: examples
        case .audio: try AudioRows(built, examples: examples, coding: coding)
        case .pairs, .triplets: try PairedRows(built, examples: examples, content: content)
        case .trials: try TrialRows(built, examples: examples)
        }
    }

    private static func sides(_ request: ExportRequest, _ source: any RowSource) throws(StageError) -> [Side]
    {
        let there = Side.allCases.filter { source.count($0) > 0 }
        let sides = request.sides.map { asked in Side.allCases.filter(asked.contains) } ?? there
        let missing = sides.filter { !there.contains($0) }
        guard missing.isEmpty, !sides.isEmpty else {
            let wanted = (sides.isEmpty ? Side.allCases : missing).map(\.rawValue).joined(separator: ", ")
            throw .usage(
                "the dataset has no \(request.content.rawValue) of side \(wanted)"
                    + (there.isEmpty
                        ? "" : "; it has some of \(there.map(\.rawValue).joined(separator: ", "))"))
        }
        return sides
    }

    private static func outline(
        _ built: BuiltDataset, _ request: ExportRequest, _ source: any RowSource, _ examples: ExampleRows,
        _ sides: [Side]
    ) throws -> ExportOutline {
        let recipe = built.recipe
        return ExportOutline(
            name: recipe.name.replacing("/", with: "-"), summary: recipe.summary, dataset: built.dataset.hex,
            content: request.content,
            columns: source.columns,
            splits: sides.map { ExportOutline.Split(side: $0, rowCount: source.count($0)) },
            sampleRate: recipe.resample.rate, hop: recipe.features.hasFrames ? recipe.frame.hop : nil,
            speakers: examples.speakers.speakers, trainSpeakerCount: examples.speakers.trainCount,
            parameters: try recipe.consumerParameters(),
            textWidths: source.textWidths)
    }

    /// The shards of all sides, in order.
    private var places: [ShardPlace] {
        outline.splits.flatMap { split in
            let size = format.isSharded ? rowsPerShard : split.rowCount
            let count = (split.rowCount + size - 1) / size
            return (0..<count).map { number in
                ShardPlace(
                    side: split.side, number: number, count: count, firstRow: number * size,
                    rowCount: min(size, split.rowCount - number * size))
            }
        }
    }

    /// What will be written, and where it must fit.
    package func estimate() -> ExportEstimate {
        let mean = source.meanByteCount(outline.splits.map(\.side))
        let places = places
        let bytes = places.reduce(0) {
            $0 + format.byteCount(rowCount: $1.rowCount, valueByteCount: $1.rowCount * mean)
        }
        return ExportEstimate(
            rows: rows, shards: places.count, rowsPerShard: rowsPerShard, bytes: bytes,
            freeBytes: folder.freeByteCount)
    }

    /// Refuses a place that holds anything but this export.
    package func checkPlace() throws { _ = try folder.existing() }

    private var rows: [String: Int] {
        Dictionary(uniqueKeysWithValues: outline.splits.map { ($0.name, $0.rowCount) })
    }

    /// Writes what is missing, and brings it all to its place at the end. `onShard` is told of each shard that is done:
    /// how many are, and of how many.
    package func run(onShard: @escaping @Sendable (Int, Int) -> Void = { _, _ in }) async throws
        -> ExportReport
    {
        let start = ContinuousClock.now
        if let index = try folder.existing() {
            return report(index, resumed: 0, wasThere: true, checked: nil, since: start)
        }
        let estimate = estimate()
        try checkSpace(estimate)
        let known = try folder.begin()
        let made = try await make(known, onShard)
        var files = try format.finish(made.receipts, in: folder.partial)
        files += made.references
        files += try SidecarFiles(self).write(made.receipts, files)
        let index = ExportIndex(folder.request, outline: outline, receipts: made.receipts, files: files)
        try folder.publish(index)
        return report(index, resumed: known.count, wasThere: false, checked: made.checked, since: start)
    }

    /// Refuses what does not fit. What an export left that was broken off is there already.
    private func checkSpace(_ estimate: ExportEstimate) throws(StageError) {
        let left = folder.partialByteCount
        guard let free = estimate.freeBytes, estimate.bytes > free + left else { return }
        throw .failed(
            "this export would write about \(Amount.bytes(max(estimate.bytes - left, 0))) to \(folder.out), where "
                + "\(Amount.bytes(free)) are free; free some space, or export one --split at a time")
    }

    /// What an export is made of.
    private struct Made: Sendable {
        var receipts: [ShardReceipt] = []
        /// How many examples were made again and compared; nil where none can be.
        var checked: Int?
        var references: [WrittenFile] = []
    }

    /// All shards and, while they are written, the check and what refers to their rows.
    private func make(
        _ known: [ShardReceipt], _ onShard: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Made {
        try await withThrowingTaskGroup(of: Made.self) { group in
            group.addTask { Made(receipts: try await write(known, onShard)) }
            group.addTask { Made(checked: try ExampleCheck(self).run()) }
            group.addTask { Made(references: try ReferenceFiles(self).write()) }
            return try await group.reduce(into: Made()) { all, one in
                all.receipts += one.receipts
                all.checked = one.checked ?? all.checked
                all.references += one.references
            }
        }
    }

    private func write(
        _ known: [ShardReceipt], _ onShard: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> [ShardReceipt] {
        let places = places
        let done = Set(known.map { "\($0.side)/\($0.number)" })
        let missing = places.filter { !done.contains("\($0.side)/\($0.number)") }
        let queue = NextIndex()
        let counted = NextIndex()
        let made = try await withThrowingTaskGroup(of: [ShardReceipt].self) { group in
            for _ in 0..<min(request.jobs, max(missing.count, 1)) {
                group.addTask {
                    var receipts: [ShardReceipt] = []
                    var writer = try ShardRun(self)
                    while let index = queue.take(below: missing.count) {
                        try Task.checkCancellation()
                        let receipt = try await writer.write(missing[index])
                        try folder.keep(receipt)
                        receipts.append(receipt)
                        onShard(known.count + 1 + (counted.take(below: .max) ?? 0), places.count)
                    }
                    return receipts
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return (known + made).sorted { ($0.side.code, $0.number) < ($1.side.code, $1.number) }
    }

    private func report(
        _ index: ExportIndex, resumed: Int, wasThere: Bool, checked: Int?,
        since start: ContinuousClock.Instant
    ) -> ExportReport {
        let elapsed = start.duration(to: .now)
        return ExportReport(
            out: folder.out, format: request.format, dataset: outline.dataset, rows: rows,
            shards: index.splits.reduce(0) { $0 + $1.shards.count }, files: index.allFiles.count + 1,
            bytes: index.allFiles.reduce(0) { $0 + $1.byteCount }, digest: index.digest, resumed: resumed,
            wasThere: wasThere, checkedExamples: checked,
            seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
    }
}
