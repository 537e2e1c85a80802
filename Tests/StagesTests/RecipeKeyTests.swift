import ContentStore
import Features
import Foundation
import Manifest
import Testing

@testable import Stages

@Suite("what of a recipe enters the keys of tasks")
struct RecipeKeyTests {
    /// A recipe in which no optional parameter is absent and no list is empty.
    private static func richest() throws -> Recipe {
        let base = try RecipeFixture.read(
            RecipeFixture.full, set: ["ingest.rates=[16kHz]", "split.allow=[audio]"])
        var frame = base.frame
        frame.group = 7
        frame.perUtterance = 3
        frame.activity = try RecipeFixture.read(RecipeFixture.short, set: ["frame.vad=drop"]).frame.activity
        var split = base.split
        let lists: SideLists = [.train: ["a"], .validation: ["b"], .test: ["c"]]
        (split.rules.subsets, split.rules.lists) = (lists, lists)
        split.rules.counts = SpeakerCounts(train: 3, validation: 2, test: 1)
        split.rules.folds = Folds(count: 5, number: 2, hasValidation: true)
        split.rules.heldOut = HeldOut(share: 7, speakers: 8)
        var pairs = base.pairs
        pairs?.rules.maximumPerSpeaker = 9
        pairs?.epoch = 4
        pairs?.durations = [2000]
        pairs?.mining = MiningRules(kind: .semiHard, margin: 0.2)
        return base.with(frame: frame, features: try richestFeatures(), split: split, pairs: pairs)
    }

    /// Features of all kinds at once, with all that each can have.
    private static func richestFeatures() throws -> FeatureParameters {
        func features(_ settings: [String]) throws -> FeatureParameters {
            try RecipeFixture.read(RecipeFixture.short, set: settings.map { "features.\($0)" }).features
        }
        let levels = [
            "values=db", "top-db=80", "energy=raw", "spectrum=magnitude", "reference=max", "energy-floor=2",
        ]
        let cepstra = ["kind=mfcc", "dct-type=3", "deltas=1", "delta-form=librosa"]
        let picture = ["resize=8x9", "range=60dB", "level=peak", "normalize=sliding", "log-offset=0.01"]
        var all = try features(levels + picture)
        all.rms = 0.5
        all.embedding = EmbeddingParameters(weights: "11")
        all.mfcc = try features(cepstra + levels + ["log-offset=0.01"]).mfcc
        all.mfcc?.fbank.energyRule = .raw
        all.spectrogram = try features(["kind=spectrogram"] + levels + ["log-offset=0.01"]).spectrogram
        return all
    }

    /// Every word that some parameter can hold.
    private static let words: [String] = {
        func words<Choice: CaseIterable & RawRepresentable<String>>(_ type: Choice.Type) -> [String] {
            Choice.allCases.map(\.rawValue)
        }
        return words(IngestParameters.Verification.self) + words(IngestParameters.UnknownSpeakers.self)
            + ["reject", "first", "mix", "kaiser", "decimate", "each*2", "11", "train", "validation", "test"]
            + words(FrameParameters.Tail.self) + words(FrameParameters.Limit.self)
            + words(ActivityRule.Mode.self) + words(FrameEdges.self)
            + words(FeatureParameters.Kind.self) + words(FeatureParameters.Dialect.self)
            + words(FeatureParameters.ValueType.self) + words(FeatureParameters.Normalize.self)
            + words(AnalysisWindow.self) + words(PreEmphasisScope.self) + words(MelFormula.self)
            + words(Spectrum.self) + words(EnergyRule.self) + words(CosineTransform.Norm.self)
            + words(CosineTransform.LifterForm.self) + words(Deltas.Form.self)
            + words(PictureParameters.Method.self)
            + words(PictureParameters.Axis.self) + words(PictureParameters.Orientation.self)
            + words(MelNorm.self) + words(FilterShape.self) + words(FloorRule.self)
            + words(SplitRules.Unit.self) + words(SplitRules.Measure.self) + words(SplitRules.Strata.self)
            + words(SplitRules.Assignment.self) + words(Leak.self) + words(PairRules.Kind.self)
            + words(PairRules.Positives.self) + words(PairRules.Negatives.self)
            + words(PairRules.Balance.self) + words(MiningRules.Kind.self) + words(MiningRules.Distance.self)
            + words(TrialParameters.Kind.self)
            + words(EpisodeParameters.Draw.self) + words(EpisodeParameters.Example.self)
    }()

    /// All JSON values that differ from `value` in one leaf, with the path of that leaf; a word is tried as every
    /// other word, so that some of them may not be valid.
    private static func mutations(_ value: Any, at path: String = "") -> [(path: String, value: Any)] {
        if let object = value as? [String: Any] {
            return object.flatMap { key, inner in
                mutations(inner, at: path.isEmpty ? key : path + "." + key).map { mutation in
                    (mutation.path, object.merging([key: mutation.value]) { $1 } as Any)
                }
            }
        }
        if let list = value as? [Any] {
            return list.indices.flatMap { index in
                mutations(list[index], at: "\(path)[\(index)]").map { mutation in
                    var other = list
                    other[index] = mutation.value
                    return (mutation.path, other as Any)
                }
            }
        }
        if let text = value as? String { return words.filter { $0 != text }.map { (path, $0 as Any) } }
        guard let number = value as? NSNumber else { return [] }
        let isFlag = ["true", "false"].contains(number.description) || CanonicalJSON.isFlag(number)
        return isFlag
            ? [(path, !number.boolValue)] : [(path, number.doubleValue + 1), (path, number.doubleValue / 2)]
    }

