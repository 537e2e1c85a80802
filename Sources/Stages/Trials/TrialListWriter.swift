import ContentStore
import Corpus

/// Writes the trials of a build as a list that other tools read, line by line:
///
///     1 id10270/5r0dWxy17C8/00001.wav id10270/x6uYqmx31kE/00001.wav              voxceleb
///     id10270-5r0dWxy17C8-00001 id10270-x6uYqmx31kE-00001 target                 kaldi
///
/// VoxCeleb's form names files below the corpus folder (below the speaker's where ids are paths), Kaldi's names
/// utterances with the speaker first.
package struct TrialListWriter {
    package struct Result: Codable, Sendable {
        package let path: String
        package let form: TrialList.Form
        package let side: String
        package let trials: Int
        package let targets: Int
    }

    let recipe: Recipe
    let workspace: Workspace
    let form: TrialList.Form

    package init(recipe: Recipe, workspace: Workspace, form: TrialList.Form) {
        self.recipe = recipe
        self.workspace = workspace
        self.form = form
    }

    /// Writes the trials of `side`, or of the only side that has some, to `path`.
    package func write(side word: String?, to path: String) throws -> Result {
        let asked = word.flatMap { Side(rawValue: $0) }
        let sides = recipe.trials?.sides ?? []
        guard let side = asked ?? (sides.count == 1 ? sides.first : nil) ?? (sides.isEmpty ? .test : nil)
        else {
            throw StageError.usage(
                "the recipe has trials of \(sides.map(\.rawValue).joined(separator: " and ")); say which with --side"
            )
        }
        guard let built = try BuiltTrials(recipe, workspace) else {
            throw StageError.usage(
                "recipe '\(recipe.name)' was not built in \(workspace.path) yet; run 'twinset build' first")
        }
        let shards = try built.shards(side)
        let files = form == .voxceleb ? try CorpusFiles(recipe) : nil
        var writer = try TextFileWriter(path: path)
        var (count, targets) = (0, 0)
        for shard in shards {
            let names = try TextColumn.read("utterance", from: shard)
                .map { Array(try name($0, files).utf8) }
            let (a, b) = (try shard.unsigned("a"), try shard.unsigned("b"))
            let labels = try shard.bytes("label")
            for k in labels.indices {
                try writer.write(line: line(names[Int(a[k])], names[Int(b[k])], isTarget: labels[k] == 1))
                targets += Int(labels[k])
            }
            count += labels.count
        }
        try writer.finish()
        return Result(path: path, form: form, side: side.rawValue, trials: count, targets: targets)
    }

    private func line(_ a: [UInt8], _ b: [UInt8], isTarget: Bool) -> [UInt8] {
        let space = UInt8(ascii: " ")
        switch form {
        case .voxceleb: return [UInt8(ascii: isTarget ? "1" : "0"), space] + a + [space] + b
        case .kaldi: return a + [space] + b + [space] + Array((isTarget ? "target" : "nontarget").utf8)
        }
    }

    private func name(_ utterance: String, _ files: CorpusFiles?) throws(StageError) -> String {
        var name = UtteranceName.kaldi(utterance)
        if let files {
            guard let file = files.file(utterance) else {
                throw .failed(
                    "utterance \(utterance) is in the dataset, but its file is in the corpora no more; build again"
                )
            }
            name = file
        }
        guard !name.contains(where: \.isWhitespace) else {
            throw .failed("'\(name)' holds a space, which parts the fields of a trial list; rename the file")
        }
        return name
    }
}
