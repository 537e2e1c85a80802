import Foundation
import Testing

@Suite("Exit statuses and what is said with them")
struct ExitStatusTests {
    private let folder = WorkFolder()

    /// A recipe that is wrong in one line, and what must be said of it.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let from: String
        let to: String
        let line: Int
        let words: [String]
        var testDescription: String { to }
    }

    private static let mistakes = [
        Mistake(
            from: "  mels: 40", to: "  mals: 40", line: 13, words: ["features.mals", "did you mean 'mels'?"]),
        Mistake(from: "features:", to: "featurs:", line: 11, words: ["featurs", "did you mean 'features'?"]),
        Mistake(
            from: "kind: fbank", to: "kind: fbanks", line: 12,
            words: ["features.kind", "did you mean 'fbank'?"]),
        Mistake(
            from: "window: 25ms", to: "window: 25", line: 8, words: ["frame.window", "with its unit", "25ms"]),
        Mistake(
            from: "window: 25ms", to: "window: 25kHz", line: 8, words: ["frame.window", "with its unit"]),
        Mistake(
            from: "hop: 10ms", to: "hop: 10.01ms", line: 9,
            words: ["frame.hop", "160.16 samples", "16000 Hz"]),
        Mistake(from: "rate: 16kHz", to: "rate: 16", line: 6, words: ["resample.rate", "16kHz"]),
        Mistake(from: "train: 80%", to: "train: 0.8", line: 15, words: ["split.train", "%"]),
        Mistake(
            from: "mels: 40", to: "mels: many", line: 13, words: ["features.mels", "whole number", "'many'"]),
        Mistake(from: "seed: 1", to: "seed: -1", line: 18, words: ["pairs.seed", "whole number"]),
        Mistake(from: "hop: 10ms", to: "hop: [10ms", line: 9, words: ["YAML"]),
    ]

    private static let recipe = """
        name: small
        corpora:
          librispeech:
            layout: librispeech
        resample:
          rate: 16kHz
        frame:
          window: 25ms
          hop: 10ms
          length: 1s
        features:
          kind: fbank
          mels: 40
        split:
          train: 80%
        pairs:
          count: 10
          seed: 1

        """

    @Test(
        "an unknown or misspelt key, a wrong unit, a duration off a sample are one clear error with file and line: 2",
        arguments: mistakes)
    func wrongRecipe(mistake: Mistake) async throws {
        var dataset = try await Reference.fresh(in: folder)
        dataset.recipe = folder.path + "/small.yaml"
        let wrong = ExitStatusTests.recipe.replacingOccurrences(of: mistake.from, with: mistake.to)
        try #require(wrong != ExitStatusTests.recipe)
        try Tree.write(wrong, to: dataset.recipe)
        for verb in ["build", "plan"] {
            let run = try await Twinset.run(dataset.arguments(verb))
            expectOneSentence(run, status: 2)
            if !mistake.words.contains("YAML") {
                #expect(
                    run.complaint.hasPrefix("twinset: \(dataset.recipe):\(mistake.line): "),
                    "\(run.complaint)")
            } else {
                #expect(run.complaint.hasPrefix("twinset: \(dataset.recipe):"), "\(run.complaint)")
            }
            for word in mistake.words { #expect(run.complaint.contains(word), "\(run.complaint)") }
        }
        #expect(!FileManager.default.fileExists(atPath: dataset.workspace))
    }

    @Test("the recipe that those mistakes are made in is right: 0")
    func rightRecipe() async throws {
        var dataset = try await Reference.fresh(in: folder)
        dataset.recipe = folder.path + "/small.yaml"
        try Tree.write(ExitStatusTests.recipe, to: dataset.recipe)
        let run = try await Twinset.run(dataset.arguments("build", ["--json"]))
        #expect(run.status == 0)
        #expect(run.complaint == "")
        let summary: Summary = try run.json()
        #expect(summary.pairs == 10)
    }

    @Test(
        "a wrong --set names the option, what is valid and the nearest name: 2",
        arguments: [
            ("features.mells=40", "did you mean 'mels'?"), ("feature.mels=40", "did you mean 'features'?"),
            ("features.mels", "KEY=VALUE"), ("features.mels.low=4", "'low' cannot be set"),
            ("frame.hop=1", "with its unit"),
        ])
    func wrongSetting(setting: String, word: String) async throws {
        let dataset = try await Reference.fresh(in: folder)
        let run = try await Twinset.run(dataset.arguments("build", ["--set", setting]))
        expectOneSentence(run, status: 2)
        #expect(run.complaint.contains(word), "\(run.complaint)")
        #expect(run.complaint.hasPrefix("twinset: --set \(setting): "), "\(run.complaint)")
    }

    @Test("a missing recipe is named: 2")
    func missingRecipe() async throws {
        var dataset = try await Reference.fresh(in: folder)
        dataset.recipe = folder.path + "/nothing.yaml"
        let run = try await Twinset.run(dataset.arguments("build"))
        expectOneSentence(run, status: 2)
        #expect(run.complaint.contains(dataset.recipe))
    }

    @Test("a missing corpus is one clear error with file, line and what to say instead: 2")
    func missingCorpus() async throws {
        var dataset = try await Reference.fresh(in: folder)
        dataset.corpus = folder.path + "/nowhere"
        let gone = try await Twinset.run(dataset.arguments("build"))
        expectOneSentence(gone, status: 2)
        #expect(gone.complaint.contains(#/fbanknet\.yaml:\d+: /#) && gone.complaint.contains(dataset.corpus))
        let unsaid = try await Twinset.run(["build", dataset.recipe, "--workspace", dataset.workspace])
        expectOneSentence(unsaid, status: 2)
        #expect(unsaid.complaint.contains(#/fbanknet\.yaml:\d+: /#))
        #expect(unsaid.complaint.contains("--corpus librispeech=DIR"))
        let other = try await Twinset.run(
            ["build", dataset.recipe, "--workspace", dataset.workspace, "--corpus", "libri=\(folder.path)"])
        expectOneSentence(other, status: 2)
        #expect(other.complaint.contains("'libri'") && other.complaint.contains("librispeech"))
        try Tree.makeFolder(dataset.corpus)
        let empty = try await Twinset.run(dataset.arguments("build"))
        expectOneSentence(empty, status: 2)
        #expect(empty.complaint.contains("no audio file"))
    }

    @Test(
        "an unknown option, a missing argument, an unknown command are bad usage: 2",
        arguments: [
            ["build", "--jbos", "2", "r.yaml"], ["build"], ["bild", "r.yaml"],
            ["build", "r.yaml", "--jobs", "0"],
        ])
    func badUsage(arguments: [String]) async throws {
        let run = try await Twinset.run(arguments)
        #expect(run.status == 2)
        #expect(run.output == "")
        #expect(run.complaint.hasPrefix("twinset: "))
        #expect(run.complaint.contains("--help"))
        #expect(!run.complaint.contains("twinset: Error: "), "\(run.complaint)")
    }

    @Test("a workspace that cannot be written is one clear sentence: 1")
    func unwritableWorkspace() async throws {
        let dataset = try await Reference.fresh(in: folder)
        try Tree.write("in the way", to: dataset.workspace)
        let run = try await Twinset.run(dataset.arguments("build"))
        expectOneSentence(run, status: 1)
        #expect(run.complaint.contains(dataset.workspace))
        #expect(try Tree.read(dataset.workspace) == Array("in the way".utf8))
    }

    @Test("a workspace from a newer version is one clear sentence: 1")
    func newerWorkspace() async throws {
        let dataset = try await Reference.copy(in: folder)
        try await raiseVersion(of: dataset.workspace + "/manifest.sqlite", to: 99)
        for arguments in [
            dataset.arguments("build"), dataset.arguments("plan"),
            ["verify", "--workspace", dataset.workspace],
            ["artifacts", "--workspace", dataset.workspace], ["gc", "--workspace", dataset.workspace],
        ] {
            let run = try await Twinset.run(arguments)
            expectOneSentence(run, status: 1)
            #expect(
                run.complaint.contains("version 99") && run.complaint.contains("newer"), "\(run.complaint)")
        }
    }

    /// SQLite keeps the number an application may set at bytes 60 to 63 of the file's header, big-endian.
    private func raiseVersion(of path: String, to version: Int) async throws {
        if FileManager.default.fileExists(atPath: "/usr/bin/sqlite3") {
            let run = try await Twinset.run(
                program: "/usr/bin/sqlite3", [path, "PRAGMA user_version = \(version)"])
            try #require(run.status == 0)
        } else {
            var bytes = try Tree.read(path)
            bytes[60..<64] = [0, 0, UInt8(version >> 8), UInt8(version & 255)]
            try Tree.write(bytes, to: path)
        }
    }

    @Test("a manifest that is no manifest, and one that is damaged, are one clear sentence: 1")
    func damagedManifest() async throws {
        let dataset = try await Reference.copy(in: folder)
        let path = dataset.workspace + "/manifest.sqlite"
        try Tree.write("not a database at all, but long enough to be looked at as one", to: path)
        let run = try await Twinset.run(dataset.arguments("build"))
        expectOneSentence(run, status: 1)
        #expect(run.complaint.contains(path))
    }

    @Test(
        "commands about a workspace that is not there say so, make nothing, and fail: 1",
        arguments: [
            ["verify"], ["gc"], ["gc", "--dry-run"], ["artifacts"], ["show", "19-217-0000"],
            ["verify", "--repair"],
        ])
    func missingWorkspace(arguments: [String]) async throws {
        let dataset = try await Reference.fresh(in: folder)
        let run = try await Twinset.run(arguments + ["--workspace", dataset.workspace])
        expectOneSentence(run, status: 1)
        #expect(run.complaint.contains(dataset.workspace))
        #expect(!FileManager.default.fileExists(atPath: dataset.workspace))
    }

    @Test("what a dataset cannot have is refused with the counts")
    func impossiblePairs() async throws {
        let dataset = try await Reference.copy(in: folder)
        let run = try await Twinset.run(
            dataset.arguments("build", ["--set", "pairs.kind=pairs", "--set", "pairs.count=1000000000"]))
        #expect(run.complaint.contains(/500000000 same pairs .* only \d+ exist/), "\(run.complaint)")
        expectOneSentence(run, status: 1)
    }

    private func expectOneSentence(
        _ run: TwinsetRun, status: Int32, at place: SourceLocation = #_sourceLocation
    ) {
        #expect(run.status == status, "\(run.complaint)", sourceLocation: place)
        #expect(run.output == "", sourceLocation: place)
        #expect(run.complaintLines.count == 1, "\(run.complaint)", sourceLocation: place)
        #expect(run.complaint.hasPrefix("twinset: "), sourceLocation: place)
        for word in ["Error(", "Error Domain", "Optional(", "Fatal", "Swift."] {
            #expect(!run.complaint.contains(word), "\(run.complaint)", sourceLocation: place)
        }
    }
}
