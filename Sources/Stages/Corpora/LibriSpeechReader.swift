import Corpus

/// Names LibriSpeech's files. The file name tells all, however the folders are nested:
///
///     train-clean-100/19/198/19-198-0001.flac     speaker 19, session (chapter) 198, utterance 19-198-0001
struct LibriSpeechReader {
    static let subsets: Set<String> = [
        "train-clean-100", "train-clean-360", "train-other-500", "dev-clean", "dev-other", "test-clean",
        "test-other",
    ]

    let root: String
    let name: String

    func name(
        _ files: [ScannedFile], unknownSpeakers: IngestParameters.UnknownSpeakers,
        into contents: inout CorpusContents
    ) throws(StageError) -> [CorpusReader.Named] {
        guard let path = SpeakersTable.find(near: root) else {
            contents.warnings.append(
                "corpus '\(name)' has no SPEAKERS.TXT in \(root) or above: the sex of its speakers is not known"
            )
            return files.map { named($0, in: [:], unknown: .accept) }
        }
        let table = try SpeakersTable(path: path)
        contents.speakers = table.speakers
        return files.map { named($0, in: table.speakers, unknown: unknownSpeakers) }
    }

    private func named(
        _ file: ScannedFile, in speakers: [String: Speaker], unknown: IngestParameters.UnknownSpeakers
    ) -> CorpusReader.Named {
        let folder = file.folders.last { LibriSpeechReader.subsets.contains($0) } ?? rootSubset
        let parts = file.stem.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else {
            return CorpusReader.Named(
                file: file, id: file.stem, speaker: "unnamed", session: file.folders.joined(separator: "/"),
                subset: folder,
                rejection: SourceUtterance.Rejection(
                    reason: "bad-name",
                    message:
                        "\(file.path) is not named SPEAKER-CHAPTER-UTTERANCE as LibriSpeech names its files; "
                        + "rename it, or use layout: tree"))
        }
        let speaker = String(parts[0])
        let known = speakers[speaker]
        var rejection: SourceUtterance.Rejection?
        if known == nil && unknown == .quarantine {
            rejection = SourceUtterance.Rejection(
                reason: "unknown-speaker",
                message: "speaker \(speaker) is not in SPEAKERS.TXT; add a line there, or set "
                    + "ingest.unknown-speakers: accept")
        }
        return CorpusReader.Named(
            file: file, id: file.stem, speaker: speaker, session: String(parts[1]),
            subset: folder ?? known?.subset,
            rejection: rejection)
    }

    /// The subset whose folder itself was given as the corpus.
    private var rootSubset: String? {
        root.split(separator: "/").last.map(String.init).flatMap {
            LibriSpeechReader.subsets.contains($0) ? $0 : nil
        }
    }
}
