import Features
import Foundation
import Testing

@testable import Stages

@Suite("what a recipe means")
struct RecipeMeaningTests {
    /// The folder of the recipes that come with the package.
    private static let manifests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("manifests").path

    @Test("fbanknet.yaml says what the authors of FBankNet did")
    func fbanknet() throws {
        let recipe = try RecipeReader().read(path: RecipeMeaningTests.manifests + "/fbanknet.yaml")
        #expect(recipe.name == "fbanknet" && recipe.resample.rate == 16_000)
        #expect(recipe.corpora.map(\.subsets) == [["train-clean-100"]])
        #expect(recipe.frame.trim == 4_000 && recipe.frame.minimum == 16_000)
        #expect(recipe.frame.window == 400 && recipe.frame.hop == 160 && recipe.frame.group == 64)
        #expect(recipe.frame.edges == .pad && recipe.frame.tail == .drop && recipe.frame.length == nil)
        #expect(recipe.features.normalize == .frame && recipe.features.dtype == .float32)
        var wanted = FbankParameters.psf(
            sampleRate: 16_000, windowSampleCount: 400, hopSampleCount: 160, melCount: 64, fftSize: 512)
        wanted.log = false
        #expect(recipe.features.fbank == wanted)
        #expect(recipe.split.rules.by == .example && recipe.split.rules.seed == 42)
        #expect(recipe.split.rules.shares == SplitShares(train: 950_000, validation: 25_000, test: 25_000))
        #expect(recipe.split.allow == [.speaker, .session, .utterance])
        #expect(recipe.pairs?.rules.kind == .triplets && recipe.pairs?.count == .each(1))
        #expect(recipe.pairs?.sides == [.train] && recipe.tolerance == 0)
    }

    @Test("voicemap.yaml says what the author of voicemap did")
    func voicemap() throws {
        let recipe = try RecipeReader().read(path: RecipeMeaningTests.manifests + "/voicemap.yaml")
        #expect(recipe.name == "voicemap")
        #expect(recipe.resample.rate == 4_000 && recipe.resample.method == .decimate)
        #expect(recipe.ingest.rates == [16_000])
        #expect(recipe.frame.length == 12_000 && recipe.frame.every == 12_000)
        #expect(recipe.frame.limit == .exclusive && recipe.frame.tail == .drop)
        #expect(recipe.features.kind == .raw && recipe.features.rms == 0.038021)
        #expect(recipe.features.normalize == .rms && recipe.features.fbank == nil)
        #expect(recipe.split.rules.by == .subset && recipe.split.rules.subsets.validation == ["dev-clean"])
        #expect(recipe.pairs?.rules.labelOfSame == 0 && recipe.pairs?.count == .total(32_000))
        #expect(recipe.pairs?.rules.positiveShare == .half)
    }

