import ContentStore
import Corpus

/// Where the artifacts of a recipe's last build lie, for trainers that read them in place.
package struct BuiltArtifacts: Sendable {
    package struct Features: Sendable {
        package let path: String
        /// For augmented copies, the dataset's first row of the pack that they are copies of.
        package let copyOf: Int?
    }

    package let recipe: String
    package let dataset: Digest
    /// In the order of the dataset's rows.
    package let features: [Features]
    package let split: String
    package let splitDigest: Digest
    let workspace: Workspace
    let built: BuiltDataset

    /// Throws where the recipe was not built as it now is, or its features were not kept.
    package init(_ recipe: Recipe, workspace: Workspace) throws {
        let built = try BuiltDataset(recipe, workspace: workspace)
        self.built = built
        self.workspace = workspace
        self.recipe = recipe.name
        dataset = built.dataset
        features = try built.parts.map { part in
            Features(path: try built.reader(of: part).path, copyOf: part.copyOf)
        }
        (split, splitDigest) = try built.splitPlace()
    }

    /// The number of the build.
    var build: Int { built.build }

    /// The shards of a selection, `pairs` or `trials`, of one side, in order; none where the recipe makes none.
    package func shards(_ stage: String, _ side: Side) throws -> [String] {
        try built.shards(stage, side).map(\.path)
    }

    /// The mean and deviation of the train side, for recipes that normalize by them; nil for others.
    package func statistics() throws -> TensorFileReader? { try built.statistics() }

    /// The sets of episodes of one side, with what they are called: `5-shot-20-way`.
    package func episodes(_ side: Side) throws -> [(name: String, path: String)] {
        try built.namedShards("episodes", side).map { ($0.name, $0.file.path) }
    }
}
