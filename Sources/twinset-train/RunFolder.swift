import ContentStore
import Foundation
import Stages
import Training

/// The folder of a run, and the recipe that it came from, kept in it as `recipe.json`.
struct RunFolder {
    /// Where a run came from.
    private struct Source: Codable {
        let recipe: Recipe.Origin
        /// The whole path of the workspace.
        let workspace: String
    }

    let path: String
    /// The file of its network.
    var weights: String {
        get throws(TrainingError) {
            let file = path + "/weights.safetensors"
            guard FileManager.default.fileExists(atPath: file) else {
                throw .unusable("the run in \(path) is not finished; go on with 'twinset train … --resume'")
            }
            return file
        }
    }
    private let source: Source

    /// The run of `argument`: its folder, or a recipe whose run lies in the workspace.
    init(_ argument: String, workspace: String) throws {
        if FileManager.default.fileExists(atPath: argument + "/run.json") {
            try self.init(path: argument)
        } else if argument.hasSuffix(".yaml") || argument.hasSuffix(".yml") {
            let recipe = try RecipeReader().read(path: argument)
            try self.init(path: RunFolder.usual(recipe.name, workspace: workspace))
        } else {
            throw TrainingError.unusable(
                "\(argument) is no folder of a run and no recipe; run 'twinset train' first")
        }
    }

    private init(path: String) throws {
        let file = path + "/recipe.json"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw TrainingError.unusable("there is no run in \(path); run 'twinset train' first")
        }
        self.path = path
        do {
            source = try CanonicalJSON.decode(Source.self, from: text)
        } catch {
            throw TrainingError.unusable("\(file) is damaged: \(error.message); train again")
        }
    }

    /// The one finished run of a workspace.
    static func only(workspace: String) throws -> RunFolder {
        let folder = workspace + "/runs"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let runs = names.filter {
            FileManager.default.fileExists(atPath: "\(folder)/\($0)/weights.safetensors")
        }.sorted()
        guard let run = runs.first else {
            throw TrainingError.unusable(
                "there is no finished run in \(folder); run 'twinset train' first, or give --run or --workspace"
            )
        }
        guard runs.count == 1 else {
            throw TrainingError.unusable(
                "\(folder) has several runs (\(runs.joined(separator: ", "))); say which with --run \(folder)/\(run)"
            )
        }
        return try RunFolder(path: "\(folder)/\(run)")
    }

    /// Where a recipe's run lies unless told otherwise.
    static func usual(_ recipe: String, workspace: String) -> String { "\(workspace)/runs/\(recipe)" }

    /// Keeps in a run's folder where it comes from.
    static func keep(_ recipe: Recipe, workspace: String, in folder: String) throws {
        let source = Source(recipe: recipe.origin, workspace: URL(fileURLWithPath: workspace).path)
        try (CanonicalJSON.encode(source) + "\n")
            .write(toFile: folder + "/recipe.json", atomically: true, encoding: .utf8)
    }

    /// The recipe as it was when the run was made.
    func recipe() throws -> Recipe { try RecipeReader.read(source.recipe) }

    /// The workspace that the folder lies in, wherever that was moved; else the one it came from.
    private var workspace: String {
        let around = URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let isOne = FileManager.default.fileExists(atPath: Workspace(path: around).manifestPath)
        return isOne ? around : source.workspace
    }

    /// The recipe's last build, which must still be the dataset of that digest.
    func artifacts(of dataset: String) throws -> BuiltArtifacts {
        let built = try BuiltArtifacts(try recipe(), workspace: Workspace(path: workspace))
        guard built.dataset.hex == dataset else {
            throw TrainingError.unusable(
                "the run in \(path) was trained on the dataset \(dataset.prefix(12)), and the last build of "
                    + "'\(built.recipe)' is \(built.dataset.hex.prefix(12)); build that again, or train again"
            )
        }
        return built
    }
}
