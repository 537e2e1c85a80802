/// What the examples of a dataset and their utterances are called in lists.
package struct ExampleNames: Sendable {
    /// Of each row, the number of its utterance.
    package let utterances: [UInt32]
    /// The name of each utterance: `19/198/19-198-0001`.
    package let utteranceNames: [String]
    private let key: @Sendable (Int) -> String
    private let find: @Sendable (String) -> Int?

    /// - Parameters:
    ///   - key: the name of a row's example.
    ///   - find: the number of the utterance that a list means by a name.
    package init(
        utterances: [UInt32], utteranceNames: [String], key: @escaping @Sendable (Int) -> String,
        find: @escaping @Sendable (String) -> Int?
    ) {
        self.utterances = utterances
        self.utteranceNames = utteranceNames
        self.key = key
        self.find = find
    }

    package func key(ofRow row: UInt32) -> String { key(Int(row)) }

    package func utterance(named name: String) -> Int? { find(name) }

    /// The rows of each utterance, in order.
    func rowsOfUtterances() -> [[UInt32]] {
        var rows = [[UInt32]](repeating: [], count: utteranceNames.count)
        for (row, utterance) in utterances.enumerated() { rows[Int(utterance)].append(UInt32(row)) }
        return rows
    }
}
