import ContentStore

/// What the examples of a recipe's last build and their utterances are called in lists.
package struct ExampleIndex: Sendable {
    private let table: ExampleTable
    private let numbers: [String: Int]

    init(_ built: BuiltDataset) throws {
        let table = try ExampleTable(built)
        self.table = table
        var numbers: [String: Int] = [:]
        // The first of several names stands: what our own lists call an utterance before what others might.
        for names in [
            table.wholeNames, table.keys, table.wholeNames.map(UtteranceName.kaldi), table.utteranceNames,
        ] {
            for (number, name) in names.enumerated() { numbers[name] = numbers[name] ?? number }
        }
        self.numbers = numbers
    }

    /// Of each row, the number of its utterance.
    package var utterances: [UInt32] { table.utterances }

    /// The name of each utterance: `19/198/19-198-0001`.
    package var utteranceNames: [String] { table.wholeNames }

    /// The name of a row's example, as exports have it: `19-19-198-0001-000016000`.
    package func key(ofRow row: Int) -> String { table.key(row) }

    /// The number of the utterance that a list means by a name: in our forms, by its id, or as the path of its file, which
    /// may begin with further folders: `train-clean-100/19/198/19-198-0001.flac`.
    package func utterance(named name: String) -> Int? {
        if let number = numbers[name] { return number }
        var path = UtteranceName.id(name)[...]
        while true {
            if let number = numbers[String(path)] { return number }
            guard let slash = path.firstIndex(of: "/") else { return nil }
            path = path[path.index(after: slash)...]
            // A bare id under folders that are none of ours may be another's.
            guard path.contains("/") else { return nil }
        }
    }
}

extension BuiltArtifacts {
    package func exampleIndex() throws -> ExampleIndex { try ExampleIndex(built) }
}
