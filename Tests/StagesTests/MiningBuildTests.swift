import ContentStore
import Corpus
import Foundation
import Testing

@testable import Stages

/// Mining as a stage of a build, on embeddings made of the examples' own means.
@Suite("mining in builds") struct MiningBuildTests {
    static let settings = ["pairs.kind=triplets", "pairs.count=each*2", "pairs.sides=[train, test]"]

    /// Means over the frames of every example, in the dataset's order.
    static func means(_ corpus: StageCorpus) throws -> (width: Int, values: [Float]) {
        let result = try corpus.result()
        var values: [Float] = []
        for pack in try result.subjects("features") {
            let (shape, matrix) = try result.features(pack)
            for row in 0..<shape[0] {
                for column in 0..<shape[2] {
                    let sum = (0..<shape[1]).reduce(Float(0)) {
                        $0 + matrix[(row * shape[1] + $1) * shape[2] + column]
                    }
                    values.append(sum / Float(shape[1]) + 5)
                }
            }
        }
        return (20, values)
    }

    /// Writes a file of embeddings and returns its path.
    static func write(
        _ values: [Float], width: Int, to corpus: StageCorpus, rows: [Int64]? = nil, half: Bool = false,
        metadata: [String: String] = [:]
    ) throws -> String {
        let store = try Store(root: corpus.folder.path + "/made-\(UUID().uuidString)")
        let numbers = rows.map { [Tensor("row", $0)] } ?? []
        let matrix = Tensor(
            "embeddings", shape: [values.count / width, width],
            half ? .float16(values.map(HalfPrecision.bits)) : .float32(values))
        let staged = try store.stage(
            TensorFile(kind: "embeddings", metadata: metadata, tensors: numbers + [matrix]), keep: true)
        try store.publish([staged])
        return store.path(of: staged.artifact.digest)
    }

    static func mined(_ path: String, _ kind: String = "semi-hard") -> [String] {
        settings + ["pairs.mining=\(kind)", "pairs.embeddings=\(path)"]
    }

    @Test("triplets are mined once, whoever works, and again only for other embeddings or rules")
    func builds() async throws {
        let corpus = try StageCorpus(speakers: 6, utterances: 3)
        let lists = ["split.train=[11, 12, 13]", "split.test=[14, 15, 16]"]
        try await corpus.build(set: lists)
        let (width, values) = try Self.means(corpus)
        let split = try #require(try corpus.result().digests("split")["dataset"])
        let path = try Self.write(
            values, width: width, to: corpus, metadata: ["twinset.split": split.hex])
        let first = try await corpus.build(set: lists + Self.mined(path), jobs: 1)
        #expect(first.pairs > 0 && first.tasks.ran == 2)
        try Self.check(corpus, values, width: width)
        #expect(try await corpus.build(set: lists + Self.mined(path)).tasks.ran == 0)
        let moved = corpus.folder.path + "/moved.safetensors"
        try FileManager.default.moveItem(atPath: path, toPath: moved)
        let again = try await corpus.build(set: lists + Self.mined(moved))
        #expect(again.tasks.ran == 0 && again.dataset == first.dataset)
        let margin = lists + Self.mined(moved) + ["pairs.margin=0.001"]
        #expect(try await corpus.build(set: margin).tasks.ran == 2)
        let other = try Self.write(values.map { $0 + 1 }, width: width, to: corpus)
        #expect(try await corpus.build(set: lists + Self.mined(other)).tasks.ran == 2)
        let elsewhere = try await corpus.build(set: lists + Self.mined(moved), jobs: 3, in: "other")
        #expect(elsewhere.dataset == first.dataset)
    }

    /// Anchors and positives share a speaker, negatives have another and are farther than the positive.
    static func check(_ corpus: StageCorpus, _ values: [Float], width: Int) throws {
        let result = try corpus.result()
        let split = try SplitTable(try #require(try result.open("split", "dataset")))
        func distance(_ a: UInt32, _ b: UInt32) -> Double {
            func row(_ row: UInt32) -> [Double] {
                values[Int(row) * width..<(Int(row) + 1) * width].map { Double($0) }
            }
            func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
            let (x, y) = (row(a), row(b))
            return 1 - dot(x, y) / (dot(x, x) * dot(y, y)).squareRoot()
        }
        for side in [Side.train, .test] {
            let file = try #require(try result.open("pairs", "\(side.rawValue)/00000"))
            let columns = try ["anchor", "positive", "negative"].map { try file.unsigned($0) }
            #expect(!columns[0].isEmpty && file.metadata["embeddings"]?.count == 64)
            for index in columns[0].indices {
                let rows = columns.map { Int($0[index]) }
                #expect(rows.allSatisfy { split.sides[$0] == side.code })
                let speakers = rows.map { split.speakers[$0] }
                #expect(speakers[0] == speakers[1] && speakers[0] != speakers[2] && rows[0] != rows[1])
                let positive = distance(columns[0][index], columns[1][index])
                #expect(positive < distance(columns[0][index], columns[2][index]) + 2e-6)
            }
        }
    }

    @Test("a tensor of row numbers says whose the embeddings are, in any order; half precision will do")
    func rowNumbers() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        let (width, values) = try Self.means(corpus)
        let count = values.count / width
        let chosen = (0..<count).filter { $0 % 3 != 0 }.reversed().map { $0 }
        let some = chosen.flatMap { values[$0 * width..<($0 + 1) * width] }
        let path = try Self.write(
            Array(some), width: width, to: corpus, rows: chosen.map { Int64($0) }, half: true)
        let built = try await corpus.build(set: Self.mined(path, "hard"))
        let file = try #require(try corpus.result().open("pairs", "train/00000"))
        let anchors = try file.unsigned("anchor")
        #expect(built.pairs > 0 && anchors.allSatisfy { $0 % 3 != 0 })
        #expect(try file.unsigned("negative").allSatisfy { $0 % 3 != 0 })
    }

