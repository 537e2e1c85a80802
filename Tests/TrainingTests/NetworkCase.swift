import Testing
import Torch
import Training

/// A network with a loss and its optimizers, as a case of `scripts/golden-networks` has them. Inputs are four examples.
struct NetworkCase: CustomTestStringConvertible, Sendable {
    enum Task: Sendable {
        case pairs(PairObjective)
        case triplets
        case classes
        /// With the contrastive-center loss and its own optimizer.
        case centers(lambda: Double, OptimizerRule, rate: Double)
    }

    struct Setting {
        let network: any Network
        var companion: ParameterStore?
        let optimizers: [Optimizer]
        let outcome: (Mode) throws -> Outcome
    }

    let name: String
    let blueprint: NetworkBlueprint
    let task: Task
    let rule: OptimizerRule
    let rate: Double
    var clip: Double?

    var testDescription: String { name }

    static let different = [true, false, false, true]
    static let labels = [3, 0, 4, 3]

    static let all: [NetworkCase] = {
        let spectrogram = { SpectrogramNet.Parameters($0, size: 20, hidden: 12) }
        let fbankNet = NetworkBlueprint.fbankNet(.init(classCount: 12, filters: 8))
        let resNet = NetworkBlueprint.resNet18(.init(classCount: 5, filters: 8, size: 64))
        let resNetRule = OptimizerRule.adam(beta1: 0.9, beta2: 0.98, epsilon: 1e-9)
        let raw = MFCCNet.Parameters.Input.waveform(sampleCount: 256)
        return [
            NetworkCase(
                name: "spectrogramnet_contrastive", blueprint: .spectrogramNet(spectrogram(.contrastive)),
                task: .pairs(.contrastive(margin: 2)), rule: .adam(), rate: 5e-4),
            NetworkCase(
                name: "spectrogramnet_two_classes", blueprint: .spectrogramNet(spectrogram(.twoClasses)),
                task: .pairs(.twoClasses), rule: .adam(), rate: 1e-3),
            NetworkCase(
                name: "fbanknet_classes", blueprint: fbankNet, task: .classes, rule: .adam(), rate: 5e-4),
            NetworkCase(
                name: "fbanknet_triplet", blueprint: fbankNet, task: .triplets, rule: .adam(), rate: 5e-4),
            voicemap("voicemap_euclidean", .euclidean, .pairs(.binary)),
            voicemap("voicemap_absolute", .absoluteDifference, .pairs(.binary)),
            voicemap("voicemap_contrastive", .none, .pairs(.contrastive(margin: 1))),
            voicemap("voicemap_classes", .classes, .classes),
            mfcc("mfcc", .matrix(frameCount: 40, coefficientCount: 20)),
            mfcc("mfcc_vggish", .matrix(frameCount: 96, coefficientCount: 64)),
            mfcc("mfcc_raw", raw),
            NetworkCase(
                name: "resnet18_classes", blueprint: resNet, task: .classes, rule: resNetRule, rate: 1e-4),
            NetworkCase(
                name: "resnet18_centers_adagrad", blueprint: resNet,
                task: .centers(lambda: 1, .adagrad(), rate: 1e-3), rule: resNetRule, rate: 1e-4),
            NetworkCase(
                name: "resnet18_centers_adam", blueprint: resNet,
                task: .centers(lambda: 0.55, .adam(), rate: 2e-3), rule: resNetRule, rate: 1e-4),
        ]
    }()

    private static func voicemap(
        _ name: String, _ head: VoicemapNet.Parameters.Head, _ task: Task
    ) -> NetworkCase {
        let parameters = VoicemapNet.Parameters(
            head, sampleCount: 256, filters: 4, embeddingSize: 6, classCount: head == .classes ? 5 : 0)
        return NetworkCase(
            name: name, blueprint: .voicemap(parameters), task: task, rule: .adam(), rate: 1e-3, clip: 1)
    }

    private static func mfcc(_ name: String, _ input: MFCCNet.Parameters.Input) -> NetworkCase {
        let parameters = MFCCNet.Parameters(input, filters: [8, 12, 16], embeddingSize: 10, dropout: 0)
        return NetworkCase(
            name: name, blueprint: .mfcc(parameters), task: .pairs(.binary), rule: .radam(), rate: 1e-3)
    }

    static func input(_ name: String, _ network: any Network) throws -> Tensor {
        try GoldenValues.given("input.\(name)", [4] + network.exampleShape)
    }

    func make() throws -> Setting {
        let network = try blueprint.make(seed: 1, device: .cpu)
        let optimizer = try Optimizer(rule, learningRate: rate, network.store.parameters)
        let first = try NetworkCase.input("first", network)
        switch task {
        case .pairs(let objective):
            let batch = PairBatch(
                first: first, second: try NetworkCase.input("second", network),
                same: NetworkCase.different.map { !$0 })
            return Setting(network: network, optimizers: [optimizer]) {
                try objective.outcome(of: batch, network, $0)
            }
        case .triplets:
            let batch = TripletBatch(
                anchor: first, positive: try NetworkCase.input("second", network),
                negative: try NetworkCase.input("third", network))
            return Setting(network: network, optimizers: [optimizer]) {
                try TripletObjective(margin: 0.2).outcome(of: batch, network, $0)
            }
        case .classes:
            let batch = ClassBatch(examples: first, labels: NetworkCase.labels)
            return Setting(network: network, optimizers: [optimizer]) {
                try ClassObjective().outcome(of: batch, network, $0)
            }
        case .centers(let lambda, let rule, let rate):
            let centers = try ContrastiveCenterLoss(
                classCount: 5, embeddingSize: network.embeddingSize, lambda: lambda, seed: 1, device: .cpu)
            let own = try Optimizer(rule, learningRate: rate, centers.store.parameters)
            let batch = ClassBatch(examples: first, labels: NetworkCase.labels)
            return Setting(network: network, companion: centers.store, optimizers: [optimizer, own]) {
                try ClassObjective(centers: centers).outcome(of: batch, network, $0)
            }
        }
    }
}
