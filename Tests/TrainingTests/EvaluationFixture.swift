import ContentStore
import Corpus
import Foundation
import Torch

@testable import Training

/// A dataset of twelve speakers, four on each side, with six examples each, of three utterances: waveforms of 64 samples.
/// Example `row` is of speaker row / 6 and of utterance row / 2.
struct EvaluationFixture {
    let folder: String
    let place: DatasetPlace
    let names: ExampleNames

    /// - Parameters:
    ///   - noise: how loud the noise in the examples of each side is.
    ///   - isClosed: whether the test side has the speakers of the train side.
    init(in folder: String, noise: [Side: Double] = [:], isClosed: Bool = false) throws {
        self.folder = folder
        let speakers = (0..<72).map { row -> UInt32 in
            let own = isClosed && row >= 48 ? row - 48 : row
            return UInt32(own / 6)
        }
        let sides: [Side] = (0..<72).map { Side.allCases[$0 / 24] }
        var values: [Float] = []
        for row in 0..<72 {
            values += EvaluationFixture.example(row, speakers[row], noise[sides[row]] ?? 0.5)
        }
        try TensorFile(
            kind: "features",
            tensors: [
                ContentStore.Tensor("row.utterance", (0..<72).map { UInt32($0 / 2) }),
                ContentStore.Tensor("features", shape: [72, 64], .float32(values)),
            ]
        ).publish(at: folder + "/features.safetensors")
        try SplitFixture.write(
            folder + "/split.safetensors",
            people: (0..<12).map { ("corpus/s\($0)", $0 % 2 == 0 ? .female : .male) }, speakers: speakers,
            sides: sides)
        try TensorFile(
            kind: "pairs", metadata: ["labelOfSame": "0"],
            tensors: [
                ContentStore.Tensor("a", [0, 6, 12, 18] as [UInt32]),
                ContentStore.Tensor("b", [3, 9, 1, 2] as [UInt32]),
                ContentStore.Tensor("label", [0, 0, 1, 1] as [UInt8]),
            ]
        ).publish(at: folder + "/pairs.safetensors")
        place = DatasetPlace(
            dataset: "evaluation", features: [.init(path: folder + "/features.safetensors")],
            split: folder + "/split.safetensors",
            pairs: [.init(side: .train, paths: [folder + "/pairs.safetensors"])])
        names = ExampleNames(
            utterances: (0..<72).map { UInt32($0 / 2) }, utteranceNames: (0..<36).map { "u\($0)" },
            key: { "row\($0)" }, find: { Int($0.dropFirst()).flatMap { (0..<36).contains($0) ? $0 : nil } })
    }

    /// A triangular wave of the speaker's rate at a phase of the example's, in noise.
    private static func example(_ row: Int, _ speaker: UInt32, _ noise: Double) -> [Float] {
        let random = KeyedRandom(seed: 5, domain: "test.evaluation")
        let phase = random.unit(UInt64(row), 1000)
        return (0..<64).map { i in
            let rate = 0.03 + 0.04 * Double(speaker)
            let turn = (phase + rate * Double(i)).truncatingRemainder(dividingBy: 1)
            let wave = 4 * abs(turn - 0.5) - 1
            return Float(wave + noise * (random.unit(UInt64(row), UInt64(i)) - 0.5))
        }
    }

    func data() throws -> TrainingData { try TrainingData(place) }

    /// The dataset with stored trials of utterances u24, u25 and u27 of the test side; u24 has two examples.
    func withTrials() throws -> DatasetPlace {
        var texts = TextColumn()
        for name in ["s8/u24", "s8/u25", "s9/u27"] { texts.append(name) }
        let column = texts.tensors("utterance")
        try TensorFile(
            kind: "trials",
            tensors: [
                ContentStore.Tensor("a", [0, 0, 2] as [UInt32]),
                ContentStore.Tensor("b", [1, 2, 1] as [UInt32]),
                ContentStore.Tensor("utterance.speaker", [8, 8, 9] as [UInt32]),
                ContentStore.Tensor("utterance.row", [48, 49, 50, 54] as [UInt32]),
                ContentStore.Tensor("utterance.rowEnd", [2, 3, 4] as [UInt32]), column.ends,
                ContentStore.Tensor("label", [1, 0, 0] as [UInt8]), column.bytes,
            ]
        ).publish(at: folder + "/trials.safetensors")
        var place = place
        place.trials = [.init(side: .test, paths: [folder + "/trials.safetensors"])]
        return place
    }

    /// The dataset with four 2-way episodes of the test side, of one shot or of two.
    func withEpisodes(shot: Int) throws -> DatasetPlace {
        let path = "\(folder)/episodes-\(shot).safetensors"
        let support: [[UInt32]] =
            shot == 1
            ? [[51, 57], [48, 56], [62, 55], [70, 50]]
            : [[51, 52, 57, 58], [48, 53, 56, 59], [62, 63, 55, 54], [70, 67, 50, 49]]
        try TensorFile(
            kind: "episodes",
            tensors: [
                ContentStore.Tensor("query", [48, 54, 60, 66] as [UInt32]),
                ContentStore.Tensor("support", shape: [4, 2, shot], .uint32(support.flatMap { $0 })),
                ContentStore.Tensor("answer", [0, 1, 0, 0] as [UInt32]),
            ]
        ).publish(at: path)
        var place = place
        place.episodes = [.init(side: .test, shot: shot, way: 2, path: path)]
        return place
    }

    /// A finished run of a few steps in `folder`; the same on every dataset whose train side is the same.
    func run(
        _ name: String, head: VoicemapNet.Parameters.Head = .euclidean, epochs: Int = 2
    ) throws -> TrainedRun {
        let parameters = VoicemapNet.Parameters(
            head, sampleCount: 64, filters: 2, embeddingSize: 4, classCount: head == .classes ? 4 : 0,
            normalization: .pytorch)
        let task: TrainingPhase.Task =
            switch head {
            case .classes: .classes
            case .none: .triplets(margin: 0.2)
            case .euclidean, .absoluteDifference: .pairs(.binary)
            }
        var place = place
        if head == .none {
            try TensorFile(
                kind: "triplets",
                tensors: [
                    ContentStore.Tensor("anchor", [0, 6, 12] as [UInt32]),
                    ContentStore.Tensor("positive", [3, 9, 15] as [UInt32]),
                    ContentStore.Tensor("negative", [7, 13, 1] as [UInt32]),
                ]
            ).publish(at: folder + "/triplets.safetensors")
            place.pairs = [.init(side: .train, paths: [folder + "/triplets.safetensors"])]
        }
        let phase = TrainingPhase(
            task: task, optimizer: .adam(), rate: 1e-2, batchSize: 4, epochCount: epochs)
        let path = "\(folder)/\(name)"
        try TrainingRun(
            TrainingPlan(network: .voicemap(parameters), phases: [phase], seed: 3), TrainingData(place),
            folder: path, device: .cpu, threads: 1, resumes: false
        ).run()
        return try TrainedRun(path, device: .cpu)
    }

    static let system = Evaluation.System(
        recipe: "fixture", dataset: "evaluation", weights: "none", libtorch: "any", device: "cpu", threads: 1)

    func evaluator(_ run: TrainedRun, _ place: DatasetPlace? = nil) throws -> Evaluator {
        Evaluator(run, try TrainingData(place ?? self.place), names, EvaluationFixture.system)
    }
}
