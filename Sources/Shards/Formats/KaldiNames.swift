import ContentStore
import Corpus

/// What speakers and rows are called in Kaldi's lists: a speaker's plain name, and a key that begins with it.
///
/// Speakers whose plain names are the same (`a-b` and `a_b`) are told apart by eight digits of a digest, in their keys
/// too, so that no list takes them for one.
struct KaldiNames: Sendable {
    private let distinct: [String: String]
    /// Every speaker's.
    private let names: [String: String]

    init(_ speakers: [Speaker]) {
        var owners: [String: [String]] = [:]
        for speaker in speakers { owners[PlainName.speaker(speaker.id), default: []].append(speaker.id) }
        var distinct: [String: String] = [:]
        for speaker in speakers where (owners[PlainName.speaker(speaker.id)] ?? []).count > 1 {
            var hasher = StreamHasher()
            hasher.update(Array(speaker.id.utf8))
            distinct[speaker.id] = "\(PlainName.speaker(speaker.id))_\(hasher.finish().hex.prefix(8))"
        }
        self.distinct = distinct
        names = Dictionary(
            speakers.map { ($0.id, distinct[$0.id] ?? PlainName.speaker($0.id)) },
            uniquingKeysWith: { first, _ in first })
    }

    func speaker(_ id: String) -> String { names[id] ?? PlainName.speaker(id) }

    /// A row's key, for the speaker `id`, whose plain name it begins with.
    func key(_ key: String, of id: String) -> String {
        guard !distinct.isEmpty, let name = distinct[id] else { return key }
        let plain = PlainName.speaker(id)
        guard key.hasPrefix(plain + "-") else { return key }
        return name + key.dropFirst(plain.count)
    }

    /// A text as the last field of a line.
    static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? "_" : $0 }))
    }
}
