import ContentStore
import Corpus
import Foundation
import Manifest

/// The dataset that the last build of a recipe left in its workspace, to be read.
struct BuiltDataset: Sendable {
    /// One features artifact and the rows of the dataset that it holds.
    struct Part: Sendable {
        let entry: Inventory.Entry
        let ingest: Inventory.Entry
        let corpus: String
        /// The dataset's row of its first example.
        let firstRow: Int
        /// For augmented copies: the row of the dataset that the first row of the pack they copy has.
        let copyOf: Int?
    }

    let recipe: Recipe
    /// The digest that names it.
    let dataset: Digest
    let store: Store
    let split: SplitTable
    /// Packs in row order, then those of augmented copies.
    let parts: [Part]
    /// Whether there are several corpora, whose names then stand before the speakers'.
    let hasCorpora: Bool
    private let ledger: Ledger
    private let inventory: Inventory
    let build: Int

    /// The last build of `recipe`; it must have been built as the recipe now says.
    init(_ recipe: Recipe, workspace: Workspace) throws {
        guard FileManager.default.fileExists(atPath: workspace.manifestPath) else {
            throw BuiltDataset.notBuilt(recipe.name, workspace)
        }
        let opened = try workspace.openExisting()
        guard let build = try opened.ledger.lastBuild(of: recipe.name) else {
            throw BuiltDataset.notBuilt(recipe.name, workspace)
        }
        try self.init(recipe, build, opened)
        try checkRecipe()
    }

    /// The build whose dataset digest starts with `prefix`, by the recipe it was built by.
    init(digest prefix: String, workspace: Workspace) throws {
        let opened = try workspace.openExisting()
        let found = try opened.ledger.builds().filter { $0.dataset.hex.hasPrefix(prefix.lowercased()) }
        guard let build = found.first else {
            throw StageError.usage(
                "no build in \(workspace.path) made a dataset whose digest starts with \(prefix)")
        }
        guard Set(found.map(\.dataset)).count == 1 else {
            throw StageError.usage(
                "several datasets in \(workspace.path) start with \(prefix); give more digits")
        }
        let origin = try CanonicalJSON.decode(Recipe.Origin.self, from: build.parameters)
        try self.init(try RecipeReader.read(origin), build, opened)
    }

    private init(_ recipe: Recipe, _ build: Ledger.Build, _ opened: Workspace.Opened) throws {
        self.recipe = recipe
        self.build = build.number
        dataset = build.dataset
        store = opened.store
        ledger = opened.ledger
        let inventory = Inventory(opened.database)
        self.inventory = inventory
        func entries(_ stage: String) throws -> [Inventory.Entry] {
            try inventory.entries(stage: stage, ofBuild: build.number)
        }
        guard let split = try entries("split").first else {
            throw BuiltDataset.noSplit(recipe, build.number)
        }
        self.split = try SplitTable(try opened.store.read(split.digest))
        let isNormalized = recipe.features.normalize == .dataset
        let ingest = try entries("ingest")
        parts = try BuiltDataset.parts(
            features: try entries(isNormalized ? "normalize" : "features"), ingest: ingest,
            copies: try entries(isNormalized ? "normalize-augmented" : "augment"), split: self.split)
        hasCorpora = Set(ingest.map { $0.subject.prefix { $0 != "/" } }).count > 1
    }

