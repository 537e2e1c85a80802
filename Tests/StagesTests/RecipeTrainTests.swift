import Corpus
import Testing

@testable import Stages

@Suite("the section train")
struct RecipeTrainTests {
    private let head = "corpora: {librispeech: }\nresample: {rate: 16kHz}\n"

    @Test("without it everything is as published, and no stage knows of it")
    func absent() throws {
        #expect(try RecipeFixture.read(head).train == TrainSettings())
        let with = try RecipeFixture.read(head + "train: {epochs: 3, filters: 16}")
        #expect(
            try RecipeFixture.identities(with).map(\.parameters)
                == RecipeFixture.identities(try RecipeFixture.read(head)).map(\.parameters))
    }

    @Test("says what is other than published")
    func settings() throws {
        let settings = try RecipeFixture.read(
            head + """
                train:
                  system: voicemap-absolute
                  seed: 7
                  epochs: [20, 10]
                  rate: [5e-4, 1e-4]
                  batch: 32
                  batches: 500
                  filters: 16
                  embedding: 64
                  dropout: 0.1
                  margin: 0.5
                  weights: /data/imagenet.safetensors
                  validate: [accuracy, 1-shot]
                  validate-ways: 4
                  validate-tasks: 100
                  validate-batches: 25
                  patience: 5
                """
        ).train
        var expected = TrainSettings()
        (expected.system, expected.seed, expected.epochs) = (.voicemapAbsolute, 7, [20, 10])
        (expected.rates, expected.batch, expected.filters) = ([5e-4, 1e-4], 32, 16)
        expected.batches = 500
        (expected.embedding, expected.dropout, expected.margin) = (64, 0.1, 0.5)
        (expected.weights, expected.validation) = ("/data/imagenet.safetensors", [.accuracy, .oneShot])
        (expected.ways, expected.tasks, expected.everyBatches, expected.patience) = (4, 100, 25, 5)
        #expect(settings == expected)
    }

    @Test("a recipe's name is one word of a path", arguments: ["../../evil", "a/b", "..", ".hidden"])
    func name(name: String) {
        let complaint = RecipeFixture.complaint(head + "name: \"\(name)\"\n")
        #expect(complaint.contains("name cannot be '\(name)': folders are named after it"), "\(complaint)")
    }

    @Test(
        "what cannot be meant is refused with its place",
        arguments: [
            ("system: fbanket", "train.system cannot be 'fbanket'; did you mean 'fbanknet'?"),
            ("epochs: 0", "train.epochs takes whole numbers from 1, such as 20 or [20, 10], not '0'"),
            (
                "rate: x",
                "train.rate takes numbers from 1e-12 to 1000.0, such as 1e-3 or [1e-3, 5e-4], not 'x'"
            ),
            ("dropout: 1", "train.dropout is a number from 0.0 to 0.99, not '1'"),
            ("validate: [eer, acuracy]", "train.validate cannot be 'acuracy'; did you mean 'accuracy'?"),
            ("epoch: 3", "did you mean 'epochs'?"),
        ])
    func refusals(line: String, part: String) {
        let complaint = RecipeFixture.complaint(head + "train: {\(line)}\n")
        #expect(complaint.contains(part), "\(complaint)")
    }
}
