internal import ContentStore
internal import Foundation
internal import Scoring

/// Trials that a file lists.
package struct ListedTrials: Sendable {
    let trials: EvaluationTrials
    /// The file's name, without its folder.
    package let name: String
    /// The SHA-256 of the file.
    package let digest: String

    package init(path: String) throws(TrainingError) {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw .unusable("cannot read \(path): \(error.reason)")
        }
        try self.init(bytes, path: path)
    }

    init(_ bytes: [UInt8], path: String) throws(TrainingError) {
        trials = try TrainingError.scoring { () throws(ScoringError) in
            try EvaluationTrials(bytes, path: path)
        }
        name = URL(fileURLWithPath: path).lastPathComponent
        digest = Digest.of(bytes).hex
    }
}

extension TrialSource {
    /// The trials of a list over the dataset's utterances; an error names the line whose utterance the dataset does not
    /// have, or whose label its speakers contradict.
    func trials(_ listed: ListedTrials) throws(TrainingError) -> TrialSet {
        let list = listed.trials
        let rows = names.rowsOfUtterances()
        var set = TrialSet(.utterances, source: "")
        for (index, trial) in list.trials.enumerated() {
            let line = list.lines[index]
            let first = try unit(trial.enrollment, rows, "\(list.path):\(line)", &set)
            let second = try unit(trial.test, rows, "\(list.path):\(line)", &set)
            let isSame = set.units[Int(first)].speaker == set.units[Int(second)].speaker
            guard isSame == trial.isTarget else {
                throw .unusable(
                    "\(list.path):\(line): '\(trial.enrollment) \(trial.test)' is labeled "
                        + "\(trial.isTarget ? "target" : "nontarget"), and in the dataset the two are of "
                        + "\(isSame ? "one speaker" : "two speakers"); mend the list")
            }
            set.add(first, second, isTarget: trial.isTarget)
        }
        set.source = "the \(set.count) trials of \(listed.name); an utterance is the average of its examples"
        return set
    }

    private func unit(
        _ name: String, _ rows: [[UInt32]], _ place: String, _ set: inout TrialSet
    ) throws(TrainingError) -> UInt32 {
        guard let utterance = names.utterance(named: name), let row = rows[utterance].first else {
            throw .unusable(
                "\(place): the dataset has no example of the utterance '\(name)'; utterances are called as in "
                    + "'\(names.utteranceNames.first ?? "19/198/19-198-0001")', and those too short for an example are left "
                    + "out")
        }
        return set.unit(named: name, speaker: data.labels.speakers[Int(row)]) { rows[utterance] }
    }
}
