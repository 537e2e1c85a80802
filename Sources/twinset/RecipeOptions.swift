import ArgumentParser
import Foundation
import Stages

/// What every command about a recipe takes.
struct RecipeOptions: ParsableArguments {
    @Argument(
        help: "The recipe, a YAML file such as manifests/fbanknet.yaml.",
        completion: .file(extensions: ["yaml"]))
    var recipe: String

    @OptionGroup var places: RecipePlaces

    var workspace: WorkspaceOption { places.workspace }
    var jobs: Int { places.jobs }

    func builder() throws -> DatasetBuilder { try places.builder(recipe: recipe) }
}

/// Where the corpora and the workspace of a recipe are, and what of it is overridden.
struct RecipePlaces: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where a corpus of the recipe lies. May be given for several.", valueName: "NAME=DIR"))
    var corpus: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Overrides one key of the recipe, such as features.mels=40.", valueName: "KEY=VALUE"))
    var set: [String] = []

    @OptionGroup var workspace: WorkspaceOption

    @Option(help: "How many packs are worked on at once. The result does not depend on it.")
    var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard jobs > 0 else { throw ValidationError("--jobs must be at least 1.") }
    }

    func builder(recipe: String) throws -> DatasetBuilder {
        let reader = RecipeReader(settings: set, corpora: corpus)
        return DatasetBuilder(recipe: try reader.read(path: recipe), workspace: workspace.value, jobs: jobs)
    }
}

struct WorkspaceOption: ParsableArguments {
    @Option(help: "The folder of the manifest and the store.", completion: .directory)
    var workspace: String = ".twinset"

    var value: Workspace { Workspace(path: workspace) }
}
