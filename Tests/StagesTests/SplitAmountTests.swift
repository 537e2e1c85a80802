import Corpus
import Testing

@testable import Stages

@Suite("a split by numbers of speakers, by folds, and with speakers held out")
struct SplitAmountTests {
    private static func speakers(_ range: Range<Int>) -> [SplitCandidate] {
        range.map { SplitCandidate(id: "s\($0)") }
    }

    private static func split(_ yaml: String) throws -> SplitRules {
        try RecipeFixture.read(
            "corpora: {librispeech: }\nresample: {rate: 16kHz}\nsplit: {\(yaml)}\n"
        ).split.rules
    }

    private static func complaint(_ yaml: String) -> String {
        RecipeFixture.complaint("corpora: {librispeech: }\nresample: {rate: 16kHz}\nsplit: {\(yaml)}\n")
    }

    @Test("each side gets as many speakers as it is to get, train the rest where it says nothing")
    func counts() throws {
        let rules = try Self.split("train: 20 speakers, validation: 7 speakers, test: 5 speakers")
        let sides = try assignSpeakers(Self.speakers(0..<40), rules)
        #expect(Side.allCases.map { side in sides.count { $0 == side } } == [20, 7, 5])
        let rest = try assignSpeakers(Self.speakers(0..<40), try Self.split("test: 5 speakers"))
        #expect(rest.count { $0 == .train } == 35 && rest.count { $0 == .test } == 5)
        #expect(zip(sides, rest).allSatisfy { ($0 == .test) == ($1 == .test) })
    }

    @Test("more speakers than there are is refused with the counts")
    func tooMany() throws {
        let rules = try Self.split("train: 200 speakers, test: 50 speakers")
        #expect {
            try assignSpeakers(Self.speakers(0..<80), rules)
        } throws: {
            "\($0)".contains("asks for 250 speakers (train 200, test 50) where the corpus has 80")
        }
    }

    @Test("a new speaker moves at most one old one over each border")
    func growth() throws {
        let rules = try Self.split("train: 30 speakers, test: 10 speakers")
        for added in 60..<80 {
            let before = try assignSpeakers(Self.speakers(0..<60), rules)
            let after = try assignSpeakers(Self.speakers(0..<60) + Self.speakers(added..<added + 1), rules)
            #expect(zip(before, after).count { $0 != $1 } <= 2)
        }
    }

    @Test("over all folds every speaker is test once and validation once, and new speakers move nobody")
    func folds() throws {
        var tests = [Int](repeating: 0, count: 50)
        var validations = tests
        for fold in 0..<5 {
            let rules = try Self.split("folds: 5, fold: \(fold), validation: fold")
            let sides = try assignSpeakers(Self.speakers(0..<50), rules)
            for (index, side) in sides.enumerated() {
                if side == .test { tests[index] += 1 }
                if side == .validation { validations[index] += 1 }
            }
            #expect(try assignSpeakers(Self.speakers(0..<90), rules).prefix(50) == sides[...])
        }
        #expect(tests.allSatisfy { $0 == 1 } && validations.allSatisfy { $0 == 1 })
    }

    @Test("folds of utterances: each is test once")
    func utteranceFolds() throws {
        let splitters = try (0..<4).map {
            try ExampleSplitter(try Self.split("by: utterance, folds: 4, fold: \($0)"))
        }
        for utterance in 0..<100 {
            let sides = splitters.map { $0.side(utteranceID: "u\(utterance)", exampleIndex: 3) }
            #expect(sides.count { $0 == .test } == 1 && sides.count { $0 == .train } == 3)
        }
    }

    @Test("held-out speakers are those of the smallest hashes, or a share that growth does not move")
    func heldOut() throws {
        let rules = try Self.split("by: example, train: 95%, validation: 5%, held-out: 6 speakers")
        let held = try #require(rules.heldOut).isHeldOut(Self.speakers(0..<30), seed: rules.seed)
        #expect(held.count { $0 } == 6)
        let share = try #require(try Self.split("by: example, train: 95%, held-out: 20%").heldOut)
        let few = try share.isHeldOut(Self.speakers(0..<500), seed: 3)
        #expect((70...130).contains(few.count { $0 }))
        #expect(try share.isHeldOut(Self.speakers(0..<900), seed: 3).prefix(500) == few[...])
    }

    @Test(
        "what cannot go together is refused",
        arguments: [
            ("train: 20 speakers, test: 10%", "split.test is a number of speakers, such as 50 speakers"),
            ("by: utterance, test: 3 speakers", "count speakers with split.by: speaker only"),
            ("strata: sex, test: 3 speakers", "split.strata needs shares"),
            ("fold: 1", "split.fold goes with split.folds"), ("folds: 5", "split.fold is needed"),
            ("folds: 5, fold: 5", "split.fold is a whole number, 0 to 4"),
            ("folds: 5, fold: 1, test: 10%", "split.test follows from split.folds"),
            ("folds: 2, fold: 1, validation: fold", "split.validation is 'fold' with three folds or more"),
            ("held-out: 10%", "split.held-out goes with split.by: example or utterance"),
            ("by: example, test: 5%, held-out: 10%", "split.test and split.held-out both fill the test side"),
        ])
    func refusals(yaml: String, message: String) {
        #expect(Self.complaint(yaml).contains(message), "\(Self.complaint(yaml))")
    }
}

@Suite("speakers held out of a build") struct HeldOutBuildTests {
    @Test("closed-set training with a test on speakers that nothing else hears")
    func build() async throws {
        let corpus = try StageCorpus(speakers: 6)
        let summary = try await corpus.build(
            set: [
                "split=", "split.by=example", "split.train=80%", "split.validation=20%",
                "split.held-out=2 speakers", "split.allow=[speaker, session, utterance]",
            ])
        #expect(summary.sides["test"]?.speakers == 2)
        #expect(summary.sides["train"]?.speakers == 4 && summary.sides["validation"]?.speakers == 4)
    }
}
