import ContentStore
import Corpus

/// Draws pairs by reference and does nothing else: row numbers and labels into memory, from made-up examples.
package struct PairBench: Sendable {
    /// A way to draw.
    package enum Kind: String, CaseIterable, Sendable {
        case pairs
        case sessions
        case speaker
        case example
        case strata
        case exampleStrata = "example-strata"
        case triplets
        case tripletStrata = "triplet-strata"

        /// What a table calls it.
        var title: String {
            switch self {
            case .pairs: "pairs"
            case .sessions: "pairs, positives from other sessions, negatives of the same sex"
            case .speaker: "pairs, balance: speaker"
            case .example: "pairs, balance: example"
            case .strata: "pairs, four strata of durations"
            case .exampleStrata: "pairs, balance: example, four strata of durations"
            case .triplets: "triplets"
            case .tripletStrata: "triplets, four strata of durations"
            }
        }
    }

    package struct Report: Codable, Sendable {
        package let kind: String
        package let title: String
        package let examples: Int
        package let pairs: Int
        package let seconds: Double
        /// Added up over all columns, so that nothing is left out as unused.
        package let sum: UInt64
    }

    /// Pairs that are drawn at once.
    private static let partCount = 1 << 16

    /// A multiple of what is drawn at once.
    package let count: Int
    package let jobs: Int

    package init(count: Int, jobs: Int) {
        self.count = max(count / PairBench.partCount, 1) * PairBench.partCount
        self.jobs = jobs
    }

    /// 281 280 examples of 1172 speakers, in ten sessions each, as voicemap's train side.
    private static func rows(of stratum: Int?) -> PairRows {
        let all = (0..<1172 * 240).filter {
            stratum == nil || scramble(UInt64($0)) & 3 == UInt64(stratum ?? 0)
        }
        return PairRows(
            speakers: all.map { UInt32($0 / 240) }, sessions: all.map { UInt32($0 / 24) },
            sexOfSpeaker: (0..<1172).map { $0 % 2 == 0 ? .female : .male }, rowNumbers: all.map { UInt32($0) }
        )
    }

    private func draws(_ kind: Kind) throws -> any PairDraws {
        var rules = PairRules()
        switch kind {
        case .pairs, .strata: break
        case .sessions: (rules.positives, rules.negatives) = (.different, .sameSex)
        case .speaker: rules.balance = .speaker
        case .example, .exampleStrata: rules.balance = .example
        case .triplets, .tripletStrata: rules.kind = .triplets
        }
        let parameters = PairParameters(rules: rules, count: .total(count), seed: 1, sides: [.train])
        switch kind {
        case .strata, .exampleStrata, .tripletStrata:
            return try StratifiedPairs((0..<4).map(Self.rows), parameters, seed: 1)
        case .pairs, .sessions, .speaker, .example, .triplets:
            return try PairStream(Self.rows(of: nil), parameters, seed: 1)
        }
    }

    package func run(_ kind: Kind) async throws -> Report {
        let draws = try draws(kind)
        let queue = NextIndex()
        let parts = count / PairBench.partCount
        let start = ContinuousClock.now
        let sum = await withTaskGroup(of: UInt64.self) { group in
            for _ in 0..<jobs {
                group.addTask { PairBench.work(draws, queue, parts: parts) }
            }
            return await group.reduce(0, &+)
        }
        let elapsed = start.duration(to: .now)
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        return Report(
            kind: kind.rawValue, title: kind.title, examples: 1172 * 240, pairs: count, seconds: seconds,
            sum: sum)
    }

    private static func work(_ draws: any PairDraws, _ queue: NextIndex, parts: Int) -> UInt64 {
        var sum: UInt64 = 0
        while let part = queue.take(below: parts) {
            for column in draws.columns(part * partCount..<(part + 1) * partCount) {
                switch column.elements {
                case .uint32(let values): for value in values { sum &+= UInt64(value) }
                case .uint8(let values): for value in values { sum &+= UInt64(value) }
                case .float32, .float16, .int64: continue
                }
            }
        }
        return sum
    }
}
