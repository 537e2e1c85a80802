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
}
