import ContentStore
import Corpus

/// The lists of one data directory, from a line of each row: sorted once, and written one list after another, so that
/// no more than those lines is held.
struct KaldiLists {
    /// The fields of a row's line, between tabs; an empty one is in no list.
    enum Field: Int, CaseIterable {
        case key, place, speaker, duration, frames, session, source
    }

    private static let note = "rows"

    /// A receipt's notes of its rows' lines, which are sorted so that all are soon: all in one text, which is written and read sooner than thousands.
    static func notes(_ lines: [String]) -> [String: [String]] { [note: [lines.joined(separator: "\n")]] }

    private let names: KaldiNames
    private let speakers: [Speaker]
    private let rows: [String]

    init(_ names: KaldiNames, _ outline: ExportOutline, _ receipts: [ShardReceipt]) {
        self.names = names
        speakers = outline.speakers
        rows = ByteText.sorted(
            receipts.flatMap { $0.notes[KaldiLists.note] ?? [] }
                .flatMap { $0.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) } })
    }

    /// A row's line and where its fields are in it, each with what stands behind it in a list: a space behind the key, and
    /// the line's end behind others.
    private struct Line {
        private(set) var bytes: [UInt8]
        private(set) var fields: [Range<Int>] = []

        init(_ row: String) {
            bytes = Array(row.utf8)
            fields.reserveCapacity(Field.allCases.count)
            var start = 0
            bytes.append(UInt8(ascii: "\t"))
            for place in bytes.indices where bytes[place] == UInt8(ascii: "\t") {
                bytes[place] = UInt8(ascii: fields.isEmpty ? " " : "\n")
                fields.append(start..<place + 1)
                start = place + 1
            }
        }

        func text(_ field: Field) -> String {
            String(decoding: bytes[fields[field.rawValue].dropLast()], as: UTF8.self)
        }
    }

    /// - Parameter places: the name of the list that says where each row lies.
    func write(_ places: String, below side: String, in folder: String) throws(ShardError) -> [WrittenFile] {
        let lists: [(String, Field)] = [
            (places, .place), ("utt2spk", .speaker), ("utt2dur", .duration), ("utt2num_frames", .frames),
            ("utt2session", .session), ("utt2source", .source),
        ]
        guard let first = rows.first.map(Line.init) else { return [] }
        var files: [(file: ShardFile, field: Int)] = []
        for (name, field) in lists where first.fields[field.rawValue].count > 1 {
            files.append((try ShardFile("\(side)/\(name)", in: folder), field.rawValue))
        }
        var ofSpeakers: [(speaker: String, keys: String)] = []
        for row in rows {
            let line = Line(row)
            for (file, field) in files {
                try file.append(line.bytes, line.fields[Field.key.rawValue])
                try file.append(line.bytes, line.fields[field])
            }
            // The rows of a speaker stand together, for their keys begin with it.
            let speaker = line.text(.speaker)
            if ofSpeakers.last?.speaker != speaker { ofSpeakers.append((speaker, "")) }
            ofSpeakers[ofSpeakers.count - 1].keys += " "
            ofSpeakers[ofSpeakers.count - 1].keys += line.text(.key)
        }
        var written: [WrittenFile] = []
        for (file, _) in files { written.append(try file.end()) }
        for (name, lines) in speakerLists(of: ofSpeakers) {
            let text = lines.map { $0 + "\n" }.joined()
            written.append(try ShardFile.write(text, to: "\(side)/\(name)", in: folder))
        }
        return written
    }

    /// The lists with a line for each speaker.
    private func speakerLists(
        of utterances: [(speaker: String, keys: String)]
    ) -> [(String, [String])] {
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
}
