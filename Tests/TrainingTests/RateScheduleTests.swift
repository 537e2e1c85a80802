import Testing

@testable import Training

/// Equality with PyTorch 2.15.0 (`scripts/golden-networks`).
@Suite struct RateScheduleTests {
    private struct Schedules: Decodable {
        let metrics: [Double]
        let rates: [String: [Double]]
    }

    static let rules: [(String, RateSchedule.Rule)] = [
        ("plateau_2", .plateau(factor: 0.1, patience: 2)), ("plateau_9", .plateau(factor: 0.1, patience: 9)),
        ("step_7", .step(epochs: 7, factor: 0.1)),
    ]

    @Test("the rate of forty epochs equals PyTorch's", arguments: rules)
    func rates(name: String, rule: RateSchedule.Rule) throws {
        let golden = try GoldenFile.read("schedules", as: Schedules.self)
        var schedule = RateSchedule(rule)
        var rate = 0.1
        for (metric, wanted) in zip(golden.metrics, try #require(golden.rates[name])) {
            rate = schedule.rate(after: metric, current: rate)
            #expect(abs(rate - wanted) <= 1e-9 * wanted)
        }
    }

    @Test("voicemap's rate falls to a tenth after ten epochs that are no better")
    func voicemap() {
        var schedule = RateSchedule(.plateau(factor: 0.1, patience: 9))
        var rate = schedule.rate(after: 0.6, current: 1e-3)
        for _ in 0..<9 { rate = schedule.rate(after: 0.6, current: rate) }
        #expect(rate == 1e-3)
        #expect(abs(schedule.rate(after: 0.6, current: rate) - 1e-4) < 1e-12)
    }

    @Test("an epoch without a metric counts as no better")
    func missing() {
        var schedule = RateSchedule(.plateau(factor: 0.5, patience: 1))
        #expect(schedule.rate(after: nil, current: 1) == 1)
        #expect(schedule.rate(after: nil, current: 1) == 0.5)
    }
}