    private static func parts(
        features: [Inventory.Entry], ingest: [Inventory.Entry], copies: [Inventory.Entry], split: SplitTable
    ) throws -> [Part] {
        guard features.count == ingest.count, split.packFirstRows.count == features.count + 1 else {
            throw StageError.failed(
                "the build has \(ingest.count) packs, \(features.count) of them with features; run 'twinset build' again"
            )
        }
        var parts: [Part] = []
        var packs: [String: Int] = [:]
        for (number, (entry, ingest)) in zip(features, ingest).enumerated() {
            packs[entry.subject] = number
            parts.append(
                Part(
                    entry: entry, ingest: ingest, corpus: String(entry.subject.prefix { $0 != "/" }),
                    firstRow: Int(split.packFirstRows[number]), copyOf: nil))
        }
        var next = Int(split.packFirstRows.last ?? 0)
        for entry in copies {
            guard let pack = packs[entry.subject] else { continue }
            parts.append(
                Part(
                    entry: entry, ingest: ingest[pack], corpus: parts[pack].corpus, firstRow: next,
                    copyOf: parts[pack].firstRow))
            next += entry.rows
        }
        return parts
    }

    private static func notBuilt(_ recipe: String, _ workspace: Workspace) -> StageError {
        .usage("recipe '\(recipe)' was not built in \(workspace.path) yet; run 'twinset build' first")
    }

    /// Refuses a recipe that has changed since it was built.
    private func checkRecipe() throws {
        var stages = [
            try recipe.ingestStage(), try recipe.resampleStage(), try recipe.frameStage(),
            try recipe.featureStage(),
        ].map { ($0.identity.name, $0.identity.parameters) }
        stages.append(("split", try CanonicalJSON.encode(recipe.split)))
        if let pairs = recipe.pairs { stages.append(("pairs", try CanonicalJSON.encode(pairs))) }
        if let trials = recipe.trials { stages.append(("trials", try CanonicalJSON.encode(trials))) }
        for (stage, parameters) in stages {
            guard let first = try inventory.entries(stage: stage, ofBuild: build).first,
                try inventory.parameters(of: first.key) == parameters
            else {
                throw StageError.usage(
                    "the last build of '\(recipe.name)' was made with other parameters of \(stage) than the recipe "
                        + "has now; run 'twinset build' first")
            }
        }
    }

    /// The file of the split and its digest.
    func splitPlace() throws -> (path: String, digest: Digest) {
        guard let entry = try inventory.entries(stage: "split", ofBuild: build).first else {
            throw BuiltDataset.noSplit(recipe, build)
        }
        return (store.path(of: entry.digest), entry.digest)
    }

    /// The mean and deviation of the train side, for features that are normalized by them; nil for others.
    func statistics() throws -> TensorFileReader? {
        try inventory.entries(stage: "statistics", ofBuild: build).first.map { try store.read($0.digest) }
    }

    private static func noSplit(_ recipe: Recipe, _ build: Int) -> StageError {
        .failed("build \(build) of '\(recipe.name)' has no split; run 'twinset build' again")
    }

    /// The artifacts of a selection, such as `pairs`, for one side, in order.
    func shards(_ stage: String, _ side: Side) throws -> [TensorFileReader] {
        try namedShards(stage, side).map(\.file)
    }

    /// The same with what they are called within their side.
    func namedShards(_ stage: String, _ side: Side) throws -> [(name: String, file: TensorFileReader)] {
        let prefix = side.rawValue + "/"
        return try inventory.entries(stage: stage, ofBuild: build)
            .filter { $0.subject.hasPrefix(prefix) }
            .map { (String($0.subject.dropFirst(prefix.count)), try store.read($0.digest)) }
    }

    /// The certificate that goes with the dataset; nil where none was made.
    func certificateFile() throws -> TensorFileReader? {
        try inventory.entries(stage: "certificate", ofBuild: build).first.map { try store.read($0.digest) }
    }

    /// The files of a pack's utterances, in the order of its table.
    func sources(of part: Part) throws -> [UtteranceRow] {
        try ledger.utterances(of: TaskKey(digest: part.ingest.key))
    }

    func reader(of part: Part) throws -> TensorFileReader {
        guard store.byteCount(of: part.entry.digest) != nil else {
            throw StageError.usage(
                "the features of '\(recipe.name)' are not in the store; add features to keep and build again")
        }
        return try store.read(part.entry.digest)
    }
}
