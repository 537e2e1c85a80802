internal import Foundation

/// JSON with one spelling per value: keys sorted, no spaces, absent values left out.
package enum CanonicalJSON {
    /// The canonical text of `value`.
    package static func encode(_ value: some Encodable) throws(StoreError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw .unencodable("\(type(of: value)) cannot be written as JSON: \(error)")
        }
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws(StoreError)
        -> Value
    {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw .damaged("'\(text.prefix(80))' is not a \(type): \(error)")
        }
    }

    /// The leaves of a JSON object as (dotted path, text) in path order: what two questions are compared by.
    /// An empty text, which stands for no parameters, has none.
    package static func leaves(of text: String) -> [(path: String, value: String)] {
        guard !text.isEmpty else { return [] }
        guard
            let object = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        else { return [("", text)] }
        var found: [(path: String, value: String)] = []
        collect(object, at: "", into: &found)
        return found.sorted { $0.path.precedesByBytes($1.path) }
    }

    private static func collect(
        _ value: Any, at path: String, into found: inout [(path: String, value: String)]
    ) {
        if let object = value as? [String: Any] {
            for (key, inner) in object {
                collect(inner, at: path.isEmpty ? key : path + "." + key, into: &found)
            }
        } else if let list = value as? [Any] {
            for (index, inner) in list.enumerated() { collect(inner, at: "\(path)[\(index)]", into: &found) }
        } else if let text = value as? String {
            found.append((path, text))
        } else if let fragment = try? JSONSerialization.data(
            withJSONObject: value, options: .fragmentsAllowed)
        {
            found.append((path, String(decoding: fragment, as: UTF8.self)))
        }
    }
}
