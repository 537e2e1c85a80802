package import Corpus
internal import Scoring

/// Evaluates a finished training on one side of its dataset.
package struct Evaluator {
    /// What an evaluation came to, with what pictures and score lists are made of.
    package struct Outcome {
        package internal(set) var evaluation: Evaluation
        package let trials: TrialSet
        /// Of each trial, in the sense of the comparison.
        package let scores: [Double]
        package let scatter: SpeakerScatter?
    }

    private let run: TrainedRun
    private let data: TrainingData
    private let names: ExampleNames
    private let system: Evaluation.System

    package init(_ run: TrainedRun, _ data: TrainingData, _ names: ExampleNames, _ system: Evaluation.System)
    {
        (self.run, self.data, self.names, self.system) = (run, data, names, system)
    }

    /// Evaluates `side`: its trials, or those of `list`; its stored episodes; the names of its speakers.
    ///
    /// - Parameter afterBatch: told how many examples of how many are embedded.
    package func evaluate(
        _ side: Side, list: ListedTrials? = nil,
        afterBatch: (Int, Int) -> Void = { _, _ in }
    ) throws(TrainingError) -> Outcome {
        guard !data.labels.rows(of: side).isEmpty else {
            throw .unusable(
                "no example of the dataset stands on the side \(side.rawValue); give --side, or the recipe's split that "
                    + "side and build and train again")
        }
        let source = TrialSource(data, names)
        let own =
            if let list { try source.trials(list) } else {
                try source.trials(of: side)
            }
        let validation = try validationTrials(own, side, source)
        let episodes = try data.place.episodes.filter { $0.side == side }.map {
            (place) throws(TrainingError) in try EpisodeSet(place)
        }
        let scatterRows = SpeakerScatter.rows(of: side, data.labels)
        var rows = Set(own.units.flatMap(\.rows)).union(validation?.units.flatMap(\.rows) ?? [])
        rows.formUnion(episodes.flatMap(\.rows))
        rows.formUnion(scatterRows)
        let naming = SpeakerNaming(data: data)
        let known = naming.knownRows(on: side)
        let classifier = try run.classifier()
        if let classifier, classifier.network === run.network { rows.formUnion(known) }
        let vectors = try RowVectors(of: rows, run.network, data.examples, afterBatch: afterBatch)

        let pairScores = PairScores(run.network, vectors)
        var evaluation = Evaluation(system, side, pairScores.comparison, own, list: list)
        let scores = try verify(own, validation, pairScores, &evaluation)
        try answer(episodes, side, pairScores, &evaluation)
        try name(known, classifier, side, vectors, afterBatch, &evaluation)
        let scatter = SpeakerScatter(scatterRows, data.labels, vectors)
        if scatter == nil {
            evaluation.notes.append("no picture of embeddings: it needs examples of two speakers at least")
        }
        evaluation.notes += leaks(own)
        return Outcome(evaluation: evaluation, trials: own, scores: scores, scatter: scatter)
    }

    /// The trials that thresholds are chosen on; nil where the split has no validation side.
    private func validationTrials(
        _ own: TrialSet, _ side: Side, _ source: TrialSource
    ) throws(TrainingError) -> TrialSet? {
        guard !data.labels.rows(of: .validation).isEmpty else { return nil }
        return try source.trials(of: .validation, like: own)
    }

    private func verify(
        _ own: TrialSet, _ validation: TrialSet?, _ pairScores: PairScores, _ evaluation: inout Evaluation
    ) throws(TrainingError) -> [Double] {
        let scores = try pairScores.scores(of: own)
        let comparison = pairScores.comparison
        var chosen = ChosenThresholds(comparison, validation: nil, isTriplet: run.isOfTriplets)
        if let validation {
            evaluation.thresholdTrials = validation.source
            let others = try pairScores.scores(of: validation)
            chosen = ChosenThresholds(
                comparison, validation: (others, validation.isTarget), isTriplet: run.isOfTriplets)
        } else {
            evaluation.notes.append(
                "no accuracy at a threshold chosen on validation, because the split has no validation side; give the "
                    + "recipe split.validation, build and train again")
        }
        evaluation.notes += chosen.notes
        let judges = !own.units.contains { unit in
            unit.rows.contains { data.labels.side(of: Int($0)) == .validation }
        }
        if !judges, validation != nil {
            evaluation.notes.append(
                "no accuracy at the thresholds chosen on validation: these trials are of validation, and a threshold that "
                    + "has seen the trials it is judged by flatters itself")
        }
        evaluation.add(scores, of: own, thresholds: chosen.thresholds, judges: judges)
        return scores
    }

    private func answer(
        _ episodes: [EpisodeSet], _ side: Side, _ pairScores: PairScores, _ evaluation: inout Evaluation
    ) throws(TrainingError) {
        let answers = EpisodeAnswers(scores: pairScores)
        evaluation.episodes = try episodes.map { (episodes) throws(TrainingError) in
            try answers.answer(episodes)
        }.sorted { one, other in
            let (a, b) = (one.answers, other.answers)
            return a.shotCount != b.shotCount ? a.shotCount < b.shotCount : a.wayCount < b.wayCount
        }
        guard episodes.isEmpty else { return }
        let others = [Side.validation, .test].filter { other in
            data.place.episodes.contains { $0.side == other }
        }
        evaluation.notes.append(
            others.isEmpty
                ? "no n-shot k-way accuracy, because the recipe stores no episodes; give it a section episodes, build and train again"
                : "no n-shot k-way accuracy: the recipe stores episodes of \(others[0].rawValue) and none of "
                    + "\(side.rawValue); give --side \(others[0].rawValue), or build with episodes.sides")
    }

    private func name(
        _ known: [UInt32], _ classifier: (network: any Classifier, phase: Int)?, _ side: Side,
        _ vectors: RowVectors, _ afterBatch: (Int, Int) -> Void, _ evaluation: inout Evaluation
    ) throws(TrainingError) {
        guard let classifier else {
            evaluation.notes.append("no top-1 and top-5: no phase of the training taught to name speakers")
            return
        }
        guard !known.isEmpty else {
            evaluation.notes.append(
                "no top-1 and top-5: no speaker of \(side.rawValue) was trained on, and a classifier names only those"
            )
            return
        }
        let own =
            classifier.network === run.network
            ? vectors : try RowVectors(of: known, classifier.network, data.examples, afterBatch: afterBatch)
        evaluation.naming = try SpeakerNaming(data: data).naming(
            known, classifier.network, phase: classifier.phase, own)
    }

    /// What of the trials was trained on.
    private func leaks(_ trials: TrialSet) -> [String] {
        let trainRows = data.labels.rows(of: .train)
        let trained = Set(trainRows.map { data.labels.speakers[Int($0)] })
        let speakers = Set(trials.units.map(\.speaker))
        let known = speakers.count { trained.contains($0) }
        guard known > 0 else { return [] }
        let utterances = Set(trainRows.map { names.utterances[Int($0)] })
        let shared = trials.units.count { unit in
            unit.rows.contains { utterances.contains(names.utterances[Int($0)]) }
        }
        let recordings =
            shared == 0
            ? ""
            : ", and \(shared) of the \(trials.units.count) \(trials.kind.rawValue) are of utterances trained on"
        return [
            "\(known) of the \(speakers.count) speakers of the trials were trained on\(recordings): the figures say "
                + "nothing of strangers"
        ]
    }
}
