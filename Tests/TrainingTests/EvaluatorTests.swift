import Corpus
import Foundation
import Scoring
import TestSupport
import Testing
import Torch

@testable import Training

extension WithTorch {
    @Suite struct EvaluatorTests {
        init() throws { try LibTorch.setThreads(1) }

        private func files(_ folder: String) throws -> [String: Data] {
            var files: [String: Data] = [:]
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
                files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            }
            return files
        }

        @Test("the threshold comes from validation: test speech does not move it, validation speech does")
        func threshold() throws {
            let folder = TemporaryFolder()
            let path = folder.path
            func evaluated(_ name: String, _ noise: [Side: Double]) throws -> Evaluation {
                let folder = "\(path)/\(name)"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                let fixture = try EvaluationFixture(in: folder, noise: noise)
                return try fixture.evaluator(fixture.run("run", head: .none)).evaluate(.test).evaluation
            }
            let plain = try evaluated("plain", [:])
            let otherTest = try evaluated("test", [.test: 4])
            let otherValidation = try evaluated("validation", [.validation: 4])
            let names = ["equal errors", "μ + 3σ of pairs", "μ + 3σ of batch means"]
            for found in [plain, otherTest, otherValidation] {
                #expect(found.thresholds.map(\.name) == names)
                #expect(found.thresholds.allSatisfy { $0.decisions != nil })
            }
            #expect(
                plain.thresholdTrials?.hasPrefix("all 264 pairs of the 24 examples of validation") == true)
            #expect(plain.sameSpeaker != otherTest.sameSpeaker)
            #expect(plain.thresholds.map(\.value) == otherTest.thresholds.map(\.value))
            #expect(plain.sameSpeaker == otherValidation.sameSpeaker)
            for (one, other) in zip(plain.thresholds, otherValidation.thresholds) {
                #expect(one.value != other.value)
            }
        }

        @Test("on validation itself thresholds are named and not judged, and a sentence says why")
        func validation() throws {
            let folder = TemporaryFolder()
            let fixture = try EvaluationFixture(in: folder.path)
            let found = try fixture.evaluator(fixture.run("run")).evaluate(.validation).evaluation
            #expect(found.thresholds.map(\.name) == ["head's cut", "equal errors"])
            #expect(found.thresholds[0].decisions != nil && found.thresholds[1].decisions == nil)
            #expect(
                found.notes.contains { $0.hasPrefix("no accuracy at the thresholds chosen on validation") })
        }

        @Test("the same run and threads give the same bytes, scores are those of the figures")
        func bytes() throws {
            let folder = TemporaryFolder()
            let fixture = try EvaluationFixture(in: folder.path)
            let run = try fixture.run("run")
            let place = try fixture.withEpisodes(shot: 1)
            for name in ["a", "b"] {
                let outcome = try fixture.evaluator(run, place).evaluate(.test)
                try EvaluationFolder.write(outcome, to: "\(folder.path)/\(name)")
            }
            let found = try files(folder.path + "/a")
            #expect(found == (try files(folder.path + "/b")))
            #expect(
                found.keys.sorted() == [
                    "det.svg", "embeddings.svg", "episodes.svg", "errors.tsv", "evaluation.json", "roc.svg",
                    "scores.svg",
                    "scores.txt",
                ])
            let curve = String(decoding: try #require(found["errors.tsv"]), as: UTF8.self)
                .split(separator: "\n").dropFirst().map {
                    $0.split(separator: "\t").compactMap { Double($0) }
                }
            #expect(curve.first?.dropFirst() == [1, 0] && curve.last?.dropFirst() == [0, 1])
            #expect(zip(curve, curve.dropFirst()).allSatisfy { $0[1] >= $1[1] && $0[2] <= $1[2] })
            let document = try JSONDecoder().decode(
                Evaluation.self, from: try #require(found["evaluation.json"]))
            let list = try ScoreList(path: folder.path + "/a/scores.txt")
            #expect(list.entries.count == 264 && document.trials.count == 264)
            #expect(list.entries[0].enrollment == "row48" && list.entries[0].test == "row50")
            // Rows of one speaker are six in succession.
            let isTarget = list.entries.map { entry in
                Int(entry.enrollment.dropFirst(3)).map { $0 / 6 }
                    == Int(entry.test.dropFirst(3)).map { $0 / 6 }
            }
            let scores = try TrialScores(list.entries.map(\.score), isTarget: isTarget, sense: .distance)
            #expect(try scores.equalErrorRate().rate == document.equalError?.rate)
        }

        @Test(
            "one-shot episodes are answered by the smallest pair score, several shots by the nearest average")
        func episodes() throws {
            let folder = TemporaryFolder()
            let fixture = try EvaluationFixture(in: folder.path)
            let run = try fixture.run("run")
            let data = try fixture.data()
            let table = try EmbeddingTable(of: (0..<72).map { UInt32($0) }, run.network, data.examples)
            func distance(_ a: [Float], _ b: [Float]) -> Float {
                zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            }
            // The head's score grows with the distance: its weight began at 1.
            for shot in [1, 2] {
                let place = try fixture.withEpisodes(shot: shot)
                let set = try EpisodeSet(place.episodes[0])
                var right = 0
                for episode in 0..<set.count {
                    let query = Array(table[Int(set.queries[episode])])
                    let distances = (0..<2).map { number in
                        let rows = set.support(episode, ofClass: number).map { Array(table[Int($0)]) }
                        let center = (0..<4).map { k in
                            rows.reduce(0) { $0 + $1[k] } / Float(rows.count)
                        }
                        return distance(query, center)
                    }
                    if (distances[0] < distances[1] ? 0 : 1) == set.answers[episode] { right += 1 }
                }
                let found = try fixture.evaluator(run, place).evaluate(.test).evaluation.episodes
                #expect(found.map(\.answers.rightCount) == [right])
                #expect(found[0].answers.shotCount == shot && found[0].answers.episodeCount == 4)
                #expect(found[0].accuracy == Double(right) / 4)
                #expect(found[0].compared.map(\.comparison) == (shot == 1 ? [] : [.cosine, .dotProduct]))
            }
        }

        @Test("episodes of another side, or none, are a sentence")
        func noEpisodes() throws {
            let folder = TemporaryFolder()
            let fixture = try EvaluationFixture(in: folder.path)
            let run = try fixture.run("run")
            let none = try fixture.evaluator(run).evaluate(.test).evaluation.notes
            #expect(none.contains { $0.hasPrefix("no n-shot k-way accuracy, because the recipe stores no") })
            let place = try fixture.withEpisodes(shot: 1)
            let other = try fixture.evaluator(run, place).evaluate(.validation).evaluation.notes
            #expect(other.contains { $0.contains("stores episodes of test and none of validation") })
        }

        @Test(
            "top-1 and top-5 are of speakers that were trained on; of strangers a sentence says that they are none"
        )
        func naming() throws {
            let open = TemporaryFolder()
            let closed = TemporaryFolder()
            let fixture = try EvaluationFixture(in: closed.path, isClosed: true)
            let run = try fixture.run("run", head: .classes, epochs: 8)
            let found = try fixture.evaluator(run).evaluate(.test).evaluation
            let naming = try #require(found.naming)
            #expect(naming.exampleCount == 24 && naming.speakerCount == 4 && naming.classCount == 4)
            #expect(naming.top5 == 1 && naming.phase == 1)
            // By hand: the class of the largest output.
            let data = try fixture.data()
            let rows = (48..<72).map { UInt32($0) }
            let table = try EmbeddingTable(of: rows, run.network, data.examples)
            let logits = try (try #require(run.network as? any Classifier)).logits(
                ofEmbeddings: Tensor(table.values, shape: [24, 4]), .evaluation
            ).floats()
            let right = (0..<24).count { row in
                let own = logits[row * 4..<row * 4 + 4]
                return own.firstIndex(of: own.max() ?? 0) == row * 4 + row / 6
            }
            #expect(naming.top1 == Double(right) / 24)
            #expect(
                found.notes.contains { $0.hasPrefix("4 of the 4 speakers of the trials were trained on: ") })

            let strange = try EvaluationFixture(in: open.path)
            let other = try strange.evaluator(strange.run("run", head: .classes)).evaluate(.test).evaluation
            #expect(other.naming == nil)
            #expect(
                other.notes.contains { $0.hasPrefix("no top-1 and top-5: no speaker of test was trained") })
            let pairs = try strange.evaluator(strange.run("pairs")).evaluate(.test).evaluation
            #expect(pairs.notes.contains { $0.hasPrefix("no top-1 and top-5: no phase of the training") })
        }

        @Test("an utterance of several examples is compared by their average")
        func averages() throws {
            let folder = TemporaryFolder()
            let fixture = try EvaluationFixture(in: folder.path)
            let run = try fixture.run("run", head: .none)
            let list = try ListedTrials(Array("1 u24 u25\n0 u24 u30\n".utf8), path: "list.txt")
            let outcome = try fixture.evaluator(run).evaluate(.test, list: list)
            #expect(outcome.trials.units.map(\.name) == ["u24", "u25", "u30"])
            let table = try EmbeddingTable(of: [48, 49, 50, 51], run.network, try fixture.data().examples)
            let rows = (0..<4).map { Array(table[$0]) }
            var sum: Float = 0
            for k in 0..<4 {
                let first: Float = (rows[0][k] + rows[1][k]) / 2
                let second: Float = (rows[2][k] + rows[3][k]) / 2
                sum += (first - second) * (first - second)
            }
            #expect(abs(outcome.scores[0] - Double(sum.squareRoot())) < 1e-5)
            #expect(outcome.evaluation.trials.kind == .utterances)
        }

        @Test("a list of the name of another one does not take its place")
        func lists() throws {
            let folder = TemporaryFolder()
            let fixture = try EvaluationFixture(in: folder.path)
            let run = try fixture.run("run")
            let lists = try ["1 u24 u25\n0 u24 u30\n", "1 u24 u26\n0 u24 u30\n"].map {
                try ListedTrials(Array($0.utf8), path: "a/list.txt")
            }
            let out = try EvaluationFolder.usual(.test, lists[0], run: run.folder)
            #expect(out == run.folder + "/evaluation-test-list")
            let outcome = try fixture.evaluator(run).evaluate(.test, list: lists[0])
            try EvaluationFolder.write(outcome, to: out)
            #expect(try EvaluationFolder.usual(.test, lists[0], run: run.folder) == out)
            let error = #expect(throws: TrainingError.self) {
                try EvaluationFolder.usual(.test, lists[1], run: run.folder)
            }
            #expect(error?.message.contains("holds the evaluation of another list called list.txt") == true)
        }

        @Test("a side without examples, and a run that is not finished, are refused in a sentence")
        func refusals() throws {
            let folder = TemporaryFolder()
            let fixture = try EvaluationFixture(in: folder.path)
            let run = try fixture.run("run")
            let empty = try DatasetFixture(in: folder.path)
            let other = Evaluator(
                run, try TrainingData(empty.place), fixture.names, EvaluationFixture.system)
            let error = #expect(throws: TrainingError.self) { try other.evaluate(.test) }
            #expect(error?.message.hasPrefix("no example of the dataset stands on the side test") == true)
            try FileManager.default.removeItem(atPath: folder.path + "/run/weights.safetensors")
            let unfinished = #expect(throws: TrainingError.self) {
                try TrainedRun(folder.path + "/run", device: .cpu)
            }
            #expect(unfinished?.message.contains("is not finished; go on with 'twinset train") == true)
        }
    }
}
