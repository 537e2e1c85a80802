import ArgumentParser

/// Which run is meant.
struct RunOptions: ParsableArguments {
    @Argument(help: "The folder of a run, or the recipe that it was trained from.", completion: .directory)
    var run: String

    @Option(help: "Where the run of a recipe lies.", completion: .directory)
    var workspace: String = ".twinset"

    func folder() throws -> RunFolder { try RunFolder(run, workspace: workspace) }
}
