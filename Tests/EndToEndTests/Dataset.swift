import Foundation
import Testing

/// What `build --json` prints, as far as it is promised.
struct Summary: Decodable {
    struct Tasks: Decodable, Equatable {
        let ran: Int
        let upToDate: Int
    }

    let dataset: String
    let tasks: Tasks
    let utterances: Int
    let quarantined: Int
    let examples: Int
    let pairs: Int
    let hours: Double
    let bytes: Int
    let seconds: Double
}

/// What `plan --json` prints, as far as it is promised.
struct PlanReport: Decodable {
    struct Reason: Decodable {
        let field: String
        let old: String?
        let new: String?
        let tasks: Int
    }

    struct Stage: Decodable {
        let name: String
        let upToDate: Int
        let stale: Int
        let reasons: [Reason]
    }

    let stages: [Stage]

    var staleStages: [String] { stages.filter { $0.stale > 0 }.map(\.name) }
    var staleCount: Int { stages.reduce(0) { $0 + $1.stale } }
    subscript(name: String) -> Stage? { stages.first { $0.name == name } }
}

/// What `artifacts --json` prints for one artifact, as far as it is promised.
struct ArtifactRow: Decodable {
    let stage: String
    let subject: String
    let speaker: String?
    let digest: String
    let bytes: Int
    let rows: Int
    let path: String?
}

/// A recipe with a corpus and a workspace: what most runs of `twinset` name.
struct Dataset: Sendable {
    var recipe = Dataset.manifests + "/fbanknet.yaml"
    var corpus: String
    var workspace: String
    /// Fingerprints have tests of their own; without them a pack is four tasks.
    var settings = ["split.near-identical=false"]

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let manifests = root + "/manifests"

    func arguments(_ verb: String, _ more: [String] = []) -> [String] {
        [verb, recipe, "--corpus", "librispeech=\(corpus)", "--workspace", workspace]
            + settings.flatMap { ["--set", $0] } + more
    }

    /// Builds, and expects to succeed.
    @discardableResult
    func build(_ more: String..., at place: SourceLocation = #_sourceLocation) async throws -> Summary {
        let run = try await Twinset.run(arguments("build", more + ["--json"]), at: place)
        try #require(run.status == 0, "\(run.complaint)", sourceLocation: place)
        return try run.json()
    }

    func plan(_ more: String..., at place: SourceLocation = #_sourceLocation) async throws -> PlanReport {
        let run = try await Twinset.run(arguments("plan", more + ["--json"]), at: place)
        try #require(run.status == 0, "\(run.complaint)", sourceLocation: place)
        return try run.json()
    }

    func artifacts(_ more: String..., at place: SourceLocation = #_sourceLocation) async throws
        -> [ArtifactRow]
    {
        let run = try await Twinset.run(["artifacts", "--json", "--workspace", workspace] + more, at: place)
        try #require(run.status == 0, "\(run.complaint)", sourceLocation: place)
        return try run.json()
    }

    /// An artifact of the stage that no other task made too.
    func unsharedArtifact(_ stage: String) async throws -> ArtifactRow? {
        let rows = try await artifacts("--stage", stage)
        return rows.first { row in rows.count { $0.digest == row.digest } == 1 }
    }

    /// Any command that only takes a workspace.
    func run(_ arguments: String..., at place: SourceLocation = #_sourceLocation) async throws -> TwinsetRun {
        try await Twinset.run(arguments + ["--workspace", workspace], at: place)
    }

    /// Expects every file of the store to be whole and nothing to be left half-written.
    func expectCleanStore(at place: SourceLocation = #_sourceLocation) async throws {
        try await expectWholeStore(at: place)
        #expect(Tree.files(workspace + "/store/incoming").isEmpty, sourceLocation: place)
    }

    /// Expects the SHA-256 of every published file to be its name, by the system's own program.
    func expectWholeStore(at place: SourceLocation = #_sourceLocation) async throws {
        let files = published
        guard !files.isEmpty else { return }
        let program = ["/usr/bin/sha256sum", "/sbin/sha256sum"].first(where: FileManager.default.fileExists)
        let sums = try await Twinset.run(
            program: program ?? "/usr/bin/shasum",
            (program == nil ? ["-a", "256"] : []) + files.map { workspace + "/store/" + $0 })
        try #require(sums.status == 0, "\(sums.complaint)", sourceLocation: place)
        let lines = sums.output.split(separator: "\n")
        #expect(lines.count == files.count, sourceLocation: place)
        for line in lines {
            let digest = line.prefix(64)
            #expect(
                line.hasSuffix("/\(digest.prefix(2))/\(digest).safetensors"), "\(line)", sourceLocation: place
            )
        }
    }

    /// The files of the store that have their names.
    var published: [String] { Tree.files(workspace + "/store").filter { !$0.hasPrefix("incoming/") } }
}
