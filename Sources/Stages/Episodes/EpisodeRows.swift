import Corpus

/// The utterances of a side as episodes see them: ordered by sex, speaker and session, with their durations and
/// the rows of their examples.
struct EpisodeRows: Sendable {
    /// Rows are utterances here.
    let utterances: PairRows
    /// Of each utterance, in its own number; any unit.
    let durations: [UInt64]
    /// The rows of all examples, utterance by utterance, and where those of each utterance end.
    let exampleRows: [UInt32]
    let exampleEnds: [UInt32]

    init(
        utterances: PairRows, durations: [UInt64], exampleRows: [UInt32], exampleEnds: [UInt32]
    ) {
        precondition(
            utterances.count == durations.count && utterances.count == exampleEnds.count,
            "\(utterances.count) utterances, \(durations.count) durations, \(exampleEnds.count) ends")
        self.utterances = utterances
        self.durations = durations
        self.exampleRows = exampleRows
        self.exampleEnds = exampleEnds
    }

    /// Where the examples of the utterance at a position stand in `exampleRows`.
    @inline(__always)
    func examples(_ position: Int) -> Range<Int> {
        let number = Int(utterances.rowNumbers[position])
        return (number == 0 ? 0 : Int(exampleEnds[number - 1]))..<Int(exampleEnds[number])
    }

    /// The weight of each position in a draw: never 0, so that every utterance can be drawn.
    func weights(_ draw: EpisodeParameters.Draw) -> [UInt64] {
        switch draw {
        case .uniform: [UInt64](repeating: 1, count: utterances.count)
        case .byDuration: utterances.rowNumbers.map { max(durations[Int($0)], 1) }
        }
    }
}
