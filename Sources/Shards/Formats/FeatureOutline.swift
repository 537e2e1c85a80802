internal import Foundation

/// What `ExportOutline.parameters` says of the features, as far as a form wants to know it.
struct FeatureOutline: Decodable {
    /// Filters as Twinset describes them; the values of words are those of the recipe.
    struct Bank: Decodable {
        let sampleRate: Int
        let windowSampleCount: Int
        let hopSampleCount: Int
        let fftSize: Int
        let window: String
        let preEmphasis: Double
        let preEmphasisScope: String
        let removeDC: Bool
        let melCount: Int
        let lowHz: Double
        let highHz: Double
        let melFormula: String
        let melNorm: String
        let filterShape: String
        let powerScale: Double
        let log: Bool
        let logFloor: Double
        let floorRule: String
        let scale: Double
        let energy: Bool
        let edges: String
        let dither: Double
        let spectrum: String?
        let logOffset: Double?
        let energyRule: String?
        let decibels: Present?
        let energyFloor: Double?
    }

    struct Cepstra: Decodable {
        let fbank: Bank
        let coefficientCount: Int
        let transformNorm: String
        let lifter: Double
        let lifterForm: String
        let energy: String?
        let deltas: Int
        let transformType: Int?
    }

    /// Something that is there; what it is does not matter.
    struct Present: Decodable {
        init(from decoder: any Decoder) {}
    }

    let kind: String
    let fbank: Bank?
    let mfcc: Cepstra?
    let level: String?
    let picture: Present?
    let embedding: Present?

    /// Whether an example is a waveform.
    var isWaveform: Bool { kind == "raw" && picture == nil && embedding == nil }

    /// Nil where the parameters say nothing of features.
    init?(_ outline: ExportOutline) {
        struct Parameters: Decodable {
            let features: FeatureOutline
        }
        guard
            let found = try? JSONDecoder().decode(Parameters.self, from: Data(outline.parameters.utf8))
        else { return nil }
        self = found.features
    }
}
