import Audio
import ContentStore
import Features
import Manifest
import Pipeline

/// Takes a pack through ingest → resample → frame → features in one pass: every file is read and decoded once,
/// and each utterance's bytes are handed on in memory. Memory is one utterance's audio plus one pack's output.
final class PackWorker: LayerWorker {
    enum Stage: Int { case ingest, resample, frame, features, fingerprint }

    private let recipe: Recipe
    private let packs: [Pack]
    let store: Store
    let statistics: BuildStatistics
    let cutter: ExampleCutter
    let reader: UtteranceReader
    let rates: RateConverter
    /// Where somebody speaks, for recipes that ask.
    var activity: SpeechActivity?
    let extractor: ExampleExtractor
    let fingerprinter: PackFingerprinter
    var output: PackOutput

    init(
        recipe: Recipe, packs: [Pack], store: Store, statistics: BuildStatistics, ffmpeg: FFmpeg? = nil,
        network: VGGishNetwork? = nil
    ) throws(PipelineError) {
        self.recipe = recipe
        self.packs = packs
        self.store = store
        self.statistics = statistics
        cutter = ExampleCutter(parameters: recipe.frame)
        activity = recipe.frame.activity.map { SpeechActivity($0.parameters) }
        rates = RateConverter(recipe.resample)
        fingerprinter = PackFingerprinter(FingerprintParameters(), channels: recipe.resample.channels)
        do {
            output = try PackOutput(recipe)
            reader = try UtteranceReader(recipe.ingest, ffmpeg: ffmpeg)
            extractor = try ExampleExtractor(
                frame: recipe.frame, features: recipe.features, network: network)
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
        output.removeAll()
        fingerprinter.removeAll()
        do {
            if let outcomes = try runWithoutDecoding(order) { return outcomes }
            if let outcomes = try runFingerprintAlone(order, pack) { return outcomes }
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
            if depth > Stage.fingerprint.rawValue {
                fingerprinter.append(audio)
                pass.clock.charge(.fingerprint)
            }
        }
    }

    /// Resamples, cuts and extracts the utterance that was just decoded.
    private func hear(
        _ utterance: SourceUtterance, _ heard: Digest, _ source: Digest, depth: Int, _ pass: inout Pass
    ) {
        let number = output.waveforms.rowCount
        do {
            let audio = reader.audio
            let isSource = rates.isIdentity(audio)
            let count = isSource ? audio.sampleCount : try rates.convert(audio)
            let waveform = isSource ? audio.samples : rates.waveform
            pass.clock.charge(.resample)
            output.waveforms.append(waveform, count: count, audio: heard, isSource: isSource)
            pass.clock.charge(.hash)
            pass.resample.utterances += 1
            pass.resample.audioSeconds += Double(audio.sampleCount) / Double(audio.sampleRate)
            guard depth > Stage.frame.rawValue else { return }
            activity?.analyze(waveform.span.extracting(0..<count))
            let ranges = cutter.ranges(count, speech: activity)
            output.cuts.append(ranges.cuts, utterance: number)
            pass.clock.charge(.frame)
            guard depth > Stage.features.rawValue else { return }
            extractor.extract(waveform, count: count, ranges: ranges, into: &output.rows)
            pass.clock.charge(.features)
        } catch {
            // The row stays, without samples, so that rows keep their numbers.
            output.waveforms.append([], count: 0, audio: heard, isSource: false)
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
                    staged: try stage(output.waveformFile()), counts: pass.resample,
                    quarantine: pass.resampleQuarantine, elapsedSeconds: pass.clock[.resample]))
        }
        if order.stages.upperBound > Stage.frame.rawValue {
            outcomes.append(
                StageOutcome(
                    staged: try stage(output.cutFile()), counts: output.counts(of: pass.resample),
                    elapsedSeconds: pass.clock[.frame]))
        }
        if order.stages.upperBound > Stage.features.rawValue {
            outcomes.append(
                StageOutcome(
                    staged: try stage(try output.featureFile(pass.table)),
                    counts: output.counts(of: pass.resample),
                    elapsedSeconds: pass.clock[.features]))
        }
        if order.stages.upperBound > Stage.fingerprint.rawValue {
            var counts = pass.ingest
            counts.quarantined = 0
            outcomes.append(
                StageOutcome(
                    staged: try stage(try fingerprinter.file()), counts: counts,
                    elapsedSeconds: pass.clock[.fingerprint]))
        }
        pass.clock.charge(.write)
        statistics.add(pass.clock.only(.write), audioSeconds: 0)
        return outcomes
    }

    /// Whether every file of the pack passed every check when it was ingested; then no MD5 is computed again. Where
    /// one was rejected, it must be rejected once more.
    private func isChecked(_ order: WorkOrder, _ pack: Pack) throws(StoreError) -> Bool {
        guard let ingested = order.recorded.first, store.contains(ingested) else { return false }
        return try IngestTable(try store.read(ingested.digest)).rows.count == pack.utterances.count
    }

    /// Stands for the digest of a file that cannot be read.
    static let unreadable = Digest.of(Array("twinset: unreadable".utf8))
}
