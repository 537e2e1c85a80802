import Foundation
import Testing

@Suite("Killed builds and two at once")
struct KilledBuildTests {
    private let folder = WorkFolder()

    /// Enough packs for a build to record its work in two goes.
    private static let packCount = 70

    private func manyPacks(_ count: Int = packCount) throws -> Dataset {
        let corpus = folder.path + "/LibriSpeech"
        try SmallCorpus.manySpeakers(count).write(to: corpus)
        return Dataset(corpus: corpus, workspace: folder.path + "/undisturbed")
    }

    @Test(
        "kill −9 at any moment, then build again: the same digest, nothing half-published",
        .timeLimit(.minutes(5)))
    func killedAtAnyMoment() async throws {
        let dataset = try manyPacks()
        let began = ContinuousClock.now
        let undisturbed = try await dataset.build()
        #expect(undisturbed.tasks.ran == 4 * KilledBuildTests.packCount + 3)
        var length = began.duration(to: .now)
        var killedCount = 0
        let moments = 14
        for moment in 0..<moments {
            var disturbed = dataset
            disturbed.workspace = folder.path + "/killed-\(moment)"
            let running = try RunningProgram(Twinset.program, disturbed.arguments("build"))
            running.kill(after: length * (2 * moment + 1) / (2 * moments))
            let run = await running.end(limit: .seconds(60))
            // Others use this machine too: the shortest build seen tells when one can be hit.
            if run.status == nil { killedCount += 1 } else { length = min(length, .seconds(run.seconds)) }
            try await disturbed.expectWholeStore()
            let summary = try await disturbed.build()
            #expect(summary.dataset == undisturbed.dataset, "killed at moment \(moment)")
            #expect(disturbed.published == dataset.published, "killed at moment \(moment)")
            try await disturbed.expectCleanStore()
            #expect(try await disturbed.build().tasks.ran == 0)
        }
        #expect(killedCount >= moments / 2)
    }

    @Test("a build that waits for one that is killed goes on at once and comes to the same digest")
    func killedWhileAnotherWaits() async throws {
        let dataset = try manyPacks(140)
        let (first, second) = try await onOwnThread {
            let first = try RunningProgram(Twinset.program, dataset.arguments("build"))
            try #require(first.wait { dataset.holder.hasPrefix("process ") })
            let second = try RunningProgram(Twinset.program, dataset.arguments("build", ["--json"]))
            try #require(second.wait { second.complaint.contains("waiting") })
            first.kill()
            return (first, second)
        }
        #expect(await first.end(limit: .seconds(60)).status == nil)
        let run = await second.end(limit: .seconds(60))
        #expect(run.status == 0)
        let summary: Summary = try run.json()
        #expect(summary.tasks.ran > 0)
        try await dataset.expectCleanStore()
        var undisturbed = dataset
        undisturbed.workspace = folder.path + "/other"
        #expect(try await undisturbed.build().dataset == summary.dataset)
    }

    @Test(
        "two builds at once on one workspace: the second says who holds it, waits, and comes to the same digest"
    )
    func twoAtOnce() async throws {
        let dataset = try manyPacks(140)
        let (first, second) = try await onOwnThread {
            let first = try RunningProgram(Twinset.program, dataset.arguments("build", ["--json"]))
            try #require(first.wait { dataset.holder.hasPrefix("process ") })
            return (first, try RunningProgram(Twinset.program, dataset.arguments("build", ["--json"])))
        }
        let (made, waited) = (await first.end(limit: .seconds(60)), await second.end(limit: .seconds(60)))
        #expect(made.status == 0 && waited.status == 0)
        let (one, other): (Summary, Summary) = (try made.json(), try waited.json())
        #expect(one.dataset == other.dataset)
        #expect(one.tasks.ran == 4 * 140 + 3)
        #expect(other.tasks.ran == 0)
        #expect(made.complaint == "")
        #expect(waited.complaintLines.count == 1)
        #expect(
            waited.complaint.contains("is held by process \(first.identifier) on "), "\(waited.complaint)")
    }

    @Test("gc waits for the build that runs, says who holds the workspace, and takes nothing from it")
    func collectionWaits() async throws {
        let dataset = try manyPacks(140)
        let (build, collection) = try await onOwnThread {
            let build = try RunningProgram(Twinset.program, dataset.arguments("build", ["--json"]))
            try #require(build.wait { dataset.holder.hasPrefix("process ") })
            // The manifest is made a moment after the lock is taken.
            try #require(build.wait { Tree.isThere(dataset.workspace + "/store/incoming") })
            return (build, try RunningProgram(Twinset.program, ["gc", "--workspace", dataset.workspace]))
        }
        let (made, collected) = (
            await build.end(limit: .seconds(60)), await collection.end(limit: .seconds(60))
        )
        #expect(made.status == 0 && collected.status == 0, "\(collected.complaint)")
        #expect(
            collected.complaint.contains("is held by process \(build.identifier) on "),
            "\(collected.complaint)")
        #expect(collected.output.hasPrefix("0 artifacts "))
        #expect(try await dataset.build().tasks.ran == 0)
    }

    @Test("several first plans and builds at once on a workspace that is not there all succeed")
    func manyBeginnings() async throws {
        let dataset = try await Reference.fresh(in: folder)
        for attempt in 0..<4 {
            var workspace = dataset
            workspace.workspace = folder.path + "/first-\(attempt)"
            let started = try ["build", "plan", "build", "plan"].map { verb in
                try RunningProgram(
                    Twinset.program, workspace.arguments(verb, ["--set", "pairs.seed=\(attempt)"]))
            }
            for running in started {
                let run = await running.end(limit: .seconds(60))
                #expect(run.status == 0, "\(run.complaint)")
            }
        }
    }
}

extension Dataset {
    /// Who holds the workspace, as its lock says.
    fileprivate var holder: String {
        String(decoding: FileManager.default.contents(atPath: workspace + "/lock") ?? Data(), as: UTF8.self)
    }
}
