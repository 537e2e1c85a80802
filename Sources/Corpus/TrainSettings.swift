/// What a recipe's section `train` says. Nil is what was published for the system.
package struct TrainSettings: Codable, Hashable, Sendable {
    /// How an epoch is judged.
    package enum Validation: String, Codable, Sendable, CaseIterable {
        /// The equal error rate over pairs of validation examples.
        case eer
        /// The share of 1-shot k-way tasks on the validation side that are answered rightly.
        case oneShot = "1-shot"
        /// The share of a phase's own questions on the validation side that are answered rightly.
        case accuracy
        /// The loss on the validation side.
        case loss
        case none
    }

    /// Nil is the one whose name the recipe's begins with.
    package var system: PublishedSystemName?
    /// Of initial weights, of the order of batches, of dropout.
    package var seed: UInt64 = 0
    /// One number for all phases, or one for each.
    package var epochs: [Int]?
    /// Learning rates, one for all phases or one for each.
    package var rates: [Double]?
    package var batch: Int?
    /// Of an epoch; each goes on in the data where the one before ended.
    package var batches: Int?
    package var filters: Int?
    package var embedding: Int?
    package var dropout: Double?
    package var margin: Double?
    /// A safetensors file to begin with.
    package var weights: String?
    /// One rule for all phases, or one for each.
    package var validation: [Validation]?
    package var ways: Int?
    package var tasks: Int?
    /// Tasks are also answered after every so many batches.
    package var everyBatches: Int?
    /// Epochs without a better validation after which a phase ends.
    package var patience: Int?

    package init() {}
}

/// The five published systems and their variants.
package enum PublishedSystemName: String, Codable, Sendable, CaseIterable {
    case spectrogramNetContrastive = "spectrogramnet-contrastive"
    case spectrogramNet = "spectrogramnet"
    case fbankNet = "fbanknet"
    case voicemap
    case voicemapAbsolute = "voicemap-absolute"
    case voicemapContrastive = "voicemap-contrastive"
    case voicemapClassifier = "voicemap-classifier"
    case mfccSiamese = "mfcc-siamese"
    case resNet18 = "resnet18"
    case resNet18CentersAdagrad = "resnet18-centers-adagrad"
    case resNet18CentersAdam = "resnet18-centers-adam"
}
