import Corpus

/// Names what a list of utterances lists; see `ListTable`. Audio paths are relative to the list's folder. `start` and
/// `end` are seconds; `duration` counts with a `start` only, as lists give the durations of whole files too. Without
/// `session` a recording is one; without `utterance` the path is the id, with the times where there are such.
struct ListReader {
    /// The list.
    let path: String
    let name: String

    private var folder: String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
    }

    func name(into contents: inout CorpusContents) throws(StageError) -> [CorpusReader.Named] {
        let table = try ListTable(path: path)
        guard !table.rows.isEmpty else {
            throw .usage("corpus '\(name)': the list \(path) has no row")
        }
        if !table.unknown.isEmpty {
            contents.warnings.append(
                "corpus '\(name)': the list's columns \(table.unknown.joined(separator: ", ")) mean nothing here"
            )
        }
        contents.warnings += SexWords.note(
            table.rows.compactMap { $0.values[.sex] }, corpus: name, of: "rows")
        var named: [CorpusReader.Named] = []
        let folder = folder
        for row in table.rows {
            named.append(try self.named(row, folder))
            try note(row, in: &contents)
        }
        return named
    }

    /// Gathers what rows say of their speakers, who must be of one sex.
    private func note(_ row: ListTable.Row, in contents: inout CorpusContents) throws(StageError) {
        guard let id = row.values[.speaker] else { return }
        let sex = Sex(letter: row.values[.sex]?.prefix(1) ?? "")
        var speaker = contents.speakers[id] ?? Speaker(id: id, subset: row.values[.subset])
        if speaker.sex != .unknown, sex != .unknown, speaker.sex != sex {
            throw .failed(
                "\(row.place): speaker \(id) has another sex in an earlier row; correct one of them")
        }
        if sex != .unknown { speaker.sex = sex }
        contents.speakers[id] = speaker
    }

    private func named(_ row: ListTable.Row, _ folder: String) throws(StageError) -> CorpusReader.Named {
        guard let path = row.values[.path] else {
            throw .failed("\(row.place): the row has no path; it names the audio file")
        }
        let range = try range(row)
        let recording = UtteranceName.id(path)
        let place = path.hasPrefix("/") ? path : folder + "/" + path
        let state = FileState.of(place)
        let speaker = row.values[.speaker]
        var rejection: SourceUtterance.Rejection?
        if speaker == nil {
            rejection = SourceUtterance.Rejection(
                reason: "no-speaker", message: "\(row.place): the row names no speaker")
        } else if state == nil {
            rejection = SourceUtterance.Rejection(
                reason: "missing-file", message: "\(row.place): there is no file \(place)")
        } else if let length = range?.nanoseconds, length <= 0 {
            rejection = SourceUtterance.Rejection(
                reason: "bad-segment", message: "\(row.place): it ends at its start or before")
        }
        return CorpusReader.Named(
            file: ScannedFile(path: path, folders: [], stem: recording, state: state ?? .none),
            id: row.values[.utterance] ?? ListReader.id(recording, range), speaker: speaker ?? "unnamed",
            session: row.values[.session] ?? recording, subset: row.values[.subset], rejection: rejection,
            range: range, place: place)
    }

    private static func id(_ recording: String, _ range: SourceRange?) -> String {
        guard let range else { return recording }
        return "\(recording)-\(range.start)-\(range.end.map { "\($0)" } ?? "end")"
    }

    private func range(_ row: ListTable.Row) throws(StageError) -> SourceRange? {
        let zero = DecimalSeconds(nanoseconds: 0)
        let start = try seconds(row, .start)
        if let end = try seconds(row, .end) { return SourceRange(start: start ?? zero, end: end) }
        guard let start else { return nil }
        let duration = try seconds(row, .duration)
        return SourceRange(
            start: start,
            end: duration.map { DecimalSeconds(nanoseconds: start.nanoseconds + $0.nanoseconds) })
    }

    /// A time of a row; nil where it has none, or -1, which stands for the end.
    private func seconds(
        _ row: ListTable.Row, _ column: ListTable.Column
    ) throws(StageError) -> DecimalSeconds? {
        guard let text = row.values[column], column == .start || Double(text) != -1 else { return nil }
        guard let seconds = DecimalSeconds(text) else {
            throw .failed("\(row.place): \(column.rawValue) is a time in seconds, not '\(text)'")
        }
        return seconds
    }
}
