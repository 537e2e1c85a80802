import Testing

@testable import Stages

@Suite("what a recipe's reader says")
struct RecipeErrorTests {
    /// Every key of `RecipeFixture.full`, with its section and line.
    private static var keys: [(section: String, key: String, line: Int)] {
        var keys: [(section: String, key: String, line: Int)] = []
        var path: [String] = []
        for (index, line) in RecipeFixture.full.split(separator: "\n").enumerated() {
            let depth = line.prefix { $0 == " " }.count / 2
            let key = String(line.drop { $0 == " " }.prefix { $0 != ":" })
            path = path.prefix(depth) + [key]
            keys.append((path.dropLast().joined(separator: "."), key, index + 1))
        }
        return keys
    }

    @Test("a misspelt key at every level is named with file, line, nearest and valid names")
    func misspeltKeys() {
        let lines = RecipeFixture.full.split(separator: "\n").map(String.init)
        // What a corpus is called is free.
        for (section, key, line) in RecipeErrorTests.keys where section != "corpora" {
            var wrong = lines
            let misspelt = key + String(key.last ?? "x")
            wrong[line - 1] = lines[line - 1].replacing(key + ":", with: misspelt + ":", maxReplacements: 1)
            let complaint = RecipeFixture.complaint(wrong.joined(separator: "\n"))
            let dotted = section.isEmpty ? misspelt : section + "." + misspelt
            #expect(
                complaint.hasPrefix(
                    "made.yaml:\(line): '\(dotted)' is not a key of a recipe; did you mean '\(key)'? valid here: "
                ),
                "\(dotted): \(complaint)")
            let valid = complaint.split(separator: "valid here: ").last?.split(separator: ", ").map(
                String.init)
            let siblings = RecipeErrorTests.keys.filter { $0.section == section }.map(\.key)
            #expect(Set(siblings).isSubset(of: valid ?? []), "\(dotted): \(complaint)")
        }
        #expect(RecipeErrorTests.keys.count > 60)
    }

    @Test("a key like no other is named with the valid ones alone")
    func strangeKey() {
        let complaint = RecipeFixture.complaint(RecipeFixture.full + "\nzzyzx: 1\n")
        let line = RecipeFixture.full.split(separator: "\n").count + 1
        #expect(
            complaint.hasPrefix("made.yaml:\(line): 'zzyzx' is not a key of a recipe; valid here: augment, "))
    }

    @Test(
        "an unknown choice is named with the nearest and all valid ones",
        arguments: [
            ("ingest", "verify", "md4", "md5"), ("ingest", "channels", "frist", "first"),
            ("ingest", "unknown-speakers", "acept", "accept"), ("resample", "method", "kaisr", "kaiser"),
            ("frame", "edges", "snap", "snip"), ("frame", "tail", "zeros", "zero"),
            ("frame", "limit", "exlusive", "exclusive"), ("features", "kind", "fbnak", "fbank"),
            ("features", "dialect", "kadli", "kaldi"), ("features", "window", "poevy", "povey"),
            ("features", "preemphasis-over", "signl", "signal"), ("features", "mel-formula", "htkk", "htk"),
            ("features", "mel-norm", "slany", "slaney"), ("features", "filters", "kaldimel", "kaldi-mel"),
            ("features", "floor-rule", "rise", "raise"), ("features", "normalize", "fram", "frame"),
            ("features", "dtype", "float61", "float16"), ("split", "by", "speakers", "speaker"),
            ("split", "measure", "hour", "hours"), ("split", "strata", "sexx", "sex"),
            ("split", "assignment", "stabel", "stable"), ("pairs", "kind", "triplet", "triplets"),
            ("pairs", "positives", "diferent", "different"), ("pairs", "negatives", "same-sexx", "same-sex"),
            ("pairs", "balance", "speakr", "speaker"),
        ])
    func choices(section: String, key: String, value: String, nearest: String) {
        let (yaml, line) = RecipeFixture.replacing(section, key, by: "\(key): \(value)")
        let complaint = RecipeFixture.complaint(yaml)
        #expect(
            complaint.hasPrefix(
                "made.yaml:\(line): \(section).\(key) cannot be '\(value)'; did you mean '\(nearest)'? valid: "
            ),
            "\(complaint)")
        #expect(complaint.contains(nearest + ",") || complaint.hasSuffix(nearest))
    }

    @Test(
        "a wrong or missing unit is named with an example of a right one",
        arguments: [
            (
                "frame", "window", "25",
                "is a duration with its unit, such as 25ms, 4s, 10min or 512 samples, not '25'"
            ),
            (
                "frame", "hop", "10kHz",
                "is a duration with its unit, such as 25ms, 4s, 10min or 512 samples, not '10kHz'"
            ),
            (
                "frame", "length", "-1s",
                "is a duration with its unit, such as 25ms, 4s, 10min or 512 samples, not '-1s'"
            ),
            (
                "frame", "every", "1 ss",
                "is a duration with its unit, such as 25ms, 4s, 10min or 512 samples, not '1 ss'"
            ),
            (
                "frame", "trim", "ms",
                "is a duration with its unit, such as 25ms, 4s, 10min or 512 samples, not 'ms'"
            ),
            ("ingest", "minimum", "1.s", "is a duration with its unit, such as 25ms, 4s or 10min, not '1.s'"),
            ("features", "low", "20", "is a frequency with its unit, such as 20Hz or 16kHz, not '20'"),
            ("features", "high", "8ms", "is a frequency with its unit, such as 20Hz or 16kHz, not '8ms'"),
            (
                "resample", "rate", "16000",
                "is a sample rate from 1kHz to 384kHz with its unit, such as 16kHz, not '16000'"
            ),
            (
                "resample", "rate", "16khz",
                "is a sample rate from 1kHz to 384kHz with its unit, such as 16kHz, not '16khz'"
            ),
            (
                "resample", "rate", "999Hz",
                "is a sample rate from 1kHz to 384kHz with its unit, such as 16kHz, not '999Hz'"
            ),
            (
                "ingest", "rates", "[16kHz, 8]",
                "is a sample rate from 1kHz to 384kHz with its unit, such as 16kHz, not '8'"
            ),
            ("split", "train", "0.9", "is a share from 0% to 100%, not '0.9'"),
            ("split", "test", "101%", "is a share from 0% to 100%, not '101%'"),
            ("pairs", "same", "half", "is a share from 0% to 100%, not 'half'"),
            ("features", "mels", "40.5", "is a whole number, 1 to 4096, not '40.5'"),
            ("features", "mels", "0", "is a whole number, 1 to 4096, not '0'"),
            ("ingest", "tolerance", "-1", "is a whole number, at least 0, not '-1'"),
            ("features", "preemphasis", "1.5", "is a number from 0.0 to 1.0, not '1.5'"),
            ("features", "scale", "nan", "is a number from 1e-06 to 1000000000.0, not 'nan'"),
            ("features", "log", "maybe", "is true or false, not 'maybe'"),
            ("pairs", "label-of-same", "2", "is a whole number, 0 to 1, not '2'"),
            ("pairs", "count", "many", "is a number of pairs from 1, each or each*N, not 'many'"),
            (
                "split", "allow", "[speakers]",
                "cannot hold 'speakers'; valid: speaker, session, utterance, audio, near-audio, trial-speaker"
            ),
            ("pairs", "sides", "[dev]", "cannot hold 'dev'; valid: train, validation, test"),
            ("pairs", "sides", "[]", "is empty; pairs need a side, such as train"),
        ])
    func units(section: String, key: String, value: String, message: String) {
        let (yaml, line) = RecipeFixture.replacing(section, key, by: "\(key): \(value)")
        #expect(RecipeFixture.complaint(yaml) == "made.yaml:\(line): \(section).\(key) \(message)")
    }

    @Test(
        "a duration that falls off a sample is refused with the exact number of samples",
        arguments: [
            ("0.1ms", "1.6"), ("0.3ms", "4.8"), ("25.03ms", "400.48"), ("1us", "0.016"),
            ("33.333333333ms", "533.333333328"), ("0.7ms", "11.2"), ("1.0001s", "16001.6"),
            ("0.000000001s", "0.000016"), ("1.000000001h", "57600000.0576"),
        ])
    func offSample(duration: String, samples: String) {
        let (yaml, line) = RecipeFixture.replacing("frame", "hop", by: "hop: \(duration)")
        #expect(
            RecipeFixture.complaint(yaml)
                == "made.yaml:\(line): frame.hop is \(duration), which is \(samples) samples at 16000 Hz; "
                + "choose a duration that falls on a sample")
    }

    @Test(
        "one value where a list stands, and the other way around",
        arguments: [
            ("resample", "rate", "[16kHz]", "resample.rate takes one value"),
            ("features", "kind", "{a: b}", "features.kind takes one value"),
            ("split", "allow", "{speaker: true}", "split.allow takes a list"),
            ("split", "allow", "[[speaker]]", "split.allow takes a list of words"),
        ])
    func shapes(section: String, key: String, value: String, message: String) {
        let (yaml, line) = RecipeFixture.replacing(section, key, by: "\(key): \(value)")
        #expect(RecipeFixture.complaint(yaml) == "made.yaml:\(line): \(message)")
    }

    @Test("one word alone is a list of one")
    func loneWord() throws {
        let (yaml, _) = RecipeFixture.replacing("split", "allow", by: "allow: session")
        #expect(try RecipeFixture.read(yaml).split.allow == [.session])
    }

    @Test("text that is no recipe is refused with its line")
    func notRecipes() {
        #expect(RecipeFixture.complaint("") == "made.yaml: the recipe is empty")
        #expect(RecipeFixture.complaint("# nothing\n") == "made.yaml: the recipe is empty")
        #expect(RecipeFixture.complaint("just words").hasPrefix("made.yaml:1: a recipe holds sections"))
        #expect(RecipeFixture.complaint("- a\n- b\n").hasPrefix("made.yaml:1: a recipe holds sections"))
        #expect(RecipeFixture.complaint("name: a\nframe: [1\n").hasPrefix("made.yaml:3: this is not YAML: "))
        #expect(RecipeFixture.complaint("name: a\n\tframe: 1\n").hasPrefix("made.yaml:2: this is not YAML: "))
        let line = RecipeFixture.short.split(separator: "\n").count + 1
        #expect(
            RecipeFixture.complaint(RecipeFixture.short + "\nsplit: 1\n")
                == "made.yaml:\(line): 'split' is a section: keys and values go under it")
        #expect(
            RecipeFixture.complaint("resample: {rate: 16kHz}\n")
                == "made.yaml:1: corpora names no corpus; a recipe needs at least one, such as corpora.librispeech"
        )
        #expect(
            RecipeFixture.complaint("corpora: {a: }\n")
                == "made.yaml:1: resample.rate is needed: the one sample rate of the dataset, such as 16kHz")
    }

    @Test("a key that stands twice is refused with its name")
    func duplicateKeys() {
        let inner = RecipeFixture.replacing("features", "mels", by: "mels: 80\n  mels: 40").yaml
        #expect(RecipeFixture.complaint(inner).contains("'mels' stands here twice; keep one"))
        #expect(RecipeFixture.complaint(inner).hasPrefix("made.yaml:"))
        #expect(
            RecipeFixture.complaint(RecipeFixture.full + "\nname: b").contains("'name' stands here twice"))
    }

    @Test("a recipe that is not there, or not text, is refused by its path")
    func files() throws {
        let folder = try StageFolder()
        try folder.write([0x6E, 0xFF, 0xFE, 0x00], to: "binary.yaml")
        #expect(throws: RecipeError.self) { try RecipeReader().read(path: folder.path + "/none.yaml") }
        do {
            _ = try RecipeReader().read(path: folder.path + "/binary.yaml")
            Issue.record("bytes that are no text were read as a recipe")
        } catch {
            #expect(error.description == "\(folder.path)/binary.yaml: the recipe is not UTF-8 text")
        }
    }
}
