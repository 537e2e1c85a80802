/// Names the files of a plain tree by their folders:
///
///     id10001/1zcIwhmdeo4/00001.wav     speaker id10001, session 1zcIwhmdeo4, utterance id10001/1zcIwhmdeo4/00001
///
/// Folders below the session belong to its name. A file right under the speaker has a session of its own name
/// `-`; a file under no speaker is rejected.
enum TreeReader {
    static func name(_ file: ScannedFile) -> CorpusReader.Named {
        guard let speaker = file.folders.first else {
            return CorpusReader.Named(
                file: file, id: file.stem, speaker: "unnamed", session: "-", subset: nil,
                rejection: SourceUtterance.Rejection(
                    reason: "no-speaker",
                    message: "\(file.path) lies in no speaker's folder; put it into SPEAKER/SESSION/"))
        }
        let session = file.folders.dropFirst().joined(separator: "/")
        return CorpusReader.Named(
            file: file, id: (file.folders + [file.stem]).joined(separator: "/"), speaker: speaker,
            session: session.isEmpty ? "-" : session, subset: nil, rejection: nil)
    }
}
