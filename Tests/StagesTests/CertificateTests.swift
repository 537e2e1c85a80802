import ContentStore
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Stages

/// Four speakers of four utterances of 3 s that sound nothing alike; 11 and 12 stand on train, 13 and 14 on test.
struct ChatterCorpus {
    let corpus: StageCorpus
    static let settings = ["split.near-identical=true"]

    init() throws {
        corpus = try StageCorpus()
        for speaker in 0..<4 {
            for session in 0..<2 {
                for number in 0..<2 {
                    try write(ChatterCorpus.samples(speaker, session, number), speaker, session, number)
                }
            }
        }
    }

    static func sound(_ speaker: Int, _ session: Int, _ number: Int) -> Chatter {
        Chatter(key: UInt64(speaker * 100 + session * 10 + number + 1))
    }

    /// 3 s of a sound, made once for all tests.
    static func samples(_ speaker: Int, _ session: Int, _ number: Int) -> [Int16] {
        let key = speaker * 100 + session * 10 + number
        if let known = made.withLock({ $0[key] }) { return known }
        let samples = sound(speaker, session, number).integers(seconds: 3)
        made.withLock { $0[key] = samples }
        return samples
    }

    private static let made = Mutex<[Int: [Int16]]>([:])

    func write(_ samples: [Int16], _ speaker: Int, _ session: Int, _ number: Int, rate: Int = 16_000) throws {
        try corpus.folder.write(
            StageSound.wave(samples, rate: rate), to: corpus.file(speaker, session, number))
    }

    @discardableResult
    func build(_ settings: [String] = []) async throws -> BuildSummary {
        try await corpus.build(set: ChatterCorpus.settings + settings)
    }

    /// What a build that must fail says.
    func complaint(_ settings: [String] = []) async throws -> String {
        do {
            _ = try await build(settings)
            return ""
        } catch {
            return "\(error)"
        }
    }

    func certificate(_ settings: [String] = []) throws -> IssuedCertificate {
        let builder = try corpus.builder(set: ChatterCorpus.settings + settings)
        return try IssuedCertificate(recipe: builder.recipe, workspace: builder.workspace)
    }

    func check(_ leak: Leak, _ settings: [String] = []) throws -> Certificate.Check? {
        try certificate(settings).certificate.checks.first { $0.leak == leak }
    }
}

