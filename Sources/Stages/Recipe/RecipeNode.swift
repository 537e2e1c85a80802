import Yams

/// A recipe's tree with the place of every value, so that each complaint can name its line.
indirect enum RecipeNode: Sendable {
    case scalar(String, place: String)
    case list([RecipeNode], place: String)
    case map([Entry], place: String)

    struct Entry: Sendable {
        let key: String
        let place: String
        var value: RecipeNode
    }

    var place: String {
        switch self {
        case .scalar(_, let place), .list(_, let place), .map(_, let place): place
        }
    }

    /// The keys and values of a section; none of a value or a list.
    var entries: [Entry] {
        if case .map(let entries, _) = self { entries } else { [] }
    }

    /// The tree of a YAML text; `file` is only for places.
    static func parse(_ yaml: String, file: String) throws(RecipeError) -> RecipeNode {
        do {
            guard let root = try Yams.compose(yaml: yaml) else {
                throw RecipeError(place: file, message: "the recipe is empty")
            }
            return try RecipeNode(root, file: file)
        } catch let error as RecipeError {
            throw error
        } catch let error as YamlError {
            throw RecipeNode.describe(error, file: file)
        } catch {
            throw RecipeError(place: file, message: "this is not YAML: \(error)")
        }
    }

    private static func describe(_ error: YamlError, file: String) -> RecipeError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            RecipeError(place: "\(file):\(mark.line)", message: "this is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            RecipeError(
                place: "\(file):\(context.mark.line)",
                message: "'\(duplicates.joined(separator: "', '"))' stands here twice; keep one")
        default: RecipeError(place: file, message: "this is not YAML: \(error)")
        }
    }

    private init(_ node: Node, file: String) throws(RecipeError) {
        let place = node.mark.map { "\(file):\($0.line)" } ?? file
        switch node {
        case .scalar(let scalar): self = .scalar(scalar.string, place: place)
        case .sequence(let sequence):
            var items: [RecipeNode] = []
            for item in sequence { items.append(try RecipeNode(item, file: file)) }
            self = .list(items, place: place)
        case .mapping(let mapping):
            var entries: [Entry] = []
            for (key, value) in mapping {
                let line = key.mark.map { "\(file):\($0.line)" } ?? file
                guard let name = key.string else {
                    throw RecipeError(place: line, message: "a key must be a word")
                }
                entries.append(Entry(key: name, place: line, value: try RecipeNode(value, file: file)))
            }
            self = .map(entries, place: place)
        case .alias: throw RecipeError(place: place, message: "an alias to an anchor that is not defined")
        }
    }

    /// The tree without the value at the dotted `path`.
    func removing(_ path: [Substring]) -> RecipeNode {
        guard case .map(let entries, let place) = self, let key = path.first else { return self }
        let left = entries.compactMap { entry -> Entry? in
            guard entry.key == key else { return entry }
            if path.count == 1 { return nil }
            return Entry(
                key: entry.key, place: entry.place, value: entry.value.removing(Array(path.dropFirst())))
        }
        return .map(left, place: place)
    }

    /// The tree with the value at the dotted `path` set; sections on the way are made where they are missing.
    func setting(_ path: [Substring], to value: RecipeNode, place: String) throws(RecipeError) -> RecipeNode {
        guard let key = path.first.map(String.init) else { return value }
        var entries = self.entries
        switch self {
        case .map, .scalar("", _): break
        case .scalar, .list:
            throw RecipeError(
                place: place, message: "'\(key)' cannot be set: what holds it is a value, not a section")
        }
        let rest = path.dropFirst()
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index].value = try entries[index].value.setting(Array(rest), to: value, place: place)
        } else {
            let made = try RecipeNode.map([], place: place).setting(Array(rest), to: value, place: place)
            entries.append(Entry(key: key, place: place, value: rest.isEmpty ? value : made))
        }
        return .map(entries, place: self.place)
    }
}
