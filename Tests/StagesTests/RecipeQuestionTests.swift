import Testing

@testable import Stages

@Suite("the sections trials and episodes")
struct RecipeQuestionTests {
    private func recipe(_ line: String) throws -> Recipe {
        try RecipeFixture.read("corpora: {librispeech: }\nresample: {rate: 16kHz}\n\(line)\n")
    }

    private func complaint(_ line: String) -> String {
        RecipeFixture.complaint("corpora: {librispeech: }\nresample: {rate: 16kHz}\n\(line)\n")
    }

    @Test("without the sections there are no trials and no episodes, and no stage of them")
    func absent() throws {
        let recipe = try recipe("")
        #expect(recipe.trials == nil && recipe.episodes == nil)
        let names = try RecipeFixture.identities(recipe).map(\.name)
        #expect(names == ["ingest", "resample", "frame", "features", "fingerprint", "split"])
    }

    @Test("hard trials are across sessions and of one sex, all takes every pair of the test side")
    func kinds() throws {
        let hard = try #require(try recipe("trials: {kind: hard, count: all, target: 10%}").trials)
        #expect(hard.positives == .different && hard.negatives == .sameSex && hard.sides == [.test])
        #expect(hard.count == .all && hard.target == PositiveShare(numerator: 1, denominator: 10))
        let spelled = try recipe(
            "trials: {kind: hard, count: all, target: 10%, positives: different, negatives: same-sex}")
        #expect(spelled.trials == hard)
        let all = try #require(try recipe("trials: {kind: all, sides: [validation, test]}").trials)
        #expect(all.count == .all && all.target == nil && all.positives == .any && all.negatives == .any)
        #expect(all.sides == [.validation, .test])
    }

    @Test("shots and ways are numbers, lists and ranges, in ascending order and each once")
    func numbers() throws {
        let episodes = try #require(
            try recipe("episodes: {shots: [5, 1, 1], ways: [2-4, 20, 3], count: 100}").episodes)
        #expect(episodes.shots == [1, 5] && episodes.ways == [2, 3, 4, 20])
        #expect(episodes.sides == [.validation] && episodes.parameters.count == 100)
        let one = try #require(
            try recipe("episodes: {shots: 1, ways: 4, count: 100, query: by-duration}").episodes)
        #expect(one.shots == [1] && one.ways == [4] && one.parameters.query == .byDuration)
        #expect(one.parameters.supportDraw == .uniform)
    }

    @Test(
        "what cannot be meant is refused with its place",
        arguments: [
            ("trials: {count: 5}", "trials.kind is needed; valid: all, balanced, hard"),
            ("trials: {kind: balanced}", "trials.count is needed: how many trials, such as 10000, or all"),
            ("trials: {kind: hrad, count: 5}", "trials.kind cannot be 'hrad'; did you mean 'hard'?"),
            ("trials: {kind: all, target: 50%}", "trials.target means nothing with trials.kind: all"),
            ("trials: {kind: all, count: 0}", "trials.count is a number of trials from 1, or all, not '0'"),
            (
                "trials: {kind: hard, count: 5, positives: any}",
                "trials.positives cannot be 'any': 'different'"
            ),
            (
                "trials: {kind: hard, count: 5, negatives: any}",
                "trials.negatives cannot be 'any': 'same-sex'"
            ),
            ("trials: {kind: all, sides: []}", "trials.sides is empty; trials need a side, such as test"),
            (
                "trials: {kind: all, sides: [dev]}",
                "trials.sides cannot hold 'dev'; valid: train, validation, test"
            ),
            ("trials: {kind: all, contest: 1}", "'trials.contest' is not a key of a recipe"),
            ("episodes: {ways: 2, count: 5}", "episodes.shots is needed, such as 1, or [1, 5]"),
            ("episodes: {shots: 1, count: 5}", "episodes.ways is needed, such as 4, 2-20, or [2, 5, 20]"),
            ("episodes: {shots: 1, ways: 2}", "episodes.count is needed"),
            (
                "episodes: {shots: 1, ways: 1-5, count: 5}",
                "episodes.ways takes whole numbers from 2 to 10000, such as 4, 2-20, or [2, 5, 20], not '1-5'"
            ),
            ("episodes: {shots: 1, ways: 5-2, count: 5}", "not '5-2'"),
            ("episodes: {shots: x, ways: 2, count: 5}", "episodes.shots takes whole numbers from 1 to 1000"),
            ("episodes: {shots: 1, ways: 2-3-4, count: 5}", "not '2-3-4'"),
            (
                "episodes: {shots: 100, ways: 1000, count: 10000}",
                "episodes.count makes 1000000000 support examples for the most shots and ways, more than the 268435456"
            ),
            ("episodes: {shots: 1, ways: 2, count: 5, query: length}", "valid: uniform, by-duration"),
            ("episodes: {shots: 1, ways: 2, count: 5, support: some}", "valid: any, different"),
        ])
    func refused(line: String, said: String) {
        let complaint = complaint(line)
        #expect(complaint.hasPrefix("made.yaml:3: ") && complaint.contains(said), "\(complaint)")
    }
}