    @Test("hard pairs keep the columns of drawn ones") func pairs() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        let (width, values) = try Self.means(corpus)
        let path = try Self.write(values, width: width, to: corpus)
        let settings = ["pairs.count=each", "pairs.mining=hard", "pairs.embeddings=\(path)"]
        let built = try await corpus.build(set: settings)
        let file = try #require(try corpus.result().open("pairs", "train/00000"))
        let (a, b, labels) = (try file.unsigned("a"), try file.unsigned("b"), try file.bytes("label"))
        let split = try SplitTable(try #require(try corpus.result().open("split", "dataset")))
        #expect(built.pairs == a.count && a.count > 4)
        #expect(Set(zip(a, b).map { [$0, $1].sorted() }).count == a.count)
        for index in a.indices {
            let isSame = split.speakers[Int(a[index])] == split.speakers[Int(b[index])]
            #expect(isSame == (labels[index] == 1))
        }
    }

    @Test("embeddings that do not fit the dataset are refused in one sentence")
    func refused() async throws {
        let corpus = try StageCorpus()
        try await corpus.build()
        let (width, values) = try Self.means(corpus)
        var broken = values
        broken[7 * width + 3] = .nan
        let none = corpus.folder.path + "/none"
        let cases: [(path: String, reason: String)] = [
            (none, "there is no file"),
            (
                try Self.write(Array(values.dropLast(width)), width: width, to: corpus),
                "rows, but the dataset has"
            ),
            (try Self.write(broken, width: width, to: corpus), "row 7 of the embeddings"),
            (
                try Self.write(
                    values, width: width, to: corpus,
                    metadata: ["twinset.split": String(repeating: "ab", count: 32)]),
                "for the split abababababab"
            ),
            (
                try Self.write(Array(values.prefix(2 * width)), width: width, to: corpus, rows: [5, 5]),
                "2 different rows"
            ),
        ]
        for (path, reason) in cases {
            let error = await #expect(throws: (any Error).self) {
                try await corpus.build(set: Self.mined(path))
            }
            #expect("\(error.map { "\($0)" } ?? "")".contains(reason), "\(reason)")
        }
    }

    @Test(
        "a recipe that cannot mine as it says is refused at its key",
        arguments: [
            (["mining=hard"], "pairs.mining goes with pairs.embeddings"),
            (["margin=0.1"], "pairs.margin goes with"),
            (["embeddings=x"], "pairs.mining is needed"),
            (["embeddings=x", "mining=soft"], "cannot be 'soft'"),
            (["embeddings=x", "mining=hard", "margin=1"], "pairs.margin goes with pairs.mining: semi-hard"),
            (["embeddings=x", "mining=semi-hard"], "'semi-hard' for pairs"),
            (["embeddings=x", "mining=hard", "balance=speaker"], "pairs.balance cannot be 'speaker'"),
            (["embeddings=x", "mining=hard", "candidates=0"], "pairs.candidates is a whole number"),
            (["embeddings=x", "mining=hard", "count=each*1001"], "at most each*1000"),
            (["kind=triplets", "embeddings=x", "mining=semi-hard", "margin=0"], "pairs.margin is 0"),
        ])
    func recipes(settings: [String], reason: String) {
        let complaint = RecipeFixture.complaint(RecipeFixture.short, set: settings.map { "pairs.\($0)" })
        #expect(complaint.contains(reason), "\(complaint)")
    }

    @Test("without mining a recipe's pairs have the key they had") func keys() throws {
        let recipe = try RecipeFixture.read(RecipeFixture.short)
        let parameters = try #require(recipe.pairs)
        #expect(!(try CanonicalJSON.encode(parameters)).contains("mining"))
        let shard = PairShard(side: .train, first: 0)
        #expect(try CanonicalJSON.encode(shard) == #"{"first":0,"side":"train"}"#)
        #expect(RecipeKeys.name(of: "pairs.mining.kind") == "pairs.mining")
        #expect(RecipeKeys.name(of: "pairs.mining.candidates") == "pairs.candidates")
    }
}
