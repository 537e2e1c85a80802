import Audio
import ContentStore
import Corpus
import Features
import Foundation
import Testing

@testable import Stages

@Suite("what a build writes")
struct BuildFeatureTests {
    private static let manifests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("manifests").path

    private func manifest(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Self.manifests)/\(name).yaml", encoding: .utf8)
    }

    private func fbank(
        _ waveform: [Float], _ parameters: FbankParameters, frames: Int? = nil, normalized: Bool = false
    ) throws -> [Float] {
        var extractor = try FbankExtractor(parameters, normalizesEachFrame: normalized)
        let count = frames ?? extractor.frameCount(sampleCount: waveform.count)
        var values = [Float](repeating: 0, count: count * parameters.melCount)
        var output = values.mutableSpan
        extractor.extract(waveform.span, firstFrame: 0, frameCount: count, into: &output)
        return values
    }

    private var kaldi: FbankParameters {
        .kaldi(sampleRate: 16_000, windowSampleCount: 400, hopSampleCount: 160, melCount: 20)
    }

    /// The rows of the small recipe: groups of 32 frames.
    private func rows(_ samples: [Int16]) throws -> [Float] {
        let count = (1 + (samples.count - 400) / 160) / 32 * 32
        return try fbank(StageSound.floats(samples), kaldi, frames: count)
    }

    @Test("features are the extractor's on the samples of the files, with an index that says whose they are")
    func fbank() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        let result = try corpus.result()
        for speaker in 0..<4 {
            let subject = "librispeech/\(11 + speaker)/\(11 + speaker)0"
            let wanted = try corpus.samples(of: speaker).map(rows)
            let (shape, values) = try result.features(subject)
            let counts = wanted.map { $0.count / (32 * 20) }
            #expect(shape == [counts.reduce(0, +), 32, 20])
            #expect(values == wanted.flatMap { $0 })
            let file = try #require(try result.open("features", subject))
            let ids = (0..<2).flatMap { session in (0..<2).map { corpus.id(speaker, session, $0) } }
            #expect(try TextColumn.read("utterance", from: file) == ids)
            #expect(
                try TextColumn.read("speaker", from: file) == [String](repeating: "\(11 + speaker)", count: 4)
            )
            #expect(
                try file.unsigned("row.utterance")
                    == counts.indices.flatMap { [UInt32](repeating: UInt32($0), count: counts[$0]) })
            #expect(
                try file.integers("row.start") == counts.flatMap { (0..<$0).map { Int64($0 * 32 * 160) } })
            #expect(try file.integers("row.length").allSatisfy { $0 == 31 * 160 + 400 })
            #expect(file.metadata["sampleRate"] == "16000" && file.metadata["kind"] == "features")
            let told = try CanonicalJSON.decode(FeatureParameters.self, from: file.metadata["features"] ?? "")
            #expect(told.fbank == kaldi)
        }
    }

    @Test("the catalogue has every utterance with its samples, sessions and digests")
    func catalogue() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        let rows = try corpus.result().utterances()
        #expect(rows.count == corpus.fileCount)
        for row in rows where row.id == "12-121-0001" {
            #expect(row.speaker == "12" && row.session == "121" && row.corpus == "librispeech")
            #expect(row.sampleRate == 16_000 && row.sampleCount == corpus.samples(1, 1, 1).count)
            #expect(row.source == Digest.of(try corpus.folder.read(corpus.file(1, 1, 1))))
            #expect(row.path == corpus.folder.path + "/" + corpus.file(1, 1, 1))
        }
        #expect(Set(rows.map(\.audio)).count == rows.count)
    }

    @Test("fbanknet.yaml: trimmed, linear, each frame normalized, 64 × 64, a triplet for each train example")
    func fbanknet() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 3)
        // One of less than a second, one that gives exactly one example and one that just does not.
        try corpus.folder.write(
            StageSound.wave(StageSound.samples(15_999, key: 91)), to: corpus.file(0, 0, 3))
        try corpus.folder.write(
            StageSound.wave(StageSound.samples(18_321, key: 92)), to: corpus.file(0, 0, 4))
        try corpus.folder.write(
            StageSound.wave(StageSound.samples(18_320, key: 93)), to: corpus.file(0, 0, 5))
        let summary = try await corpus.build(try manifest("fbanknet"))
        #expect(summary.short == 2 && summary.quarantined == 0 && summary.utterances == 15)
        #expect(summary.pairs == summary.sides["train"]?.examples)
        var parameters = FbankParameters.psf(
            sampleRate: 16_000, windowSampleCount: 400, hopSampleCount: 160, melCount: 64, fftSize: 512)
        parameters.log = false
        let sounds = corpus.samples(of: 0) + [StageSound.samples(18_321, key: 92)]
        let wanted = try sounds.flatMap { samples in
            let trimmed = Array(StageSound.floats(samples)[4_000..<(samples.count - 4_000)])
            let frames = (1 + (trimmed.count - 400 + 159) / 160) / 64 * 64
            return try fbank(trimmed, parameters, frames: frames, normalized: true)
        }
        let (shape, values) = try corpus.result().features("librispeech/11/110")
        #expect(shape == [wanted.count / 4_096, 64, 64] && values == wanted)
        for start in stride(from: 0, to: values.count, by: 64) {
            let frame = values[start..<(start + 64)].map(Double.init)
            let mean = frame.reduce(0, +) / 64
            let variance = frame.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 64
            #expect(abs(mean) < 1e-5 && abs(variance - 1) < 1e-4)
        }
    }

    @Test(
        "voicemap.yaml: every fourth sample, cuts back to back, mean zero and the given RMS, label 0 for same"
    )
    func voicemap() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 3)
        try corpus.folder.move("corpus/train-clean-100/13", to: "corpus/dev-clean/13")
        try corpus.writeSpeakers { $0 == 2 ? "dev-clean" : "train-clean-100" }
        // As the recipe, with cuts of 250 ms instead of 3 s so that a small corpus has some.
        let summary = try await corpus.build(
            try manifest("voicemap"),
            set: ["frame.length=250ms", "frame.every=250ms", "pairs.count=30", "episodes="])
        #expect(summary.warnings == ["corpus 'librispeech' has nothing of subset train-clean-360"])
        #expect(summary.sides["validation"]?.speakers == 1 && summary.sides["train"]?.speakers == 3)
        let wanted = corpus.samples(of: 1).flatMap { samples -> [[Double]] in
            let kept = stride(from: 0, to: samples.count, by: 4).map { Double(samples[$0]) / 32_768 }
            return stride(from: 0, to: kept.count - 1_000, by: 1_000).map { start in
                let cut = Array(kept[start..<(start + 1_000)])
                let mean = cut.reduce(0, +) / 1_000
                let rms = (cut.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1_000).squareRoot()
                return cut.map { ($0 - mean) * 0.038021 / rms }
            }
        }
        let (shape, values) = try corpus.result().features("librispeech/12/120")
        #expect(shape == [wanted.count, 1_000])
        let largest = zip(values, wanted.joined()).map { abs(Double($0) - $1) }.max() ?? .infinity
        #expect(largest < 1e-7, "\(largest)")
        let pairs = try #require(try corpus.result().open("pairs", "train/00000"))
        let labels = try pairs.bytes("label")
        #expect(labels.count == 30 && labels.count { $0 == 0 } == 15 && pairs.metadata["labelOfSame"] == "0")
        let split = try #require(try corpus.result().open("split", "dataset"))
        let speakers = try split.unsigned("row.speaker")
        let (a, b) = (try pairs.unsigned("a"), try pairs.unsigned("b"))
        for k in labels.indices { #expect((speakers[Int(a[k])] == speakers[Int(b[k])]) == (labels[k] == 0)) }
    }

    @Test("audio of another rate is resampled as the resampler does it")
    func resampled() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        try await corpus.build(
            set: [
                "resample.rate=4kHz", "features.high=2kHz", "frame.window=25ms", "keep=[resample,features]",
            ])
        let file = try #require(try corpus.result().open("resample", "librispeech/13/130"))
        var wanted: [Float] = []
        var resampler = try Resampler(method: .kaiser, from: 16_000, to: 4_000)
        for samples in corpus.samples(of: 2) {
            var output: [Float] = []
            try resampler.resample(StageSound.floats(samples).span, into: &output)
            wanted += output
        }
        #expect(try file.floats("samples") == wanted)
    }

    @Test("half precision is the nearest to what single precision has")
    func halves() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        try await corpus.build(set: ["features.dtype=float16"])
        let file = try #require(try corpus.result().open("features", "librispeech/11/110"))
        #expect(file.entries["features"]?.type == .float16)
        let wanted = try corpus.samples(of: 0).flatMap(rows)
        let found = try corpus.result().features("librispeech/11/110").values
        #expect(found.count == wanted.count)
        // Values from 2 to 32 lie 2⁻¹⁰ of their power of two apart.
        let isNearest = zip(found, wanted).allSatisfy { abs($0 - $1) <= $1.binade * 0x1p-11 }
        #expect(isNearest && found != wanted)
    }

    @Test("normalization by utterance and by bin, made of the plain features by hand")
    func normalized() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        for kind in ["utterance", "bin"] {
            try await corpus.build(set: ["features.normalize=\(kind)"], in: kind)
            let wanted = try corpus.samples(of: 3).flatMap { samples -> [Double] in
                let plain = try rows(samples)
                let step = kind == "bin" ? 20 : 1
                let columns = (0..<step).map { column in
                    Self.normalized(stride(from: column, to: plain.count, by: step).map { Double(plain[$0]) })
                }
                return plain.indices.map { columns[$0 % step][$0 / step] }
            }
            let found = try corpus.result(kind).features("librispeech/14/140").values
            #expect(found.count == wanted.count)
            #expect((zip(found, wanted).map { abs(Double($0) - $1) }.max() ?? 1) < 1e-5, "\(kind)")
        }
    }

    private static func normalized(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return values.map { ($0 - mean) / variance.squareRoot() }
    }

    @Test("normalization by the dataset takes mean and deviation of each bin from the train side alone")
    func dataset() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        let summary = try await corpus.build(set: ["features.normalize=dataset"])
        // Four stages a pack and normalize, then split, statistics and pairs.
        #expect(summary.tasks.ran == 4 * 5 + 4)
        let train = try (0..<2).flatMap { try corpus.samples(of: $0).flatMap(rows) }
        let columns = (0..<20).map { column in
            stride(from: column, to: train.count, by: 20).map { Double(train[$0]) }
        }
        let means = columns.map { $0.reduce(0, +) / Double($0.count) }
        let deviations = zip(columns, means).map { column, mean in
            (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)).squareRoot()
        }
        for speaker in 0..<4 {
            let plain = try corpus.samples(of: speaker).flatMap(rows)
            let wanted = plain.indices.map { (Double(plain[$0]) - means[$0 % 20]) / deviations[$0 % 20] }
            let subject = "librispeech/\(11 + speaker)/\(11 + speaker)0"
            let (shape, found) = try corpus.result().features(subject, stage: "normalize")
            #expect(shape == [plain.count / 640, 32, 20])
            #expect((zip(found, wanted).map { abs(Double($0) - $1) }.max() ?? 1) < 2e-5)
        }
        // A speaker more on the test side changes no statistics: one pack with its normalize, split and pairs.
        let result = try corpus.result()
        let before = try result.digests("statistics")
        try corpus.folder.write(
            StageSound.wave(StageSound.samples(30_000, key: 99)), to: corpus.file(3, 0, 9))
        try await corpus.build(set: ["features.normalize=dataset"])
        #expect(try result.digests("statistics") == before)
        #expect(try await corpus.build(set: ["features.normalize=dataset"]).tasks.ran == 0)
    }

    @Test("dataset statistics without kept features are refused before anything runs")
    func datasetWithoutFeatures() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 1)
        do {
            _ = try await corpus.build(set: ["features.normalize=dataset", "keep=[]"])
            Issue.record("features that are not kept were to be read again")
        } catch {
            #expect(
                "\(error)" == "features.normalize: dataset reads the features again; add features to keep")
        }
    }

    @Test(
        "whole utterances of different lengths say where each ends, and dataset statistics find the train ones"
    )
    func whole() async throws {
        let corpus = try StageCorpus(speakers: 4, sessions: 1, utterances: 2)
        let yaml = StageCorpus.recipe.replacingOccurrences(of: "  group: 32\n", with: "")
            .replacingOccurrences(of: "count: 20", with: "count: 4")
        let summary = try await corpus.build(yaml, set: ["features.normalize=dataset"])
        #expect(summary.examples == 8)
        let file = try #require(try corpus.result().open("features", "librispeech/12/120"))
        let plain = try corpus.samples(of: 1).map { try fbank(StageSound.floats($0), kaldi) }
        let ends = [Int64(plain[0].count / 20), Int64((plain[0].count + plain[1].count) / 20)]
        #expect(try file.integers("row.frameEnd") == ends)
        #expect(try corpus.result().features("librispeech/12/120").values == plain.flatMap { $0 })
        let statistics = try #require(try corpus.result().open("statistics", "dataset"))
        let train = try (0..<2).flatMap { corpus.samples(of: $0) }
            .flatMap { try fbank(StageSound.floats($0), kaldi) }
        let means = (0..<20).map { column in
            stride(from: column, to: train.count, by: 20).reduce(0) { $0 + Double(train[$1]) } * 20
                / Double(train.count)
        }
        #expect(zip(try statistics.floats("mean"), means).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    }
}
