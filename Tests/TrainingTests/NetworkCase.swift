import Testing
import Torch
import Training

/// A network with a loss and its optimizers, as a case of `scripts/golden-networks` has them.
struct NetworkCase: CustomTestStringConvertible, Sendable {
    let name: String
    var clip: Double?
    /// Inputs are four examples.
    var make: @Sendable () throws -> Setting

    var testDescription: String { name }

    struct Setting {
        let network: any Network
        var companion: ParameterStore?
        let optimizers: [Optimizer]
        let outcome: (Mode) throws -> Outcome
    }

    static let different = [true, false, false, true]
    static let labels = [3, 0, 4, 3]

    static let all: [NetworkCase] =
        [
            pairs("spectrogramnet_contrastive", .contrastive(margin: 2), .adam(), 5e-4) {
                try SpectrogramNet(.init(.contrastive, size: 20, hidden: 12), seed: 1, device: .cpu)
            },
            pairs("spectrogramnet_two_classes", .twoClasses, .adam(), 1e-3) {
                try SpectrogramNet(.init(.twoClasses, size: 20, hidden: 12), seed: 1, device: .cpu)
            },
            NetworkCase(name: "fbanknet_classes") {
                try classes(
                    try FBankNet(.init(classCount: 12, filters: 8), seed: 1, device: .cpu), .adam(), 5e-4)
            },
            NetworkCase(name: "fbanknet_triplet") {
                try triplets(
                    try FBankNet(.init(classCount: 12, filters: 8), seed: 1, device: .cpu), .adam(), 5e-4)
            },
            pairs("voicemap_euclidean", .binary, .adam(), 1e-3, clip: 1) { try voicemap(.euclidean) },
            pairs("voicemap_absolute", .binary, .adam(), 1e-3, clip: 1) { try voicemap(.absoluteDifference) },
            pairs("voicemap_contrastive", .contrastive(margin: 1), .adam(), 1e-3, clip: 1) {
                try voicemap(.none)
            },
            NetworkCase(name: "voicemap_classes", clip: 1) {
                try classes(try voicemap(.classes), .adam(), 1e-3)
            },
            mfcc("mfcc", .matrix(frameCount: 40, coefficientCount: 20)),
            mfcc("mfcc_vggish", .matrix(frameCount: 96, coefficientCount: 64)),
            mfcc("mfcc_raw", .waveform(sampleCount: 256)),
        ] + [
            resNet("resnet18_classes", nil),
            resNet("resnet18_centers_adagrad", (1, .adagrad(), 1e-3)),
            resNet("resnet18_centers_adam", (0.55, .adam(), 2e-3)),
        ]

    static func input(_ name: String, _ network: any Network) throws -> Tensor {
        try GoldenValues.given("input.\(name)", [4] + network.exampleShape)
    }

    private static func voicemap(_ head: VoicemapNet.Parameters.Head) throws -> VoicemapNet {
        let parameters = VoicemapNet.Parameters(
            head, sampleCount: 256, filters: 4, embeddingSize: 6, classCount: head == .classes ? 5 : 0)
        return try VoicemapNet(parameters, seed: 1, device: .cpu)
    }

    private static func mfcc(_ name: String, _ input: MFCCNet.Parameters.Input) -> NetworkCase {
        pairs(name, .binary, .radam(), 1e-3) {
            let parameters = MFCCNet.Parameters(input, filters: [8, 12, 16], embeddingSize: 10, dropout: 0)
            return try MFCCNet(parameters, seed: 1, device: .cpu)
        }
    }

    private static func pairs(
        _ name: String, _ objective: PairObjective, _ rule: OptimizerRule, _ rate: Double,
        clip: Double? = nil,
        _ make: @escaping @Sendable () throws -> any Network
    ) -> NetworkCase {
        NetworkCase(name: name, clip: clip) {
            let network = try make()
            let batch = PairBatch(
                first: try input("first", network), second: try input("second", network),
                same: different.map { !$0 })
            let optimizer = try Optimizer(rule, learningRate: rate, network.store.parameters)
            return Setting(network: network, optimizers: [optimizer]) {
                try objective.outcome(of: batch, network, $0)
            }
        }
    }

    private static func triplets(
        _ network: any Network, _ rule: OptimizerRule, _ rate: Double
    ) throws -> Setting {
        let batch = TripletBatch(
            anchor: try input("first", network), positive: try input("second", network),
            negative: try input("third", network))
        let optimizer = try Optimizer(rule, learningRate: rate, network.store.parameters)
        return Setting(network: network, optimizers: [optimizer]) {
            try TripletObjective(margin: 0.2).outcome(of: batch, network, $0)
        }
    }

    private static func classes(
        _ network: any Network, _ rule: OptimizerRule, _ rate: Double, centers: ContrastiveCenterLoss? = nil,
        more: [Optimizer] = []
    ) throws -> Setting {
        let batch = ClassBatch(examples: try input("first", network), labels: labels)
        let optimizer = try Optimizer(rule, learningRate: rate, network.store.parameters)
        return Setting(network: network, companion: centers?.store, optimizers: [optimizer] + more) {
            try ClassObjective(centers: centers).outcome(of: batch, network, $0)
        }
    }

    private static func resNet(
        _ name: String, _ own: (lambda: Double, rule: OptimizerRule, rate: Double)?
    ) -> NetworkCase {
        NetworkCase(name: name) {
            let network = try ResNet18(.init(classCount: 5, filters: 8, size: 64), seed: 1, device: .cpu)
            let rule = OptimizerRule.adam(beta1: 0.9, beta2: 0.98, epsilon: 1e-9)
            guard let own else { return try classes(network, rule, 1e-4) }
            let centers = try ContrastiveCenterLoss(
                classCount: 5, embeddingSize: 64, lambda: own.lambda, seed: 1, device: .cpu)
            let optimizer = try Optimizer(own.rule, learningRate: own.rate, centers.store.parameters)
            return try classes(network, rule, 1e-4, centers: centers, more: [optimizer])
        }
    }
}
