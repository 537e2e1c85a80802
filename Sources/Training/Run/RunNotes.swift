extension TrainingRun {
    /// What should be known before it trains; a sentence each.
    package var notes: [String] { notesOfEpochs + notesOfValidation }

    private var notesOfEpochs: [String] {
        guard let begun else { return [] }
        func counts(_ identity: Identity) -> String {
            identity.plan.phases.map { "\($0.epochCount)" }.joined(separator: " + ")
        }
        return [
            "the run was begun with \(counts(begun)) epochs and ends after \(counts(identity)), as if begun with these"
        ]
    }

    /// How epochs are judged and thresholds chosen, where that is other than might be thought.
    private var notesOfValidation: [String] {
        guard !data.labels.rows(of: .validation).isEmpty else {
            return [
                "the split has no validation side: the last epoch's weights are kept, and no threshold is chosen; give it one, "
                    + "such as split.validation"
            ]
        }
        var notes: [String] = []
        if zip(identity.plan.phases, phases).contains(where: { $0.validation != .none && !$1.judge.judges }) {
            notes.append(
                "epochs are not judged and the last one's weights are kept: validation has no two speakers, or none with two "
                    + "utterances")
        }
        if VoiceThreshold(data.labels, side: .validation) == nil {
            notes.append(
                "no threshold is chosen for identify: validation has no two speakers, or none with two utterances"
            )
        }
        return notes
    }
}
