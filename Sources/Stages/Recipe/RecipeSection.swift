/// One section of a recipe, read key by key; `finish` refuses what nobody asked for.
struct RecipeSection {
    let name: String
    let place: String
    private let entries: [RecipeNode.Entry]
    private var valid: Set<String> = []

    init(_ node: RecipeNode?, name: String, place: String) throws(RecipeError) {
        self.name = name
        switch node {
        case nil:
            self.place = place
            entries = []
        case .map(let found, let own):
            self.place = own
            entries = found
        case .scalar("", let own):
            self.place = own
            entries = []
        case .scalar(_, let own), .list(_, let own):
            throw RecipeError(
                place: own,
                message: name.isEmpty
                    ? "a recipe holds sections such as corpora, resample and features, each with keys and values"
                    : "'\(name)' is a section: keys and values go under it")
        }
    }

    var keys: [String] { entries.map(\.key) }
    var isEmpty: Bool { entries.isEmpty }

    /// The key's whole name; that of the section itself for an empty key.
    func dotted(_ key: String) -> String { name.isEmpty || key.isEmpty ? name + key : "\(name).\(key)" }

    mutating func node(_ key: String) -> RecipeNode? {
        valid.insert(key)
        return entries.last { $0.key == key }?.value
    }

    func place(of key: String) -> String { entries.last { $0.key == key }?.value.place ?? place }

    func error(_ key: String, _ message: String) -> RecipeError {
        RecipeError(place: place(of: key), message: "\(dotted(key)) \(message)")
    }

    mutating func section(_ key: String) throws(RecipeError) -> RecipeSection {
        try RecipeSection(node(key), name: dotted(key), place: place)
    }

    mutating func text(_ key: String) throws(RecipeError) -> String? {
        switch node(key) {
        case nil: return nil
        case .scalar(let text, _): return text
        case .list(_, let place), .map(_, let place):
            throw RecipeError(place: place, message: "\(dotted(key)) takes one value")
        }
    }

    /// A list of words; one word alone is a list of one.
    mutating func list(_ key: String) throws(RecipeError) -> [String]? {
        switch node(key) {
        case nil: return nil
        case .scalar(let text, _): return text.isEmpty ? [] : [text]
        case .map(_, let place): throw RecipeError(place: place, message: "\(dotted(key)) takes a list")
        case .list(let items, let place):
            var words: [String] = []
            for item in items {
                guard case .scalar(let text, _) = item else {
                    throw RecipeError(place: place, message: "\(dotted(key)) takes a list of words")
                }
                words.append(text)
            }
            return words
        }
    }

    mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: String, _ type: Choice.Type = Choice.self
    ) throws(RecipeError) -> Choice? {
        try text(key).map { (text) throws(RecipeError) in try choice(key, text) }
    }

    /// A list of choices; one alone is a list of one.
    mutating func choices<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: String, _ type: Choice.Type = Choice.self
    ) throws(RecipeError) -> [Choice]? {
        guard let words = try list(key), !words.isEmpty else { return nil }
        return try words.map { (word) throws(RecipeError) in try choice(key, word) }
    }

    private func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: String, _ text: String
    ) throws(RecipeError) -> Choice {
        if let choice = Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        let nearest = NearestName.find(text, in: names).map { "; did you mean '\($0)'?" } ?? ";"
        throw error(key, "cannot be '\(text)'\(nearest) valid: \(names.joined(separator: ", "))")
    }

    /// Refuses every key that was not asked for, naming the nearest valid one.
    func finish() throws(RecipeError) {
        for entry in entries where !valid.contains(entry.key) {
            throw RecipeShape.unknown(entry, in: name, valid: valid)
        }
    }
}
