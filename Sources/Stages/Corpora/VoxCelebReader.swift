import Corpus

/// Names VoxCeleb's files, 1 and 2, whatever folders (`wav`, `aac`, `dev`, `test`) they lie in:
///
///     wav/id10001/1zcIwhmdeo4/00001.wav     speaker id10001, session 1zcIwhmdeo4,
///     dev/aac/id00012/21Uxsk56VDQ/00001.m4a            utterance id10001/1zcIwhmdeo4/00001
struct VoxCelebReader {
    let root: String
    let name: String

    func name(
        _ files: [ScannedFile], unknownSpeakers: IngestParameters.UnknownSpeakers,
        into contents: inout CorpusContents
    ) throws(StageError) -> [CorpusReader.Named] {
        let tables = VoxCelebMeta.find(near: root)
        guard !tables.isEmpty else {
            contents.warnings.append(
                "corpus '\(name)' has no \(VoxCelebMeta.names.joined(separator: " or ")) in \(root) or above: the sex "
                    + "of its speakers is not known")
            return files.map { named($0, in: [:], unknown: .accept) }
        }
        for path in tables {
            for (id, speaker) in try VoxCelebMeta(path: path).speakers {
                contents.speakers[id] = speaker
            }
        }
        let speakers = contents.speakers
        return files.map { named($0, in: speakers, unknown: unknownSpeakers) }
    }

    private func named(
        _ file: ScannedFile, in speakers: [String: Speaker], unknown: IngestParameters.UnknownSpeakers
    ) -> CorpusReader.Named {
        guard let place = file.folders.firstIndex(where: VoxCelebReader.isSpeaker),
            file.folders.count == place + 2
        else {
            return CorpusReader.Named(
                file: file, id: file.stem, speaker: "unnamed", session: file.folders.joined(separator: "/"),
                subset: nil,
                rejection: SourceUtterance.Rejection(
                    reason: "bad-name",
                    message:
                        "\(file.path) does not lie at SPEAKER/VIDEO/UTTERANCE with a speaker such as id10001, as "
                        + "VoxCeleb's files do; move it, or use layout: tree"))
        }
        let (speaker, video) = (file.folders[place], file.folders[place + 1])
        var rejection: SourceUtterance.Rejection?
        if speakers[speaker] == nil && unknown == .quarantine {
            rejection = SourceUtterance.Rejection(
                reason: "unknown-speaker",
                message:
                    "speaker \(speaker) is not in \(VoxCelebMeta.names.joined(separator: " or ")); add a line "
                    + "there, or set ingest.unknown-speakers: accept")
        }
        let folder = file.folders[..<place].last { $0 == "dev" || $0 == "test" }
        return CorpusReader.Named(
            file: file, id: "\(speaker)/\(video)/\(file.stem)", speaker: speaker, session: video,
            subset: speakers[speaker]?.subset ?? folder, rejection: rejection)
    }

    /// `id` and digits.
    private static func isSpeaker(_ folder: String) -> Bool {
        folder.hasPrefix("id") && folder.utf8.count > 2
            && folder.utf8.dropFirst(2).allSatisfy { (48...57).contains($0) }
    }
}
