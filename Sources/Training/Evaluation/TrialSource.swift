internal import ContentStore
package import Corpus

/// Where trials of a dataset come from: what its recipe stored, a list of others, or its examples themselves.
package struct TrialSource: Sendable {
    let data: TrainingData
    let names: ExampleNames

    package init(_ data: TrainingData, _ names: ExampleNames) {
        (self.data, self.names) = (data, names)
    }

    /// What the dataset has for a side: stored trials, else stored pairs or triplets, else pairs of its examples.
    package func trials(of side: Side) throws(TrainingError) -> TrialSet {
        let (trials, pairs) = (paths(data.place.trials, side), paths(data.place.pairs, side))
        do {
            if !trials.isEmpty { return try storedTrials(trials, side) }
            return pairs.isEmpty ? ofExamples(side) : try storedPairs(pairs, side)
        } catch {
            throw .store(error)
        }
    }

    /// Trials of a side that are like `others`: of utterances where those are, stored where there are some.
    package func trials(of side: Side, like others: TrialSet) throws(TrainingError) -> TrialSet {
        guard others.kind == .utterances else {
            let own = try trials(of: side)
            return own.kind == .examples ? own : ofExamples(side)
        }
        let stored = paths(data.place.trials, side)
        guard stored.isEmpty else {
            do { return try storedTrials(stored, side) } catch { throw .store(error) }
        }
        return ofUtterances(side)
    }

    private func paths(_ shards: [DatasetPlace.Shards], _ side: Side) -> [String] {
        shards.stored(side)?.paths ?? []
    }

    private func storedTrials(_ paths: [String], _ side: Side) throws(StoreError) -> TrialSet {
        var set = TrialSet(.utterances, source: "")
        for path in paths {
            let file = try TensorFileReader(path: path)
            let texts = try TextColumn.read("utterance", from: file)
            let speakers = try file.unsigned("utterance.speaker")
            let (rows, ends) = (try file.unsigned("utterance.row"), try file.unsigned("utterance.rowEnd"))
            var numbers = [UInt32?](repeating: nil, count: texts.count)
            func unit(_ number: UInt32) -> UInt32 {
                let place = Int(number)
                if let known = numbers[place] { return known }
                let found = set.unit(named: texts[place], speaker: speakers[place]) {
                    Array(rows[(place == 0 ? 0 : Int(ends[place - 1]))..<Int(ends[place])])
                }
                numbers[place] = found
                return found
            }
            let (a, b) = (try file.unsigned("a"), try file.unsigned("b"))
            for (index, label) in try file.bytes("label").enumerated() {
                set.add(unit(a[index]), unit(b[index]), isTarget: label == 1)
            }
        }
        set.source =
            "the \(set.count) stored trials of \(side.rawValue); an utterance is the average of its examples"
        return set
    }

    private func storedPairs(_ paths: [String], _ side: Side) throws(StoreError) -> TrialSet {
        var set = TrialSet(.examples, source: "")
        var tripletCount = 0
        for path in paths {
            let file = try TensorFileReader(path: path)
            if file.entries["anchor"] != nil {
                for triplet in try StoredTriplet.all(in: file) {
                    let anchor = unit(triplet.anchor, &set)
                    set.add(anchor, unit(triplet.positive, &set), isTarget: true)
                    set.add(anchor, unit(triplet.negative, &set), isTarget: false)
                    tripletCount += 1
                }
            } else {
                for pair in try StoredPair.all(in: file) {
                    set.add(unit(pair.first, &set), unit(pair.second, &set), isTarget: pair.isSame)
                }
            }
        }
        set.source =
            tripletCount == 0
            ? "the \(set.count) stored pairs of \(side.rawValue)"
            : "the anchors of the \(tripletCount) stored triplets of \(side.rawValue), each with its positive and its "
                + "negative"
        return set
    }

    private func unit(_ row: UInt32, _ set: inout TrialSet) -> UInt32 {
        set.unit(row: row, speaker: data.labels.speakers[Int(row)]) { names.key(ofRow: row) }
    }

    private func ofExamples(_ side: Side) -> TrialSet {
        let rows = data.labels.rows(of: side)
        let speakers = rows.map { data.labels.speakers[Int($0)] }
        var sample = PairSample(speakers: speakers, utterances: rows.map { names.utterances[Int($0)] })
        var exception = ", none of two examples of one utterance"
        if !sample.pairs.contains(where: \.isTarget) {
            sample = PairSample(speakers: speakers, utterances: rows.indices.map { UInt32($0) })
            exception =
                "; no speaker there has two utterances, so that pairs of one speaker are of one utterance, which is easier"
        }
        var set = TrialSet(.examples, source: "")
        for pair in sample.pairs {
            let (first, second) = (unit(rows[pair.first], &set), unit(rows[pair.second], &set))
            set.add(first, second, isTarget: pair.isTarget)
        }
        set.source =
            TrialSource.described(sample, "the \(rows.count) examples of \(side.rawValue)") + exception
        return set
    }

    private func ofUtterances(_ side: Side) -> TrialSet {
        var rows = [[UInt32]](repeating: [], count: names.utteranceNames.count)
        for row in data.labels.rows(of: side) { rows[Int(names.utterances[Int(row)])].append(row) }
        let present = rows.indices.filter { !rows[$0].isEmpty }
        let speakers = present.map { data.labels.speakers[Int(rows[$0][0])] }
        let sample = PairSample(speakers: speakers, utterances: present.map { UInt32($0) })
        var set = TrialSet(.utterances, source: "")
        for pair in sample.pairs {
            let numbers = [pair.first, pair.second].map { place in
                set.unit(named: names.utteranceNames[present[place]], speaker: speakers[place]) {
                    rows[present[place]]
                }
            }
            set.add(numbers[0], numbers[1], isTarget: pair.isTarget)
        }
        set.source =
            TrialSource.described(sample, "the \(present.count) utterances of \(side.rawValue)")
            + "; an utterance is the average of its examples"
        return set
    }

    private static func described(_ sample: PairSample, _ things: String) -> String {
        let targets = sample.pairs.count { $0.isTarget }
        return sample.isWhole
            ? "all \(sample.pairs.count) pairs of \(things)"
            : "a sample of \(targets) pairs of one speaker and \(sample.pairs.count - targets) of two, drawn by seed 42 "
                + "from \(things)"
    }
}
