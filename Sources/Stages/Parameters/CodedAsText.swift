/// A value that stands in parameters as recipes write it: encoded as its description, and read from that.
protocol CodedAsText: Codable, LosslessStringConvertible {
    /// What it is, for errors: `count of pairs`.
    static var noun: String { get }
}

extension CodedAsText {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is no \(Self.noun)")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
