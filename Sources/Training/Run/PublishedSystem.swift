package import Corpus

/// The systems as they were published, and what of them may be set.
package struct PublishedSystem: Sendable {
    package let name: PublishedSystemName
    private let settings: TrainSettings

    /// - Parameter recipe: its name; the system whose name it begins with is meant, unless the settings name one.
    package init(recipe: String, _ settings: TrainSettings) throws(TrainingError) {
        self.settings = settings
        // The longest name that the recipe's begins with: spectrogramnet-contrastive before spectrogramnet.
        let found = PublishedSystemName.allCases.filter { recipe.hasPrefix($0.rawValue) }
            .max { $0.rawValue.count < $1.rawValue.count }
        guard let name = settings.system ?? found else {
            let names = PublishedSystemName.allCases.map(\.rawValue).joined(separator: ", ")
            throw .unusable(
                "the recipe '\(recipe)' is named after no system; give it train.system, one of \(names)")
        }
        self.name = name
        try checkUse()
    }

    /// Refuses what the system has no use for.
    private func checkUse() throws(TrainingError) {
        let isPictured = name == .spectrogramNet || name == .spectrogramNetContrastive
        let isResNet = name.rawValue.hasPrefix("resnet18")
        let hasMargin = [.fbankNet, .spectrogramNetContrastive, .voicemapContrastive].contains(name)
        let useless: [(key: String, isSet: Bool)] = [
            ("filters", settings.filters != nil && isPictured),
            ("embedding", settings.embedding != nil && (isResNet || name == .fbankNet)),
            ("dropout", settings.dropout != nil && (isResNet || name == .fbankNet)),
            ("margin", settings.margin != nil && !hasMargin),
        ]
        guard let found = useless.first(where: \.isSet) else { return }
        throw .unusable("train.\(found.key) means nothing to \(name.rawValue), which has none; remove it")
    }

    /// The plan for examples of this shape and so many speakers to train on.
    package func plan(exampleShape: [Int], classCount: Int) throws(TrainingError) -> TrainingPlan {
        var phases = PublishedSystem.phases(of: name)
        for index in phases.indices {
            phases[index].batchSize = settings.batch ?? phases[index].batchSize
            phases[index].epochBatches = settings.batches
            phases[index].rate = try number(settings.rates, "rate", index, phases) ?? phases[index].rate
            phases[index].epochCount =
                try number(settings.epochs, "epochs", index, phases) ?? phases[index].epochCount
            phases[index].validation = rule(try number(settings.validation, "validate", index, phases))
            if let margin = settings.margin { phases[index].setMargin(margin) }
        }
        let blueprint = try NetworkBlueprint(
            name, settings, exampleShape: exampleShape, classCount: classCount)
        return TrainingPlan(
            network: blueprint, phases: phases, seed: settings.seed, patience: settings.patience)
    }

    /// A setting of the phase `index`: one for all, or one for each.
    private func number<Value>(
        _ values: [Value]?, _ key: String, _ index: Int, _ phases: [TrainingPhase]
    ) throws(TrainingError) -> Value? {
        guard let values else { return nil }
        guard values.count == 1 || values.count == phases.count else {
            throw .unusable(
                "train.\(key) has \(values.count) values, and \(name.rawValue) is trained in \(phases.count) "
                    + "phase\(phases.count == 1 ? "" : "s"); give one for all or one for each")
        }
        return values[values.count == 1 ? 0 : index]
    }

    /// voicemap was judged by 500 tasks of 5 speakers after each epoch, the MFCC network by 100 of 4 every 25 batches.
    private func rule(_ set: TrainSettings.Validation?) -> ValidationRule {
        let isVoicemap = name.rawValue.hasPrefix("voicemap")
        let published: TrainSettings.Validation = isVoicemap || name == .mfccSiamese ? .oneShot : .eer
        switch set ?? published {
        case .none: return .none
        case .eer: return .equalErrorRate
        case .accuracy: return .accuracy
        case .loss: return .loss
        case .oneShot:
            return .oneShot(
                ways: settings.ways ?? (name == .mfccSiamese ? 4 : 5),
                tasks: settings.tasks ?? (name == .mfccSiamese ? 100 : 500),
                everyBatches: settings.everyBatches ?? (name == .mfccSiamese ? 25 : nil))
        }
    }
}

extension TrainingPhase {
    fileprivate mutating func setMargin(_ margin: Double) {
        switch task {
        case .triplets: task = .triplets(margin: margin)
        case .pairs(.contrastive): task = .pairs(.contrastive(margin: margin))
        case .pairs, .classes, .centers: return
        }
    }
}
