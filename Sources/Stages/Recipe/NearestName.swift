/// Finds the valid name that a misspelt one most likely meant.
enum NearestName {
    /// The name in `names` with the fewest edits from `text`, when that is few enough to be a slip.
    static func find(_ text: String, in names: some Sequence<String>) -> String? {
        let found = names.sorted().map {
            (name: $0, edits: edits(Array(text.lowercased()), Array($0.lowercased())))
        }
        .min { $0.edits < $1.edits }
        guard let found, found.edits <= max(1, text.count / 3 + 1), found.edits < max(text.count, 2) else {
            return nil
        }
        return found.name
    }

    /// The number of insertions, deletions and replacements from `left` to `right`.
    private static func edits(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (character == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
