import ContentStore
import Testing

@Suite("A digest of named fields")
struct DigestBuilderTests {
    private func digest(_ domain: String = "twinset.test", _ fields: (String, String)...) -> Digest {
        var builder = DigestBuilder(domain: domain)
        for (name, value) in fields { builder.add(name, value) }
        return builder.finish()
    }

    /// From Python 3.11: hashlib.sha256 over every name and value with struct.pack('<Q', len) before it.
    @Test("of fixed fields is what it always was")
    func golden() {
        var builder = DigestBuilder(domain: "twinset.test")
        #expect(builder.finish().hex == "cd8af4a0b343b18a2f58c7cbf486b6c2f10ecfc7d898bc069f4ab516037c6f92")
        builder.add("name", "speech")
        builder.add("count", -7)
        builder.add("empty", "")
        builder.add("input", Digest.of("abc".utf8))
        #expect(builder.finish().hex == "02a685c9114f137c807d18f74068f1d0399eba242d7b0381833bfcb61a4d5cb6")
    }

    @Test("tells apart where one field ends and the next begins")
    func boundaries() {
        #expect(digest("d", ("ab", "c")) != digest("d", ("a", "bc")))
        #expect(digest("d", ("a", "b"), ("c", "d")) != digest("d", ("a", "bcd")))
        #expect(digest("d", ("a", "")) != digest("d", ("", "a")))
        #expect(digest("da", ("b", "")) != digest("d", ("ab", "")))
    }

    @Test("tells a field left out from a field left empty")
    func absence() {
        #expect(digest("d", ("a", "1")) != digest("d", ("a", "1"), ("b", "")))
        #expect(digest("d") != digest("d", ("", "")))
    }

    @Test("tells apart the kinds of things, the names, the values and the order of the fields")
    func everythingCounts() {
        let reference = digest("d", ("a", "1"), ("b", "2"))
        #expect(reference == digest("d", ("a", "1"), ("b", "2")))
        let others = [
            digest("e", ("a", "1"), ("b", "2")), digest("d", ("c", "1"), ("b", "2")),
            digest("d", ("a", "3"), ("b", "2")), digest("d", ("b", "2"), ("a", "1")),
            digest("d", ("a", "2"), ("b", "1")), digest("d", ("a", "1")),
            digest("d", ("a", "1"), ("b", "2"), ("b", "2")),
        ]
        #expect(Set(others).count == others.count)
        #expect(!others.contains(reference))
    }
}
