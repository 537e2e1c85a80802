import Audio
import ContentStore
import Foundation
import Testing

@testable import Stages

@Suite("what augmentation draws") struct AugmentDrawTests {
    private let parameters = AugmentParameters(
        seed: 4, copies: 2, noise: .init(lowestRatio: 5, highestRatio: 20, share: 800_000),
        responseShare: 500_000,
        speeds: [SpeedFactor(9, 10), .one, SpeedFactor(11, 10)], gain: .init(lowest: -6, highest: 6))

    @Test("a draw depends on seed, utterance and copy alone, and is within what was asked")
    func draws() {
        let all = (0..<3000).map {
            parameters.draw(utterance: "u\($0)", copy: $0 % 2, noises: 7, responses: 3)
        }
        let again = (0..<3000).reversed().map {
            parameters.draw(utterance: "u\($0)", copy: $0 % 2, noises: 7, responses: 3)
        }
        #expect(all == again.reversed())
        #expect(abs(Double(all.count { $0.noise != nil }) / 3000 - 0.8) < 0.03)
        #expect(abs(Double(all.count { $0.response != nil }) / 3000 - 0.5) < 0.03)
        for speed in parameters.speeds {
            #expect(abs(Double(all.count { $0.speed == speed }) / 3000 - 1 / 3.0) < 0.03)
        }
        for sound in 0..<7 {
            let share = Double(all.count { $0.noise?.sound == sound }) / Double(all.count { $0.noise != nil })
            #expect(abs(share - 1 / 7.0) < 0.03)
        }
        #expect(all.allSatisfy { (5...20).contains($0.noise?.ratio ?? 5) && (-6...6).contains($0.gain) })
        let ratios = all.compactMap(\.noise?.ratio)
        #expect(abs(ratios.reduce(0, +) / Double(ratios.count) - 12.5) < 0.5)
        var other = parameters
        other.seed = 5
        #expect(other.draw(utterance: "u1", copy: 0, noises: 7, responses: 3) != all[1])
    }

    @Test("an example of a faster copy is used only where all it is made of is train")
    func copies() {
        let cuts = (0..<4).map { Cut(start: $0 * 100, length: 100) }
        let table = TrainRows([true, true, false, true])
        let source = CopyCuts(firstRow: 0, cuts: cuts, train: table)
        #expect(source.usable(cuts, speed: 1).map(\.source) == [0, 1, 3])
        // At 5/4 the copy's cuts are 0–125, 125–250, 250–375 of the utterance.
        let faster = source.usable(Array(cuts.prefix(3)), speed: 1.25)
        #expect(faster.map(\.place) == [0] && faster.map(\.source) == [0])
    }

    @Test("of overlapping cuts, and where some are left out, it is one that shares most")
    func overlapping() throws {
        let all = (0..<60).map { Cut(start: $0 * 30, length: min(100, 1800 - $0 * 30)) }
        let cuts = all.enumerated().filter { $0.offset % 7 < 5 }.map(\.element)
        let table = TrainRows([true, true] + cuts.indices.map { !(20..<22).contains($0) })
        let source = CopyCuts(firstRow: 2, cuts: cuts, train: table)
        for speed in [0.5, 0.9, 1.1, 2] {
            let copied = (0..<50).map { Cut(start: $0 * 35, length: 100) }
            let found = source.usable(copied, speed: speed)
            var clean: [Int] = []
            for (place, cut) in copied.enumerated() {
                let (start, end) = (Double(cut.start) * speed, Double(cut.start + 100) * speed)
                let overlaps = cuts.map {
                    min(end, Double($0.start + $0.length)) - max(start, Double($0.start))
                }
                let touched = overlaps.indices.filter { overlaps[$0] > 1e-6 }
                guard !touched.isEmpty && touched.allSatisfy({ table.isTrain[2 + $0] }) else { continue }
                clean.append(place)
                let row = try #require(found.first { $0.place == place }?.source)
                #expect(overlaps[row - 2] >= (overlaps.max() ?? 0) - 1e-6)
            }
            #expect(found.map(\.place) == clean)
            #expect(!found.isEmpty && found.count < 50)
        }
    }
}

