import ContentStore
import Manifest
import Pipeline

/// Making later stages again from what earlier ones left in the store.
extension PackWorker {
    /// The outcomes of `frame` and what follows, where the recorded artifacts suffice: cuts need only the lengths of
    /// utterances, and features only waveforms that were kept. Nil where the sources must be decoded. What was made
    /// a moment ago may not be published yet: then it is made again.
    func runWithoutDecoding(_ order: WorkOrder) throws(StoreError) -> [StageOutcome?]? {
        guard order.stages.lowerBound >= Stage.frame.rawValue,
            order.stages.upperBound <= Stage.fingerprint.rawValue,
            store.contains(order.recorded[Stage.ingest.rawValue])
        else { return nil }
        let table = try IngestTable(try store.read(order.recorded[Stage.ingest.rawValue].digest))
        // Speech is found in waveforms.
        let needsFeatures = activity != nil || order.stages.upperBound > Stage.features.rawValue
        var kept: KeptWaveforms?
        if needsFeatures {
            kept = try KeptWaveforms(order.recorded[Stage.resample.rawValue], in: store)
            if kept == nil { return nil }
        }
        var clock = StageClock()
        let counts = try cut(table, kept, &clock)
        var outcomes: [StageOutcome?] = [nil, nil]
        outcomes.append(
            StageOutcome(
                staged: try store.stage(
                    output.cutFile(), keep: order.writes[Stage.frame.rawValue]),
                counts: counts, elapsedSeconds: clock[.frame]))
        if needsFeatures {
            outcomes.append(
                StageOutcome(
                    staged: try store.stage(
                        try output.featureFile(table), keep: order.writes[Stage.features.rawValue]),
                    counts: counts, elapsedSeconds: clock[.features]))
        }
        clock.charge(.write)
        statistics.add(clock, audioSeconds: needsFeatures ? counts.audioSeconds : 0)
        return outcomes
    }

    /// The fingerprints of a pack of which everything else is recorded; nil where that must be made again.
    func runFingerprintAlone(_ order: WorkOrder, _ pack: Pack) throws(StoreError) -> [StageOutcome?]? {
        guard order.stages.lowerBound == Stage.fingerprint.rawValue,
            store.contains(order.recorded[Stage.ingest.rawValue])
        else { return nil }
        let table = try IngestTable(try store.read(order.recorded[Stage.ingest.rawValue].digest))
        let files = Dictionary(
            pack.utterances.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var clock = StageClock()
        var counts = TaskCounts()
        for row in table.rows {
            // A file that changed since is read again as a whole, which says so.
            guard let file = files[row.id],
                case .usable(_, row.audio) = reader.read(file, isChecked: true, clock: &clock)
            else {
                fingerprinter.removeAll()
                return nil
            }
            fingerprinter.append(reader.audio)
            clock.charge(.fingerprint)
            counts.utterances += 1
            counts.audioSeconds += Double(row.sampleCount) / Double(row.sampleRate)
        }
        let staged = try store.stage(
            try fingerprinter.file(), keep: order.writes[Stage.fingerprint.rawValue])
        clock.charge(.write)
        statistics.add(clock, audioSeconds: counts.audioSeconds)
        return Array(repeating: nil, count: Stage.fingerprint.rawValue)
            + [StageOutcome(staged: staged, counts: counts, elapsedSeconds: clock[.fingerprint])]
    }

    /// Cuts the utterances of `table` and, where there are waveforms, extracts their features.
    private func cut(
        _ table: IngestTable, _ kept: KeptWaveforms?, _ clock: inout StageClock
    ) throws(StoreError) -> TaskCounts {
        var counts = TaskCounts()
        for (number, row) in table.rows.enumerated() {
            guard let count = rates.outputCount(row.sampleCount, rate: row.sampleRate) else { continue }
            let waveform = try kept?.waveform(number)
            clock.charge(.read)
            if let waveform { activity?.analyze(waveform.span.extracting(0..<count)) }
            let ranges = cutter.ranges(count, speech: activity)
            output.cuts.append(ranges.cuts, utterance: number)
            counts.utterances += 1
            counts.audioSeconds += Double(row.sampleCount) / Double(row.sampleRate)
            clock.charge(.frame)
            guard let waveform else { continue }
            extractor.extract(waveform, count: count, ranges: ranges, into: &output.rows)
            clock.charge(.features)
        }
        return output.counts(of: counts)
    }
}
