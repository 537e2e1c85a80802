import Corpus
import Foundation

/// Names what a Kaldi data directory lists:
///
///     wav.scp       RECORDING PATH                    needed; relative paths start here or up to two folders above
///     utt2spk       UTTERANCE SPEAKER                 needed
///     segments      UTTERANCE RECORDING START END     seconds, END -1 is the recording's; without it, each recording
///                                                     is an utterance of the same name
///     spk2gender    SPEAKER f|m
///     utt2session, reco2session                       without them a recording is a session
///
/// What does not fit together is rejected by name. Entries of wav.scp that are commands are never run.
struct KaldiReader {
    let root: String
    let name: String

    /// Everything the directory says.
    private struct Tables {
        var recordings: KaldiTable
        var speakers: KaldiTable
        var segments: KaldiTable?
        var sessions: KaldiTable?
        var recordingSessions: KaldiTable?
        /// Where relative paths start.
        var base: String
    }

    func name(into contents: inout CorpusContents) throws(StageError) -> [CorpusReader.Named] {
        let recordings = try needed("wav.scp")
        let tables = Tables(
            recordings: recordings, speakers: try needed("utt2spk"),
            segments: try KaldiTable.find("segments", in: root),
            sessions: try KaldiTable.find("utt2session", in: root),
            recordingSessions: try KaldiTable.find("reco2session", in: root), base: base(recordings))
        try addSexes(tables, to: &contents)
        var named: [CorpusReader.Named] = []
        var seen: Set<String> = []
        for entry in tables.segments?.entries ?? recordings.entries {
            seen.insert(entry.key)
            named.append(
                tables.segments == nil
                    ? self.named(entry.key, recording: entry.key, nil, tables)
                    : try segment(entry, tables))
        }
        for entry in tables.speakers.entries where !seen.contains(entry.key) {
            let list = tables.segments == nil ? "wav.scp" : "segments"
            named.append(
                rejected(
                    entry.key, entry.place, tables, "no-recording",
                    "\(list) has no line for utterance \(entry.key)"))
        }
        warnOfUnused(tables, into: &contents)
        return named
    }

    private func needed(_ file: String) throws(StageError) -> KaldiTable {
        guard let table = try KaldiTable.find(file, in: root) else {
            throw .usage(
                "corpus '\(name)': \(root) has no \(file), which every Kaldi data directory has; name the folder that "
                    + "holds it with --corpus \(name)=DIR")
        }
        guard !table.entries.isEmpty else {
            throw .usage("corpus '\(name)': \(root)/\(file) is empty")
        }
        return table
    }

    /// The folder, this one or one of two above, in which the first relative path is found.
    private func base(_ recordings: KaldiTable) -> String {
        let relative = recordings.entries.first { !$0.value.hasPrefix("/") && !$0.value.hasSuffix("|") }
        guard let relative else { return root }
        return [root, root + "/..", root + "/../.."]
            .first { FileManager.default.fileExists(atPath: $0 + "/" + relative.value) } ?? root
    }

    private func addSexes(_ tables: Tables, to contents: inout CorpusContents) throws(StageError) {
        guard let sexes = try KaldiTable.find("spk2gender", in: root) else {
            contents.warnings.append(
                "corpus '\(name)' has no spk2gender in \(root): the sex of its speakers is not known")
            return
        }
        contents.warnings += SexWords.note(
            sexes.entries.map(\.value), corpus: name, of: "lines of spk2gender")
        for entry in sexes.entries {
            contents.speakers[entry.key] = Speaker(id: entry.key, sex: Sex(letter: entry.value))
        }
        let speakers = Set(tables.speakers.entries.map(\.value))
        let missing = speakers.filter { contents.speakers[$0] == nil }.count
        if missing > 0 {
            contents.warnings.append(
                "corpus '\(name)': spk2gender lacks \(missing) of \(speakers.count) speakers, whose sex is not known"
            )
        }
    }

