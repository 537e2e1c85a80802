/// What published lists call an utterance, brought to its id.
package enum UtteranceName {
    /// Folders in which VoxCeleb's archives lie when they are unpacked; they name no speaker.
    static let wrappers: Set<String> = ["wav", "aac", "m4a", "flac", "dev", "test", "vox1", "vox2"]

    /// `wav/id10270/5r0dWxy17C8/00001.wav` as `id10270/5r0dWxy17C8/00001`: without leading `./` and wrapper folders,
    /// and without the ending of an audio file. An id comes back as it is.
    package static func id(_ name: String) -> String {
        var folders = name.split(separator: "/").map(String.init)
        if folders.first == "." { folders.removeFirst() }
        while folders.count > 1, wrappers.contains(folders[0]) { folders.removeFirst() }
        let path = folders.joined(separator: "/")
        guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")),
            FolderScan.extensions.contains(path[path.index(after: dot)...].lowercased())
        else { return path }
        return String(path[..<dot])
    }

    /// What an utterance is called in the lists we write: `19/198/19-198-0001`, `id10270/5r0dWxy17C8/00001`, after
    /// the corpus where a dataset has several. An id that is a path below its speaker's folder is that path.
    package static func whole(corpus: String?, speaker: String, session: String, id: String) -> String {
        let path = id.hasPrefix(speaker + "/") ? id : "\(speaker)/\(session)/\(id)"
        return corpus.map { "\($0)/\(path)" } ?? path
    }

    /// A whole name as Kaldi's lists want it, the speaker first and without folders: `19-198-0001` (LibriSpeech's
    /// ids begin with the speaker already), `id10270-5r0dWxy17C8-00001`.
    package static func kaldi(_ whole: String) -> String {
        let parts = whole.split(separator: "/")
        if parts.count >= 3, let id = parts.last, id.hasPrefix("\(parts[parts.count - 3])-") {
            return (parts.dropLast(3) + [id]).joined(separator: "-")
        }
        return parts.joined(separator: "-")
    }
}
