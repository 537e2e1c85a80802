import Corpus

/// Fills a split table pack by pack, in row order.
struct RowSides {
    private let rule: SideRule
    private var auditor = LeakageAuditor()
    private var speakerNumbers: [SpeakerName: UInt32] = [:]
    private var sessionNumbers: [String: UInt32] = [:]
    private var counts: [SplitTable.SideCount]
    private var speakersOfSide: [Set<UInt32>]

    init(_ rule: SideRule, table: inout SplitTable) {
        self.rule = rule
        counts = ([nil] + Side.allCases).map { SplitTable.SideCount(side: $0) }
        speakersOfSide = counts.map { _ in [] }
    }

    mutating func add(_ utterances: IngestTable, _ cuts: CutTable, corpus: String, to table: inout SplitTable)
    {
        var row = 0
        for (number, utterance) in utterances.rows.enumerated() {
            let speaker = SpeakerName(corpus: corpus, id: utterance.speaker)
            let speakerNumber = self.number(of: speaker, in: &table)
            let session = "\(corpus)/\(utterance.speaker)/\(utterance.session)"
            let sessionNumber = sessionNumbers[session] ?? UInt32(sessionNumbers.count)
            sessionNumbers[session] = sessionNumber
            var mask: UInt8 = 0
            var example = 0
            while row < cuts.count, Int(cuts.utterances[row]) == number {
                let code = Side.code(of: rule.side(of: speaker, utterance: utterance.id, example: example))
                table.sides.append(code)
                table.speakers.append(speakerNumber)
                table.sessions.append(sessionNumber)
                counts[Int(code)].examples += 1
                mask |= 1 << code
                row += 1
                example += 1
            }
            note(mask, speakerNumber, utterance)
            auditor.note(
                utterance: utterance.id, speaker: "\(corpus)/\(utterance.speaker)", session: session,
                audio: utterance.audio, mask: mask >> 1)
        }
        precondition(row == cuts.count, "\(cuts.count - row) cuts belong to no utterance")
        table.packFirstRows.append(Int64(table.sides.count))
    }

    private mutating func note(_ mask: UInt8, _ speaker: UInt32, _ utterance: IngestTable.Row) {
        for code in counts.indices where mask & (1 << UInt8(code)) != 0 {
            counts[code].utterances += 1
            counts[code].milliseconds += utterance.sampleCount * 1000 / max(utterance.sampleRate, 1)
            speakersOfSide[code].insert(speaker)
        }
    }

    private mutating func number(of speaker: SpeakerName, in table: inout SplitTable) -> UInt32 {
        if let known = speakerNumbers[speaker] { return known }
        let number = UInt32(speakerNumbers.count)
        speakerNumbers[speaker] = number
        table.speakerNames.append("\(speaker.corpus)/\(speaker.id)")
        table.speakerSexes.append(rule.sexes[speaker] ?? .unknown)
        return number
    }

    func finish(_ table: inout SplitTable, allowing allowed: [Leak]) {
        table.sideCounts = counts
        for code in counts.indices {
            table.sideCounts[code].speakers = speakersOfSide[code].count
            for speaker in speakersOfSide[code] {
                table.sideCounts[code].sexes[table.speakerSexes[Int(speaker)].rawValue, default: 0] += 1
            }
        }
        table.notes = rule.notes
        table.audit = auditor.audit(allowing: allowed)
    }
}
