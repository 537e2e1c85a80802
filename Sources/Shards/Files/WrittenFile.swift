/// A file of an export, as its index lists it.
package struct WrittenFile: Codable, Sendable, Hashable {
    /// Where it lies below the export's folder, with slashes.
    package let name: String
    package let byteCount: Int
    package let sha256: String

    package init(name: String, byteCount: Int, sha256: String) {
        self.name = name
        self.byteCount = byteCount
        self.sha256 = sha256
    }

    private enum CodingKeys: String, CodingKey {
        case name, sha256
        case byteCount = "bytes"
    }
}
