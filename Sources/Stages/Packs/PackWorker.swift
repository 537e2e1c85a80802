import Audio
import ContentStore
import Features
import Manifest
import Pipeline

/// Takes a pack through ingest → resample → frame → features in one pass: every file is read and decoded once,
/// and each utterance's bytes are handed on in memory. Memory is one utterance's audio plus one pack's output.
final class PackWorker: LayerWorker {
    private enum Stage: Int { case ingest, resample, frame, features }

    private let recipe: Recipe
    private let packs: [Pack]
    private let store: Store
    private let cutMetadata: [String: String]
    private let metadata: [String: String]
    private let statistics: BuildStatistics
    private let cutter: ExampleCutter
    private let reader: UtteranceReader
    private let rates: RateConverter
    private let extractor: ExampleExtractor
    private var waveforms = WaveformTable()
    private var cuts = CutTable()
    private var rows = FeatureRows()

    init(recipe: Recipe, packs: [Pack], store: Store, statistics: BuildStatistics) throws(PipelineError) {
        self.recipe = recipe
        self.packs = packs
        self.store = store
        self.statistics = statistics
        cutter = ExampleCutter(parameters: recipe.frame)
        rates = RateConverter(recipe.resample)
        do {
            cutMetadata = try recipe.cutMetadata()
            metadata = try recipe.featureMetadata()
            reader = try UtteranceReader(recipe.ingest)
            extractor = try ExampleExtractor(frame: recipe.frame, features: recipe.features)
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            throw .worker("\(error)")
        }
    }

