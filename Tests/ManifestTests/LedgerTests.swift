import ContentStore
import Foundation
import Manifest
import Testing

@Suite("The ledger")
struct LedgerTests {
    private static let counts = {
        var counts = TaskCounts()
        counts.utterances = 7
        counts.quarantined = 2
        counts.short = 3
        counts.examples = 41
        counts.pairs = 1_000_000_007
        counts.audioSeconds = 123.0625
        return counts
    }()

    @Test("answers a recorded question with its artifact, its retention and its counts")
    func roundtrip() async throws {
        let fixture = try ManifestFixture()
        for (subject, isKept) in [("a", true), ("b", false)] {
            let question = ManifestFixture.question(
                "ingest", subject, inputs: [TaskInput(role: "file", digest: ManifestFixture.digest(subject))])
            try await fixture.writer.record([
                Receipt(
                    question: question, artifact: ManifestFixture.artifact("made of \(subject)"),
                    isKept: isKept,
                    counts: LedgerTests.counts, elapsedSeconds: 1, host: "here")
            ])
            let answer = try #require(try fixture.ledger.answer(to: question.key))
            #expect(answer.artifact == ManifestFixture.artifact("made of \(subject)"))
            #expect(answer.isKept == isKept)
            #expect(answer.counts == LedgerTests.counts)
        }
    }

