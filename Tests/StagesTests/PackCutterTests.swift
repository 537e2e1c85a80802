import Corpus
import Testing

@testable import Stages

@Suite("how speakers' sessions are cut into packs")
struct PackCutterTests {
    private static func utterance(
        _ speaker: Int, _ session: Int, _ number: Int, bytes: Int64 = 200_000
    ) -> SourceUtterance {
        func padded(_ value: Int) -> String { String(String(100_000 + value).dropFirst()) }
        let id = "\(padded(speaker))-\(padded(session))-\(padded(number))"
        return SourceUtterance(
            corpus: "c", id: id, speaker: padded(speaker), session: padded(session), relativePath: id,
            path: id,
            state: FileState(byteCount: bytes, modified: 0, changed: 0, inode: 0), rejection: nil, digest: nil
        )
    }

    /// Sessions of one speaker as lists of utterances; some of them large, some of a few files of many megabytes.
    private static func sessions(_ seed: UInt64, speaker: Int, count: Int, largest: UInt64)
        -> [[SourceUtterance]]
    {
        let random = KeyedRandom(seed: seed, domain: "packs")
        return (0..<count).map { session in
            let key = UInt64(speaker * 1_000 + session)
            let isLong = random.below(20, key, 1) == 0
            let size = isLong ? 1 + random.below(9, key, 2) : 1 + random.below(largest, key, 2)
            return (0..<Int(size)).map {
                utterance(
                    speaker, session * 3, $0, bytes: isLong ? Int64(random.below(15 << 20, key, 3)) : 200_000)
            }
        }
    }

    private func weight(_ pack: Pack) -> Int { pack.utterances.reduce(0) { $0 + PackCutter.weight($1) } }

    @Test("every utterance stands in one pack, in order, and no pack mixes speakers or corpora")
    func partition() {
        for seed in UInt64(0)..<40 {
            var all = (0..<5).flatMap {
                Self.sessions(seed, speaker: $0, count: 8 * $0, largest: 60).joined()
            }
            let other = Self.utterance(4, 999, 0)
            all.append(
                SourceUtterance(
                    corpus: "d", id: other.id, speaker: other.speaker, session: other.session,
                    relativePath: "", path: "",
                    state: other.state, rejection: nil, digest: nil))
            let packs = PackCutter().cut(all)
            #expect(packs.flatMap { $0.utterances.map(\.id) } == all.map(\.id))
            #expect(Set(packs.map(\.id)).count == packs.count)
            for pack in packs {
                #expect(
                    Set(pack.utterances.map { "\($0.corpus)/\($0.speaker)" }) == [
                        "\(pack.corpus)/\(pack.speaker)"
                    ])
                #expect(pack.id.hasPrefix("\(pack.corpus)/\(pack.speaker)/\(pack.utterances[0].session)"))
            }
        }
        #expect(PackCutter().cut([]).isEmpty)
    }

    @Test(
        "no pack is beyond the limit unless one utterance is, and none is small unless all of its speaker is")
    func bounds() {
        for seed in UInt64(0)..<100 {
            let sessions = Self.sessions(seed, speaker: 1, count: 1 + Int(seed % 40), largest: 250)
            let packs = PackCutter().cut(Array(sessions.joined()))
            for pack in packs {
                #expect(weight(pack) <= PackCutter.limit || pack.utterances.count == 1)
                #expect(weight(pack) >= PackCutter.minimum || packs.count == 1)
            }
        }
    }

    @Test("a speaker of light sessions is cut into packs of some ten minutes: 35 to 60 utterances on average")
    func average() {
        let sessions = Self.sessions(9, speaker: 1, count: 2_000, largest: 12)
        let packs = PackCutter().cut(Array(sessions.joined()))
        let average = packs.reduce(0) { $0 + $1.utterances.count } / packs.count
        #expect((35...60).contains(average), "\(average)")
    }

    @Test("a session never crosses packs unless it is too large for one")
    func wholeSessions() {
        for seed in UInt64(0)..<40 {
            let sessions = Self.sessions(seed, speaker: 1, count: 50, largest: 60)
            let packs = PackCutter().cut(Array(sessions.joined()))
            for session in sessions
            where session.reduce(0, { $0 + PackCutter.weight($1) }) <= PackCutter.maximum {
                let holders = packs.count { pack in
                    pack.utterances.contains { $0.session == session[0].session }
                }
                #expect(holders == 1)
            }
        }
    }

    @Test(
        "a huge session is divided, and an utterance more or less in it changes the packs next to it and no others"
    )
    func hugeSession() {
        let session = (0..<3_000).map { Self.utterance(1, 1, $0 * 2) }
        let before = PackCutter().cut(session)
        #expect(before.count > 30)
        #expect(before[0].id == "c/00001/00001" && before[1].id.hasPrefix("c/00001/00001/00001-00001-"))
        for place in stride(from: 1, to: 3_000, by: 37) {
            var grown = session
            grown.insert(Self.utterance(1, 1, place * 2 - 1), at: place)
            expectNeighbors(before, PackCutter().cut(grown), "an utterance at \(place)")
        }
    }

    /// No more than three packs differ either way, and they lie side by side.
    private func expectNeighbors(_ one: [Pack], _ other: [Pack], _ what: String) {
        for (before, after) in [(one, other), (other, one)] {
            let known = Set(before.map { $0.utterances.map(\.id) })
            let changed = after.indices.filter { !known.contains(after[$0].utterances.map(\.id)) }
            #expect(changed.count <= 3, "\(what): \(changed)")
            #expect((changed.last ?? 0) - (changed.first ?? 0) <= 2, "\(what): \(changed)")
            #expect(changed.allSatisfy { after[$0].speaker == "00001" }, "\(what)")
        }
    }

    @Test("a session more or less changes the packs next to it and no others, in 240 random corpora")
    func sessions() {
        for seed in UInt64(0)..<240 {
            let count = 2 + Int(seed % 40)
            let sessions = Self.sessions(seed, speaker: 1, count: count, largest: 2 + seed % 45)
            let others = Array(Self.sessions(seed, speaker: 2, count: 6, largest: 40).joined())
            var fewer = sessions
            fewer.remove(at: Int(KeyedRandom(seed: seed, domain: "place").below(UInt64(count), 0)))
            let full = PackCutter().cut(Array(sessions.joined()) + others)
            expectNeighbors(full, PackCutter().cut(Array(fewer.joined()) + others), "seed \(seed)")
        }
    }
}
