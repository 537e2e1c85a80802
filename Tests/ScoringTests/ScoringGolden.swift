import Foundation
import Testing

/// What scripts/golden-scoring wrote: numpy 2.1.3, scipy 1.17.1, scikit-learn 1.9.1.
struct ScoringGolden: Decodable {
    struct Cost: Decodable {
        let pTarget, cMiss, cFalseAlarm, cost: Double
    }

    struct Scores: Decodable, CustomTestStringConvertible {
        let name: String
        let targets, nontargets: [Double]
        let equalErrorRate, hullEqualErrorRate, areaUnderCurve: Double
        let costs: [Cost]
        let falseAlarmRates, missRates: [Double]
        let bestAccuracy, targetMean, targetDeviation, nontargetMean, nontargetDeviation: Double
        let targetHistogram, nontargetHistogram: [Int]

        var testDescription: String { name }
    }

    struct Weighted: Decodable {
        let scores: [Double]
        let first, second: [UInt32]
        let weights: [Int]
        let equalErrorRate, minimumCost, accuracy, threshold: Double
    }

    struct Components: Decodable, CustomTestStringConvertible {
        let name: String
        let width: Int
        let values: [Float]
        let mean, variances: [Double]
        let components, projected: [[Double]]
        let explainedShare: Double

        var testDescription: String { name }
    }

    struct Episodes: Decodable {
        let shotCount, wayCount: Int
        let query, support, answer: [UInt32]
        let right: [String: Int]
        let rows: [Float]
    }

    struct Top: Decodable {
        let labels: [Int]
        let scores: [Float]
        let classCount: Int
        let accuracies: [Double]
    }

    struct Values: Decodable {
        let probabilities, quantiles, replicates, percentiles, wilson, distances: [Double]
        let thresholdOfPairs, thresholdOfBatches: Double
    }

    let scores: [Scores]
    let weighted: Weighted
    let components: [Components]
    let episodes: [Episodes]
    let top: Top
    let values: Values

    static func load() throws -> ScoringGolden {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appendingPathComponent("Golden/scoring.json"))
        return try JSONDecoder().decode(ScoringGolden.self, from: data)
    }
}
