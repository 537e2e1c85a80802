import ContentStore
import Corpus
import Foundation
import TestSupport
import Testing
import Torch

@testable import Training

/// What needs no libtorch: rows, labels, orders.
@Suite struct DataTests {
    @Test("labels follow the split, and copies have those of what they copy")
    func labels() throws {
        let folder = TemporaryFolder()
        let labels = try RowLabels(DatasetFixture(in: folder.path).place)
        #expect(labels.count == 10)
        #expect(labels.speakers == [0, 0, 1, 1, 2, 2, 3, 3, 0, 1])
        #expect(labels.rows(of: .train) == [0, 1, 2, 3, 4, 5, 8, 9])
        #expect(labels.rows(of: .validation) == [6, 7])
        #expect(labels.side(of: 9) == .train)
        #expect(labels.classes(on: .train) == [0, 1, 2, nil])
        #expect(labels.speakerNames == ["a", "b", "c", "d"])
        #expect(labels.speakerSexes == [.female, .male, .unknown, .female])
    }

    @Test("an epoch takes every item once, in another order than the next, the same for the same seed")
    func order() {
        let order = EpochOrder(itemCount: 23, batchSize: 5, seed: 1, domain: "test")
        func items(_ order: EpochOrder, _ epoch: Int) -> [Int] {
            (0..<order.batchCount).flatMap { order.items($0, epoch: epoch) }
        }
        #expect(order.batchCount == 5)
        #expect(order.items(4, epoch: 0).count == 3)
        for epoch in 0..<3 { #expect(items(order, epoch).sorted() == Array(0..<23)) }
        #expect(items(order, 0) != items(order, 1))
        #expect(items(order, 2) == items(EpochOrder(itemCount: 23, batchSize: 5, seed: 1, domain: "test"), 2))
        #expect(items(order, 0) != items(EpochOrder(itemCount: 23, batchSize: 5, seed: 2, domain: "test"), 0))
    }

    @Test("an example fits a network with one channel, or once for each of its channels, and nothing else")
    func repetitions() throws {
        let folder = TemporaryFolder()
        let examples = try DatasetFixture(in: folder.path).examples()
        #expect(examples.count == 10 && examples.shape == [2, 3])
        #expect(try examples.repetitions(for: [1, 2, 3], of: "net") == 1)
        #expect(try examples.repetitions(for: [3, 2, 3], of: "net") == 3)
        let error = #expect(throws: TrainingError.self) {
            try examples.repetitions(for: [1, 3, 2], of: "net")
        }
        #expect(error?.message.contains("have the shape [2, 3], and net takes [1, 3, 2]") == true)
    }

    @Test(
        "whole utterances of different lengths, missing files and files of another kind are refused by name")
    func refusals() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/x.safetensors"
        #expect(throws: TrainingError.self) { try MappedExamples([path]) }
        #expect(throws: TrainingError.self) { try MappedExamples([]) }
        try TensorFile(
            kind: "features",
            tensors: [
                ContentStore.Tensor("row.frameEnd", [1, 3] as [Int64]),
                ContentStore.Tensor("features", shape: [3, 2], .float32([Float](repeating: 0, count: 6))),
            ]
        ).publish(at: path)
        let varying = #expect(throws: TrainingError.self) { try MappedExamples([path]) }
        #expect(varying?.message.contains("give the recipe frame.length or frame.group") == true)
        let fixture = try DatasetFixture(in: folder.path)
        let split = #expect(throws: TrainingError.self) { try MappedExamples([fixture.place.split]) }
        #expect(split?.message.contains("has no tensor 'features'") == true)
        try TensorFile(
            kind: "features",
            tensors: [ContentStore.Tensor("features", shape: [1, 4], .float32([1, 2, 3, 4]))]
        ).publish(at: path)
        let mixed = #expect(throws: TrainingError.self) {
            try MappedExamples([fixture.place.features[0].path, path])
        }
        #expect(mixed?.message.contains("shape [4] beside others of [2, 3]") == true)
    }

    @Test("episodes name their classes' rows, and a file of other sizes is refused")
    func episodes() throws {
        let folder = TemporaryFolder()
        var place = try DatasetFixture(in: folder.path).place.episodes[0]
        let set = try EpisodeSet(place)
        #expect(set.count == 2 && set.rows == [1, 4, 6, 7])
        #expect(Array(set.support(0, ofClass: 1)) == [4])
        #expect(Array(set.support(1, ofClass: 0)) == [1])
        place.way = 3
        #expect(throws: TrainingError.self) { try EpisodeSet(place) }
    }

    @Test("where a dataset lies goes through JSON unchanged")
    func place() throws {
        let folder = TemporaryFolder()
        let place = try DatasetFixture(in: folder.path).place
        #expect(try JSONDecoder().decode(DatasetPlace.self, from: JSONEncoder().encode(place)) == place)
    }
}

extension WithTorch {
    @Suite struct BatchTests {
        /// The rows in a batch, by the first number of each example.
        private func rows(_ batch: Torch.Tensor) throws -> [Int] {
            let width = batch.elementCount / batch.count
            let values = try batch.floats()
            return (0..<batch.count).map { Int(values[$0 * width]) }
        }

        private func network() -> any Network { StubNetwork(exampleShape: [1, 2, 3]) }

        /// A network that sums the first two numbers of an example.
        private final class StubNetwork: Network {
            let store = ParameterStore(seed: 1, device: .cpu)
            let exampleShape: [Int]
            let embeddingSize = 2
            let blueprint = NetworkBlueprint.fbankNet(.init())

