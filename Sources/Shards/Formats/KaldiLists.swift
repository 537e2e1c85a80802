import ContentStore
import Corpus

/// The lists of one data directory, from a line of each row: sorted once, and written one list after another, so that
/// no more than those lines is held.
struct KaldiLists {
    /// The fields of a row's line, between tabs; an empty one is in no list.
    enum Field: Int, CaseIterable {
        case key, place, speaker, duration, frames, session, source
    }

    /// What a receipt's notes call the lines.
    static let note = "rows"

    private let names: KaldiNames
    private let speakers: [Speaker]
    private let rows: [String]

    init(_ names: KaldiNames, _ outline: ExportOutline, _ receipts: [ShardReceipt]) {
        self.names = names
        speakers = outline.speakers
        rows = ByteText.sorted(receipts.flatMap { $0.notes[KaldiLists.note] ?? [] })
    }

    /// - Parameter places: the name of the list that says where each row lies.
    func write(_ places: String, below side: String, in folder: String) throws(ShardError) -> [WrittenFile] {
        let lists: [(String, Field)] = [
            (places, .place), ("utt2spk", .speaker), ("utt2dur", .duration), ("utt2num_frames", .frames),
            ("utt2session", .session), ("utt2source", .source),
        ]
        var written: [WrittenFile] = []
        for (name, field) in lists {
            guard let first = rows.first, !KaldiLists.value(field, of: first).isEmpty else { continue }
            let file = try ShardFile("\(side)/\(name)", in: folder)
            for row in rows {
                try file.append("\(KaldiLists.value(.key, of: row)) \(KaldiLists.value(field, of: row))\n")
            }
            written.append(try file.finish())
        }
        for (name, lines) in ofSpeakers() {
            let text = lines.map { $0 + "\n" }.joined()
            written.append(try ShardFile.write(text, to: "\(side)/\(name)", in: folder))
        }
        return written
    }

    private static func value(_ field: Field, of row: String) -> Substring {
        let fields = row.utf8.split(
            separator: UInt8(ascii: "\t"), maxSplits: field.rawValue + 1, omittingEmptySubsequences: false)
        return Substring(fields[field.rawValue])
    }

    /// The lists with a line for each speaker.
    private func ofSpeakers() -> [(String, [String])] {
        let utterances = utterancesOfSpeakers()
        let present = Set(utterances.map(\.speaker))
        let known = speakers.enumerated().map { (names.speaker($1.id), $0, $1) }
            .filter { present.contains($0.0) }
        var lists = [
            ("spk2utt", ByteText.sorted(utterances.map { $0.speaker + $0.keys })),
            ("spk2label", ByteText.sorted(known.map { "\($0.0) \($0.1)" })),
            ("spk2name", ByteText.sorted(known.map { "\($0.0) \(KaldiNames.field($0.2.id))" })),
        ]
        // Kaldi's list of sexes names every speaker or is not there.
        if known.count == present.count, known.allSatisfy({ $0.2.sex != .unknown }) {
            lists.append(("spk2gender", ByteText.sorted(known.map { "\($0.0) \($0.2.sex.rawValue)" })))
        }
        return lists
    }

    /// Each speaker with ` KEY KEY …`: the rows of a speaker stand together, for their keys begin with it.
    private func utterancesOfSpeakers() -> [(speaker: String, keys: String)] {
        var found: [(speaker: String, keys: String)] = []
        for row in rows {
            let (key, speaker) = (KaldiLists.value(.key, of: row), KaldiLists.value(.speaker, of: row))
            if let last = found.last, last.speaker == speaker {
                found[found.count - 1].keys += " " + key
            } else {
                found.append((String(speaker), " " + key))
            }
        }
        return found
    }
}
