/// The sex of a speaker as the corpus states it: one letter, `f`, `m`, or `u` where it says nothing.
///
/// LibriSpeech's SPEAKERS.TXT and VoxCeleb's meta files write `F` and `M`; `init(letter:)` reads those too.
package enum Sex: String, Codable, Sendable, CaseIterable {
    case female = "f"
    case male = "m"
    case unknown = "u"

    /// Reads one letter in either case; anything but F and M is `unknown`, never an error.
    package init(letter: some StringProtocol) {
        self = Sex(rawValue: letter.lowercased()) ?? .unknown
    }

    /// Whether a word says f or m, or that the sex is not known, by its first letter in either case, or by having none.
    package static func isWord(_ word: some StringProtocol) -> Bool {
        guard let first = word.lowercased().first(where: { !$0.isWhitespace }) else { return true }
        return "fmun-?".contains(first)
    }
}