    @Test("the same comes of defaults left out, spelled out, commented and in another order")
    func defaults() throws {
        let spelled = try RecipeFixture.read(RecipeFixture.full)
        let short = try RecipeFixture.read(RecipeFixture.short)
        #expect(
            spelled.name == short.name && spelled.tolerance == short.tolerance && spelled.keep == short.keep)
        #expect(spelled.ingest == short.ingest && spelled.resample == short.resample)
        #expect(spelled.frame == short.frame && spelled.features == short.features)
        #expect(spelled.split == short.split && spelled.pairs == short.pairs)
        #expect(spelled.trials == short.trials && spelled.episodes == short.episodes)
        #expect(try RecipeFixture.identities(spelled) == RecipeFixture.identities(short))
    }

    @Test("sections and keys in reverse order are the same recipe")
    func reversed() throws {
        var blocks: [[String]] = []
        for line in RecipeFixture.full.split(separator: "\n").map(String.init) {
            if line.hasPrefix(" ") { blocks[blocks.count - 1].append(line) } else { blocks.append([line]) }
        }
        let lines = blocks.reversed().flatMap { block in
            // The corpus stays above its own keys.
            block[0] == "corpora:" ? block : [block[0]] + block.dropFirst().reversed()
        }
        let reversed = lines.map { $0 + "   # why not" }.joined(separator: "\n\n")
        let recipe = try RecipeFixture.read(reversed)
        #expect(
            try RecipeFixture.identities(recipe)
                == RecipeFixture.identities(RecipeFixture.read(RecipeFixture.full)))
    }

    @Test(
        "each dialect's defaults, spelled out, change nothing",
        arguments: [
            (
                "psf",
                "edges: pad",
                "fft: 512, window: rectangular, preemphasis: 0.97, preemphasis-over: signal, remove-dc: false, "
                    + "low: 0Hz, high: 8kHz, mel-formula: htk, filters: rounded-bins, power-scale: 0.001953125, "
                    + "log: true, log-floor: 2.220446049250313e-16, floor-rule: replace-zero, scale: 1"
            ),
            (
                "librosa", "edges: center-zero",
                "fft: 512, window: hann-periodic, preemphasis: 0, low: 0Hz, high: 8000Hz, mel-formula: slaney, "
                    + "mel-norm: slaney, filters: linear-hz, log: false, log-floor: 1e-10, floor-rule: raise"
            ),
            (
                "torchaudio", "edges: center-reflect",
                "window: hann-periodic, preemphasis: 0, mel-formula: htk, mel-norm: none, filters: linear-hz, log: false"
            ),
        ])
    func dialects(dialect: String, edges: String, spelled: String) throws {
        func recipe(_ frame: String, _ features: String) throws -> Recipe {
            try RecipeFixture.read(
                "corpora: {a: }\nresample: {rate: 16kHz}\nframe: {length: 1s\(frame)}\n"
                    + "features: {dialect: \(dialect)\(features)}\n")
        }
        let (short, long) = (try recipe("", ""), try recipe(", \(edges)", ", \(spelled)"))
        #expect(short.features == long.features && short.frame == long.frame)
        #expect(try RecipeFixture.identities(short) == RecipeFixture.identities(long))
    }

    @Test("durations, frequencies and shares are read exactly in every unit")
    func units() throws {
        let frame = try RecipeFixture.read(
            RecipeFixture.short,
            set: ["frame.window=0.025s", "frame.hop=10000us", "frame.length=0.5min", "frame.trim=0.0001h"]
        ).frame
        #expect(frame.window == 400 && frame.hop == 160 && frame.length == 480_000 && frame.trim == 5_760)
        let recipe = try RecipeFixture.read(
            RecipeFixture.short,
            set: ["resample.rate=44.1kHz", "features.low=0.02kHz", "split.test=12.5%", "frame.length=2 s"])
        #expect(recipe.resample.rate == 44_100 && recipe.features.fbank?.lowHz == 20)
        #expect(recipe.split.rules.shares == SplitShares(train: 875_000, validation: 0, test: 125_000))
        #expect(recipe.frame.length == 88_200 && recipe.frame.window == 1_102)
    }

    @Test(
        "what excludes or needs another key is refused by name",
        arguments: [
            (["frame.group=64"], "frame.group and frame.length exclude each other"),
            (["features.kind=raw", "features.mels=40"], "features.mels means nothing for raw waveforms"),
            (["features.kind=raw", "features.scale=2"], "features.scale means nothing for raw waveforms"),
            (
                ["features.kind=raw", "features.mel-norm=none"],
                "features.mel-norm means nothing for raw waveforms"
            ),
            (
                ["features.kind=raw", "features.normalize=bin"],
                "features.normalize cannot be 'bin' for raw waveforms"
            ),
            (["features.normalize=rms"], "features.normalize cannot be 'rms' for fbank"),
            (["features.rms=0.1"], "features.rms goes with features.normalize: rms only"),
            (
                ["features.kind=raw", "features.normalize=rms"],
                "features.rms is needed with features.normalize: rms"
            ),
            (["frame.length=20ms"], "frame.length is 320 samples, shorter than one window of 400"),
            (["frame.length=0s"], "frame.length must be longer than nothing"),
            (["frame.every=0s"], "frame.every must be longer than nothing"),
            (["frame.hop=0ms"], "frame.hop must be longer than nothing"),
            (["features.low=9kHz"], "features.low"), (["features.high=9kHz"], "features.high"),
            (["features.fft=256"], "features.fft"), (["features.dither=1"], "dither"),
            (["features.energy=loud"], "features.energy cannot be 'loud'"),
            (["features.kind=mfcc", "features.log=false"], "log must be true"),
            (["features.coefficients=13"], "features.coefficients means nothing for fbank"),
            (
                ["features.kind=spectrogram", "features.mels=40"],
                "features.mels means nothing for a spectrogram"
            ),
            (["features.kind=mfcc", "features.coefficients=99"], "features.coefficients is 99"),
            (["features.kind=mfcc", "features.dialect=wespeaker"], "has filter banks only"),
            (["features.top-db=80"], "features.top-db goes with features.values: db"),
            (["features.log=true", "features.values=db"], "features.log and features.values say the same"),
            (["features.filters=bins"], "features.filters cannot be 'bins'"),
            (["features.channels=3"], "features.channels goes with features.resize"),
            (["features.resize=224"], "features.resize is HEIGHTxWIDTH"),
            (["features.resize=9x9", "features.axis=log"], "features.axis cannot be 'log' for fbank"),
            (["features.resize=9x9", "features.range=80"], "features.range is in decibels"),
            (["features.sliding-frames=300"], "goes with features.normalize: sliding only"),
            (
                ["features.resize=9x9", "features.normalize=dataset"],
                "cannot be 'dataset' with features.resize"
            ),
            (
                ["split.train=90%", "split.test=20%"],
                "split.train and validation and test are more than 100% together"
            ),
            (
                ["split.validation=60%", "split.test=50%"],
                "split.test and split.validation are more than 100%"
            ),
            (["split.by=list"], "split.train and validation and test are all empty"),
        ])
    func conditions(settings: [String], message: String) {
        let complaint = RecipeFixture.complaint(RecipeFixture.short, set: settings)
        #expect(complaint.contains(message), "\(complaint)")
        #expect(complaint.hasPrefix("made.yaml") || complaint.hasPrefix("--set"), "\(complaint)")
    }

    @Test("a cut without a step goes from end to start, and a step without a length is refused")
    func every() throws {
        #expect(try RecipeFixture.read(RecipeFixture.short).frame.every == 16_000)
        let complaint = RecipeFixture.complaint(
            "corpora: {a: }\nresample: {rate: 16kHz}\nframe:\n  every: 1s\n")
        #expect(
            complaint.hasPrefix("made.yaml:4: frame.every says from start to start of cuts"), "\(complaint)")
    }
}
