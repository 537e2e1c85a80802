import Testing

@testable import Training

@Suite struct PublishedSystemTests {
    private func plan(_ recipe: String, _ settings: [String] = [], shape: [Int] = [64, 64]) throws
        -> TrainingPlan
    {
        try PublishedSystem(recipe: recipe, settings: settings).plan(exampleShape: shape, classCount: 250)
    }

    @Test("FBankNet is trained in two phases as published")
    func fbankNet() throws {
        let plan = try plan("fbanknet")
        #expect(plan.network == .fbankNet(.init(classCount: 250, filters: 32)))
        #expect(plan.phases.map(\.task) == [.classes, .triplets(margin: 0.2)])
        #expect(plan.phases.allSatisfy { $0.rate == 5e-4 && $0.batchSize == 32 && $0.epochCount == 20 })
    }

    @Test("the system is the longest that the recipe's name begins with, or the one that is named")
    func names() throws {
        let cases = [
            ("spectrogramnet-contrastive", "spectrogramnet-contrastive"),
            ("spectrogramnet", "spectrogramnet"),
            ("mfcc-siamese-raw", "mfcc-siamese"), ("resnet18-voxceleb1", "resnet18"),
            ("fbanknet-4k", "fbanknet"),
        ]
        for (recipe, system) in cases {
            #expect(try PublishedSystem(recipe: recipe, settings: []).name() == system)
        }
        #expect(try PublishedSystem(recipe: "x", settings: ["train.system=voicemap"]).name() == "voicemap")
        let none = #expect(throws: TrainingError.self) {
            try PublishedSystem(recipe: "x", settings: []).name()
        }
        #expect(none?.message.contains("named after no system; say which one to train by") == true)
    }

    @Test("settings change what they name, and wrong ones are refused with the valid keys")
    func settings() throws {
        let plan = try plan(
            "voicemap", ["train.filters=16", "train.epochs=3", "train.rate=0.01", "train.seed=7"],
            shape: [12_000])
        #expect(plan.network == .voicemap(.init(.euclidean, filters: 16)))
        #expect(plan.phases[0].epochCount == 3 && plan.phases[0].rate == 0.01 && plan.seed == 7)
        #expect(plan.phases[0].gradientLimit == 1 && plan.phases[0].isBalanced)
        for (setting, part) in [
            ("train.filter=3", "one of the keys train.system"), ("train.epochs=x", "is not a whole number"),
            ("train.rate=-1", "is not a number of at least 0"), ("train.batch", "give KEY=VALUE"),
        ] {
            let error = #expect(throws: TrainingError.self) {
                try self.plan("voicemap", [setting], shape: [100])
            }
            #expect(error?.message.contains(part) == true, "\(setting)")
        }
    }

    @Test("raw, MFCC and VGGish examples become the MFCC network's input")
    func mfcc() throws {
        guard case .mfcc(let raw) = try plan("mfcc-siamese-raw", shape: [48_000]).network,
            case .mfcc(let matrix) = try plan("mfcc-siamese", shape: [298, 20]).network
        else {
            Issue.record("not the MFCC network")
            return
        }
        #expect(raw.input == .waveform(sampleCount: 48_000) && raw.filters == [128, 256, 384])
        #expect(matrix.input == .matrix(frameCount: 298, coefficientCount: 20) && matrix.dropout == 0.2)
    }

    @Test("the equal error rate of parted scores is 0, of mixed ones a half, of swapped ones 1")
    func equalErrorRate() {
        func rate(_ same: [Float], _ different: [Float]) -> Double {
            var scores = same.map { (distance: $0, isSame: true) }
            scores += different.map { (distance: $0, isSame: false) }
            return UnseenSpeakers.equalErrorRate(&scores)
        }
        #expect(rate([0.1, 0.2], [0.3, 0.4]) == 0)
        #expect(rate([0.3, 0.4], [0.1, 0.2]) == 1)
        #expect(rate([1, 1, 1], [1, 1, 1]) == 0.5)
        // One of four refused, one of four admitted.
        #expect(rate([1, 2, 3, 6], [4, 7, 8, 9]) == 0.25)
    }
}
