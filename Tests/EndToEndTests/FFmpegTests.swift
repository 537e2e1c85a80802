import Foundation
import TestSupport
import Testing

@Suite("VoxCeleb2's files, which ffmpeg decodes")
struct FFmpegTests {
    private let folder = WorkFolder()

    private static let recipe = """
        name: vox2
        corpora: {vox2: {layout: voxceleb}}
        resample: {rate: 16kHz}
        features: {kind: raw}
        """

    /// Two utterances that no library reads, and a recipe for them.
    private func prepare() throws {
        for name in ["00001", "00002"] {
            let bytes = [0, 0, 0, 24] + Array("ftypM4A made up \(name)".utf8)
            try Tree.write(bytes, to: folder.path + "/vox2/dev/aac/id00012/21Uxsk56VDQ/\(name).m4a")
        }
        try Tree.write(Array(Self.recipe.utf8), to: folder.path + "/vox2.yaml")
        try Tree.makeFolder(folder.path + "/none")
    }

    /// A program called ffmpeg of some version, alone in a folder, that hears a second in every file.
    private func install(_ version: String) throws -> String {
        let place = folder.path + "/ffmpeg-\(version)"
        var sound = WaveFile((0..<16000).map { Int16($0 % 1000) })
        sound.announcedDataSize = 0xFFFF_FFFF
        try Tree.write(sound.bytes, to: place + "/sound")
        let script = """
            #!/bin/sh
            if [ "$2" = -version ]; then echo "ffmpeg version \(version) Copyright (c) nobody"; exit 0; fi
            exec /bin/cat "\(place)/sound"

            """
        try Tree.write(Array(script.utf8), to: place + "/ffmpeg")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: place + "/ffmpeg")
        return place
    }

    private func run(_ verb: String, searchPath: String, _ more: String...) async throws -> TwinsetRun {
        try await Twinset.run(
            program: "/usr/bin/env",
            [
                "PATH=\(searchPath)", Twinset.program, verb, folder.path + "/vox2.yaml", "--corpus",
                "vox2=\(folder.path)/vox2", "--workspace", folder.path + "/workspace", "--json",
            ] + more)
    }

    @Test(
        "without it they are quarantined with what to install; with it they are heard, and its version is in the key"
    )
    func missingThenInstalled() async throws {
        try prepare()
        let without = try await run("build", searchPath: folder.path + "/none")
        #expect(without.status != 0)
        #expect(try without.json(Summary.self).quarantined == 2)
        let rows = try await Twinset.run([
            "show", "quarantine", "--workspace", folder.path + "/workspace",
        ])
        #expect(rows.output.contains("unsupported") && rows.output.contains("apt-get install ffmpeg"))

        let one = try install("1.0")
        let first = try await run("build", searchPath: one)
        #expect(first.status == 0, "\(first.complaint)")
        let heard = try first.json(Summary.self)
        #expect(heard.utterances == 2 && heard.quarantined == 0 && heard.hours == 2.0 / 3600)
        #expect(try await run("build", searchPath: one).json(Summary.self).tasks.ran == 0)

        let two = try await run("plan", searchPath: try install("2.0")).json(PlanReport.self)
        let reason = try #require(two["ingest"]?.reasons.first)
        #expect(reason.field.hasSuffix("ffmpeg"), "\(reason.field)")
        #expect(reason.old?.contains("ffmpeg version 1.0") == true)
        #expect(reason.new?.contains("ffmpeg version 2.0") == true)
    }
}
