import ContentStore
import Corpus
import Foundation
import Manifest

/// What the last build of a recipe left in its workspace of the stages that lists are written from and checked with.
struct BuiltTrials {
    private let recipe: Recipe
    private let opened: Workspace.Opened
    private let build: Int
    private let inventory: Inventory

    /// Nil where the workspace has no build of the recipe.
    init?(_ recipe: Recipe, _ workspace: Workspace) throws {
        guard FileManager.default.fileExists(atPath: workspace.manifestPath) else { return nil }
        opened = try workspace.openExisting()
        guard let build = try opened.ledger.lastBuild(of: recipe.name) else { return nil }
        self.recipe = recipe
        self.build = build.number
        inventory = Inventory(opened.database)
    }

    /// The shards of trials of a side, in order.
    func shards(_ side: Side) throws -> [TensorFileReader] {
        guard let parameters = recipe.trials else {
            throw StageError.usage(
                "recipe '\(recipe.name)' asks for no trials; give it a section such as trials: {kind: all}")
        }
        guard parameters.sides.contains(side) else {
            let names = parameters.sides.map(\.rawValue).joined(separator: ", ")
            throw StageError.usage(
                "recipe '\(recipe.name)' has no trials of side \(side.rawValue); trials.sides: \(names)")
        }
        guard let found = try entries("trials", parameters: try CanonicalJSON.encode(parameters)) else {
            throw StageError.usage(
                "the last build of '\(recipe.name)' made other trials than the recipe asks for now; run 'twinset "
                    + "build' again")
        }
        return try found.filter { $0.subject.hasPrefix(side.rawValue + "/") }
            .sorted { $0.subject.precedesByBytes($1.subject) }
            .map { try opened.store.read($0.digest) }
    }

    /// The split, or nil where the recipe now asks for another one than was built.
    func split() throws -> SplitTable? {
        let entry = try entries("split", parameters: try CanonicalJSON.encode(recipe.split))?.first
        return try entry.map { try SplitTable(try opened.store.read($0.digest)) }
    }

    /// What the build holds of a stage, or nil where it was asked with other parameters, or not at all.
    private func entries(_ stage: String, parameters: String) throws -> [Inventory.Entry]? {
        let found = try inventory.entries(stage: stage).filter { $0.builds.contains(build) }
        guard let first = found.first, try inventory.parameters(of: first.key) == parameters else {
            return nil
        }
        return found
    }
}
