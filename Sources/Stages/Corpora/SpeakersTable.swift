import Corpus
import Foundation

/// LibriSpeech's SPEAKERS.TXT:
///
///     ;ID  |SEX| SUBSET           |MINUTES| NAME
///     60   | M | train-clean-100  | 20.18 | |CBW|Simon
///
/// Lines that start with `;` are comments. The name is everything after the fourth bar: names hold bars too.
struct SpeakersTable {
    let path: String
    private(set) var speakers: [String: Speaker] = [:]

    init(path: String) throws(StageError) {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .failed("cannot read \(path): \(StageError.systemReason())")
        }
        let text = String(decoding: data, as: UTF8.self)
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            try read(line, number: index + 1)
        }
    }

    private mutating func read(_ line: Substring, number: Int) throws(StageError) {
        let trimmed = line.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
        if trimmed.isEmpty || trimmed.hasPrefix(";") { return }
        let fields = trimmed.split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard fields.count >= 3, !fields[0].isEmpty else {
            throw .failed(
                "\(path):\(number): a speaker is 'ID | SEX | SUBSET | MINUTES | NAME', not '\(line)'")
        }
        let speaker = Speaker(
            id: fields[0], sex: Sex(letter: fields[1]), subset: fields[2].isEmpty ? nil : fields[2],
            name: fields.count > 4 ? fields[4] : nil)
        guard speakers.updateValue(speaker, forKey: speaker.id) == nil else {
            throw .failed("\(path):\(number): speaker \(speaker.id) is listed twice; keep one line")
        }
    }

    /// The table that belongs to the corpus at `root`: in it, in its LibriSpeech folder, or in the folder above.
    static func find(near root: String) -> String? {
        let places = [root, root + "/LibriSpeech", root + "/.."]
        return places.map { $0 + "/SPEAKERS.TXT" }.first { FileManager.default.fileExists(atPath: $0) }
    }
}
