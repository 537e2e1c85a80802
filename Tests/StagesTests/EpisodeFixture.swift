import Corpus

@testable import Stages

/// A made-up side of a split for episodes: utterances with sessions, durations and examples.
struct EpisodeFixture {
    var speakers: [UInt32] = []
    var sessions: [UInt32] = []
    var sexOfSpeaker: [Sex] = []
    var durations: [UInt64] = []
    /// The rows of each utterance's examples.
    var examples: [[UInt32]] = []

    /// Speaker s has `sizes[s]` utterances in up to `sessionCount` sessions, of 1 to 7 s and 1 to 3 examples.
    init(sizes: [Int], sessionCount: Int = 3, sexes: [Sex] = [.female, .male]) {
        var row: UInt32 = 100
        for (speaker, size) in sizes.enumerated() {
            sexOfSpeaker.append(sexes[speaker % sexes.count])
            for number in 0..<size {
                speakers.append(UInt32(speaker))
                sessions.append(UInt32(speaker * sessionCount + number % sessionCount))
                durations.append(UInt64(1 + (speaker + 3 * number) % 7) * 1_000_000)
                examples.append((0..<UInt32(1 + number % 3)).map { row + $0 })
                row += UInt32(1 + number % 3)
            }
        }
    }

    var rows: EpisodeRows {
        var ends: [UInt32] = []
        for rows in examples { ends.append((ends.last ?? 0) + UInt32(rows.count)) }
        return EpisodeRows(
            utterances: PairRows(speakers: speakers, sessions: sessions, sexOfSpeaker: sexOfSpeaker),
            durations: durations, exampleRows: examples.flatMap { $0 }, exampleEnds: ends)
    }

    /// The utterance of each row.
    var utteranceOfRow: [UInt32: Int] {
        Dictionary(
            uniqueKeysWithValues: examples.enumerated().flatMap { utterance, rows in
                rows.map { ($0, utterance) }
            })
    }
}

extension EpisodeParameters {
    static func fixed(
        count: Int = 200, query: Draw = .uniform, supportDraw: Draw = .uniform,
        support: PairRules.Positives = .any, negatives: PairRules.Negatives = .any, example: Example = .any
    ) -> EpisodeParameters {
        EpisodeParameters(
            count: count, seed: 0, query: query, supportDraw: supportDraw, support: support,
            negatives: negatives, example: example)
    }

    /// Every combination of the rules.
    static var combinations: [EpisodeParameters] {
        Draw.allCases.flatMap { draw in
            PairRules.Positives.allCases.flatMap { support in
                PairRules.Negatives.allCases.flatMap { negatives in
                    Example.allCases.map { example in
                        fixed(
                            query: draw, supportDraw: draw, support: support, negatives: negatives,
                            example: example)
                    }
                }
            }
        }
    }
}
