import Corpus
import Testing

@testable import Scoring

struct SpeakerBootstrapTests {
    /// All pairs of `each` utterances of `count` speakers; the scores' noise is the pair's, and every speaker has their
    /// own shift.
    private func trials(speakers count: Int, each: Int, sense: ScoreSense = .similarity) throws
        -> SpeakerTrials
    {
        let random = KeyedRandom(seed: 9, domain: "test.bootstrap")
        var (scores, first, second): ([Double], [UInt32], [UInt32]) = ([], [], [])
        for a in 0..<count * each {
            for b in 0..<a {
                let (one, other) = (UInt64(a / each), UInt64(b / each))
                let shift = random.unit(one) + random.unit(other) + (one == other ? 0.8 : 0)
                scores.append(sense.turned(random.unit(UInt64(a), UInt64(b) + 1) + shift))
                first.append(UInt32(one))
                second.append(UInt32(other))
            }
        }
        return try SpeakerTrials(scores, enrollment: first, test: second, speakerCount: count, sense: sense)
    }

    @Test("intervals hold the figures of all trials, depend on the seed alone, and narrow with more speakers")
    func intervals() throws {
        var widths: [Double] = []
        for count in [6, 30] {
            let trials = try trials(speakers: count, each: 4)
            let bootstrap = SpeakerBootstrap(seed: 3, replicateCount: 200)
            let found = try bootstrap.intervals(trials, costs: [.voxceleb], thresholds: [1.5])
            let whole = try #require(
                WeightedErrors(
                    trials, weights: [Int](repeating: 1, count: count), costs: [.voxceleb], thresholds: [1.5])
            )
            #expect(found.equalErrorRate.lower <= whole.equalErrorRate)
            #expect(found.equalErrorRate.upper >= whole.equalErrorRate)
            #expect(
                found.minimumCosts[0].lower <= whole.minimumCosts[0]
                    && found.minimumCosts[0].upper >= whole.minimumCosts[0])
            let accuracy = try #require(found.accuracies.first)
            #expect(accuracy.lower <= accuracy.upper)
            #expect(try bootstrap.intervals(trials, costs: [.voxceleb], thresholds: [1.5]) == found)
            let other = SpeakerBootstrap(seed: 4, replicateCount: 200)
            #expect(try other.intervals(trials, costs: [.voxceleb]).equalErrorRate != found.equalErrorRate)
            widths.append(found.equalErrorRate.upper - found.equalErrorRate.lower)
        }
        #expect(widths[1] < widths[0])
    }

    @Test("several costs and thresholds at once give each what it has alone, in the order asked for")
    func several() throws {
        let trials = try trials(speakers: 6, each: 4)
        let bootstrap = SpeakerBootstrap(seed: 3, replicateCount: 50)
        let thresholds = [2.1, 0.4, 1.5, 2.1]
        let found = try bootstrap.intervals(trials, costs: [.rare, .voxceleb], thresholds: thresholds)
        for (place, threshold) in thresholds.enumerated() {
            let alone = try bootstrap.intervals(trials, costs: [.voxceleb], thresholds: [threshold])
            #expect(alone.accuracies == [found.accuracies[place]])
            #expect(alone.minimumCosts == [found.minimumCosts[1]])
            #expect(alone.equalErrorRate == found.equalErrorRate)
        }
        #expect(Set(found.accuracies).count == 3)
        #expect(try bootstrap.intervals(trials, costs: [.rare]).minimumCosts == [found.minimumCosts[0]])
    }

    @Test("weights of one give the rates of the plain evaluation, in both senses")
    func plain() throws {
        for sense in ScoreSense.allCases {
            let trials = try trials(speakers: 7, each: 3, sense: sense)
            let scores = try TrialScores(
                trials.scores.map(sense.turned), isTarget: zip(trials.first, trials.second).map { $0 == $1 },
                sense: sense)
            let threshold = try scores.threshold(.bestAccuracy)
            let found = try #require(
                WeightedErrors(
                    trials, weights: [Int](repeating: 1, count: 7), costs: [.rare], thresholds: [threshold]))
            #expect(try found.equalErrorRate == scores.equalErrorRate().rate)
            #expect(try found.minimumCosts[0] == scores.minimumCost(.rare).cost)
            #expect(found.accuracies[0] == scores.decisions(at: threshold).accuracy)
        }
    }

    @Test("each replicate draws as many speakers as there are, and the draws of a replicate are pinned")
    func weights() {
        let bootstrap = SpeakerBootstrap(seed: 1, replicateCount: 1)
        for replicate in 0..<50 {
            #expect(bootstrap.weights(replicate, speakerCount: 9).reduce(0, +) == 9)
        }
        #expect(bootstrap.weights(0, speakerCount: 9) != bootstrap.weights(1, speakerCount: 9))
    }

    @Test("one speaker, or speakers that never meet, have no interval")
    func tooFew() throws {
        let alone = try SpeakerTrials(
            [1, 2], enrollment: [0, 0], test: [0, 0], speakerCount: 1, sense: .similarity)
        #expect(throws: ScoringError.self) {
            try SpeakerBootstrap(seed: 1).intervals(alone, costs: [.voxceleb])
        }
        let apart = try SpeakerTrials(
            [1, 2], enrollment: [0, 1], test: [0, 1], speakerCount: 2, sense: .similarity)
        #expect(throws: ScoringError.self) {
            try SpeakerBootstrap(seed: 1, replicateCount: 20).intervals(apart, costs: [.voxceleb])
        }
        #expect(throws: ScoringError("trial 1 names speaker 5 of 2")) {
            try SpeakerTrials([1], enrollment: [0], test: [5], speakerCount: 2, sense: .similarity)
        }
    }
}
