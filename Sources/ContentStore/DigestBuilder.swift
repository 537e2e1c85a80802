/// Hashes named fields so that no two lists of fields give the same bytes.
///
/// The bytes hashed are the domain tag, then for every field its name and its value, each preceded by its
/// length as eight little-endian bytes; so `("ab", "c")` is not `("a", "bc")`, and a field left out is not a
/// field left empty.
package struct DigestBuilder {
    private var buffer: [UInt8] = []

    /// Starts a digest of one kind of thing; two kinds never collide.
    package init(domain: String) {
        append(domain.utf8)
    }

    package mutating func add(_ name: String, _ value: String) {
        append(name.utf8)
        append(value.utf8)
    }

    package mutating func add(_ name: String, _ value: Int) {
        add(name, String(value))
    }

    package mutating func add(_ name: String, _ value: Digest) {
        append(name.utf8)
        appendLength(32)
        value.append(to: &buffer)
    }

    /// The digest of all the fields, in the order they were added.
    package func finish() -> Digest { Digest.of(buffer) }

    private mutating func append(_ bytes: some Collection<UInt8>) {
        appendLength(bytes.count)
        buffer.append(contentsOf: bytes)
    }

    private mutating func appendLength(_ count: Int) {
        for shift in 0..<8 { buffer.append(UInt8(truncatingIfNeeded: count >> (8 * shift))) }
    }
}