            init(exampleShape: [Int]) { self.exampleShape = exampleShape }

            func embed(_ examples: Torch.Tensor, _ mode: Mode) throws(TorchError) -> Torch.Tensor {
                try examples.flattened().call("narrow", 1, 0, 2)
            }
        }

        @Test("a batch is the rows asked for, from single and half precision, once or for three channels")
        func mapped() throws {
            for half in [false, true] {
                let folder = TemporaryFolder()
                let examples = try DatasetFixture(in: folder.path, half: half).examples()
                let batch = try examples.batch([9, 0, 5, 9], [1, 2, 3], repetitions: 1)
                #expect(batch.shape == [4, 1, 2, 3])
                #expect(try rows(batch) == [9, 0, 5, 9])
                #expect(try Array(batch.floats()[18...]) == [9, 1, 2, 3, 4, 5])
                let colored = try examples.batch([7], [3, 2, 3], repetitions: 3)
                #expect(try colored.floats() == [7, 1, 2, 3, 4, 5, 7, 1, 2, 3, 4, 5, 7, 1, 2, 3, 4, 5])
            }
        }

        @Test("classes: every train example once an epoch with its speaker's class")
        func classes() throws {
            let folder = TemporaryFolder()
            let fixture = try DatasetFixture(in: folder.path)
            let (examples, labels) = (try fixture.examples(), try RowLabels(fixture.place))
            let input = try NetworkInput(network(), examples)
            let source = try ClassBatches(
                examples, labels, side: .train, batchSize: 3, seed: 1, input: input)
            #expect(source.batchCount == 3 && source.classCount == 3)
            var seen: [Int: Int] = [:]
            for index in 0..<3 {
                let batch = try source.batch(index, epoch: 0)
                for (row, label) in zip(try rows(batch.examples), batch.labels) { seen[row] = label }
            }
            #expect(seen == [0: 0, 1: 0, 2: 1, 3: 1, 4: 2, 5: 2, 8: 0, 9: 1])
            let error = #expect(throws: TrainingError.self) {
                try ClassBatches(examples, labels, side: .validation, batchSize: 3, seed: 1, input: input)
            }
            #expect(
                error?.message.contains("validation has no example of a speaker of the side train") == true)
        }

        @Test(
            "pairs: every pair once an epoch, same as its label says; balanced, as many of both kinds in each batch"
        )
        func pairs() throws {
            let folder = TemporaryFolder()
            let fixture = try DatasetFixture(in: folder.path)
            let examples = try fixture.examples()
            let input = try NetworkInput(network(), examples)
            let same: Set = [[0, 1], [2, 3], [4, 5]]
            let plain = try PairBatches(examples, fixture.place.pairs[0], batchSize: 2, seed: 1, input: input)
            #expect(plain.batchCount == 3)
            var seen: [[Int]] = []
            for index in 0..<3 {
                let batch = try plain.batch(index, epoch: 1)
                for (pair, isSame) in zip(zip(try rows(batch.first), try rows(batch.second)), batch.same) {
                    seen.append([pair.0, pair.1])
                    #expect(same.contains([pair.0, pair.1]) == isSame)
                }
            }
            #expect(Set(seen) == same.union([[0, 2], [1, 4]]) && seen.count == 5)
            let balanced = try PairBatches(
                examples, fixture.place.pairs[0], batchSize: 2, isBalanced: true, seed: 1, input: input)
            #expect(balanced.batchCount == 2)
            for index in 0..<2 { #expect(try balanced.batch(index, epoch: 0).same == [true, false]) }
            let error = #expect(throws: TrainingError.self) {
                try PairBatches(
                    examples, fixture.place.pairs[0], batchSize: 8, isBalanced: true, seed: 1, input: input)
            }
            #expect(error?.message.contains("cannot be made of 3 and 2") == true)
        }

        @Test("triplets: every triplet once an epoch, its parts together")
        func triplets() throws {
            let folder = TemporaryFolder()
            let fixture = try DatasetFixture(in: folder.path)
            let examples = try fixture.examples()
            let source = try TripletBatches(
                examples, fixture.triplets, batchSize: 2, seed: 1, input: NetworkInput(network(), examples))
            var seen: Set<[Int]> = []
            for index in 0..<source.batchCount {
                let batch = try source.batch(index, epoch: 0)
                let parts = [try rows(batch.anchor), try rows(batch.positive), try rows(batch.negative)]
                for place in parts[0].indices { seen.insert(parts.map { $0[place] }) }
            }
            #expect(seen == [[0, 1, 2], [2, 3, 4], [4, 5, 0]])
        }

        @Test(
            "embeddings come in the order asked for, whatever the batches, and are written for others to read"
        )
        func embeddings() throws {
            let folder = TemporaryFolder()
            let examples = try DatasetFixture(in: folder.path).examples()
            let table = try EmbeddingTable(of: [4, 9, 0], network(), examples, batchSize: 2)
            #expect(table.values == [4, 1, 9, 1, 0, 1])
            #expect(Array(table[1]) == [9, 1])
            let path = folder.path + "/embeddings.safetensors"
            try table.write(to: path, split: "abc")
            let file = try TensorFileReader(path: path)
            #expect(file.metadata["twinset.split"] == "abc")
            #expect(try file.unsigned("row") == [4, 9, 0])
            #expect(try file.floats("embeddings") == table.values)
            #expect(file.entries["embeddings"]?.shape == [3, 2])
        }
    }
}
