import ContentStore
import Foundation
import Testing

@testable import Stages

@Suite("folders that augmentation draws from, as people have them") struct AugmentFolderTests {
    private static func message(
        _ corpus: StageCorpus, _ settings: [String], in workspace: String = "workspace"
    ) async -> String {
        do {
            _ = try await corpus.build(set: settings, in: workspace)
            return ""
        } catch { return "\(error)" }
    }

    @Test(
        "a file, a link to nothing, a sound without samples, a silent and an endless response: one sentence each"
    )
    func refusals() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        let folder = corpus.folder
        try folder.write(StageSound.wave(StageSound.samples(900, key: 3)), to: "one/noise.wav")
        try folder.link("dangling/noise.wav", to: "nowhere.wav")
        try folder.write(StageSound.wave([]), to: "empty/noise.wav")
        try folder.write(StageSound.wave([Int16](repeating: 0, count: 50)), to: "silent/room.wav")
        var endless = [Int16](repeating: 1, count: 121 * 800)
        endless[0] = 9_000
        try folder.write(StageSound.wave(endless, rate: 800), to: "endless/room.wav")
        let cases = [
            ("noise", "one/noise.wav", "cannot read the folder"), ("noise", "dangling", "noise.wav"),
            ("noise", "empty", "cannot be used for augment.noise"), ("responses", "silent", "is silent"),
            ("responses", "endless", "it is longer than 120 s"),
        ]
        for (number, (role, path, expected)) in cases.enumerated() {
            let message = await Self.message(
                corpus, ["augment.\(role)=\(folder.path)/\(path)"], in: "w\(number)")
            #expect(
                message.contains(expected) && !message.contains("\n") && !message.contains(".;"), "\(message)"
            )
        }
    }

    @Test("a damaged sound ends the build before it begins, drawn or not")
    func damaged() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        for key in 0..<40 {
            try corpus.folder.write(
                StageSound.wave(StageSound.samples(900, key: UInt64(key))), to: "n/\(key).wav")
        }
        let settings = [
            "augment.noise=\(corpus.folder.path)/n", "augment.noise-share=0%", "augment.gain=3dB",
        ]
        try corpus.folder.write("no audio", to: "n/broken.wav")
        #expect(await Self.message(corpus, settings).contains("broken.wav cannot be used for augment.noise"))
        #expect(try corpus.result().subjects("ingest").isEmpty)
        try corpus.folder.remove("n/broken.wav")
        #expect(try await corpus.build(set: settings).copies > 0)
    }

    @Test("without an example on the train side there is nothing to copy, and nothing to fail at")
    func emptyTrain() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        let settings = [
            "augment.gain=3dB", "split.by=speaker", "split.train=", "split.test=100%", "pairs.sides=[test]",
            "pairs.same=0%", "pairs.count=5",
        ]
        let built = try await corpus.build(set: settings)
        #expect(built.copies == 0 && built.pairs == 5)
        #expect(try await corpus.build(set: settings).tasks.ran == 0)
    }

    @Test("hidden files and other papers in the folder are passed over; equal sounds count once")
    func clutter() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        let folder = corpus.folder
        let noise = StageSound.wave(StageSound.samples(900, key: 3))
        for place in ["clean/n.wav", "cluttered/a/n.wav", "cluttered/b/again.WAV"] {
            try folder.write(noise, to: place)
        }
        for place in ["cluttered/._n.wav", "cluttered/.trash/x.wav", "cluttered/README.txt"] {
            try folder.write("no audio", to: place)
        }
        try folder.link("cluttered/a/up", to: "..")
        let clean = try await corpus.build(set: ["augment.noise=\(folder.path)/clean"])
        let cluttered = try await corpus.build(set: ["augment.noise=\(folder.path)/cluttered"])
        #expect(clean.copies > 0 && cluttered.dataset == clean.dataset && cluttered.tasks.ran == 0)
    }

    @Test("noise at another rate and of two channels is brought to the dataset's; its first channel counts")
    func rates() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        let samples = StageSound.samples(4_000, key: 3)
        try corpus.folder.write(StageSound.wave(samples, rate: 48_000), to: "mono/n.wav")
        try corpus.folder.write(
            StageSound.wave(samples.flatMap { [$0, 77] }, rate: 48_000, channels: 2), to: "stereo/n.wav")
        var files: [[Float]] = []
        for name in ["mono", "stereo"] {
            try await corpus.build(set: ["augment.noise=\(corpus.folder.path)/\(name)"], in: name)
            files.append(try corpus.result(name).features("librispeech/11/110", stage: "augment").values)
        }
        #expect(files[0].contains { $0 != 0 } && files[0] == files[1])
    }

    @Test("a noise that is drawn after the build has begun to differ is not used")
    func changed() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        let path = corpus.folder.path + "/noise"
        try corpus.folder.write(StageSound.wave(StageSound.samples(900, key: 3)), to: "noise/n.wav")
        var sounds = try SoundFolder(role: "noise", path: path, place: "made.yaml")
        _ = try sounds.resolve(remembered: nil)
        let library = try SoundLibrary(sounds, rate: 16_000)
        try corpus.folder.write(StageSound.wave(StageSound.samples(900, key: 4)), to: "noise/n.wav")
        #expect {
            try library.waveform(0)
        } throws: {
            "\($0)".contains("changed while the build ran")
        }
    }

    @Test("libraries that shape lossy sounds are part of what was asked; others are not")
    func libraries() throws {
        let folder = try StageFolder()
        try folder.write("a", to: "plain/a.wav")
        try folder.write("a", to: "lossy/a.OGG")
        func libraries(_ name: String) throws -> [String: String] {
            var sounds = try SoundFolder(role: "noise", path: folder.path + "/" + name, place: "made.yaml")
            _ = try sounds.resolve(remembered: nil)
            let parameters = AugmentParameters(
                seed: 0, copies: 1, noise: nil, responseShare: nil, speeds: [], gain: nil)
            return AugmentationPlan(parameters: parameters, noise: sounds, responses: nil).libraries
        }
        #expect(try libraries("plain") == [:])
        #expect(try libraries("lossy") == ["libsndfile": AudioLibraries.sndfileVersion])
    }

    @Test(
        "numbers beyond reason are refused, not computed with",
        arguments: [
            ("augment.gain=[-1000dB, 0dB]", "is from -60dB to 60dB"),
            ("augment.gain=[0dB, 61dB]", "is from -60dB to 60dB"),
            ("augment.gain=[]", "is a range in decibels"),
            ("augment.gain=[1dB, 2dB, 3dB]", "is a range in decibels"),
            ("augment.speeds=[9223372036854775807]", "factors from 0.5 to 2"),
            ("augment.speeds=[-1]", "factors from 0.5 to 2"),
            ("augment.speeds=[0]", "factors from 0.5 to 2"),
            ("augment.speeds=[0.499]", "factors from 0.5 to 2"),
            ("augment.speeds=[1.0001]", "factors from 0.5 to 2"),
            ("augment.speeds=[fast]", "factors from 0.5 to 2"),
            ("augment.copies=0", "copies"), ("augment.seed=-1", "seed"),
        ])
    func numbers(setting: String, message: String) {
        let complaint = RecipeFixture.complaint(RecipeFixture.short, set: [setting])
        #expect(complaint.contains(message), "\(complaint)")
    }

    @Test("of noise, ratios beyond reason and shares beyond 100 % are refused")
    func noiseNumbers() {
        let noise = "augment.noise=/somewhere"
        for (setting, message) in [
            ("augment.snr=[-200dB, 0dB]", "is from -100dB to 100dB"),
            ("augment.noise-share=101%", "is a share from 0% to 100%"),
        ] {
            let complaint = RecipeFixture.complaint(RecipeFixture.short, set: [noise, setting])
            #expect(complaint.contains(message), "\(complaint)")
        }
    }

    @Test("the slowest, the fastest and the finest speeds can all be had")
    func speeds() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        for speed in ["0.5", "2", "0.999", "1.999", "0.501"] {
            let summary = try await corpus.build(set: ["augment.speeds=[\(speed)]"], in: "w\(speed)")
            #expect(summary.examples > 0 && (speed == "2" || speed == "1.999" || summary.copies > 0))
        }
    }
}
