import Foundation
import Testing

/// What scripts/check-recipes made by the authors' rules and libraries alone, of the corpora beside the package.
private struct PublishedSystem: Decodable {
    struct Example: Decodable {
        let utterance: String
        /// The first sample, at the dataset's rate.
        let start: Int
        let shape: [Int]
        /// Where the values lie in the matrix, row by row.
        let places: [Int]
        let values: [Double]
    }

    let count: Int
    /// The largest and mean difference allowed.
    let largest: Double
    let mean: Double
    /// What the recipe is built with, as the corpora are small.
    let settings: [String]
    let examples: [Example]

    private struct File: Decodable {
        let systems: [String: PublishedSystem]
    }

    static let shared = URL(fileURLWithPath: Dataset.root).deletingLastPathComponent()
        .appendingPathComponent("shared/data").path
    static let isThere = FileManager.default.fileExists(atPath: shared + "/LibriSpeech/SPEAKERS.TXT")

    static func all() throws -> [String: PublishedSystem] {
        let path = Dataset.root + "/Tests/EndToEndTests/Golden/recipes.json"
        return try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(fileURLWithPath: path))).systems
    }
}

@Suite(
    "The published datasets", .enabled(if: PublishedSystem.isThere, "needs real speech beside the package"))
struct PublishedRecipeTests {
    private let folder = WorkFolder()

    static let names = [
        "fbanknet", "mfcc-siamese", "mfcc-siamese-raw", "mfcc-siamese-vggish", "resnet18-voxceleb1",
        "spectrogramnet", "spectrogramnet-contrastive", "voicemap",
    ]

    @Test("every recipe has a system to compare with")
    func complete() throws {
        #expect(try PublishedSystem.all().keys.sorted() == Self.names)
        // The one recipe that nobody published takes every mended value of FBankNet's.
        let recipes = Tree.files(Dataset.manifests).map { $0.replacing(".yaml", with: "") }.sorted()
        #expect(
            recipes.filter { $0 != "fbanknet-unseen" } == Self.names && recipes.count == Self.names.count + 1)
    }

    @Test("a recipe makes as many examples as its authors' rules do, and the same ones", arguments: names)
    func examples(name: String) async throws {
        let system = try #require(try PublishedSystem.all()[name])
        let corpus = name == "resnet18-voxceleb1" ? "VoxShaped" : "LibriSpeech"
        let dataset = Dataset(
            recipe: Dataset.manifests + "/\(name).yaml", corpus: PublishedSystem.shared + "/" + corpus,
            workspace: folder.path + "/" + name)
        var arguments = ["build", dataset.recipe, "--workspace", dataset.workspace, "--json"]
        arguments += [
            "--corpus", "\(name == "resnet18-voxceleb1" ? "voxceleb" : "librispeech")=\(dataset.corpus)",
        ]
        let run = try await Twinset.run(arguments + system.settings.flatMap { ["--set", $0] })
        try #require(run.status == 0, "\(run.complaint)")
        let summary: Summary = try run.json()
        #expect(summary.examples == system.count && summary.quarantined == 0)
        #expect(!system.examples.isEmpty)
        let files = try await dataset.artifacts("--stage", "features").compactMap {
            try $0.path.map(SafetensorsFile.init)
        }
        for example in system.examples { try compare(example, system, files) }
    }

    private func compare(
        _ example: PublishedSystem.Example, _ system: PublishedSystem, _ files: [SafetensorsFile]
    ) throws {
        for file in files {
            guard let number = try file.texts("utterance").firstIndex(of: example.utterance) else { continue }
            let (utterances, starts) = (try file.integers("row.utterance"), try file.integers("row.start"))
            let row = utterances.indices.first { utterances[$0] == number && starts[$0] == example.start }
            guard let row else { continue }
            #expect(file.entries["features"]?.shape.dropFirst() == example.shape[...])
            let size = example.shape.reduce(1, *)
            let values = try file.floats("features", row * size..<(row + 1) * size)
            let differences = zip(example.places, example.values).map { abs(Double(values[$0]) - $1) }
            #expect((differences.max() ?? .infinity) <= system.largest, "\(example.utterance)")
            #expect(
                differences.reduce(0, +) / Double(differences.count) <= system.mean, "\(example.utterance)")
            return
        }
        Issue.record("no example of \(example.utterance) starts at \(example.start)")
    }
}
