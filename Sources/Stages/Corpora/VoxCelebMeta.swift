import Corpus
import Foundation

/// VoxCeleb's lists of speakers, parted by tabs, or by commas with spaces around them:
///
///     VoxCeleb1 ID	VGGFace1 ID	Gender	Nationality	Set
///     id10001	A.J._Buckley	m	Ireland	dev
///
///     VoxCeleb2 ID ,VGGFace2 ID ,Gender ,Set
///     id00012 ,n000012 ,m ,dev
///
/// The first line names the columns.
struct VoxCelebMeta {
    static let names = ["vox1_meta.csv", "vox2_meta.csv"]

    let path: String
    private(set) var speakers: [String: Speaker] = [:]

    private struct Columns {
        var count = 0
        var sex: Int?
        var set: Int?
    }

    init(path: String) throws(StageError) {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .failed("cannot read \(path): \(StageError.systemReason())")
        }
        let text = String(decoding: data, as: UTF8.self)
        var columns: Columns?
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let fields = VoxCelebMeta.fields(line)
            if fields.allSatisfy(\.isEmpty) { continue }
            if let columns {
                try read(fields, columns, place: "\(path):\(index + 1)")
            } else {
                columns = try VoxCelebMeta.columns(fields, place: "\(path):\(index + 1)")
            }
        }
    }

    private static func fields(_ line: Substring) -> [String] {
        let text = line.drop { $0 == "\u{FEFF}" }
        let separator: Character = text.contains("\t") ? "\t" : ","
        return text.split(separator: separator, omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private static func columns(_ fields: [String], place: String) throws(StageError) -> Columns {
        let names = fields.map { $0.lowercased() }
        guard let first = names.first, first.hasSuffix(" id"), names.count >= 3 else {
            throw .failed(
                "\(place): the first line names the columns, as 'VoxCeleb1 ID', 'VGGFace1 ID', 'Gender', "
                    + "'Nationality', 'Set' parted by tabs or commas; get the file as published")
        }
        return Columns(
            count: names.count, sex: names.firstIndex(of: "gender"), set: names.firstIndex(of: "set"))
    }

    private mutating func read(
        _ fields: [String], _ columns: Columns, place: String
    ) throws(StageError) {
        guard fields.count == columns.count, !fields[0].isEmpty else {
            throw .failed(
                "\(place): the line has \(fields.count) fields where the first line names \(columns.count) columns"
            )
        }
        let set = columns.set.map { fields[$0] } ?? ""
        let speaker = Speaker(
            id: fields[0], sex: columns.sex.map { Sex(letter: fields[$0]) } ?? .unknown,
            subset: set.isEmpty ? nil : set, name: fields[1].isEmpty ? nil : fields[1])
        guard speakers.updateValue(speaker, forKey: speaker.id) == nil else {
            throw .failed("\(place): speaker \(speaker.id) is listed twice; keep one line")
        }
    }

    /// The lists that belong to the corpus at `root`, the nearest of each: in it, or in one of the two folders above.
    static func find(near root: String) -> [String] {
        names.compactMap { name in
            ["", "/..", "/../.."].map { root + $0 + "/" + name }
                .first { FileManager.default.fileExists(atPath: $0) }
        }
    }
}
