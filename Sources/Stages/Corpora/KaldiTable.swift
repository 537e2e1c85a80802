import Foundation

/// A file of a Kaldi data directory: a key on every line and what belongs to it.
///
///     id10001-1zcIwhmdeo4-00001 id10001          utt2spk
///     id10001-1zcIwhmdeo4 /audio/1zcIwhmdeo4.flac          wav.scp
struct KaldiTable {
    struct Entry {
        let key: String
        let value: String
        /// `file:12`, for errors.
        let place: String
    }

    /// In the order of the file.
    private(set) var entries: [Entry] = []
    private var positions: [String: Int] = [:]

    init() {}

    init(path: String) throws(StageError) {
        for line in try TextLines(path: path).lines {
            let (key, value) = line.keyAndValue
            guard !value.isEmpty else {
                throw .failed("\(line.place): nothing follows '\(key)'; a line is 'KEY VALUE'")
            }
            guard positions.updateValue(entries.count, forKey: key) == nil else {
                throw .failed("\(line.place): '\(key)' is listed twice; keep one line")
            }
            entries.append(Entry(key: key, value: value, place: line.place))
        }
    }

    /// The table in `folder`, or nil where there is none.
    static func find(_ name: String, in folder: String) throws(StageError) -> KaldiTable? {
        let path = folder + "/" + name
        return FileManager.default.fileExists(atPath: path) ? try KaldiTable(path: path) : nil
    }

    subscript(key: String) -> Entry? { positions[key].map { entries[$0] } }
}