    /// What one pass over a pack gathers.
    private struct Pass {
        var clock = StageClock()
        var table = IngestTable()
        var sources: [TaskInput] = []
        var utterances: [UtteranceRow] = []
        var ingest = TaskCounts()
        var resample = TaskCounts()
        var ingestQuarantine: [QuarantineRow] = []
        var resampleQuarantine: [QuarantineRow] = []
    }

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        let pack = packs[order.index]
        waveforms.removeAll()
        cuts.removeAll()
        rows.removeAll()
        do {
            if let outcomes = try runWithoutDecoding(order) { return outcomes }
            let isChecked = try isChecked(order, pack)
            var pass = Pass()
            for utterance in pack.utterances {
                take(utterance, isChecked: isChecked, depth: order.stages.upperBound, &pass)
            }
            let outcomes = try finish(pass, order)
            statistics.add(pass.clock, audioSeconds: pass.ingest.audioSeconds)
            return outcomes
        } catch {
            throw .store(error)
        }
    }

    /// One utterance, through as many stages as are asked for.
    private func take(_ utterance: SourceUtterance, isChecked: Bool, depth: Int, _ pass: inout Pass) {
        switch reader.read(utterance, isChecked: isChecked, clock: &pass.clock) {
        case .rejected(let source, let byteCount, let reason, let message):
            pass.sources.append(
                TaskInput(role: utterance.role, digest: source ?? PackWorker.unreadable))
            pass.ingest.quarantined += 1
            pass.ingestQuarantine.append(
                utterance.quarantine(
                    stage: "ingest", reason: reason, message: message, byteCount: byteCount, source: source))
        case .usable(let source, let heard):
            let audio = reader.audio
            pass.sources.append(TaskInput(role: utterance.role, digest: source))
            pass.ingest.utterances += 1
            pass.ingest.audioSeconds += Double(audio.sampleCount) / Double(audio.sampleRate)
            pass.table.append(
                IngestTable.Row(
                    id: utterance.id, speaker: utterance.speaker, session: utterance.session,
                    sampleRate: audio.sampleRate, channelCount: audio.channelCount,
                    bitsPerSample: audio.bitsPerSample, sampleCount: audio.sampleCount, audio: heard))
            pass.utterances.append(
                utterance.row(
                    sampleRate: audio.sampleRate, sampleCount: audio.sampleCount, source: source, audio: heard
                ))
            if depth > Stage.resample.rawValue { hear(utterance, heard, source, depth: depth, &pass) }
        }
    }

    /// Resamples, cuts and extracts the utterance that was just decoded.
    private func hear(
        _ utterance: SourceUtterance, _ heard: Digest, _ source: Digest, depth: Int, _ pass: inout Pass
    ) {
        let number = waveforms.rowCount
        do {
            let audio = reader.audio
            let isSource = rates.isIdentity(audio)
            let count = isSource ? audio.sampleCount : try rates.convert(audio)
            let waveform = isSource ? audio.samples : rates.waveform
            pass.clock.charge(.resample)
            waveforms.append(waveform, count: count, audio: heard, isSource: isSource)
            pass.clock.charge(.hash)
            pass.resample.utterances += 1
            pass.resample.audioSeconds += Double(audio.sampleCount) / Double(audio.sampleRate)
            guard depth > Stage.frame.rawValue else { return }
            let found = cutter.cuts(count)
            cuts.append(found, utterance: number)
            pass.clock.charge(.frame)
            guard depth > Stage.features.rawValue else { return }
            extractor.extract(waveform, count: count, cuts: found, into: &rows)
            pass.clock.charge(.features)
        } catch {
            // The row stays, without samples, so that rows keep their numbers.
            waveforms.append([], count: 0, audio: heard, isSource: false)
            pass.resample.quarantined += 1
            pass.resampleQuarantine.append(
                utterance.quarantine(
                    stage: "resample", reason: error.reason.rawValue, message: error.message,
                    byteCount: Int(utterance.state.byteCount), source: source))
        }
    }

    private func finish(_ input: Pass, _ order: WorkOrder) throws(StoreError) -> [StageOutcome?] {
        var pass = input
        pass.clock.restart()
        var outcomes: [StageOutcome?] = []
        func stage(_ file: TensorFile) throws(StoreError) -> StagedArtifact {
            try store.stage(file, keep: order.writes[outcomes.count])
        }
        outcomes.append(
            StageOutcome(
                staged: try stage(pass.table.file), counts: pass.ingest, sources: pass.sources,
                utterances: pass.utterances, quarantine: pass.ingestQuarantine,
                elapsedSeconds: pass.clock[.read] + pass.clock[.hash] + pass.clock[.decode]))
        if order.stages.upperBound > Stage.resample.rawValue {
            outcomes.append(
                StageOutcome(
                    staged: try stage(waveforms.file(rate: recipe.resample.rate)), counts: pass.resample,
                    quarantine: pass.resampleQuarantine, elapsedSeconds: pass.clock[.resample]))
        }
        if order.stages.upperBound > Stage.frame.rawValue {
            outcomes.append(
                StageOutcome(
                    staged: try stage(cuts.file(metadata: cutMetadata)), counts: cutCounts(pass.resample),
                    elapsedSeconds: pass.clock[.frame]))
        }
        if order.stages.upperBound > Stage.features.rawValue {
            outcomes.append(
                StageOutcome(
                    staged: try stage(featureFile(pass.table)), counts: cutCounts(pass.resample),
                    elapsedSeconds: pass.clock[.features]))
        }
        pass.clock.charge(.write)
        statistics.add(pass.clock.only(.write), audioSeconds: 0)
        return outcomes
    }

    private func cutCounts(_ resample: TaskCounts) -> TaskCounts {
        var counts = resample
        counts.quarantined = 0
        counts.short = cuts.shortCount
        counts.examples = cuts.count
        return counts
    }

    private func featureFile(_ table: IngestTable) -> TensorFile {
        let width = recipe.features.width
        var shape = [cuts.count, cutter.framesPerExample ?? 0, width]
        var wide = cuts.tensors.wide
        if cutter.framesPerExample == nil {
            shape = [rows.count / width, width]
            wide.append(Tensor("row.frameEnd", rows.frameEnds))
        }
        if recipe.features.kind == .raw { shape.removeLast() }
        var (ids, speakers, sessions) = (TextColumn(), TextColumn(), TextColumn())
        for row in table.rows {
            ids.append(row.id)
            speakers.append(row.speaker)
            sessions.append(row.session)
        }
        let columns = [ids.tensors("utterance"), speakers.tensors("speaker"), sessions.tensors("session")]
        let values = rows.tensor("features", shape: shape, type: recipe.features.dtype)
        // Half-precision values go last but the bytes, so that every tensor starts on its size.
        let isHalf = recipe.features.dtype == .float16
        return TensorFile(
            kind: "features", metadata: metadata,
            tensors: wide + (isHalf ? [] : [values]) + cuts.tensors.narrow + columns.map(\.ends)
                + (isHalf ? [values] : []) + columns.map(\.bytes))
    }

    /// Whether every file of the pack passed every check when it was ingested; then no MD5 is computed again. Where
    /// one was rejected, it must be rejected once more.
    private func isChecked(_ order: WorkOrder, _ pack: Pack) throws(StoreError) -> Bool {
        guard let ingested = order.recorded.first, store.contains(ingested) else { return false }
        return try IngestTable(try store.read(ingested.digest)).rows.count == pack.utterances.count
    }

    /// The outcomes of `frame` and what follows, where the recorded artifacts suffice: cuts need only the lengths of
    /// utterances, and features only waveforms that were kept. Nil where the sources must be decoded. What was made
    /// a moment ago may not be published yet: then it is made again.
    private func runWithoutDecoding(_ order: WorkOrder) throws(StoreError) -> [StageOutcome?]? {
        guard order.stages.lowerBound >= Stage.frame.rawValue,
            store.contains(order.recorded[Stage.ingest.rawValue])
        else { return nil }
        let table = try IngestTable(try store.read(order.recorded[Stage.ingest.rawValue].digest))
        let needsFeatures = order.stages.upperBound > Stage.features.rawValue
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
                    cuts.file(metadata: cutMetadata), keep: order.writes[Stage.frame.rawValue]),
                counts: counts, elapsedSeconds: clock[.frame]))
        if needsFeatures {
            outcomes.append(
                StageOutcome(
                    staged: try store.stage(
                        featureFile(table), keep: order.writes[Stage.features.rawValue]),
                    counts: counts, elapsedSeconds: clock[.features]))
        }
        clock.charge(.write)
        statistics.add(clock, audioSeconds: needsFeatures ? counts.audioSeconds : 0)
        return outcomes
    }

    /// Cuts the utterances of `table` and, where there are waveforms, extracts their features.
    private func cut(
        _ table: IngestTable, _ kept: KeptWaveforms?, _ clock: inout StageClock
    ) throws(StoreError) -> TaskCounts {
        var counts = TaskCounts()
        for (number, row) in table.rows.enumerated() {
            guard let count = rates.outputCount(row.sampleCount, rate: row.sampleRate) else { continue }
            let found = cutter.cuts(count)
            cuts.append(found, utterance: number)
            counts.utterances += 1
            counts.audioSeconds += Double(row.sampleCount) / Double(row.sampleRate)
            clock.charge(.frame)
            guard let kept else { continue }
            let waveform = try kept.waveform(number)
            clock.charge(.read)
            extractor.extract(waveform, count: count, cuts: found, into: &rows)
            clock.charge(.features)
        }
        return cutCounts(counts)
    }

    /// Stands for the digest of a file that cannot be read.
    static let unreadable = Digest.of(Array("twinset: unreadable".utf8))
}
