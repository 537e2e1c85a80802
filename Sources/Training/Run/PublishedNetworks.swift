internal import Corpus

extension NetworkBlueprint {
    /// The network of a system, with what the settings change, for examples of this shape.
    init(
        _ system: PublishedSystemName, _ settings: TrainSettings, exampleShape shape: [Int], classCount: Int
    ) throws(TrainingError) {
        switch system {
        case .spectrogramNetContrastive, .spectrogramNet:
            let head: SpectrogramNet.Parameters.Head = system == .spectrogramNet ? .twoClasses : .contrastive
            self = .spectrogramNet(
                .init(
                    head, size: shape.last ?? 0, hidden: settings.embedding, dropout: settings.dropout ?? 0))
        case .fbankNet: self = .fbankNet(.init(classCount: classCount, filters: settings.filters ?? 32))
        case .mfccSiamese: self = try .mfcc(settings, shape)
        case .resNet18, .resNet18CentersAdagrad, .resNet18CentersAdam:
            self = .resNet18(
                .init(classCount: classCount, filters: settings.filters ?? 64, size: shape.last ?? 0))
        case .voicemap: self = .voicemap(.euclidean, settings, shape, 0)
        case .voicemapAbsolute: self = .voicemap(.absoluteDifference, settings, shape, 0)
        case .voicemapContrastive: self = .voicemap(.none, settings, shape, 0)
        case .voicemapClassifier: self = .voicemap(.classes, settings, shape, classCount)
        }
    }

    private static func mfcc(
        _ settings: TrainSettings, _ shape: [Int]
    ) throws(TrainingError) -> NetworkBlueprint {
        let base = settings.filters ?? 128
        guard shape.count == 1 || shape.count == 2 else {
            throw .unusable(
                "the dataset's examples have the shape \(shape); the MFCC network takes waveforms or matrices of "
                    + "frames × coefficients")
        }
        let input: MFCCNet.Parameters.Input =
            shape.count == 1
            ? .waveform(sampleCount: shape[0]) : .matrix(frameCount: shape[0], coefficientCount: shape[1])
        return .mfcc(
            .init(
                input, filters: [base, 2 * base, 3 * base], embeddingSize: settings.embedding ?? 1024,
                dropout: settings.dropout ?? 0.2))
    }

    private static func voicemap(
        _ head: VoicemapNet.Parameters.Head, _ settings: TrainSettings, _ shape: [Int], _ classCount: Int
    ) -> NetworkBlueprint {
        .voicemap(
            .init(
                head, sampleCount: shape.last ?? 0, filters: settings.filters ?? 128,
                embeddingSize: settings.embedding ?? 64, dropout: settings.dropout ?? 0,
                classCount: classCount))
    }
}
