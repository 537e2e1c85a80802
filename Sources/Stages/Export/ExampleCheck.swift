import Audio
import ContentStore
import Features
import Foundation
import Shards

/// Makes one example of each exported side again from its audio and compares it with what is exported, so that an export
/// is known to be what its parameters say.
struct ExampleCheck {
    private let exporter: Exporter

    init(_ exporter: Exporter) { self.exporter = exporter }

    /// How many examples were compared; nil where none can be: their audio is not here, or they depend on more than
    /// their own utterance.
    func run() throws -> Int? {
        let recipe = exporter.built.recipe
        guard exporter.request.content == .examples, recipe.features.normalize != .dataset,
            recipe.features.embedding == nil
        else { return nil }
        var count = 0
        for split in exporter.outline.splits where split.rowCount > 0 {
            // The middle one, or the first where that is an augmented copy.
            for place in [split.rowCount / 2, 0]
            where try check(exporter.examples.row(split.side, place), recipe) {
                count += 1
                break
            }
        }
        return count > 0 ? count : nil
    }

    private func check(_ row: Int, _ recipe: Recipe) throws -> Bool {
        let table = exporter.examples.table
        let number = table.part(of: row)
        let part = table.parts[number]
        guard !part.isCopy else { return false }
        let place = Int(table.utterances[row]) - part.firstUtterance
        let sources = try exporter.built.sources(of: exporter.built.parts[number])
        guard place < sources.count else { return false }
        // The corpus may be elsewhere by now; the features are not.
        let (path, _) = SourceUtterance.parts(ofPlace: sources[place].path)
        guard FileManager.default.isReadableFile(atPath: path) else { return false }
        let waveform = try SoundReader(recipe).waveform(sources[place])
        let made = try ExampleChain(recipe).examples(waveform, count: waveform.count).rows
        let index =
            (part.firstRow...row).count { Int(table.utterances[$0]) == Int(table.utterances[row]) } - 1
        guard try stored(row) == bytes(made, example: index, recipe) else {
            throw StageError.failed(
                "example \(table.key(row)) made again from \(path) differs from the stored one; run 'twinset verify', "
                    + "and please report this if all is whole")
        }
        return true
    }

    private func stored(_ row: Int) throws -> [UInt8] {
        var stored = ShardRow()
        var values = ExampleValues(exporter.examples.table)
        try values.append(row, to: &stored)
        guard case .array(_, let range) = stored.values.first else { return [] }
        return Array(stored.bytes[range])
    }

    /// The bytes of one example of an utterance's, as they are stored.
    private func bytes(_ rows: FeatureRows, example: Int, _ recipe: Recipe) throws -> [UInt8] {
        let tensor = try rows.tensor("features", shape: [rows.count], type: recipe.features.dtype)
        let size = exporter.examples.table.type.byteCount
        let table = exporter.examples.table
        let width = table.shape.dropFirst().reduce(1) { $0 * ($1 ?? 1) }
        let isVarying = table.shape.first == .some(nil)
        let first =
            isVarying ? Int(example == 0 ? 0 : rows.frameEnds[example - 1]) * width : example * count(table)
        let end = isVarying ? Int(rows.frameEnds[example]) * width : (example + 1) * count(table)
        return Array(tensor.bytes()[(first * size)..<(end * size)])
    }

    private func count(_ table: ExampleTable) -> Int { table.shape.reduce(1) { $0 * ($1 ?? 1) } }
}
