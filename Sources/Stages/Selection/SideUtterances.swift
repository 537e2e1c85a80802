import ContentStore
import Corpus
import Pipeline

/// The utterances that stand on one side of a split, because an example of theirs does, in pack order.
struct SideUtterances {
    let side: Side
    /// What lists call them, such as `19/198/19-198-0001`; see `UtteranceName.whole`.
    private(set) var names: [String] = []
    /// The number of each one's speaker in the split's table.
    private(set) var speakers: [UInt32] = []
    private(set) var sessions: [UInt32] = []
    /// In microseconds, rounded down.
    private(set) var durations: [UInt64] = []
    /// The rows of the examples on this side, utterance by utterance, and where those of each utterance end.
    private(set) var rows: [UInt32] = []
    private(set) var rowEnds: [UInt32] = []
    private let sexes: [Sex]

    init(_ side: Side, _ table: SplitTable, _ inputs: SelectionInputs) throws(StoreError) {
        self.side = side
        sexes = table.speakerSexes
        let corpora = Set(inputs.ingest.map { $0.corpus })
        for (pack, entries) in zip(inputs.ingest, inputs.frame).enumerated() {
            let first = Int(table.packFirstRows[pack])
            let end = Int(table.packFirstRows[pack + 1])
            // Packs are of one speaker: where speakers are split, most stand on other sides.
            guard table.sides[first..<end].contains(side.code) else { continue }
            let utterances = try IngestTable(try inputs.store.read(entries.0.artifact.digest))
            let cuts = try CutTable(try inputs.store.read(entries.1.artifact.digest))
            add(
                utterances, cuts, firstRow: first, table,
                corpus: corpora.count > 1 ? entries.0.corpus : nil)
        }
    }

    private mutating func add(
        _ utterances: IngestTable, _ cuts: CutTable, firstRow: Int, _ table: SplitTable, corpus: String?
    ) {
        var last = -1
        for (number, utterance) in cuts.utterances.enumerated()
        where table.sides[firstRow + number] == side.code {
            let row = firstRow + number
            if Int(utterance) != last {
                last = Int(utterance)
                let found = utterances.rows[last]
                names.append(
                    UtteranceName.whole(
                        corpus: corpus, speaker: found.speaker, session: found.session, id: found.id))
                speakers.append(table.speakers[row])
                sessions.append(table.sessions[row])
                durations.append(
                    UInt64(found.sampleCount) * 1_000_000 / UInt64(max(found.sampleRate, 1)))
                rowEnds.append(rowEnds.last ?? 0)
            }
            rows.append(UInt32(row))
            rowEnds[rowEnds.count - 1] += 1
        }
    }

    var count: Int { names.count }

    /// The utterances as rows that pairs are drawn from.
    var pairRows: PairRows { PairRows(speakers: speakers, sessions: sessions, sexOfSpeaker: sexes) }

    var episodeRows: EpisodeRows {
        EpisodeRows(
            utterances: pairRows, durations: durations, exampleRows: rows, exampleEnds: rowEnds)
    }

    /// The columns by which a reader finds an utterance: its name, its speaker in the split, its rows.
    var tensors: (wide: [Tensor], narrow: [Tensor]) {
        var column = TextColumn()
        for name in names { column.append(name) }
        let texts = column.tensors("utterance")
        return (
            [
                Tensor("utterance.speaker", speakers), Tensor("utterance.row", rows),
                Tensor("utterance.rowEnd", rowEnds), texts.ends,
            ], [texts.bytes]
        )
    }
}

extension Resolved.Entry {
    /// The corpus of a pack.
    var corpus: String { String(subject.prefix { $0 != "/" }) }
}