@Suite("the leakage certificate")
struct CertificateTests {
    @Test("a clean corpus gives a clean certificate, which is no part of the dataset's name")
    func clean() async throws {
        let made = try ChatterCorpus()
        let summary = try await made.build()
        #expect(summary.leaks.isEmpty)
        let issued = try made.certificate()
        #expect(issued.recipe == "small" && issued.dataset == summary.dataset)
        #expect(issued.certificate.isClean && issued.certificate.refused.isEmpty)
        #expect(
            issued.certificate.checks.map(\.leak) == [.speaker, .session, .utterance, .audio, .nearAudio])
        #expect(
            issued.certificate.split == (try made.corpus.result().artifact("split", "dataset"))?.digest.hex)
        #expect(
            issued.certificate.sides.map { "\($0.side) \($0.speakers) \($0.utterances)" } == [
                "train 2 8", "test 2 8",
            ])
        #expect(
            issued.certificate.nearAudio?.compared == 16 && issued.certificate.nearAudio?.notCompared == 0)
        #expect(issued.certificate.nearAudio?.pairsWithinSides == 0)
        #expect(try await made.build().tasks.ran == 0)
        let plain = try await made.corpus.build()
        #expect(plain.dataset == summary.dataset)
        #expect(try made.corpus.result().open("certificate", "dataset") != nil)
    }

    @Test("its artifact holds the JSON and the table, and the table says what was found and how")
    func artifact() async throws {
        let made = try ChatterCorpus()
        try await made.build()
        let file = try #require(try made.corpus.result().open("certificate", "dataset"))
        let json = try JSONSerialization.jsonObject(with: Data(try file.bytes("json"))) as? [String: Any]
        #expect((json?["checks"] as? [[String: Any]])?.count == 5)
        let table = String(decoding: try file.bytes("table"), as: UTF8.self)
        #expect(table == (try made.certificate()).certificate.table() + "\n")
        for line in [
            "side   speakers  utterances  examples  hours", "near-identical pairs on two sides  0  ",
            "16 utterances compared, 0 too short or of too low a rate, 0 pairs within a side",
            "fingerprint version 1", "certificate     version 2",
        ] { #expect(table.contains(line), "\(line) in\n\(table)") }
    }

    /// A copy of the first utterance of speaker 11, changed.
    enum Change: CaseIterable {
        case quieter, laterAndQuieter, telephone, eightKilohertz, excerpt, allAtOnce

        var rate: Int { self == .eightKilohertz ? 8_000 : 16_000 }

        func samples(_ sound: Chatter) -> [Int16] {
            switch self {
            case .quieter: sound.integers(seconds: 3).map { $0 / 4 }
            case .laterAndQuieter: Array(sound.integers(seconds: 3).dropFirst(5_920)).map { $0 / 3 }
            case .telephone: throughTelephone(sound.integers(seconds: 3))
            case .eightKilohertz: sound.integers(seconds: 3, rate: 8_000)
            case .excerpt: Array(sound.integers(seconds: 3)[9_001..<36_001])
            case .allAtOnce: throughTelephone(sound.integers(seconds: 3).dropFirst(5_920).map { $0 / 4 })
            }
        }

        var offsetSeconds: Double {
            switch self {
            case .laterAndQuieter, .allAtOnce: 0.37
            case .excerpt: 0.5626
            case .quieter, .telephone, .eightKilohertz: 0
            }
        }
    }

    @Test(
        "the same sound made quieter, cut, resampled or encoded again is found on the other side",
        arguments: Change.allCases)
    func near(change: Change) async throws {
        let made = try ChatterCorpus()
        try made.write(change.samples(ChatterCorpus.sound(0, 0, 0)), 3, 1, 1, rate: change.rate)
        let rates = ["ingest.rates=[8kHz,16kHz]"]
        let complaint = try await made.complaint(rates)
        #expect(
            complaint.contains(
                "1 pair of near-identical recordings on two sides (librispeech/11-110-0000 [train] ~ librispeech/14-141-0001 [test])"
            ), "\(complaint)")
        #expect(complaint.contains("split.allow: [near-audio]"), "\(complaint)")
        let allowed = rates + ["split.allow=[near-audio]"]
        #expect(try await made.build(allowed).leaks.map { "\($0.kind) \($0.count)" } == ["near-audio 1"])
        let check = try #require(try made.check(.nearAudio, allowed))
        #expect(check.count == 1 && check.isAllowed && check.across == ["train+test": 1])
        let finding = try #require(check.found.first)
        #expect(finding.names == ["librispeech/11-110-0000", "librispeech/14-141-0001"])
        #expect(abs((finding.offsetSeconds ?? 9) - change.offsetSeconds) < 0.017)
        #expect((finding.mismatch ?? 1) < 0.16 && (finding.seconds ?? 0) > 1)
    }

    @Test(
        "where one utterance stands on two sides, its copies may too, and are stated; copies on one side each may not"
    )
    func admittedWithUtterances() async throws {
        let made = try ChatterCorpus()
        try made.write(ChatterCorpus.samples(0, 0, 0).map { $0 / 2 }, 3, 1, 1)
        let apart = try await made.complaint(["split.allow=[utterance]"])
        #expect(apart.contains("1 pair of near-identical recordings") && apart.contains("[near-audio]"))
        let settings = [
            "split.by=example", "split.train=50%", "split.test=50%",
            "split.allow=[speaker,session,utterance]",
        ]
        #expect(try await made.build(settings).leaks.last?.kind == "near-audio")
        let check = try #require(try made.check(.nearAudio, settings))
        #expect(check.isAllowed && check.found.allSatisfy { $0.sides.contains("train+test") })
        #expect(
            try await made.complaint(["split.allow=[speaker,session]"]).contains("near-identical"))
    }

    @Test("of recordings that are alike, those that stand on one side each are refused and named first")
    func namesTheWorst() {
        var parameters = CertificateRequest(allow: [.utterance]).parameters
        #expect(!parameters.admitsLike(1, 4) && parameters.admitsLike(5, 4) && parameters.admitsLike(1, 5))
        parameters.allow = [.nearAudio]
        #expect(parameters.admitsLike(1, 4) && parameters.admits(.nearAudio))
        parameters.allow = [.speaker]
        #expect(!parameters.admitsLike(5, 5))
        let pairs = [("a", ["train+test", "test"]), ("b", ["train", "test"])]
        let check = Certificate.Check(
            leak: .nearAudio, count: 2, isAllowed: false, across: [:],
            found: pairs.map { Certificate.Finding(names: [$0, $0 + "2"], sides: $1) })
        let certificate = Certificate(
            version: 2, split: "", sides: [], checks: [check], nearAudio: nil, trials: [])
        #expect(certificate.refusal().contains("(b [train] ~ b2 [test], …)"))
    }

    @Test("copies on one side are counted and are no leak")
    func oneSide() async throws {
        let made = try ChatterCorpus()
        try made.write(ChatterCorpus.sound(0, 0, 0).integers(seconds: 3).map { $0 / 2 }, 1, 1, 1)
        #expect(try await made.build().leaks.isEmpty)
        #expect(try made.certificate().certificate.nearAudio?.pairsWithinSides == 1)
        #expect(try made.certificate().certificate.isClean)
    }

    @Test("one file under two names is identical audio, and not near-identical besides")
    func identical() async throws {
        let made = try ChatterCorpus()
        try made.write(ChatterCorpus.sound(0, 0, 0).integers(seconds: 3), 3, 1, 1)
        #expect(try await made.complaint().contains("1 audio (11-110-0000)"))
        let allowed = ["split.allow=[audio]"]
        #expect(try await made.build(allowed).leaks.map(\.kind) == ["audio"])
        let check = try #require(try made.check(.audio, allowed))
        #expect(check.count == 1 && check.isAllowed)
        #expect(
            check.found.map(\.words) == ["librispeech/11-110-0000 [train] ~ librispeech/14-141-0001 [test]"])
        #expect(try made.check(.nearAudio, allowed)?.count == 0)
    }

    @Test("speakers, sessions and utterances on two sides are all named")
    func shared() async throws {
        let made = try ChatterCorpus()
        let settings = [
            "split.by=example", "split.train=50%", "split.test=50%",
            "split.allow=[speaker,session,utterance]",
        ]
        let leaks = try await made.build(settings).leaks
        for (leak, limit) in [(Leak.speaker, 4), (.session, 8), (.utterance, 16)] {
            let check = try #require(try made.check(leak, settings))
            #expect(check.count == leaks.first { $0.kind == leak.rawValue }?.count)
            #expect(check.count == check.found.count && (2...limit).contains(check.count) && check.isAllowed)
            #expect(check.found.allSatisfy { $0.sides == ["train+test"] })
        }
        #expect(try made.check(.speaker, settings)?.found.first?.names == ["librispeech/11"])
        #expect(try made.check(.session, settings)?.found.first?.names == ["librispeech/11/110"])
        #expect(
            try made.check(.utterance, settings)?.found.first?.names.first?.hasPrefix("librispeech/11-11")
                == true)
    }

    @Test("without near-identical no fingerprint is made; asking for it later makes those and nothing else")
    func upgrade() async throws {
        let made = try ChatterCorpus()
        let plain = try await made.corpus.build()
        #expect(try made.corpus.result().subjects("fingerprint").isEmpty)
        #expect(try made.certificate(["split.near-identical=false"]).certificate.nearAudio == nil)
        let summary = try await made.build()
        #expect(summary.tasks.ran == 4 + 1 && summary.dataset == plain.dataset)
        let digests = try made.corpus.result().digests("fingerprint")
        let fresh = try await made.corpus.build(set: ChatterCorpus.settings, in: "fresh")
        #expect(fresh.dataset == plain.dataset)
        #expect(try made.corpus.result("fresh").digests("fingerprint") == digests)
        let plan = try await made.corpus.builder(set: ChatterCorpus.settings + ["split.allow=[near-audio]"])
            .plan()
        #expect(plan.stages.filter { $0.stale > 0 }.map(\.name) == ["certificate"])
        #expect(plan.stages.flatMap(\.reasons).map(\.field) == ["split.allow"])
    }

    @Test("other mels make no fingerprint again, and other audio makes its pack's")
    func incremental() async throws {
        let made = try ChatterCorpus()
        try await made.build()
        #expect(try await made.build(["features.mels=24"]).tasks.ran == 4 + 1)
        let before = try made.corpus.result().digests("fingerprint")
        try made.write(Chatter(key: 99).integers(seconds: 3), 1, 0, 0)
        #expect(try await made.build().tasks.ran == 5 + 3)
        let after = try made.corpus.result().digests("fingerprint")
        #expect(after.filter { before[$0.key] != $0.value }.map(\.key) == ["librispeech/12/120"])
    }
}
