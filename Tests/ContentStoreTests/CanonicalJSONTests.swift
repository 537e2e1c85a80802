import ContentStore
import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    private struct Parameters: Codable, Equatable {
        var window = 400
        var mels = 64
        var preEmphasis = 0.97
        var note: String?
        var isPadded = false
        var path = "a/b"
        var inner = Inner()

        struct Inner: Codable, Equatable {
            var zeta = [1, 2]
            var alpha = "é \" \\ \n"
        }
    }

    @Test("has one spelling: keys sorted, no spaces, slashes as they are, absent values left out")
    func spelling() throws {
        #expect(
            try CanonicalJSON.encode(Parameters())
                == #"{"inner":{"alpha":"é \" \\ \n","zeta":[1,2]},"isPadded":false,"mels":64,"path":"a/b","#
                + #""preEmphasis":0.97,"window":400}"#)
        #expect(try CanonicalJSON.encode(Parameters(note: "")).contains(#""note":"","path""#))
    }

    @Test("sorts keys by their bytes, neither by number nor by letter case")
    func keyOrder() throws {
        let keys = ["a10", "a2", "B", "a", "é", "Z", "_", "aB", "ab"]
        let text = try CanonicalJSON.encode(Dictionary(uniqueKeysWithValues: keys.map { ($0, 1) }))
        #expect(text == #"{"B":1,"Z":1,"_":1,"a":1,"a10":1,"a2":1,"aB":1,"ab":1,"é":1}"#)
    }

    @Test("is read back as the value it was, also when spelled otherwise")
    func roundtrip() throws {
        let value = Parameters(mels: 40, preEmphasis: 0.1, note: "x")
        #expect(try CanonicalJSON.decode(Parameters.self, from: CanonicalJSON.encode(value)) == value)
        let spaced = #"{ "b" : 2, "a": 1 }"#
        let read = try CanonicalJSON.decode([String: Int].self, from: spaced)
        #expect(try CanonicalJSON.encode(read) == #"{"a":1,"b":2}"#)
    }

    @Test("refuses a number that JSON has no form for, and text of another kind")
    func refusals() {
        let unwritable = #expect(throws: StoreError.self) { try CanonicalJSON.encode([Double.nan]) }
        guard case .unencodable = unwritable else {
            Issue.record("\(String(describing: unwritable)) should be .unencodable")
            return
        }
        let unreadable = #expect(throws: StoreError.self) {
            try CanonicalJSON.decode([Int].self, from: #"{"mels":64}"#)
        }
        #expect(unreadable?.message.hasPrefix(#"'{"mels":64}' is not a "#) == true)
    }

    @Test("falls into leaves, each with its path, in path order")
    func leaves() {
        let text = #"{"b":{"y":true,"x":[10,{"k":"v"}]},"a":0.97,"c":null,"d":"","e":{},"f":false,"g":1}"#
        let expected = [
            ("a", "0.97"), ("b.x[0]", "10"), ("b.x[1].k", "v"), ("b.y", "true"), ("c", "null"), ("d", ""),
            ("f", "false"), ("g", "1"),
        ]
        let found = CanonicalJSON.leaves(of: text)
        #expect(found.map(\.path) == expected.map(\.0))
        #expect(found.map(\.value) == expected.map(\.1))
    }

    @Test(
        "of a lone value is a leaf without a path, text that is no JSON stays whole, and nothing has no leaves"
    )
    func leavesOfOtherText() {
        #expect(CanonicalJSON.leaves(of: "64").map(\.value) == ["64"])
        #expect(CanonicalJSON.leaves(of: "64").map(\.path) == [""])
        #expect(CanonicalJSON.leaves(of: "not JSON").map(\.value) == ["not JSON"])
        #expect(CanonicalJSON.leaves(of: "").isEmpty)
    }
}
