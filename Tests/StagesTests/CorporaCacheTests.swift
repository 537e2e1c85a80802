import ContentStore
import Corpus
import Testing

@testable import Stages

@Suite("what is remembered of source files")
struct CorporaCacheTests {
    private func utterance(_ number: Int, state: FileState? = nil, digest: Digest? = nil) -> SourceUtterance {
        let path = "spk/sess/utterance \(number)·ü.wav"
        return SourceUtterance(
            corpus: "c", id: "\(number)", speaker: "spk", session: "sess", relativePath: path,
            path: "/x/" + path,
            state: state ?? self.state(number), rejection: nil, digest: digest)
    }

    private func state(_ number: Int) -> FileState {
        FileState(
            byteCount: Int64(number), modified: Int64(number) * 3 - 5, changed: Int64(number) * 7,
            inode: UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
    }

    private func digest(_ number: Int) -> Digest { Digest.of([UInt8(number)]) }

    private var known: [SourceUtterance] { (0..<6).map { utterance($0, digest: digest($0)) } }

    private func applied(_ bytes: [UInt8], to utterances: [SourceUtterance]) -> [Digest?] {
        var utterances = utterances
        SourceCache.apply(bytes, to: &utterances)
        return utterances.map(\.digest)
    }

    @Test("unchanged files get the digests they had, those never read none")
    func unchanged() {
        var remembered = known
        remembered[4].digest = nil
        let bytes = SourceCache.encode(remembered)
        let expected: [Digest?] = [digest(0), digest(1), digest(2), digest(3), nil, digest(5)]
        #expect(applied(bytes, to: (0..<6).map { utterance($0) }) == expected)
    }

    @Test("files that came or went leave the others their digests")
    func neighbors() {
        let bytes = SourceCache.encode(known)
        #expect(
            applied(bytes, to: [9, 0, 2, 8, 5, 7].map { utterance($0) })
                == [nil, digest(0), digest(2), nil, digest(5), nil])
        #expect(applied(bytes, to: []) == [])
    }

    @Test("another size, time of writing, time of change or inode drops the digest of that file alone")
    func changes() {
        let bytes = SourceCache.encode(known)
        let old = state(3)
        let changes = [
            FileState(byteCount: 4, modified: old.modified, changed: old.changed, inode: old.inode),
            FileState(byteCount: 3, modified: old.modified + 1, changed: old.changed, inode: old.inode),
            FileState(byteCount: 3, modified: old.modified, changed: old.changed - 1, inode: old.inode),
            FileState(byteCount: 3, modified: old.modified, changed: old.changed, inode: old.inode ^ 1 << 63),
        ]
        for change in changes {
            let files = (0..<6).map { utterance($0, state: $0 == 3 ? change : nil) }
            #expect(
                applied(bytes, to: files) == [digest(0), digest(1), digest(2), nil, digest(4), digest(5)],
                "\(change)")
        }
        #expect(applied(bytes, to: [utterance(3, state: old)]) == [digest(3)])
    }

    @Test("bytes cut off anywhere give whole entries or none, and garbage gives nothing")
    func garbage() {
        let bytes = SourceCache.encode(known)
        let files = (0..<6).map { utterance($0) }
        for length in 0...bytes.count {
            let found = applied(Array(bytes.prefix(length)), to: files)
            let whole = length * 6 / bytes.count
            #expect(found == (0..<6).map { $0 < whole ? digest($0) : nil }, "\(length) bytes")
        }
        let random = KeyedRandom(seed: 1, domain: "garbage")
        for length in 0..<200 {
            let garbage = (0..<length).map {
                UInt8(truncatingIfNeeded: random.bits(UInt64(length), UInt64($0)))
            }
            #expect(applied(garbage, to: files).allSatisfy { $0 == nil })
        }
        #expect(applied([UInt8](repeating: 0xFF, count: 100), to: files).allSatisfy { $0 == nil })
        #expect(applied([UInt8](repeating: 0, count: 1_000), to: files).allSatisfy { $0 == nil })
    }
}