    private func warnOfUnused(_ tables: Tables, into contents: inout CorpusContents) {
        guard let segments = tables.segments else { return }
        let used = Set(segments.entries.map { $0.value.prefix { $0 != " " && $0 != "\t" } })
        let unused = tables.recordings.entries.count { !used.contains($0.key[...]) }
        guard unused > 0 else { return }
        contents.warnings.append("corpus '\(name)': \(unused) recordings of wav.scp have no segment")
    }

    /// `UTTERANCE RECORDING START END`, the first word taken off.
    private func segment(_ entry: KaldiTable.Entry, _ tables: Tables) throws(StageError) -> CorpusReader.Named
    {
        let words = entry.value.utf8.split { $0 == 32 || $0 == 9 }.map { String(Substring($0)) }
        let isOpen = words.count == 3 && Double(words[2]) == -1
        guard words.count == 3, let start = DecimalSeconds(words[1]),
            let end = isOpen ? start : DecimalSeconds(words[2])
        else {
            throw .failed(
                "\(entry.place): a segment is 'UTTERANCE RECORDING START END' with times in seconds, not "
                    + "'\(entry.key) \(entry.value)'")
        }
        guard isOpen || end > start else {
            return rejected(
                entry.key, entry.place, tables, "bad-segment",
                "it ends at \(end) s, not after its start at \(start) s")
        }
        let range = SourceRange(start: start, end: isOpen ? nil : end)
        return named(entry.key, recording: words[0], range, tables)
    }

    private func named(
        _ utterance: String, recording: String, _ range: SourceRange?, _ tables: Tables
    ) -> CorpusReader.Named {
        guard let entry = tables.recordings[recording] else {
            return rejected(
                utterance, root + "/segments", tables, "no-recording",
                "it is a segment of \(recording), which wav.scp lacks")
        }
        guard !entry.value.hasSuffix("|") else {
            return rejected(
                utterance, entry.place, tables, "command",
                "a command stands here for \(recording), and commands are never run; write its output to FLAC or WAV "
                    + "files once and list their paths")
        }
        let path = entry.value.hasPrefix("/") ? entry.value : tables.base + "/" + entry.value
        guard let state = FileState.of(path) else {
            return rejected(
                utterance, entry.place, tables, "missing-file",
                "there is no file \(path) for \(recording); relative paths start at \(root) or one of two folders "
                    + "above, and archives (.ark) are not read")
        }
        let speaker = tables.speakers[utterance]
        let session = tables.sessions?[utterance] ?? tables.recordingSessions?[recording]
        return CorpusReader.Named(
            file: ScannedFile(path: entry.value, folders: [], stem: utterance, state: state), id: utterance,
            speaker: speaker?.value ?? "unnamed", session: session?.value ?? recording, subset: nil,
            rejection: speaker == nil
                ? SourceUtterance.Rejection(
                    reason: "no-speaker",
                    message: "utterance \(utterance) is not in utt2spk; add a line there")
                : nil, range: range, place: path)
    }

    /// An utterance without a file; `place` is the line that is wrong.
    private func rejected(
        _ utterance: String, _ place: String, _ tables: Tables, _ reason: String, _ message: String
    ) -> CorpusReader.Named {
        CorpusReader.Named(
            file: ScannedFile(
                path: String(place.split(separator: "/").last ?? ""), folders: [], stem: utterance,
                state: .none),
            id: utterance, speaker: tables.speakers[utterance]?.value ?? "unnamed", session: "-", subset: nil,
            rejection: SourceUtterance.Rejection(reason: reason, message: "\(place): \(message)"),
            place: place)
    }
}

extension FileState {
    /// Of a file that is not there.
    static let none = FileState(byteCount: 0, modified: 0, changed: 0, inode: 0)

    /// The state of the file at `path`, or nil when there is none.
    static func of(_ path: String) -> FileState? {
        var facts = stat()
        return unsafe stat(path, &facts) == 0 ? FileState(facts) : nil
    }
}
