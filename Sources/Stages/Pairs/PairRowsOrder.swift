import Corpus

/// How the rows come into their order: a counting sort by speaker, then each speaker's rows by session.
extension PairRows {
    struct Present {
        /// Speakers with rows, by sex and index.
        var speakers: [UInt32] = []
        var starts: [UInt32] = [0]
        var strata: [Range<Int>] = []
    }

    static func check(_ rowNumbers: [UInt32]?, count: Int) {
        guard let rowNumbers else { return }
        precondition(
            rowNumbers.count == count, "\(count) speakers of rows, but \(rowNumbers.count) row numbers")
        for place in rowNumbers.indices.dropFirst() {
            precondition(
                rowNumbers[place - 1] < rowNumbers[place],
                "row numbers must ascend, but \(rowNumbers[place]) follows \(rowNumbers[place - 1])")
        }
    }

    static func speakersInOrder(_ speakers: [UInt32], _ sexOfSpeaker: [Sex]) -> Present {
        var counts = [UInt32](repeating: 0, count: sexOfSpeaker.count)
        for speaker in speakers {
            precondition(
                Int(speaker) < counts.count, "a row of speaker \(speaker), but \(counts.count) speakers")
            counts[Int(speaker)] += 1
        }
        var present = Present()
        for sex in Sex.allCases {
            let first = present.speakers.count
            for speaker in counts.indices where counts[speaker] > 0 && sexOfSpeaker[speaker] == sex {
                present.speakers.append(UInt32(speaker))
                present.starts.append(present.starts[present.starts.count - 1] + counts[speaker])
            }
            present.strata.append(first..<present.speakers.count)
        }
        return present
    }

    static func rowsBySpeaker(_ speakers: [UInt32], _ present: Present, speakerCount: Int) -> [UInt32] {
        var next = [UInt32](repeating: 0, count: speakerCount)
        for (group, speaker) in present.speakers.enumerated() {
            next[Int(speaker)] = present.starts[group]
        }
        var order = [UInt32](repeating: 0, count: speakers.count)
        for (row, speaker) in speakers.enumerated() {
            order[Int(next[Int(speaker)])] = UInt32(row)
            next[Int(speaker)] += 1
        }
        return order
    }

    static func sortBySession(
        _ order: inout [UInt32], starts: [UInt32], _ sessions: [UInt32]
    ) -> (ofGroup: [UInt32], starts: [UInt32]) {
        var ofGroup: [UInt32] = [0]
        var blockStarts: [UInt32] = []
        for group in 0..<starts.count - 1 {
            let positions = Int(starts[group])..<Int(starts[group + 1])
            order[positions].sort {
                (sessions[Int($0)], $0) < (sessions[Int($1)], $1)
            }
            var session: UInt32?
            for position in positions where sessions[Int(order[position])] != session {
                session = sessions[Int(order[position])]
                blockStarts.append(UInt32(position))
            }
            ofGroup.append(UInt32(blockStarts.count))
        }
        blockStarts.append(UInt32(order.count))
        return (ofGroup, blockStarts)
    }
}
