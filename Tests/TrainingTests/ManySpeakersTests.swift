import TestSupport
import Testing

@testable import Training

@Suite struct ManySpeakersTests {
    @Test(
        "however many speakers a side has, some are asked about in several utterances each",
        arguments: [(720, [1, 1]), (720, [40, 1]), (133, [3, 3]), (5994, [1, 1, 1]), (40, [30, 30])])
    func spread(count: Int, utterances: [Int]) throws {
        let folder = TemporaryFolder()
        let labels = try ManySpeakers(in: folder.path, count: count, utterances: utterances).labels
        let chosen = SpreadRows(labels, side: .validation, limit: 600)
        #expect(chosen.rows.count <= 600 && Set(chosen.rows).count == chosen.rows.count)
        let bySpeaker = Dictionary(grouping: chosen.rows.indices) { chosen.speakers[$0] }
        #expect(bySpeaker.count == min(count, 100))
        for places in bySpeaker.values { #expect(Set(places.map { chosen.utterances[$0] }).count > 1) }
        #expect(UnseenSpeakers(labels, side: .validation) != nil)
        #expect(VoiceThreshold(labels, side: .validation) != nil)
    }

    @Test("speakers of one utterance each cannot be asked about, and a small side is taken whole")
    func edges() throws {
        let folder = TemporaryFolder()
        let single = try ManySpeakers(in: folder.path, count: 700, utterances: [2]).labels
        #expect(UnseenSpeakers(single, side: .validation) == nil)
        #expect(VoiceThreshold(single, side: .validation) == nil)
        let small = try ManySpeakers(in: folder.path, count: 10, utterances: [2, 1]).labels
        #expect(SpreadRows(small, side: .validation, limit: 600).rows == Array(0..<30))
    }
}
