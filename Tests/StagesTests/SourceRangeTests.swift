import Testing

@testable import Stages

@Suite("times of parts")
struct SourceRangeTests {
    @Test("decimal seconds are exact to the nanosecond, in any way they are written")
    func decimals() {
        for (text, nanoseconds) in [
            ("0", 0), ("12", 12_000_000_000), ("1.1", 1_100_000_000), ("0.000000001", 1),
            ("1.10", 1_100_000_000),
            ("3.3600000000000003", 3_360_000_000), ("0.9999999996", 1_000_000_000), ("1e-05", 10_000),
            ("1.5E2", 150_000_000_000), ("2.", 2_000_000_000), ("0.00000000049", 0),
        ] {
            #expect(DecimalSeconds(text)?.nanoseconds == nanoseconds, "\(text)")
        }
        for text in ["", "-1", "x", "1.2.3", ".5", "1e", "1e99", "99999999999", "+1", "nan", "1,5"] {
            #expect(DecimalSeconds(text) == nil, "\(text)")
        }
        #expect("\(DecimalSeconds(nanoseconds: 1_500_000_000))" == "1.5")
        #expect("\(DecimalSeconds(nanoseconds: 80_000_000_001))" == "80.000000001")
    }

    @Test("bounds round down to a sample, also where floating point would not")
    func samples() throws {
        // In binary floating point 0.29 × 100 is 28.999999999999996 and 1.1 × 44 100 is 48 510.00000000001.
        #expect(DecimalSeconds("0.29")?.samples(100) == 29)
        #expect(DecimalSeconds("1.1")?.samples(44_100) == 48_510)
        #expect(DecimalSeconds("0.00006")?.samples(16_000) == 0)
        let range = SourceRange(start: try #require(DecimalSeconds("0.5")), end: DecimalSeconds("1.00007"))
        #expect(range.samples(rate: 16_000, count: 99_999) == 8_000..<16_001)
        let open = SourceRange(start: range.start, end: nil)
        #expect(open.samples(rate: 16_000, count: 9_000) == 8_000..<9_000)
        #expect(open.samples(rate: 16_000, count: 7_000).isEmpty)
    }

    @Test("a place is read back as its path and times, and a path that only looks like one stays a path")
    func places() throws {
        let start = try #require(DecimalSeconds("1.5"))
        for range in [
            SourceRange(start: start, end: DecimalSeconds("3.25")), SourceRange(start: start, end: nil), nil,
        ] {
            let utterance = SourceUtterance(
                corpus: "c", id: "u", speaker: "s", session: "x", relativePath: "a#t=1.wav",
                path: "/x/a#t=1.wav", state: .none, rejection: nil, range: range, digest: nil)
            let found = SourceUtterance.parts(ofPlace: utterance.place)
            #expect(found.path == "/x/a#t=1.wav" && found.range == range)
        }
        for path in ["/a.wav", "/a#t=x,y.wav", "/a#t=1", "/a#t=1,2,3"] {
            #expect(SourceUtterance.parts(ofPlace: path).path == path)
        }
    }

    @Test("a part weighs as much as it is long, not as its whole recording")
    func weight() {
        func utterance(_ seconds: Int?) -> SourceUtterance {
            SourceUtterance(
                corpus: "c", id: "u", speaker: "s", session: "x", relativePath: "a.wav", path: "/a.wav",
                state: FileState(byteCount: 1 << 30, modified: 0, changed: 0, inode: 0), rejection: nil,
                range: seconds.map {
                    SourceRange(
                        start: DecimalSeconds(nanoseconds: 0),
                        end: DecimalSeconds(nanoseconds: $0 * 1_000_000_000))
                }, digest: nil)
        }
        #expect(PackCutter.weight(utterance(nil)) == 1 + 1024)
        #expect(PackCutter.weight(utterance(10)) == 1)
        #expect(PackCutter.weight(utterance(100)) == 1 + 3)
    }
}
