import ContentStore
import Manifest
import Testing

@Suite("Builds")
struct ForgettingTests {
    private static func question(_ name: String) -> TaskQuestion {
        ManifestFixture.question("ingest", name, parameters: "\"\(name)\"")
    }

    /// Records a task for each name, whose artifact is called `of` name unless named otherwise.
    private func record(
        _ names: [String], makes: [String: String] = [:], _ fixture: borrowing ManifestFixture
    ) async throws {
        let receipts = names.map { name in
            Receipt(
                question: ForgettingTests.question(name),
                artifact: ManifestFixture.artifact(makes[name] ?? "of \(name)"),
                isKept: true, counts: TaskCounts(), utterances: [LedgerTests.utterance(name)],
                elapsedSeconds: 1,
                host: "here")
        }
        try await fixture.writer.record(receipts)
    }

    private func build(
        _ recipe: String, _ dataset: String, _ names: [String], _ fixture: borrowing ManifestFixture
    ) async throws -> Int {
        try await fixture.writer.record(
            build: ManifestFixture.build(recipe, dataset, tasks: names.map(ForgettingTests.question)))
    }

    /// Of `names`, those whose task is still recorded.
    private func remaining(_ names: [String], _ fixture: borrowing ManifestFixture) throws -> [String] {
        var found: [String] = []
        for name in names where try fixture.ledger.answer(to: ForgettingTests.question(name).key) != nil {
            found.append(name)
        }
        return found
    }

    @Test("are listed with the last first, and found by their recipe")
    func listed() async throws {
        let fixture = try ManifestFixture()
        #expect(try fixture.ledger.builds().isEmpty)
        try await record(["a", "b"], fixture)
        let numbers = [
            try await build("one", "first", ["a"], fixture), try await build("two", "second", ["b"], fixture),
            try await build("one", "third", ["a", "b"], fixture),
        ]
        #expect(Set(numbers).count == 3)
        let builds = try fixture.ledger.builds()
        #expect(builds.map(\.number) == numbers.reversed())
        #expect(builds.map(\.recipe) == ["one", "two", "one"])
        #expect(builds.map(\.dataset) == ["third", "second", "first"].map(ManifestFixture.digest))
        #expect(try fixture.ledger.lastBuild(of: "one")?.number == numbers[2])
        #expect(try fixture.ledger.lastBuild(of: "two")?.number == numbers[1])
        #expect(try fixture.ledger.lastBuild(of: "three") == nil)
    }

    @Test("when forgotten take along exactly the tasks that no other build has")
    func forgetBuilds() async throws {
        let fixture = try ManifestFixture()
        let names = ["a", "b", "c", "d", "e"]
        try await record(names, fixture)
        let first = try await build("one", "first", ["a", "b", "c"], fixture)
        let second = try await build("two", "second", ["b", "d"], fixture)
        let third = try await build("one", "third", ["c"], fixture)
        try await fixture.writer.forget(builds: [first])
        #expect(try fixture.ledger.builds().map(\.number) == [third, second])
        #expect(try remaining(names, fixture) == ["b", "c", "d"])
        #expect(try fixture.ledger.utterances(of: ForgettingTests.question("a").key) == [])
        #expect(try fixture.ledger.utterances(of: ForgettingTests.question("b").key).map(\.id) == ["b"])
        #expect(try fixture.ledger.lastQuestion(stage: "ingest", subject: "a") == nil)
        try await fixture.writer.forget(builds: [second, third])
        #expect(try remaining(names, fixture) == [])
        #expect(try fixture.ledger.builds().isEmpty)
    }

    @Test(
        "take what was trained on their dataset along when it is built again, and keep it from being forgotten"
    )
    func trained() async throws {
        let fixture = try ManifestFixture()
        try await record(["a", "b", "net", "other"], fixture)
        let first = try await build("one", "first", ["a", "b"], fixture)
        let trained = ["net", "a"].map { ("train", ForgettingTests.question($0).key) }
        // "a" is there already.
        try await fixture.writer.add(trained, toBuild: first)
        let inventory = Inventory(fixture.database)
        #expect(try inventory.artifacts(ofBuilds: [first]).count == 3)
        let again = try await build("one", "first", ["a", "b"], fixture)
        let changed = try await build("one", "second", ["other"], fixture)
        #expect(try inventory.artifacts(ofBuilds: [again]).count == 3)
        #expect(try inventory.artifacts(ofBuilds: [changed]).count == 1)
        try await fixture.writer.forget(builds: [first])
        #expect(try remaining(["a", "b", "net", "other"], fixture) == ["a", "b", "net", "other"])
        try await fixture.writer.forget(builds: [again])
        #expect(try remaining(["a", "b", "net", "other"], fixture) == ["other"])
    }

    @Test("can be forgotten and made again")
    func forgottenAndMadeAgain() async throws {
        let fixture = try ManifestFixture()
        try await record(["a"], fixture)
        let first = try await build("one", "first", ["a"], fixture)
        try await fixture.writer.forget(builds: [first])
        try await record(["a"], makes: ["a": "other bytes"], fixture)
        _ = try await build("one", "second", ["a"], fixture)
        let answer = try fixture.ledger.answer(to: ForgettingTests.question("a").key)
        #expect(answer?.artifact == ManifestFixture.artifact("other bytes"))
        #expect(try fixture.ledger.utterances(of: ForgettingTests.question("a").key).map(\.id) == ["a"])
    }

    @Test("survive when the tasks of an artifact are forgotten, all of them and no others")
    func forgetArtifacts() async throws {
        let fixture = try ManifestFixture()
        try await record(["a", "b", "c"], makes: ["a": "same", "b": "same"], fixture)
        let number = try await build("one", "first", ["a", "b", "c"], fixture)
        try await fixture.writer.forget(artifacts: [ManifestFixture.digest("absent")])
        #expect(try remaining(["a", "b", "c"], fixture) == ["a", "b", "c"])
        try await fixture.writer.forget(artifacts: [ManifestFixture.digest("same")])
        #expect(try remaining(["a", "b", "c"], fixture) == ["c"])
        #expect(try fixture.ledger.utterances(of: ForgettingTests.question("a").key) == [])
        #expect(try fixture.ledger.builds().map(\.number) == [number])
    }
}
