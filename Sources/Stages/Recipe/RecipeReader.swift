import Audio
import ContentStore
import Corpus
import Features
import Foundation

/// Reads a recipe from YAML and the command line's `--set` and `--corpus`.
package struct RecipeReader {
    /// `KEY=VALUE` settings that override the file, in order.
    package var settings: [String] = []
    /// `NAME=DIR` places of corpora.
    package var corpora: [String] = []

    package init(settings: [String] = [], corpora: [String] = []) {
        self.settings = settings
        self.corpora = corpora
    }

    /// The recipe that `origin` came from, as it was then.
    package static func read(_ origin: Recipe.Origin) throws(RecipeError) -> Recipe {
        let name = URL(fileURLWithPath: origin.file).deletingPathExtension().lastPathComponent
        return try RecipeReader(settings: origin.settings, corpora: origin.corpora)
            .read(yaml: origin.yaml, file: origin.file, defaultName: name)
    }

    /// The recipe in the file at `path`.
    package func read(path: String) throws(RecipeError) -> Recipe {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RecipeError(place: path, message: "there is no such recipe; recipes lie in manifests/")
        }
        guard let yaml = String(data: data, encoding: .utf8) else {
            throw RecipeError(place: path, message: "the recipe is not UTF-8 text")
        }
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return try read(yaml: yaml, file: path, defaultName: name)
    }

    /// The recipe in a YAML text; `file` is named in errors.
    package func read(yaml: String, file: String, defaultName: String) throws(RecipeError) -> Recipe {
        var root = try RecipeNode.parse(yaml, file: file)
        for setting in settings { root = try apply(setting, to: root) }
        try RecipeShape.check(root)
        var top = try RecipeSection(root, name: "", place: file)
        let name = try top.text("name") ?? defaultName
        guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
            throw top.error(
                "name",
                "cannot be '\(name)': folders are named after it; use a word without '/' that does not begin with '.'"
            )
        }
        let corpora = try corpora(&top)
        var ingest = try top.section("ingest")
        let ingestParameters = try self.ingest(&ingest)
        let tolerance = try ingest.integer("tolerance", 0...Int.max) ?? 0
        try ingest.finish()
        let resample = try self.resample(try top.section("resample"), channels: ingestParameters.channels)
        let reading = FeatureReading(rate: resample.rate)
        let (frame, features) = try reading.read(
            frame: try top.section("frame"), features: try top.section("features"))
        let split = try SelectionReading.split(try top.section("split"), recipePath: file)
        var certified = try top.section("split")
        let certificate = try CertificateReading.read(&certified)
        let weights = try EmbeddingReading.weights(try top.section("features"))
        let splitFiles = try SelectionReading.splitFiles(try top.section("split"), split.rules.by)
        let pairs = try SelectionReading.pairs(top.node("pairs"), place: file)
        let embeddings = try MiningReading.embeddings(top.node("pairs"), place: file)
        let augment = try AugmentReading.read(top.node("augment"), place: file)
        let trials = try TrialReading.trials(top.node("trials"), place: file)
        let episodes = try EpisodeReading.episodes(top.node("episodes"), place: file)
        let train = try TrainReading.settings(top.node("train"), place: file)
        let keep = try self.keep(&top)
        try top.finish()
        return Recipe(
            name: name, corpora: corpora, ingest: ingestParameters, tolerance: tolerance, resample: resample,
            frame: frame, features: features, split: split, pairs: pairs, augment: augment,
            embeddings: embeddings, trials: trials, episodes: episodes, certificate: certificate, keep: keep,
            origin: Recipe.Origin(
                yaml: yaml, file: URL(fileURLWithPath: file).path,
                settings: settings + OtherFiles.placed(root),
                corpora: placed(corpora)),
            weights: weights, splitFiles: splitFiles, train: train)
    }

    /// The corpora's places as whole paths, which hold wherever the build is repeated from.
    private func placed(_ corpora: [Recipe.CorpusRequest]) -> [String] {
        corpora.compactMap { corpus in
            corpus.path.map {
                "\(corpus.name)=\(URL(fileURLWithPath: NSString(string: $0).expandingTildeInPath).path)"
            }
        }
    }

    private func apply(_ setting: String, to root: RecipeNode) throws(RecipeError) -> RecipeNode {
        let place = "--set \(setting)"
        guard let equals = setting.firstIndex(of: "="), equals > setting.startIndex else {
            throw RecipeError(place: place, message: "write it as KEY=VALUE, such as features.mels=40")
        }
        let path = setting[..<equals].split(separator: ".", omittingEmptySubsequences: false)
        let value = String(setting[setting.index(after: equals)...])
        // Nothing after the sign takes the key away.
        if value.isEmpty { return root.removing(path) }
        let parsed: RecipeNode
        do {
            parsed =
                value.hasPrefix("[") ? try RecipeNode.parse(value, file: place) : .scalar(value, place: place)
        } catch {
            throw RecipeError(place: place, message: error.message)
        }
        return try root.setting(path, to: RecipeReader.placed(parsed, place), place: place)
    }

    /// The same value with the command line as its place.
    private static func placed(_ node: RecipeNode, _ place: String) -> RecipeNode {
        switch node {
        case .scalar(let text, _): .scalar(text, place: place)
        case .list(let items, _): .list(items.map { placed($0, place) }, place: place)
        case .map: node
        }
    }

    private func corpora(_ top: inout RecipeSection) throws(RecipeError) -> [Recipe.CorpusRequest] {
        var section = try top.section("corpora")
        guard !section.isEmpty else {
            throw section.error(
                "", "names no corpus; a recipe needs at least one, such as corpora.librispeech")
        }
        var places: [String: String] = [:]
        for corpus in corpora {
            guard let equals = corpus.firstIndex(of: "="), equals > corpus.startIndex else {
                throw RecipeError(
                    place: "--corpus \(corpus)",
                    message: "write it as NAME=DIR, such as librispeech=/data/LibriSpeech")
            }
            let name = String(corpus[..<equals])
            guard section.keys.contains(name) else {
                throw RecipeError(
                    place: "--corpus \(corpus)",
                    message:
                        "the recipe has no corpus '\(name)'; it has: \(section.keys.sorted().joined(separator: ", "))"
                )
            }
            places[name] = String(corpus[corpus.index(after: equals)...])
        }
        var requests: [Recipe.CorpusRequest] = []
        for name in section.keys {
            guard !name.isEmpty, !name.contains("/") else {
                throw section.error(
                    name,
                    "cannot be the name of a corpus: tasks are named CORPUS/SPEAKER/SESSION; use a word without '/'"
                )
            }
            requests.append(try request(name, try section.section(name), path: places[name]))
        }
        return requests.sorted { $0.name.precedesByBytes($1.name) }
    }

    private func request(
        _ name: String, _ found: RecipeSection, path: String?
    ) throws(RecipeError) -> Recipe.CorpusRequest {
        var section = found
        let written = try section.text("path")
        let request = Recipe.CorpusRequest(
            name: name,
            layout: try section.choice("layout") ?? (name == "librispeech" ? .librispeech : .tree),
            path: path ?? written, subsets: try section.list("subsets") ?? [],
            speakers: try section.list("speakers") ?? [], place: section.place,
            firstSpeakers: try section.integer("first-speakers", 1...Int.max))
        try section.finish()
        return request
    }

    private func ingest(_ section: inout RecipeSection) throws(RecipeError) -> IngestParameters {
        IngestParameters(
            verify: try section.choice("verify") ?? .md5, channels: try section.choice("channels") ?? .reject,
            rates: try section.rates("rates") ?? [],
            minimumMilliseconds: try section.milliseconds("minimum") ?? 0,
            unknownSpeakers: try section.choice("unknown-speakers") ?? .quarantine)
    }

    private func resample(
        _ found: RecipeSection, channels: ChannelPolicy
    ) throws(RecipeError) -> ResampleParameters {
        var section = found
        guard let rate = try section.rate("rate") else {
            throw section.error("rate", "is needed: the one sample rate of the dataset, such as 16kHz")
        }
        let method: ResampleMethod = try section.choice("method") ?? .kaiser
        try section.finish()
        return ResampleParameters(rate: rate, method: method, channels: channels)
    }

    private func keep(_ top: inout RecipeSection) throws(RecipeError) -> Set<Recipe.Keep> {
        guard let words = try top.list("keep") else { return [.features] }
        var keep: Set<Recipe.Keep> = []
        for word in words {
            guard let stage = Recipe.Keep(rawValue: word) else {
                let names = Recipe.Keep.allCases.map(\.rawValue)
                throw top.error("keep", "cannot hold '\(word)'; valid: \(names.joined(separator: ", "))")
            }
            keep.insert(stage)
        }
        return keep
    }
}