    /// Checks one stage's parameters: every leaf, changed alone, gives a key of its own.
    private func check<Parameters: Codable>(
        _ stage: String, _ parameters: Parameters, _ recipe: (Parameters) throws -> Recipe
    ) throws {
        func key(_ parameters: Parameters) throws -> TaskKey? {
            try RecipeFixture.identities(recipe(parameters)).first { $0.name == stage }.map {
                TaskQuestion(stage: $0, subject: "pack", inputs: []).key
            }
        }
        let text = try CanonicalJSON.encode(parameters)
        let root = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let leaves = Set(CanonicalJSON.leaves(of: text).map(\.path))
        #expect(leaves.count == Self.leafCount(parameters), "\(stage): a stored property is not encoded")
        var changed: Set<String> = []
        let original = try key(parameters)
        for (path, value) in Self.mutations(root) {
            let json = String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
            guard let mutant = try? CanonicalJSON.decode(Parameters.self, from: json) else { continue }
            guard try CanonicalJSON.encode(mutant) != text else { continue }
            #expect(try key(mutant) != original, "\(stage).\(path) does not change the key")
            changed.insert(path)
        }
        #expect(changed == leaves, "\(stage): no other value was found for \(leaves.subtracting(changed))")
    }

    /// How many leaves a value stores, found without its coding.
    private static func leafCount(_ value: Any) -> Int {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional { return mirror.children.first.map { leafCount($0.value) } ?? 1 }
        if mirror.children.isEmpty { return 1 }
        return mirror.children.reduce(0) { $0 + leafCount($1.value) }
    }

    @Test("every parameter of every stage, changed alone, changes the stage's key")
    func everyParameter() throws {
        let base = try Self.richest()
        try check("ingest", base.ingest) { base.with(ingest: $0) }
        try check("resample", base.resample) { base.with(resample: $0) }
        try check("frame", base.frame) { base.with(frame: $0) }
        try check("features", base.features) { base.with(features: $0) }
        try check("split", base.split) { base.with(split: $0) }
        let pairs: PairParameters = try #require(base.pairs)
        try check("pairs", pairs) { (pairs: PairParameters) in base.with(pairs: pairs) }
        let trials: TrialParameters = try #require(base.trials)
        try check("trials", trials) { (trials: TrialParameters) in base.with(trials: trials) }
        let episodes = try #require(base.episodes)
        try check("episodes", episodes.parameters) { (parameters: EpisodeParameters) in
            var episodes = episodes
            episodes.parameters = parameters
            return base.with(episodes: episodes)
        }
    }

    @Test("count: each and a number are different questions")
    func counts() throws {
        let base = try Self.richest()
        var pairs = try #require(base.pairs)
        pairs.count = .total(3)
        let total = try RecipeFixture.identities(base.with(pairs: pairs))
        pairs.count = .each(3)
        #expect(try RecipeFixture.identities(base.with(pairs: pairs)) != total)
    }

    @Test("places, names, tolerance and what is kept enter no key")
    func outside() throws {
        let one = try RecipeFixture.read(RecipeFixture.short)
        let other = try RecipeFixture.read(
            RecipeFixture.short, set: ["name=x", "ingest.tolerance=9", "keep=[resample]"],
            corpora: ["librispeech=/x"])
        #expect(try RecipeFixture.identities(one) == RecipeFixture.identities(other))
    }

    @Test("every parameter is named by a key that a recipe takes")
    func names() throws {
        let base = try Self.richest()
        var each = try #require(base.pairs)
        each.count = .each(2)
        let dataset = try RecipeFixture.read(RecipeFixture.short, set: ["features.normalize=dataset"])
        let all = try RecipeFixture.identities(base) + RecipeFixture.identities(base.with(pairs: each))
        for identity in all + (try RecipeFixture.identities(dataset)) {
            for (path, _) in CanonicalJSON.leaves(of: identity.parameters) {
                let name = RecipeKeys.name(of: "\(identity.name).\(path)")
                #expect(isKey(name), "\(identity.name).\(path) is called \(name)")
            }
        }
    }

    private func isKey(_ name: String) -> Bool {
        // What no key takes: the reader then says either that this is no key, or what the key takes instead.
        let contexts = [
            [], ["features.kind=mfcc"], ["features.resize=8x9"], ["features.log=", "features.values=db"],
            ["features.normalize=sliding"], ["split.folds=3"], ["frame.vad=drop"], ["split.by=example"],
        ]
        return contexts.contains { context in
            let complaint = RecipeFixture.complaint(RecipeFixture.full, set: context + ["\(name)=[[x]]"])
            return complaint.contains("\(name) takes") && !complaint.contains("is not a key of a recipe")
        }
    }
}

extension CanonicalJSON {
    /// Whether a JSON value was written as true or false: its number would be written as 1 or 0.
    fileprivate static func isFlag(_ number: NSNumber) -> Bool {
        let text = (try? JSONSerialization.data(withJSONObject: number, options: .fragmentsAllowed)) ?? Data()
        return ["true", "false"].contains(String(decoding: text, as: UTF8.self))
    }
}

extension Recipe {
    /// The recipe with some of its parameters replaced.
    func with(
        ingest: IngestParameters? = nil, resample: ResampleParameters? = nil, frame: FrameParameters? = nil,
        features: FeatureParameters? = nil, split: SplitParameters? = nil, pairs: PairParameters? = nil,
        trials: TrialParameters? = nil, episodes: EpisodeRequest? = nil
    ) -> Recipe {
        Recipe(
            name: name, corpora: corpora, ingest: ingest ?? self.ingest, tolerance: tolerance,
            resample: resample ?? self.resample, frame: frame ?? self.frame,
            features: features ?? self.features,
            split: split ?? self.split, pairs: pairs ?? self.pairs,
            trials: trials ?? self.trials, episodes: episodes ?? self.episodes, keep: keep,
            origin: origin)
    }
}
