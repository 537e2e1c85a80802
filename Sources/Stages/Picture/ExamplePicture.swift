import ContentStore
import Features
import Foundation
import Manifest
import Pipeline

/// Draws a few examples of a built dataset, each as its waveform above its features.
package struct ExamplePicture: Sendable {
    /// What stands in one cell of the picture.
    package struct Cell: Sendable {
        package let utterance: String
        package let speaker: String
        package let row: Int
        package let startSeconds: Double
        package let seconds: Double
    }

    private static let columns = 4
    private static let cellWidth = 288
    private static let waveHeight = 64
    private static let mapHeight = 160
    private static let margin = 12

    let recipe: Recipe
    let workspace: Workspace
    let count: Int

    package init(recipe: Recipe, workspace: Workspace, count: Int) {
        precondition(count > 0, "a picture of \(count) examples")
        self.recipe = recipe
        self.workspace = workspace
        self.count = count
    }

    /// Writes the picture and returns what it shows, cell by cell, row by row.
    package func write(to path: String) throws -> [Cell] {
        let opened = try workspace.openExisting()
        let examples = try choose(opened)
        let columns = min(ExamplePicture.columns, examples.count)
        let rows = (examples.count + columns - 1) / columns
        let (cellWidth, margin) = (ExamplePicture.cellWidth, ExamplePicture.margin)
        let cellHeight = ExamplePicture.waveHeight + ExamplePicture.mapHeight + 4
        var canvas = Canvas(
            width: columns * (cellWidth + margin) + margin, height: rows * (cellHeight + margin) + margin)
        let sound = try ExampleSound(recipe: recipe)
        for (index, example) in examples.enumerated() {
            let x = margin + index % columns * (cellWidth + margin)
            let y = margin + index / columns * (cellHeight + margin)
            let wave = try sound.waveform(of: example)
            drawWave(wave, at: (x, y), on: &canvas)
            let (matrix, width) = try map(example, wave)
            drawMap(matrix, width: width, at: (x, y + ExamplePicture.waveHeight + 4), on: &canvas)
        }
        try canvas.write(to: path)
        return examples.map { $0.cell(rate: recipe.resample.rate) }
    }

    /// Examples of different packs, the same every time: those a keyed hash comes upon first.
    private func choose(_ opened: Workspace.Opened) throws -> [Example] {
        let stage = recipe.features.normalize == .dataset ? "normalize" : "features"
        guard let build = try opened.ledger.lastBuild(of: recipe.name) else {
            throw StageError.usage(
                "recipe '\(recipe.name)' was not built in \(workspace.path) yet; run 'twinset build' first")
        }
        let inventory = Inventory(opened.database)
        let packs = try inventory.entries(stage: stage)
            .filter {
                $0.builds.contains(build.number) && $0.rows > 0
                    && opened.store.byteCount(of: $0.digest) != nil
            }
        guard !packs.isEmpty else {
            throw StageError.failed(
                "no features of '\(recipe.name)' are kept in \(workspace.path); add features to keep and build"
            )
        }
        let wanted = min(count, packs.reduce(0) { $0 + $1.rows })
        var examples: [Example] = []
        var turn = 0
        while examples.count < wanted {
            let pack = packs[examples.count * packs.count / max(wanted, 1) % packs.count]
            let row = (pack.rows / 2 + turn) % pack.rows
            examples.append(try example(pack, row: row, opened, inventory))
            turn += 1
        }
        return examples
    }

    private func example(
        _ pack: Inventory.Entry, row: Int, _ opened: Workspace.Opened, _ inventory: Inventory
    ) throws -> Example {
        let file = try opened.store.read(pack.digest)
        let numbers = try file.unsigned("row.utterance")
        let names = try TextColumn.read("utterance", from: file)
        let speakers = try TextColumn.read("speaker", from: file)
        let number = Int(numbers[row])
        guard let found = try inventory.utterances(id: names[number]).first else {
            throw StageError.failed(
                "the manifest does not know utterance \(names[number]); run 'twinset verify'")
        }
        return Example(
            utterance: names[number], speaker: speakers[number], path: found.row.path, row: row,
            start: Int(try file.integers("row.start")[row]),
            length: Int(try file.integers("row.length")[row]),
            values: try values(file, row: row))
    }

    private func values(_ file: TensorFileReader, row: Int) throws -> [Float] {
        guard file.entries["row.frameEnd"] != nil else {
            return try file.floats("features", rows: row..<(row + 1))
        }
        let ends = try file.integers("row.frameEnd")
        return try file.floats("features", rows: Int(row == 0 ? 0 : ends[row - 1])..<Int(ends[row]))
    }

    /// The example's features; of a raw waveform, log-mel energies made for the picture.
    private func map(_ example: Example, _ wave: [Float]) throws -> (matrix: [Float], width: Int) {
        if let picture = recipe.features.picture { return picture.timeFirst(example.values) }
        if recipe.features.kind != .raw { return (example.values, recipe.features.width) }
        let rate = recipe.resample.rate
        let parameters = FbankParameters.kaldi(
            sampleRate: rate, windowSampleCount: rate / 40, hopSampleCount: rate / 100, melCount: 40)
        var extractor = try FbankExtractor(parameters)
        let frames = extractor.frameCount(sampleCount: wave.count)
        var matrix = [Float](repeating: 0, count: frames * 40)
        var span = matrix.mutableSpan
        extractor.extract(wave.span, firstFrame: 0, frameCount: frames, into: &span)
        return (matrix, 40)
    }

    private func drawWave(_ wave: [Float], at origin: (x: Int, y: Int), on canvas: inout Canvas) {
        let (width, height) = (ExamplePicture.cellWidth, ExamplePicture.waveHeight)
        let peak = wave.reduce(Float(1e-6)) { max($0, abs($1)) }
        for x in 0..<width {
            canvas.set(origin.x + x, origin.y + height / 2, .line)
            let range =
                (x * wave.count / width)..<max(x * wave.count / width + 1, (x + 1) * wave.count / width)
            guard range.upperBound <= wave.count else { continue }
            let low = wave[range].min() ?? 0
            let high = wave[range].max() ?? 0
            func place(_ value: Float) -> Int { Int((0.5 - Double(value / peak) * 0.48) * Double(height)) }
            for y in place(high)...max(place(high), place(low)) {
                canvas.set(origin.x + x, origin.y + y, .ink)
            }
        }
    }

    /// Time to the right, frequency upward; the color scale spans the example's own 2nd to 98th percentile.
    private func drawMap(_ matrix: [Float], width: Int, at origin: (x: Int, y: Int), on canvas: inout Canvas)
    {
        let frames = matrix.count / width
        guard frames > 0 else { return }
        let sorted = matrix.sorted()
        let low = Double(sorted[sorted.count / 50])
        let high = Double(sorted[sorted.count - 1 - sorted.count / 50])
        let (cellWidth, height) = (ExamplePicture.cellWidth, ExamplePicture.mapHeight)
        for x in 0..<cellWidth {
            let frame = x * frames / cellWidth
            for y in 0..<height {
                let bin = (height - 1 - y) * width / height
                let value = (Double(matrix[frame * width + bin]) - low) / max(high - low, 1e-9)
                canvas.set(origin.x + x, origin.y + y, .scale(value))
            }
        }
    }
}
