import Corpus
import Shards

/// Writes one shard after another, for one worker.
struct ShardRun {
    private let exporter: Exporter
    private var reader: any RowReader
    private var row = ShardRow()

    init(_ exporter: Exporter) throws {
        self.exporter = exporter
        reader = try exporter.source.reader()
    }

    mutating func write(_ place: ShardPlace) throws -> ShardReceipt {
        var writer = try exporter.format.writer(place, in: exporter.folder.partial)
        let order = exporter.order(place.side)
        for position in place.firstRow..<place.firstRow + place.rowCount {
            row.removeAll()
            try reader.fill(&row, place.side, order[position])
            try writer.append(row)
        }
        let receipt = try writer.finish()
        guard receipt.rowCount == place.rowCount else {
            throw StageError.failed(
                "shard \(place.number) of \(place.side.rawValue) got \(receipt.rowCount) rows instead of \(place.rowCount); "
                    + "please report this")
        }
        return receipt
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
