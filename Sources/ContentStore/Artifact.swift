/// Immutable bytes in the store: their digest and how many there are.
package struct Artifact: Hashable, Codable, Sendable {
    package let digest: Digest
    package let byteCount: Int

    package init(digest: Digest, byteCount: Int) {
        self.digest = digest
        self.byteCount = byteCount
    }
}
