import Corpus
import Testing

@testable import Training

@Suite struct PublishedSystemTests {
    private func plan(
        _ recipe: String, shape: [Int] = [64, 64], _ change: (inout TrainSettings) -> Void = { _ in }
    ) throws -> TrainingPlan {
        var settings = TrainSettings()
        change(&settings)
        return try PublishedSystem(recipe: recipe, settings).plan(exampleShape: shape, classCount: 250)
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
        let cases: [(String, PublishedSystemName)] = [
            ("spectrogramnet-contrastive", .spectrogramNetContrastive), ("spectrogramnet", .spectrogramNet),
            ("mfcc-siamese-raw", .mfccSiamese), ("resnet18-voxceleb1", .resNet18), ("fbanknet-4k", .fbankNet),
        ]
        for (recipe, system) in cases {
            #expect(try PublishedSystem(recipe: recipe, TrainSettings()).name == system)
        }
        var settings = TrainSettings()
        settings.system = .voicemap
        #expect(try PublishedSystem(recipe: "x", settings).name == .voicemap)
        let none = #expect(throws: TrainingError.self) { try PublishedSystem(recipe: "x", TrainSettings()) }
        #expect(none?.message.contains("named after no system; give it train.system") == true)
    }

    @Test("settings change what they name, one for all phases or one for each")
    func settings() throws {
        let plan = try plan("voicemap", shape: [12_000]) {
            ($0.filters, $0.epochs, $0.rates, $0.seed) = (16, [3], [0.01], 7)
        }
        #expect(plan.network == .voicemap(.init(.euclidean, filters: 16)))
        #expect(plan.phases[0].epochCount == 3 && plan.phases[0].rate == 0.01 && plan.seed == 7)
        #expect(plan.phases[0].gradientLimit == 1 && plan.phases[0].isBalanced)
        let two = try self.plan("fbanknet") { ($0.epochs, $0.rates) = ([4, 2], [1e-3]) }
        #expect(two.phases.map(\.epochCount) == [4, 2] && two.phases.map(\.rate) == [1e-3, 1e-3])
        let error = #expect(throws: TrainingError.self) { try self.plan("voicemap") { $0.epochs = [1, 2] } }
        #expect(error?.message.contains("2 values, and voicemap is trained in 1 phase;") == true)
    }

    @Test(
        "epochs are judged as published: by 1-shot tasks for voicemap and MFCC, by the equal error rate else")
    func validation() throws {
        func rules(
            _ recipe: String, shape: [Int] = [64, 64], _ change: (inout TrainSettings) -> Void = { _ in }
        ) throws -> [ValidationRule] { try plan(recipe, shape: shape, change).phases.map(\.validation) }
        #expect(try rules("fbanknet") == [.equalErrorRate, .equalErrorRate])
        #expect(
            try rules("voicemap", shape: [12_000]) == [.oneShot(ways: 5, tasks: 500, everyBatches: nil)])
        #expect(try rules("mfcc-siamese") == [.oneShot(ways: 4, tasks: 100, everyBatches: 25)])
        #expect(try rules("voicemap") { $0.validation = [.eer] } == [.equalErrorRate])
        #expect(try rules("fbanknet") { $0.validation = [.accuracy, .loss] } == [.accuracy, .loss])
    }

    @Test("a setting that the system has no use for is refused by name")
    func useless() throws {
        let cases: [(String, (inout TrainSettings) -> Void, String)] = [
            ("fbanknet", { $0.dropout = 0.5 }, "train.dropout means nothing to fbanknet"),
            ("spectrogramnet", { $0.filters = 8 }, "train.filters means nothing to spectrogramnet"),
            ("resnet18", { $0.embedding = 8 }, "train.embedding means nothing to resnet18"),
            ("voicemap", { $0.margin = 1 }, "train.margin means nothing to voicemap"),
        ]
        for (recipe, change, part) in cases {
            let error = #expect(throws: TrainingError.self) { try self.plan(recipe, change) }
            #expect(error?.message.contains(part) == true, "\(recipe)")
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
}
