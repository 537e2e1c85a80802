import Corpus

/// What lists that people write say of the sexes of their speakers.
enum SexWords {
    /// A note on words that are neither f nor m nor say that the sex is not known: their speakers' is taken as not known.
    static func note(_ words: [String], corpus: String, of lines: String) -> [String] {
        let strange = words.filter { !Sex.isWord($0) }
        guard let first = strange.first else { return [] }
        return [
            "corpus '\(corpus)': a sex such as '\(first)' (\(Amount.count(strange.count)) of \(Amount.count(words.count)) "
                + "\(lines)) is neither f nor m and is taken as not known"
        ]
    }
}