@Suite("augmented builds") struct AugmentBuildTests {
    private static func corpus() throws -> StageCorpus {
        let corpus = try StageCorpus(speakers: 4)
        for number in 0..<3 {
            try corpus.folder.write(
                StageSound.wave(StageSound.samples(9_000 + number * 500, key: UInt64(900 + number))),
                to: "noise/n\(number).wav")
        }
        var response = [Int16](repeating: 0, count: 2000)
        for index in response.indices {
            response[index] = Int16(20_000 * exp(-Double(index) / 300) * (index % 3 == 0 ? 1 : -0.5))
        }
        try corpus.folder.write(StageSound.wave(response), to: "rooms/room.wav")
        return corpus
    }

    private static func settings(_ corpus: StageCorpus) -> [String] {
        [
            "augment.copies=2", "augment.seed=3", "augment.noise=\(corpus.folder.path)/noise",
            "augment.responses=\(corpus.folder.path)/rooms", "augment.responses-share=50%",
            "augment.gain=[-3dB, 3dB]", "pairs.count=60",
        ]
    }

    @Test(
        "only train examples have copies; pairs reach them; the same at any worker count; a second build runs none"
    )
    func build() async throws {
        let corpus = try Self.corpus()
        let settings = Self.settings(corpus)
        let summary = try await corpus.build(set: settings)
        let train = try #require(summary.sides["train"]).examples
        #expect(summary.copies == 2 * train && summary.pairs == 60)
        #expect(try await corpus.build(set: settings).tasks.ran == 0)
        #expect(try await corpus.build(set: settings, jobs: 1, in: "other").dataset == summary.dataset)
        let plain = try await corpus.build(set: ["pairs.count=60"], in: "plain")
        #expect(plain.dataset != summary.dataset && plain.examples == summary.examples)
    }

    @Test("noise added, moved or renamed: other content makes other copies, other names do not")
    func folders() async throws {
        let corpus = try Self.corpus()
        let settings = Self.settings(corpus)
        let first = try await corpus.build(set: settings)
        try FileManager.default.moveItem(
            atPath: corpus.folder.path + "/noise/n0.wav", toPath: corpus.folder.path + "/noise/z.wav")
        let renamed = try await corpus.build(set: settings)
        #expect(renamed.dataset == first.dataset && renamed.tasks.ran == 0)
        try corpus.folder.write(StageSound.wave(StageSound.samples(8_000, key: 7)), to: "noise/new.wav")
        let plan = try await corpus.builder(set: settings).plan()
        #expect(plan.stages.first { $0.name == "features" }?.stale == 0)
        #expect(plan.stages.first { $0.name == "augment" }.map { $0.stale > 0 } == true)
        #expect(try await corpus.build(set: settings).dataset != first.dataset)
    }

    @Test("speeds give rows of their own number, and statistics of the dataset apply to copies too")
    func speeds() async throws {
        let corpus = try Self.corpus()
        let summary = try await corpus.build(
            set: [
                "augment.speeds=[0.9, 1.1]", "augment.copies=1", "features.normalize=dataset",
                "pairs.count=60",
            ])
        #expect(summary.copies > 0 && summary.pairs == 60)
    }

    @Test(
        "what makes no sense is refused",
        arguments: [
            (["augment.copies=1"], "changes nothing"),
            (["augment.snr=[5dB, 20dB]"], "goes with augment.noise"),
            (["augment.gain=[3dB, -3dB]"], "the lower first"),
            (["augment.speeds=[3]"], "factors from 0.5 to 2"),
            (["augment.gain=[3, 4]"], "in decibels"),
        ])
    func refusals(settings: [String], message: String) {
        #expect(RecipeFixture.complaint(RecipeFixture.short, set: settings).contains(message))
    }

    @Test("a folder that is not there, one without audio and a damaged noise are one sentence each")
    func folderErrors() async throws {
        let corpus = try Self.corpus()
        func message(_ folder: String) async -> String {
            do {
                _ = try await corpus.build(set: ["augment.noise=\(folder)"], in: "w\(folder.count)")
                return ""
            } catch { return "\(error)" }
        }
        #expect(await message("/nowhere/at/all").contains("there is no folder /nowhere/at/all"))
        try corpus.folder.write("text", to: "empty/readme.txt")
        #expect(await message(corpus.folder.path + "/empty").contains("holds no audio file"))
        try corpus.folder.write("this is no audio", to: "bad/noise.wav")
        #expect(await message(corpus.folder.path + "/bad").contains("cannot be used for augment.noise"))
    }
}
