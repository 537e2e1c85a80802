import ContentStore
import Foundation
import Stages

/// A corpus of any layout in a folder that goes with it, and builds of its raw waveforms.
struct LayoutBuild {
    let folder: StageFolder
    let layout: String
    /// The corpus below the folder.
    let place: String

    init(_ layout: String, place: String = "corpus") throws {
        folder = try StageFolder()
        (self.layout, self.place) = (layout, place)
    }

    /// Whole utterances as they are, one example each, all to train on.
    var recipe: String {
        """
        corpora: {made: {layout: \(layout)}}
        resample: {rate: 16kHz}
        features: {kind: raw}
        """
    }

    func builder(set settings: [String] = [], in workspace: String = "workspace") throws -> DatasetBuilder {
        let recipe = try RecipeReader(settings: settings, corpora: ["made=\(folder.path)/\(place)"])
            .read(yaml: self.recipe, file: folder.path + "/made.yaml", defaultName: "made")
        return DatasetBuilder(
            recipe: recipe, workspace: Workspace(path: folder.path + "/" + workspace), jobs: 2)
    }

    @discardableResult
    func build(set settings: [String] = [], in workspace: String = "workspace") async throws -> BuildSummary {
        try await builder(set: settings, in: workspace).build()
    }

    func result(_ workspace: String = "workspace") throws -> StageResult {
        try StageResult(Workspace(path: folder.path + "/" + workspace))
    }

    /// The samples of every utterance by id, as features.
    func waveforms(_ workspace: String = "workspace") throws -> [String: [Float]] {
        let result = try result(workspace)
        var found: [String: [Float]] = [:]
        for subject in try result.subjects("features") {
            guard let file = try result.open("features", subject) else { continue }
            let ids = try TextColumn.read("utterance", from: file)
            let ends = try file.integers("row.frameEnd").map(Int.init)
            let values = try file.floats("features", rows: 0..<(ends.last ?? 0))
            for (row, utterance) in try file.unsigned("row.utterance").enumerated() {
                found[ids[Int(utterance)]] = Array(values[(row == 0 ? 0 : ends[row - 1])..<ends[row]])
            }
        }
        return found
    }

    func quarantine(_ workspace: String = "workspace") throws -> [String: String] {
        Dictionary(
            try result(workspace).quarantine().map { ($0.utterance, $0.reason) },
            uniquingKeysWith: { first, _ in first })
    }
}