    @Test("has no answer to a question that was not asked, and answers many in their order")
    func answers() async throws {
        let fixture = try ManifestFixture()
        let questions = ["a", "b", "c"].map {
            ManifestFixture.question("ingest", $0, parameters: "\"\($0)\"")
        }
        #expect(try fixture.ledger.answer(to: questions[0].key) == nil)
        try await fixture.writer.record([
            ManifestFixture.receipt(questions[0], makes: "A"),
            ManifestFixture.receipt(questions[2], makes: "C"),
        ])
        let found = try fixture.ledger.answers(
            to: [questions[2], questions[1], questions[0], questions[2]].map(\.key))
        #expect(
            found.map { $0?.artifact.digest }
                == [
                    ManifestFixture.digest("C"), nil, ManifestFixture.digest("A"),
                    ManifestFixture.digest("C"),
                ])
        #expect(try fixture.ledger.answers(to: []).isEmpty)
    }

    @Test("keeps the first of two answers to one question, with its rows")
    func recordedTwice() async throws {
        let fixture = try ManifestFixture()
        let question = ManifestFixture.question()
        for (text, name) in [("first", "one"), ("second", "two")] {
            try await fixture.writer.record([
                Receipt(
                    question: question, artifact: ManifestFixture.artifact(text), isKept: true,
                    counts: TaskCounts(),
                    utterances: [LedgerTests.utterance(name)], elapsedSeconds: 1, host: text)
            ])
        }
        #expect(try fixture.ledger.answer(to: question.key)?.artifact == ManifestFixture.artifact("first"))
        #expect(try fixture.ledger.utterances(of: question.key).map(\.id) == ["one"])
    }

    @Test("knows that bytes are kept once they are, whichever receipt said so")
    func retention() async throws {
        let fixture = try ManifestFixture()
        let question = ManifestFixture.question()
        for (isKept, expected) in [(false, false), (true, true), (false, true)] {
            try await fixture.writer.record([ManifestFixture.receipt(question, makes: "same", isKept: isKept)]
            )
            #expect(try fixture.ledger.answer(to: question.key)?.isKept == expected)
        }
    }

    @Test("records all receipts of a call or none")
    func oneTransaction() async throws {
        let fixture = try ManifestFixture()
        let good = ManifestFixture.question("ingest", "good", parameters: "1")
        let bad = ManifestFixture.question("ingest", "bad", parameters: "2")
        let unwritable = Receipt(
            question: bad, artifact: Artifact(digest: ManifestFixture.digest("x"), byteCount: 1),
            isKept: true,
            counts: {
                var counts = TaskCounts()
                // SQLite has no such number: it becomes NULL, which the table refuses.
                counts.audioSeconds = .nan
                return counts
            }(), elapsedSeconds: 1, host: "here")
        await #expect(throws: ManifestError.self) {
            try await fixture.writer.record([ManifestFixture.receipt(good, makes: "G"), unwritable])
        }
        #expect(try fixture.ledger.answer(to: good.key) == nil)
        try await fixture.writer.record([ManifestFixture.receipt(good, makes: "G")])
        #expect(try fixture.ledger.answer(to: good.key) != nil)
    }

    @Test("tells the last question of a stage about a subject, whole")
    func lastQuestion() async throws {
        let fixture = try ManifestFixture()
        let inputs = ["z", "a", "m"].map { TaskInput(role: "file/\($0)", digest: ManifestFixture.digest($0)) }
        let questions = (1...3).map { revision in
            TaskQuestion(
                stage: StageIdentity(
                    name: "features", revision: revision, parameters: "{\"mels\":\(revision)}",
                    libraries: ["fftw3f": "3.\(revision)", "zlib": "1"]),
                subject: "a", subjectParameters: "{\"n\":\(revision)}", inputs: Array(inputs.prefix(revision))
            )
        }
        #expect(try fixture.ledger.lastQuestion(stage: "features", subject: "a") == nil)
        for question in questions {
            try await fixture.writer.record([
                ManifestFixture.receipt(question, makes: "features"),
                ManifestFixture.receipt(ManifestFixture.question("features", "b"), makes: "others"),
                ManifestFixture.receipt(ManifestFixture.question("split", "a"), makes: "others"),
            ])
            #expect(try fixture.ledger.lastQuestion(stage: "features", subject: "a") == question)
        }
        #expect(try fixture.ledger.lastQuestion(stage: "features", subject: "c") == nil)
        #expect(try fixture.ledger.lastQuestion(stage: "feature", subject: "a") == nil)
        #expect(try fixture.ledger.subjects(of: "features") == ["a", "b"])
        #expect(try fixture.ledger.subjects(of: "frame") == [])
    }

    static func utterance(_ id: String) -> UtteranceRow {
        UtteranceRow(
            corpus: "corpus", id: id, speaker: "1272", session: "128104", sampleRate: 16000,
            sampleCount: 93680,
            source: ManifestFixture.digest("source of " + id),
            audio: ManifestFixture.digest("audio of " + id),
            path: "dev/" + id + ".flac")
    }

    @Test("gives back the utterances and the quarantine of a task, in order, and of no other")
    func rows() async throws {
        let fixture = try ManifestFixture()
        let utterances = ["1272-0002", "1272-0000", "1272-0001"].map(LedgerTests.utterance)
        let quarantine = [
            QuarantineRow(
                corpus: "corpus", utterance: "1272-0009", stage: "ingest", reason: "truncated",
                message: "cut off",
                byteCount: 12, source: ManifestFixture.digest("s"), path: "dev/1272-0009.flac"),
            QuarantineRow(
                corpus: "corpus", utterance: "1272-0003", stage: "ingest", reason: "unreadable", message: "é",
                byteCount: 0, source: nil, path: "dev/1272-0003.flac"),
        ]
        let question = ManifestFixture.question("ingest", "a", parameters: "1")
        let other = ManifestFixture.question("ingest", "b", parameters: "2")
        try await fixture.writer.record([
            Receipt(
                question: question, artifact: ManifestFixture.artifact("A"), isKept: true,
                counts: TaskCounts(),
                utterances: utterances, quarantine: quarantine, elapsedSeconds: 1, host: "here"),
            Receipt(
                question: other, artifact: ManifestFixture.artifact("B"), isKept: true, counts: TaskCounts(),
                utterances: [LedgerTests.utterance("x")], elapsedSeconds: 1, host: "here"),
        ])
        #expect(try fixture.ledger.utterances(of: question.key) == utterances)
        #expect(try fixture.ledger.quarantine(of: question.key) == quarantine)
        #expect(try fixture.ledger.utterances(of: other.key).map(\.id) == ["x"])
        #expect(try fixture.ledger.quarantine(of: other.key) == [])
    }

    @Test("remembers of every subject's sources what it was told last")
    func sourceCache() async throws {
        let fixture = try ManifestFixture()
        #expect(try fixture.ledger.sourceCache() == [:])
        try await fixture.writer.remember(sources: [("a", [1, 2]), ("b", [])])
        try await fixture.writer.remember(sources: [("a", [0, 255, 3]), ("c", [9])])
        try await fixture.writer.remember(sources: [])
        #expect(try fixture.ledger.sourceCache() == ["a": [0, 255, 3], "b": [], "c": [9]])
    }

    @Test("knows after it is opened again all that was recorded before")
    func reopened() async throws {
        let fixture = try ManifestFixture()
        let question = ManifestFixture.question()
        try await fixture.writer.record([ManifestFixture.receipt(question, makes: "A")])
        let again = Ledger(try ManifestDatabase(path: fixture.database.path, create: false))
        #expect(try again.answer(to: question.key)?.artifact == ManifestFixture.artifact("A"))
    }

    @Test("copied with its log in the middle of a build, as a kill leaves it, knows what was recorded")
    func killed() async throws {
        let fixture = try ManifestFixture()
        let question = ManifestFixture.question()
        try await fixture.writer.record([ManifestFixture.receipt(question, makes: "A")])
        let copy = fixture.folder.path + "/copy.sqlite"
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: fixture.database.path + suffix, toPath: copy + suffix)
        }
        let again = Ledger(try ManifestDatabase(path: copy, create: false))
        #expect(try again.answer(to: question.key)?.artifact == ManifestFixture.artifact("A"))
    }

    @Test("gets receipts that went through JSON as they were")
    func receiptJSON() async throws {
        let fixture = try ManifestFixture()
        let receipt = Receipt(
            question: ManifestFixture.question(), artifact: ManifestFixture.artifact("A"), isKept: false,
            counts: LedgerTests.counts, utterances: [LedgerTests.utterance("x")], elapsedSeconds: 0.25,
            host: "there")
        let read = try CanonicalJSON.decode(Receipt.self, from: CanonicalJSON.encode(receipt))
        try await fixture.writer.record([read])
        #expect(try fixture.ledger.answer(to: receipt.question.key)?.counts == LedgerTests.counts)
        #expect(try fixture.ledger.utterances(of: receipt.question.key) == receipt.utterances)
        #expect(read.elapsedSeconds == 0.25 && read.host == "there" && !read.isKept)
    }

    @Test("adds counts up field by field")
    func sums() {
        let sum = LedgerTests.counts + LedgerTests.counts
        #expect(sum.utterances == 14 && sum.quarantined == 4 && sum.short == 6)
        #expect(sum.examples == 82 && sum.pairs == 2_000_000_014 && sum.audioSeconds == 246.125)
    }
}
