import Corpus
import Testing

@testable import Stages

@Suite("the order of exported rows")
struct RowOrderTests {
    @Test(
        "a shuffled order is a permutation whose rank correlation with the source's is under 0.01",
        arguments: [1, 2, 99] as [UInt64])
    func shuffled(seed: UInt64) {
        let count = 300_000
        let order = RowOrder(count: count, seed: seed, side: .train)
        var seen = [Bool](repeating: false, count: count)
        var sum = 0.0
        let mean = Double(count - 1) / 2
        for position in 0..<count {
            let row = order[position]
            #expect(!seen[row])
            seen[row] = true
            sum += (Double(position) - mean) * (Double(row) - mean)
        }
        let variance = Double(count) * (Double(count) * Double(count) - 1) / 12
        #expect(abs(sum / variance) < 0.01)
        #expect(order.position(of: order[12_345]) == 12_345)
    }

    @Test("sides, seeds and counts give unrelated orders; without a seed it is the dataset's")
    func unrelated() {
        let order = RowOrder(count: 1000, seed: 1, side: .train)
        for other in [
            RowOrder(count: 1000, seed: 1, side: .test), RowOrder(count: 1000, seed: 2, side: .train),
        ] {
            #expect((0..<1000).count { order[$0] == other[$0] } < 10)
        }
        let plain = RowOrder(count: 1000, seed: nil, side: .train)
        #expect((0..<1000).allSatisfy { plain[$0] == $0 && plain.position(of: $0) == $0 })
    }

    @Test("keys hold only what every form takes, begin with the speaker, and differ where ids do")
    func keys() {
        var keys = RowKeys()
        #expect(keys.utterance("19-198-0001", speaker: "19", corpus: nil) == "19-198-0001")
        #expect(
            keys.utterance("id10270/5r0d-Wx_7C8/00001", speaker: "id10270", corpus: nil)
                == "id10270-5r0d-Wx_7C8-00001")
        let odd = keys.utterance("a.b ü/c", speaker: "x-y", corpus: "my corpus")
        #expect(odd == "my_corpus_x_y-a_b__-c")
        let other = keys.utterance("a_b ü/c", speaker: "x-y", corpus: "my corpus")
        #expect(other.hasPrefix(odd + "-") && other.count == odd.count + 13)
        #expect(RowKeys.example("19-198-0001", start: 16000, copy: nil) == "19-198-0001-000016000")
        #expect(RowKeys.example("19-198-0001", start: 16000, copy: 3) == "19-198-0001-000016000-copy3")
    }
}
