import Audio
import ContentStore
import Features
import Manifest
import Pipeline

/// Makes the changed copies of a pack's train examples: decodes its utterances once more, and takes every copy of one
/// through the same cutting and extraction as the utterance itself.
final class AugmentWorker: LayerWorker {
    private let plan: AugmentationPlan
    private let recipe: Recipe
    private let packs: [AugmentedPack]
    private let store: Store
    private let reader: UtteranceReader
    private let rates: RateConverter
    private let cutter: ExampleCutter
    private var activity: SpeechActivity?
    private let extractor: ExampleExtractor
    private let augmenter: UtteranceAugmenter
    private var table = AugmentTable()
    private var scratch = FeatureRows()
    private let form: FeatureFile

    init(
        recipe: Recipe, plan: AugmentationPlan, packs: [AugmentedPack], store: Store, ffmpeg: FFmpeg?,
        network: VGGishNetwork? = nil
    ) throws(PipelineError) {
        self.recipe = recipe
        self.plan = plan
        self.packs = packs
        self.store = store
        rates = RateConverter(recipe.resample)
        cutter = ExampleCutter(parameters: recipe.frame)
        activity = recipe.frame.activity.map { SpeechActivity($0.parameters) }
        do {
            reader = try UtteranceReader(recipe.ingest, ffmpeg: ffmpeg)
            extractor = try ExampleExtractor(
                frame: recipe.frame, features: recipe.features, network: network)
            augmenter = try UtteranceAugmenter(plan, rate: recipe.resample.rate)
            form = try FeatureFile(recipe)
        } catch {
            throw .worker("\(error)")
        }
    }

    func run(_ order: WorkOrder) throws(PipelineError) -> [StageOutcome?] {
        var clock = StageClock()
        let pack = packs[order.index]
        table.removeAll()
        var counts = TaskCounts()
        do {
            let utterances = try IngestTable(try store.read(pack.ingest))
            let cuts = try CutTable(try store.read(pack.frame))
            try augment(pack, utterances, cuts)
            counts.examples = table.count
            let file = try table.file(form, utterances)
            return [
                StageOutcome(
                    staged: try store.stage(file, keep: order.writes[0]), counts: counts,
                    sources: order.subject.sources.compactMap(TaskInput.init),
                    elapsedSeconds: clock.charge(.features))
            ]
        } catch let error as StoreError {
            throw .store(error)
        } catch let error as PipelineError {
            throw error
        } catch {
            throw .worker("augmenting \(order.subject.id): \(error)")
        }
    }

    private func augment(_ pack: AugmentedPack, _ utterances: IngestTable, _ cuts: CutTable) throws {
        let files = Dictionary(
            pack.pack.utterances.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var row = 0
        for (number, utterance) in utterances.rows.enumerated() {
            let first = row
            var own: [Cut] = []
            while row < cuts.count, Int(cuts.utterances[row]) == number {
                own.append(Cut(start: Int(cuts.starts[row]), length: Int(cuts.lengths[row])))
                row += 1
            }
            guard pack.train.isTrain[first..<row].contains(true), let file = files[utterance.id] else {
                continue
            }
            let (heard, count) = try hear(file, utterance)
            activity?.analyze(heard.span.extracting(0..<count))
            for copy in 0..<plan.parameters.copies {
                try add(
                    copy, of: (number, "\(file.corpus)/\(utterance.id)"), heard, count: count,
                    CopyCuts(firstRow: first, cuts: own, train: pack.train))
            }
        }
    }

    /// Decodes an utterance; of the waveform, the first `count` samples are its own.
    private func hear(
        _ file: SourceUtterance, _ utterance: IngestTable.Row
    ) throws -> (waveform: [Float], count: Int) {
        var clock = StageClock()
        guard case .usable(_, let heard) = reader.read(file, isChecked: true, clock: &clock),
            heard == utterance.audio
        else {
            throw PipelineError.worker("\(file.path) changed while the build ran; build again")
        }
        let audio = reader.audio
        if rates.isIdentity(audio) { return (audio.samples, audio.sampleCount) }
        let count = try rates.convert(audio)
        return (rates.waveform, count)
    }

    private func add(
        _ copy: Int, of utterance: (number: Int, name: String), _ heard: [Float], count: Int,
        _ source: CopyCuts
    ) throws {
        let draw = plan.draw(utterance: utterance.name, copy: copy)
        let copied = try augmenter.apply(draw, to: heard, count: count)
        let waveform = copied.waveform
        let ranges = cutter.ranges(waveform.count, speech: activity, speed: draw.speed.value)
        let usable = source.usable(ranges.cuts, speed: draw.speed.value)
        guard !usable.isEmpty else { return }
        scratch.removeAll()
        extractor.extract(waveform, count: waveform.count, ranges: ranges, into: &scratch)
        table.append(
            usable, ranges.cuts, scratch, utterance: utterance.number,
            record: try plan.record(draw, copy: copy, copied))
    }
}
