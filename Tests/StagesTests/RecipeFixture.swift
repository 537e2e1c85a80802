import ContentStore
import Manifest
import Pipeline

@testable import Stages

/// Recipes as text, and what becomes of them.
enum RecipeFixture {
    /// Every key a recipe knows, each on a line of its own, with the defaults of `short` spelled out.
    static let full = """
        name: spelled
        corpora:
          librispeech:
            layout: librispeech
            path: /data/LibriSpeech
            subsets: []
            speakers: []
        ingest:
          verify: md5
          channels: reject
          rates: []
          minimum: 0ms
          unknown-speakers: quarantine
          tolerance: 0
        resample:
          rate: 16kHz
          method: kaiser
        frame:
          window: 25ms
          hop: 10ms
          edges: snip
          length: 1s
          every: 1s
          trim: 0ms
          minimum: 0s
          tail: drop
          limit: inclusive
        features:
          kind: fbank
          dialect: kaldi
          mels: 80
          fft: 512
          window: povey
          preemphasis: 0.97
          preemphasis-over: frame
          remove-dc: true
          low: 20Hz
          high: 8kHz
          mel-formula: kaldi
          mel-norm: none
          filters: kaldi-mel
          log: true
          log-floor: 1.1920928955078125e-07
          floor-rule: raise
          scale: 32768
          power-scale: 1
          energy: false
          dither: 0
          normalize: none
          dtype: float32
        split:
          by: speaker
          seed: 0
          measure: speakers
          strata: none
          assignment: stable
          train: 100%
          validation: 0%
          test: 0%
          allow: []
          near-identical: true
          trials: []
        pairs:
          kind: pairs
          count: 10
          seed: 0
          same: 50%
          label-of-same: 1
          positives: any
          negatives: any
          balance: none
          sides: [train]
        trials:
          kind: balanced
          count: 10
          seed: 0
          target: 50%
          positives: any
          negatives: any
          sides: [test]
        episodes:
          shots: [1, 5]
          ways: 2-20
          count: 1000
          seed: 0
          query: uniform
          support-draw: uniform
          support: any
          negatives: any
          example: any
          sides: [validation]
        keep: [features]
        """

    /// The same recipe with nothing but what has no default.
    static let short = """
        # A comment.
        name: spelled
        pairs: {count: 10}            # keys in another order
        episodes: {ways: 2-20, shots: [5, 1], count: 1000}
        trials: {kind: balanced, count: 10}
        frame: {length: 1s}
        resample: {rate: 16kHz}
        corpora: {librispeech: {path: /data/LibriSpeech}}
        """

    static func read(
        _ yaml: String, set settings: [String] = [], corpora: [String] = []
    ) throws(RecipeError) -> Recipe {
        try RecipeReader(settings: settings, corpora: corpora).read(
            yaml: yaml, file: "made.yaml", defaultName: "made")
    }

    /// What the reader says against a recipe; empty when it takes it.
    static func complaint(
        _ yaml: String, set settings: [String] = [], corpora: [String] = []
    ) -> String {
        do {
            _ = try read(yaml, set: settings, corpora: corpora)
            return ""
        } catch {
            return error.description
        }
    }

    /// `full` with the line of `key` below `section` replaced by `line`, and the number of that line.
    static func replacing(_ section: String, _ key: String, by line: String) -> (yaml: String, line: Int) {
        var lines = full.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var within = ""
        for index in lines.indices {
            let text = lines[index]
            if !text.hasPrefix(" ") { within = String(text.prefix { $0 != ":" }) }
            let name = text.drop { $0 == " " }.prefix { $0 != ":" }
            guard within == section, name == key, section.isEmpty || text.hasPrefix(" ") else { continue }
            lines[index] = String(text.prefix { $0 == " " }) + line
            return (lines.joined(separator: "\n"), index + 1)
        }
        return (full, 0)
    }

    /// What the stages of a recipe are, as far as their output depends on it.
    static func identities(_ recipe: Recipe) throws -> [StageIdentity] {
        let layers = DatasetLayers(
            recipe: recipe, scan: CorpusScan(), store: Store(reading: "/nowhere"),
            statistics: BuildStatistics())
        var all = try layers.packs().stages + layers.split().stages
        if recipe.features.normalize == .dataset {
            all += try layers.trainStatistics().stages + layers.normalize().stages
        }
        if let pairs = recipe.pairs { all += try layers.pairs(pairs, Resolved()).layer.stages }
        if let trials = recipe.trials { all += try layers.trials(trials, Resolved()).layer.stages }
        if let episodes = recipe.episodes { all += try layers.episodes(episodes).layer.stages }
        return all.map(\.identity)
    }
}
