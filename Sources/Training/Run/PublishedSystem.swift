/// The systems as they were published, and what of them may be set.
package struct PublishedSystem: Sendable {
    package static let names = [
        "spectrogramnet-contrastive", "spectrogramnet", "fbanknet", "voicemap", "voicemap-classifier",
        "voicemap-contrastive", "mfcc-siamese", "resnet18", "resnet18-centers-adagrad",
        "resnet18-centers-adam",
    ]

    /// Settings by their names without `train.`.
    private var settings: [String: String] = [:]
    private let recipe: String

    /// - Parameters:
    ///   - recipe: its name; the system whose name it begins with is meant, unless `train.system` names another.
    ///   - settings: `train.KEY=VALUE`.
    package init(recipe: String, settings: [String]) throws(TrainingError) {
        self.recipe = recipe
        let valid = [
            "system", "seed", "epochs", "batch", "rate", "filters", "embedding", "dropout", "margin",
        ]
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
            let key = parts[0].hasPrefix("train.") ? String(parts[0].dropFirst(6)) : parts[0]
            guard parts.count == 2, valid.contains(key) else {
                let keys = valid.map { "train.\($0)" }.joined(separator: ", ")
                throw .unusable("--set \(setting): give KEY=VALUE with one of the keys \(keys)")
            }
            self.settings[key] = parts[1]
        }
    }

    private func number(_ key: String) throws(TrainingError) -> Double? {
        guard let text = settings[key] else { return nil }
        guard let number = Double(text), number.isFinite, number >= 0 else {
            throw .unusable("--set train.\(key)=\(text): '\(text)' is not a number of at least 0")
        }
        return number
    }

    private func count(_ key: String) throws(TrainingError) -> Int? {
        guard let text = settings[key] else { return nil }
        guard let number = Int(text), number > 0 else {
            throw .unusable("--set train.\(key)=\(text): '\(text)' is not a whole number of at least 1")
        }
        return number
    }

    /// Which system it is.
    package func name() throws(TrainingError) -> String {
        if let named = settings["system"] {
            guard PublishedSystem.names.contains(named) else {
                throw .unusable(
                    "there is no system '\(named)'; valid are \(PublishedSystem.names.joined(separator: ", "))"
                )
            }
            return named
        }
        // The longest name that the recipe's begins with: spectrogramnet-contrastive before spectrogramnet.
        let found = PublishedSystem.names.filter { recipe.hasPrefix($0) }.max { $0.count < $1.count }
        guard let found else {
            throw .unusable(
                "the recipe '\(recipe)' is named after no system; say which one to train by --set train.system=NAME, "
                    + "one of \(PublishedSystem.names.joined(separator: ", "))")
        }
        return found
    }

    /// The plan for examples of this shape and so many speakers to train on.
    package func plan(exampleShape: [Int], classCount: Int) throws(TrainingError) -> TrainingPlan {
        let system = try name()
        var phases = PublishedSystem.phases(of: system)
        for index in phases.indices {
            phases[index].batchSize = try count("batch") ?? phases[index].batchSize
            phases[index].rate = try number("rate") ?? phases[index].rate
            phases[index].epochCount = try count("epochs") ?? phases[index].epochCount
            if let margin = try number("margin") { phases[index].setMargin(margin) }
        }
        let blueprint = try network(system, exampleShape: exampleShape, classCount: classCount)
        return TrainingPlan(network: blueprint, phases: phases, seed: UInt64(try count("seed") ?? 42))
    }

    private func network(
        _ system: String, exampleShape shape: [Int], classCount: Int
    ) throws(TrainingError) -> NetworkBlueprint {
        let (filters, embedding) = (try count("filters"), try count("embedding"))
        let dropout = try number("dropout")
        switch system {
        case "spectrogramnet-contrastive", "spectrogramnet":
            let head: SpectrogramNet.Parameters.Head = system == "spectrogramnet" ? .twoClasses : .contrastive
            return .spectrogramNet(
                .init(head, size: shape.last ?? 0, hidden: embedding, dropout: dropout ?? 0))
        case "fbanknet": return .fbankNet(.init(classCount: classCount, filters: filters ?? 32))
        case "mfcc-siamese":
            let base = filters ?? 128
            let input: MFCCNet.Parameters.Input =
                shape.count == 1
                ? .waveform(sampleCount: shape[0]) : .matrix(frameCount: shape[0], coefficientCount: shape[1])
            return .mfcc(
                .init(
                    input, filters: [base, 2 * base, 3 * base], embeddingSize: embedding ?? 1024,
                    dropout: dropout ?? 0.2))
        case let name where name.hasPrefix("resnet18"):
            return .resNet18(.init(classCount: classCount, filters: filters ?? 64, size: shape.last ?? 0))
        default:
            let heads: [String: VoicemapNet.Parameters.Head] = [
                "voicemap": .euclidean, "voicemap-classifier": .classes, "voicemap-contrastive": .none,
            ]
            let head = heads[system] ?? .euclidean
            return .voicemap(
                .init(
                    head, sampleCount: shape.last ?? 0, filters: filters ?? 128,
                    embeddingSize: embedding ?? 64,
                    dropout: dropout ?? 0, classCount: head == .classes ? classCount : 0))
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
