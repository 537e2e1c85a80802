import ContentStore
import Corpus
import Shards

/// Pairs, triplets and episodes by reference beside exported examples, for forms that have a place for them: their row
/// numbers are those of the export.
struct ReferenceFiles {
    private let exporter: Exporter

    init(_ exporter: Exporter) { self.exporter = exporter }

    func write() throws -> [WrittenFile] {
        guard exporter.request.content == .examples else { return [] }
        var files: [WrittenFile] = []
        for split in exporter.outline.splits {
            let places = exporter.examples.places(split.side)
            let order = exporter.order(split.side)
            for stage in ["pairs", "episodes"] {
                for (name, shard) in try exporter.built.namedShards(stage, split.side) {
                    let tensors = try tensors(shard) { row in
                        guard row < places.count, let place = places[Int(row)] else { return nil }
                        return UInt32(order.position(of: Int(place)))
                    }
                    files += try exporter.format.writeReferences(
                        "\(stage)-\(name)", split.side, tensors, in: exporter.folder.partial)
                }
            }
        }
        return files
    }

    private static let references = ["a", "b", "anchor", "positive", "negative", "query", "support"]

    /// The columns of a selection with its row numbers brought to the export's.
    private func tensors(_ file: TensorFileReader, _ position: (UInt32) -> UInt32?) throws -> [Tensor] {
        var tensors: [Tensor] = []
        for name in ReferenceFiles.references {
            guard let entry = file.entries[name] else { continue }
            let rows = try file.unsigned(name).map { row in
                guard let found = position(row) else {
                    throw StageError.failed(
                        "\(file.path) refers to row \(row), which is not on its side; run 'twinset verify'")
                }
                return found
            }
            tensors.append(Tensor(name, shape: entry.shape, .uint32(rows)))
        }
        if file.entries["answer"] != nil { tensors.append(Tensor("answer", try file.unsigned("answer"))) }
        if file.entries["label"] != nil { tensors.append(Tensor("label", try file.bytes("label"))) }
        return tensors
    }
}
