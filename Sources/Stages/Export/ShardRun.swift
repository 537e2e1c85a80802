import Corpus
import Shards

/// Writes one shard after another, for one worker.
struct ShardRun {
    private let exporter: Exporter
    private var reader: any RowReader
    private var row = ShardRow()
    private let digests = PendingDigests()

    init(_ exporter: Exporter) throws {
        self.exporter = exporter
        reader = try exporter.source.reader()
    }

    mutating func write(_ place: ShardPlace) async throws -> ShardReceipt {
        let folder = ShardFolder(exporter.folder.partial, digests: digests)
        var writer = try exporter.format.writer(place, in: folder)
        let order = exporter.order(place.side)
        let rows = place.firstRow..<place.firstRow + place.rowCount
        let isAnnounced = try announce(rows, of: place.side, order, to: &writer)
        let (digests, takesArraysAlone) = (digests, isAnnounced && writer.takesArraysAlone)
        digests.open()
        async let hashed: Void = digests.hashUntilClosed()
        // Before the end of this scope waits for it.
        defer { digests.close() }
        for position in rows {
            row.removeAll()
            if takesArraysAlone {
                try reader.fillArrays(&row, place.side, order[position])
            } else {
                try reader.fill(&row, place.side, order[position])
            }
            try writer.append(row)
            guard digests.isFull else { continue }
            try Task.checkCancellation()
            await digests.room()
        }
        digests.close()
        await hashed
        let receipt = try writer.finish()
        guard receipt.rowCount == place.rowCount else {
            throw StageError.failed(
                "shard \(place.number) of \(place.side.rawValue) got \(receipt.rowCount) rows instead of \(place.rowCount); "
                    + "please report this")
        }
        return receipt
    }

    /// Tells the writer of all rows before they come, if it wants to hear of them and they can be told: whether so.
    private mutating func announce(
        _ rows: Range<Int>, of side: Side, _ order: RowOrder, to writer: inout any ShardWriter
    ) throws -> Bool {
        guard writer.wantsAnnouncement else { return false }
        for position in rows {
            row.removeAll()
            guard try reader.announce(&row, side, order[position]) else { return false }
            try writer.announce(row)
        }
        return true
    }
}

/// In which order the rows of a side are written.
struct RowOrder: Sendable {
    private let permutation: IndexPermutation?

    init(count: Int, seed: UInt64?, side: Side) {
        permutation = seed.flatMap { seed in
            guard count > 0 else { return nil }
            let own = KeyedRandom(seed: seed, domain: "export.order").bits(side.rawValue)
            return IndexPermutation(size: UInt64(count), seed: own)
        }
    }

    /// The row, in the dataset's order, that stands at a position of the export.
    subscript(position: Int) -> Int { permutation.map { Int($0[UInt64(position)]) } ?? position }

    /// Where a row of the dataset's order stands in the export.
    func position(of row: Int) -> Int { permutation.map { Int($0.index(of: UInt64(row))) } ?? row }
}

extension Exporter {
    func order(_ side: Side) -> RowOrder {
        RowOrder(count: source.count(side), seed: request.shuffle, side: side)
    }
}
