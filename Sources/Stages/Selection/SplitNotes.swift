import Corpus
import Foundation

/// Says how far a split by a stable hash came out from the shares that were asked for, and which seed does better:
/// the hash meets shares in expectation only, or it could not leave speakers where they are when new ones come.
enum SplitNotes {
    /// From this deviation on it is worth a word.
    private static let tolerated = 0.02
    private static let tries = 256

    static func write(
        _ speakers: [SplitCandidate], _ sides: [Side?], _ rules: SplitRules
    ) throws(SplitError) -> [String] {
        switch rules.by {
        case .example, .utterance, .files: return []
        case .subset, .list:
            return Side.allCases.filter { side in
                !(rules.subsets[side].isEmpty && rules.lists[side].isEmpty) && !sides.contains(side)
            }.map { "side \($0.rawValue) of the split has no speaker" }
        case .speaker: break
        }
        let report = SplitReport(speakers, sides)
        let deviation = report.deviation(from: rules)
        guard rules.assignment == .stable, rules.counts == nil, rules.folds == nil, deviation > tolerated
        else { return [] }
        let shares = Side.allCases.filter { rules.shares[$0] > 0 }.map { side in
            let share = report.share(of: side, measure: rules.measure) ?? 0
            return
                "\(side.rawValue) \(percent(share)) for \(percent(Double(rules.shares[side]) / Double(SplitShares.whole)))"
        }
        let better = try balancedSeed(speakers, rules, tries: tries)
        let advice =
            better.deviation < deviation
            ? "; split.seed=\(better.seed) comes within \(percent(better.deviation))" : ""
        return [
            "the split by \(rules.measure.rawValue) came out as \(shares.joined(separator: ", "))\(advice)"
        ]
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
