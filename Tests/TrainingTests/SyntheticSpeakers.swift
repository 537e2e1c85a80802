import Corpus
import Torch
import Training

/// Batches of made-up waveforms: a speaker is a rate of oscillation, an example its wave at a random phase in noise.
/// Every batch is a function of its number and its epoch.
struct SyntheticSpeakers: Sendable {
    var speakerCount = 6
    var sampleCount = 128
    var batchSize = 12
    var batchCount = 6
    private let random = KeyedRandom(seed: 7, domain: "test.speakers")

    init(speakerCount: Int = 6, batchCount: Int = 6) {
        self.speakerCount = speakerCount
        self.batchCount = batchCount
    }

    /// The wave of a triangle, so that no mathematical function's last bit matters.
    func example(_ speaker: Int, _ key: UInt64) -> [Float] {
        let phase = random.unit(key, 1)
        let rate = 0.03 + 0.045 * Double(speaker)
        return (0..<sampleCount).map { i in
            let turn = (phase + rate * Double(i)).truncatingRemainder(dividingBy: 1)
            let noise = random.unit(key, UInt64(i + 2)) - 0.5
            return Float(4 * abs(turn - 0.5) - 1 + 0.5 * noise)
        }
    }

    func tensor(_ speakers: [Int], _ key: UInt64) throws(TrainingError) -> Tensor {
        let samples = speakers.enumerated().flatMap { example($1, key &* 1000 &+ UInt64($0)) }
        return try TrainingError.wrapping { () throws(TorchError) in
            try Tensor(samples, shape: [speakers.count, 1, sampleCount])
        }
    }

    func key(_ index: Int, _ epoch: Int, _ side: Int) -> UInt64 { UInt64((epoch * 1000 + index) * 10 + side) }

    func speakers(_ index: Int, _ epoch: Int, _ side: Int) -> [Int] {
        (0..<batchSize).map {
            Int(random.below(UInt64(speakerCount), key(index, epoch, side), UInt64(500 + $0)))
        }
    }
}

struct SyntheticClasses: BatchSource {
    var speakers = SyntheticSpeakers()
    var batchCount: Int { speakers.batchCount }

    func batch(_ index: Int, epoch: Int) throws(TrainingError) -> ClassBatch {
        let labels = speakers.speakers(index, epoch, 0)
        return ClassBatch(
            examples: try speakers.tensor(labels, speakers.key(index, epoch, 0)), labels: labels)
    }
}

struct SyntheticPairs: BatchSource {
    var speakers = SyntheticSpeakers()
    var batchCount: Int { speakers.batchCount }

    func batch(_ index: Int, epoch: Int) throws(TrainingError) -> PairBatch {
        let first = speakers.speakers(index, epoch, 0)
        // Every other pair is of one speaker.
        let second = first.enumerated().map { $0 % 2 == 0 ? $1 : ($1 + 1 + $0) % speakers.speakerCount }
        return PairBatch(
            first: try speakers.tensor(first, speakers.key(index, epoch, 1)),
            second: try speakers.tensor(second, speakers.key(index, epoch, 2)),
            same: zip(first, second).map { $0 == $1 })
    }
}

struct SyntheticTriplets: BatchSource {
    var speakers = SyntheticSpeakers()
    var batchCount: Int { speakers.batchCount }

    func batch(_ index: Int, epoch: Int) throws(TrainingError) -> TripletBatch {
        let anchors = speakers.speakers(index, epoch, 0)
        let others = anchors.enumerated().map {
            ($1 + 1 + $0 % (speakers.speakerCount - 1)) % speakers.speakerCount
        }
        return TripletBatch(
            anchor: try speakers.tensor(anchors, speakers.key(index, epoch, 1)),
            positive: try speakers.tensor(anchors, speakers.key(index, epoch, 2)),
            negative: try speakers.tensor(others, speakers.key(index, epoch, 3)))
    }
}
