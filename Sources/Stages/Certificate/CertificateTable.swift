import Foundation

/// The certificate as people read it.
extension Certificate {
    private static let shown = 5

    /// Aligned text without a newline at its end.
    package func table() -> String {
        var parts = [lines(sideRows), lines([["split", split]] + checks.map(row))]
        let found = checks.filter { $0.count > 0 }.flatMap(findingLines)
        if !found.isEmpty { parts.append(found.joined(separator: "\n")) }
        var notes: [[String]] = []
        if let nearAudio { notes += rows(nearAudio) }
        for list in trials { notes += rows(list) }
        notes.append(["certificate", "version \(version)"])
        parts.append(lines(notes))
        return parts.joined(separator: "\n\n")
    }

    private var sideRows: [[String]] {
        [["side", "speakers", "utterances", "examples", "hours"]]
            + sides.map { side in
                [
                    side.side, Amount.count(side.speakers), Amount.count(side.utterances),
                    Amount.count(side.examples), String(format: "%.3f", side.hours),
                ]
            }
    }

    private func row(_ check: Check) -> [String] {
        let across = check.across.sorted { $0.key.precedesByBytes($1.key) }
            .map { "\(Amount.count($0.value)) \($0.key)" }
        let verdict = check.count == 0 ? "none" : check.isAllowed ? "as the recipe allows" : "NOT ALLOWED"
        return [
            Certificate.title(check.leak), Amount.count(check.count),
            across.isEmpty ? verdict : "\(verdict) (\(across.joined(separator: ", ")))",
        ]
    }

    private static func title(_ leak: Leak) -> String {
        switch leak {
        case .speaker: "speakers on two sides"
        case .session: "sessions on two sides"
        case .utterance: "utterances on two sides"
        case .audio: "identical audio on two sides"
        case .nearAudio: "near-identical pairs on two sides"
        case .trialSpeaker: "trial speakers in train"
        }
    }

    private func findingLines(_ check: Check) -> [String] {
        let first = check.found.prefix(Certificate.shown).map { finding in
            var line = "  \(check.leak.rawValue): \(finding.words)"
            if let seconds = finding.seconds, let mismatch = finding.mismatch {
                line += String(
                    format: "  %.1f s alike, %.1f %% of bits differ, offset %+.2f s", seconds, mismatch * 100,
                    finding.offsetSeconds ?? 0)
            }
            if let lists = finding.lists { line += "  in \(lists.joined(separator: ", "))" }
            return line
        }
        let left = check.found.count - first.count
        return first + (left > 0 ? ["  … and \(Amount.count(left)) more in the JSON"] : [])
    }

    private func rows(_ near: NearAudio) -> [[String]] {
        let limits = near.threshold.steps.map { step in
            let seconds = Double(step.codes * near.fingerprint.hopMilliseconds) / 1000
            return String(format: "%.1f %% over %.2f s", Double(step.perMille) / 10, seconds)
        }
        return [
            [
                "near-identical",
                "\(Amount.count(near.compared)) utterances compared, \(Amount.count(near.notCompared)) too short or of too "
                    + "low a rate, \(Amount.count(near.pairsWithinSides)) pairs within a side",
            ],
            [
                "threshold",
                "bits that may differ: \(limits.joined(separator: ", ")); fingerprint version \(near.fingerprint.version)",
            ],
        ]
    }

    private func rows(_ list: Trials) -> [[String]] {
        [
            [
                "trials",
                "\(list.recognized); \(Amount.count(list.utterances)) utterances, \(Amount.count(list.notInDataset)) not in "
                    + "the dataset; \(Amount.count(list.speakers)) speakers known, "
                    + "\(Amount.count(list.speakersInTrain)) in train",
            ],
            ["", list.sha256],
        ]
    }

    /// `rows` as columns, the first left.
    private func lines(_ rows: [[String]]) -> String {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.compactMap { $0.count > column + 1 ? $0[column].count : nil }.max() ?? 0
        }
        return rows.map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1
                    ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
