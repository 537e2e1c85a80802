import Foundation
import Testing

@Suite("Help and shell completion")
struct HelpTests {
    private let folder = WorkFolder()

    @Test(
        "help texts teach: every command names its options",
        arguments: [
            (
                ["build"],
                [
                    "RECIPE", "--corpus", "NAME=DIR", "--workspace", "--jobs", "--set", "KEY=VALUE",
                    "--dry-run", "--json", "3 built",
                ]
            ),
            (["plan"], ["--corpus", "--workspace", "--set", "--json", "old → new"]),
            (["artifacts"], ["--stage", "--json", "--workspace"]),
            (["show"], ["<id>", "--workspace", "quarantine"]),
            (["verify"], ["--repair", "--jobs", "--workspace"]),
            (["gc"], ["--dry-run", "--keep", "--workspace"]),
            (["picture"], ["--out", "--examples", "--workspace"]),
            (["certificate"], ["--json", "--workspace"]),
            (["trials", "write"], ["RECIPE", "--form", "voxceleb", "kaldi", "--out", "--side", "--json"]),
            (
                ["trials", "check"],
                ["LIST", "RECIPE", "--corpus", "--workspace", "--json", "1 files are missing"]
            ),
            ([], ["build", "plan", "artifacts", "show", "verify", "gc", "picture", "certificate", "trials"]),
        ])
    func helpNamesOptions(command: [String], words: [String]) async throws {
        for arguments in [command + ["--help"], ["help"] + command] {
            let run = try await Twinset.run(arguments)
            #expect(run.status == 0)
            #expect(run.complaint == "")
            for word in words { #expect(run.output.localizedCaseInsensitiveContains(word), "\(word)") }
        }
    }

    @Test("completion scripts are made for the shells", arguments: ["bash", "zsh", "fish"])
    func completionScripts(shell: String) async throws {
        let run = try await Twinset.run(["--generate-completion-script", shell])
        #expect(run.status == 0)
        for word in ["build", "artifacts", "dry-run", "workspace"] {
            #expect(run.output.contains(word), "\(word)")
        }
        guard shell == "bash" else { return }
        let path = folder.path + "/completion"
        try Tree.write(run.output, to: path)
        #expect(try await Twinset.run(program: "/bin/bash", ["-n", path]).status == 0)
    }

    @Test("--version is one line")
    func version() async throws {
        let run = try await Twinset.run(["--version"])
        #expect(run.status == 0)
        #expect(run.output.contains(/^\d+\.\d+\.\d+\n$/))
    }
}
