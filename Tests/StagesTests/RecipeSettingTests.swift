import Foundation
import Testing

@testable import Stages

@Suite("what the command line sets in a recipe")
struct RecipeSettingTests {
    @Test("--set overrides a value, adds one, and the last of two wins")
    func override() throws {
        let recipe = try RecipeFixture.read(
            RecipeFixture.short,
            set: ["features.mels=40", "frame.length=2s", "features.mels=24", "name=other"])
        #expect(recipe.features.fbank?.melCount == 24)
        #expect(recipe.frame.length == 32_000)
        #expect(recipe.name == "other")
    }

    @Test("a recorded build names every file and folder by its whole path, so that any place can repeat it")
    func wholePaths() throws {
        let settings = [
            "augment.noise=noise", "augment.responses=/data/rooms", "pairs.embeddings=run/e.safetensors",
            "pairs.mining=hard",
        ]
        let recipe = try RecipeFixture.read(RecipeFixture.short, set: settings)
        let here = FileManager.default.currentDirectoryPath
        let placed = ["augment.noise=\(here)/noise", "pairs.embeddings=\(here)/run/e.safetensors"]
        #expect(recipe.origin.settings == settings + placed && recipe.origin.file == here + "/made.yaml")
        let again = try RecipeReader.read(recipe.origin)
        #expect(
            again.augment?.noisePath == here + "/noise"
                && again.embeddings?.path == here + "/run/e.safetensors")
        #expect(again.origin == recipe.origin && again.name == recipe.name)
        #expect(try RecipeFixture.read(RecipeFixture.short).origin.settings.isEmpty)
    }

    @Test("--set takes a list in brackets and a word alone")
    func lists() throws {
        let recipe = try RecipeFixture.read(
            RecipeFixture.short,
            set: ["ingest.rates=[16kHz, 8kHz]", "keep=[resample,features]", "split.allow=audio"])
        #expect(recipe.ingest.rates == [16_000, 8_000])
        #expect(recipe.keep == [.resample, .features])
        #expect(recipe.split.allow == [.audio])
        #expect(try RecipeFixture.read(RecipeFixture.short, set: ["keep=[]"]).keep.isEmpty)
    }

    @Test("--set reaches into a section that stands empty in the file")
    func emptySection() throws {
        let recipe = try RecipeFixture.read(RecipeFixture.short + "\ningest:\n", set: ["ingest.verify=crc"])
        #expect(recipe.ingest.verify == .crc)
    }

    @Test("--set keeps an equals sign in its value")
    func equalsSign() throws {
        let recipe = try RecipeFixture.read(RecipeFixture.short, set: ["corpora.librispeech.path=/data/a=b"])
        #expect(recipe.corpora.map(\.path) == ["/data/a=b"])
    }

    @Test(
        "a --set that means nothing is refused by its own words",
        arguments: [
            ("mels", "--set mels: write it as KEY=VALUE, such as features.mels=40"),
            ("=3", "--set =3: write it as KEY=VALUE, such as features.mels=40"),
            (
                "features.mel=40",
                "--set features.mel=40: 'features.mel' is not a key of a recipe; did you mean 'mels'?"
            ),
            (
                "feature.mels=40",
                "--set feature.mels=40: 'feature' is not a key of a recipe; did you mean 'features'?"
            ),
            ("features..mels=40", "--set features..mels=40: 'features.' is not a key of a recipe"),
            ("features=40", "--set features=40: 'features' is a section: keys and values go under it"),
            (
                "features.mels.x=4",
                "--set features.mels.x=4: 'x' cannot be set: what holds it is a value, not a section"
            ),
            (
                "features.mels=many",
                "--set features.mels=many: features.mels is a whole number, 1 to 4096, not 'many'"
            ),
            ("ingest.rates=[16kHz", "--set ingest.rates=[16kHz: this is not YAML: "),
            (
                "ingest.rates=[16kHz,9]",
                "--set ingest.rates=[16kHz,9]: ingest.rates is a sample rate from 1kHz"
            ),
            (
                "frame.hop=0.1ms",
                "--set frame.hop=0.1ms: frame.hop is 0.1ms, which is 1.6 samples at 16000 Hz"
            ),
        ])
    func refusals(setting: String, message: String) {
        let yaml = RecipeFixture.replacing("features", "mels", by: "mels: 80").yaml
        let complaint = RecipeFixture.complaint(yaml, set: [setting])
        #expect(complaint.hasPrefix(message), "\(complaint)")
    }

    @Test("--corpus gives a corpus its place, before the recipe's own")
    func corpus() throws {
        let recipe = try RecipeFixture.read(RecipeFixture.short, corpora: ["librispeech=/elsewhere"])
        #expect(recipe.corpora.map(\.path) == ["/elsewhere"])
        #expect(try RecipeFixture.read(RecipeFixture.short).corpora.map(\.path) == ["/data/LibriSpeech"])
    }

    @Test("--corpus of an unknown name or without a folder is refused with the names there are")
    func unknownCorpus() {
        #expect(
            RecipeFixture.complaint(RecipeFixture.short, corpora: ["voxceleb=/data"])
                == "--corpus voxceleb=/data: the recipe has no corpus 'voxceleb'; it has: librispeech")
        for wrong in ["/data", "=/data"] {
            #expect(
                RecipeFixture.complaint(RecipeFixture.short, corpora: [wrong])
                    == "--corpus \(wrong): write it as NAME=DIR, such as librispeech=/data/LibriSpeech")
        }
    }

    @Test("a corpus whose name would not be one level of a task's name is refused")
    func corpusName() {
        for name in ["a/b", "\"\""] {
            let complaint = RecipeFixture.complaint("corpora: {\(name): }\nresample: {rate: 16kHz}\n")
            #expect(complaint.hasPrefix("made.yaml:1: corpora"), "\(complaint)")
            #expect(complaint.contains("cannot be the name of a corpus"), "\(complaint)")
        }
    }
}
