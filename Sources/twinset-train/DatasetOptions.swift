import ArgumentParser
import Corpus
import Stages
import Training

/// Which built dataset is meant.
struct DatasetOptions: ParsableArguments {
    @Argument(help: "The recipe, whose last build is taken.", completion: .file(extensions: ["yaml"]))
    var recipe: String

    @Option(help: "The folder of the manifest and the store.", completion: .directory)
    var workspace: String = ".twinset"

    @Option(
        name: .long,
        help: ArgumentHelp("Where a corpus of the recipe lies.", valueName: "NAME=DIR"))
    var corpus: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Overrides a key of the recipe, or of the training: train.epochs=5.", valueName: "KEY=VALUE"))
    var set: [String] = []

    /// The recipe with what the command line says.
    func readRecipe(settings: [String] = []) throws -> Recipe {
        try RecipeReader(settings: self.set + settings, corpora: corpus).read(path: recipe)
    }

    static func place(_ built: BuiltArtifacts) throws -> DatasetPlace {
        DatasetPlace(
            dataset: built.dataset.hex,
            features: built.features.map { .init(path: $0.path, copyOf: $0.copyOf) }, split: built.split,
            pairs: try Side.allCases.map { .init(side: $0, paths: try built.shards("pairs", $0)) },
            trials: try Side.allCases.map { .init(side: $0, paths: try built.shards("trials", $0)) })
    }
}
