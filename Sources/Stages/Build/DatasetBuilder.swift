import ContentStore
import Corpus
import Foundation
import Manifest
import Pipeline

/// Builds the dataset of a recipe in a workspace, running what is missing and no more.
package struct DatasetBuilder: Sendable {
    package let recipe: Recipe
    package let workspace: Workspace
    package let jobs: Int
    package let statistics = BuildStatistics()

    package init(recipe: Recipe, workspace: Workspace, jobs: Int) {
        self.recipe = recipe
        self.workspace = workspace
        self.jobs = jobs
    }

    /// Everything a build or a plan works with.
    private struct Session {
        let opened: Workspace.Opened
        let ledger: Ledger
        let writer: ManifestWriter
        let scan: CorpusScan
        let layers: DatasetLayers
        let planner: Planner

        /// About what the stale packs will write.
        func estimate(_ packs: LayerPlan, jobs: Int) -> SizeEstimate {
            let stale = scan.packs.indices.filter { index in packs.states.contains { $0[index].reason != nil }
            }
            return SizeEstimate(
                layers.recipe, stale: stale.map { scan.packs[$0] }, store: opened.store, jobs: jobs)
        }
    }

    private func begin(_ opened: Workspace.Opened) async throws -> Session {
        guard recipe.features.normalize != .dataset || recipe.keep.contains(.features) else {
            throw StageError.usage(
                "features.normalize: dataset reads the features again; add features to keep")
        }
        statistics.enter("scan")
        let last = try opened.ledger.lastBuild(of: recipe.name)
        let ledger = Ledger(opened.database, reference: last?.number)
        let scan = try await CorpusScan.scan(recipe, ledger: ledger, jobs: jobs)
        statistics.expect(sourceBytes: scan.packs.reduce(0) { $0 + $1.sourceByteCount })
        return Session(
            opened: opened, ledger: ledger, writer: ManifestWriter(opened.database), scan: scan,
            layers: DatasetLayers(recipe: recipe, scan: scan, store: opened.store, statistics: statistics),
            planner: Planner(ledger: ledger, store: opened.store))
    }

    /// What a build would run and why. Nothing is written, not even a workspace.
    package func plan() async throws -> DatasetPlan {
        try await workspace.withOpenForReading { try await plan(try await begin($0)) }
    }

    private func plan(_ session: Session) async throws -> DatasetPlan {
        var resolved = Resolved()
        var plans: [LayerPlan] = []
        func add(_ layer: Layer) throws {
            let plan = try session.planner.plan(layer, after: resolved)
            plan.add(to: &resolved)
            plans.append(plan)
        }
        try add(try session.layers.packs())
        let estimate = session.estimate(plans[0], jobs: jobs)
        try add(try session.layers.split())
        try add(try session.layers.certificate())
        if recipe.features.normalize == .dataset {
            try add(try session.layers.trainStatistics())
            try add(try session.layers.normalize())
        }
        if let plan = session.scan.augmentation {
            try add(try session.layers.augment(plan, try session.layers.augmentedPacks(resolved)))
            if recipe.features.normalize == .dataset {
                try add(try session.layers.normalizeAugmented(resolved))
            }
        }
        var estimates = [estimate]
        if let pairs = recipe.pairs {
            try add(try session.layers.pairs(pairs, resolved).layer)
            if plans.last?.isUpToDate == false {
                let bytes = session.layers.largestByteCount(pairs, resolved)
                estimates.append(SizeEstimate(pairs: bytes, store: session.opened.store))
            }
        }
        if let trials = recipe.trials {
            try add(try session.layers.trials(trials, resolved).layer)
            if plans.last?.isUpToDate == false {
                let bytes = session.layers.largestByteCount(trials, resolved)
                estimates.append(SizeEstimate(pairs: bytes, store: session.opened.store))
            }
        }
        if let episodes = recipe.episodes { try add(try session.layers.episodes(episodes).layer) }
        return DatasetPlan(
            plans, recipe: recipe, scan: session.scan, estimate: estimates.reduce(SizeEstimate.none, +))
    }

    /// Runs what is missing. `onWait` is told who else holds the workspace, if anybody does.
    package func build(onWait: @Sendable (String) -> Void = { _ in }) async throws -> BuildSummary {
        let start = ContinuousClock.now
        let lock = try WorkspaceLock.acquire(workspace, onWait: onWait)
        let session = try await begin(try workspace.open())
        _ = try session.opened.store.removeIncoming()
        try await remember(session.scan.rehashed, session)
        try await session.writer.remember(
            sources: session.scan.newSounds.map { ($0.cacheName, SourceCache.encode($0.files)) })
        if let embeddings = session.scan.embeddings, session.scan.hasNewEmbeddings {
            try await session.writer.remember(
                sources: [(EmbeddingsFile.cacheName, embeddings.remembered)])
        }
        var progress = Progress(session: session, builder: self)
        try await progress.run()
        let summary = try await finish(progress, start: start)
        _ = consume lock
        return summary
    }

    /// The layers run so far.
    private struct Progress {
        let session: Session
        let builder: DatasetBuilder
        var resolved = Resolved()
        var tasks = BuildSummary.Tasks()

        mutating func run() async throws {
            let layers = session.layers
            try await session.writer.record(speakers: session.scan.speakers)
            try await runPacks()
            let resolved = self.resolved
            try await run("split", try layers.split()) { layers.splitWorker(resolved) }
            let divided = self.resolved
            try await run("certificate", try layers.certificate()) {
                try layers.certificateWorker(divided)
            }
            if builder.recipe.features.normalize == .dataset {
                let resolved = self.resolved
                try await run("statistics", try layers.trainStatistics()) {
                    try layers.statisticsWorker(resolved)
                }
                let counted = self.resolved
                try await run("normalize", try layers.normalize()) { try layers.normalizeWorker(counted) }
            }
            try await augment()
            if let pairs = builder.recipe.pairs {
                let resolved = self.resolved
                let (layer, shards) = try layers.pairs(pairs, resolved)
                let estimate = SizeEstimate(
                    pairs: layers.largestByteCount(pairs, resolved), store: session.opened.store)
                if try !session.planner.plan(layer, after: resolved).isUpToDate {
                    try estimate.check(workspace: builder.workspace)
                }
                try await run("pairs", layer) { try layers.pairWorker(pairs, shards, resolved) }
            }
            try await runQuestions()
        }

        /// Trials and episodes.
        private mutating func runQuestions() async throws {
            let layers = session.layers
            let resolved = self.resolved
            if let trials = builder.recipe.trials {
                let (layer, shards) = try layers.trials(trials, resolved)
                let estimate = SizeEstimate(
                    pairs: layers.largestByteCount(trials, resolved), store: session.opened.store)
                if try !session.planner.plan(layer, after: resolved).isUpToDate {
                    try estimate.check(workspace: builder.workspace)
                }
                try await run("trials", layer) { try layers.trialWorker(trials, shards, resolved) }
            }
            if let episodes = builder.recipe.episodes {
                let (layer, sets) = try layers.episodes(episodes)
                try await run("episodes", layer) { try layers.episodeWorker(episodes, sets, resolved) }
            }
        }

        private mutating func augment() async throws {
            guard let plan = session.scan.augmentation else { return }
            let layers = session.layers
            let packs = try layers.augmentedPacks(resolved) ?? []
            try await run("augment", try layers.augment(plan, packs)) {
                try layers.augmentWorker(plan, packs)
            }
            guard builder.recipe.features.normalize == .dataset else { return }
            let resolved = self.resolved
            try await run("normalize-augmented", try layers.normalizeAugmented(resolved)) {
                try layers.normalizeAugmentedWorker(resolved)
            }
        }

        private mutating func runPacks() async throws {
            let session = session
            let layer = try session.layers.packs()
            let plan = try session.planner.plan(layer, after: resolved)
            let estimate = session.estimate(plan, jobs: builder.jobs)
            try estimate.check(workspace: builder.workspace)
            builder.statistics.enter("packs", hours: estimate.hours)
            let positions = Dictionary(
                session.scan.packs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
            let layers = session.layers
            let result = try await builder.runner(session).run(
                plan, after: &resolved, makeWorker: { try layers.packWorker() },
                onRecorded: { subject, receipts in
                    guard let position = positions[subject.id], let ingest = receipts.first,
                        ingest.question.stage.name == "ingest"
                    else { return }
                    try await DatasetBuilder.remember(
                        session.scan.packs[position], ingest.question.inputs, session.writer)
                })
            add(result)
        }

        private mutating func run(
            _ name: String, _ layer: Layer, _ makeWorker: @escaping @Sendable () throws -> any LayerWorker
        ) async throws {
            builder.statistics.enter(name)
            let plan = try session.planner.plan(layer, after: resolved)
            add(try await builder.runner(session).run(plan, after: &resolved, makeWorker: makeWorker))
        }

        private mutating func add(_ result: Runner.Result) {
            tasks.ran += result.ranCount
            tasks.upToDate += result.upToDateCount
        }
    }

    private func runner(_ session: Session) -> Runner {
        Runner(
            ledger: session.ledger, store: session.opened.store, writer: session.writer, jobs: jobs,
            host: ProcessInfo.processInfo.hostName)
    }

    /// Remembers the digests that a pack's files had when they were read.
    private static func remember(_ pack: Pack, _ inputs: [TaskInput], _ writer: ManifestWriter) async throws {
        var utterances = pack.utterances
        for (index, input) in zip(utterances.indices, inputs) {
            utterances[index].digest = input.digest == PackWorker.unreadable ? nil : input.digest
        }
        try await writer.remember(sources: [(pack.id, SourceCache.encode(utterances))])
    }

    private func remember(_ packs: [Int], _ session: Session) async throws {
        try await session.writer.remember(
            sources: packs.map { index in
                let pack = session.scan.packs[index]
                let readable = pack.utterances.filter { $0.digest != PackWorker.unreadable }
                return (pack.id, SourceCache.encode(readable))
            })
    }

    private func finish(_ progress: Progress, start: ContinuousClock.Instant) async throws -> BuildSummary {
        let session = progress.session
        let resolved = progress.resolved
        var summary = try summarize(resolved, session)
        summary.tasks = progress.tasks
        let elapsed = start.duration(to: .now)
        summary.seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        let dataset = resolved.datasetDigest(without: ["fingerprint", "certificate"])
        summary.dataset = dataset.hex
        summary.recipe = recipe.name
        let parameters = try CanonicalJSON.encode(recipe.origin)
        let last = try session.ledger.lastBuild(of: recipe.name)
        // Also a build that ran nothing is recorded when the recipe or the corpora's places are others than last
        // time: what is kept, repaired and compared with is the last build.
        if last?.dataset != dataset || last?.parameters != parameters || progress.tasks.ran > 0 {
            if let last, last.parameters != parameters { try await recordPlaces(resolved, session) }
            let tasks = resolved.stages.flatMap { stage in
                resolved.known(stage).map { (role: "\(stage)/\($0.subject)", key: $0.key) }
            }
            _ = try await session.writer.record(
                build: BuildRow(
                    recipe: recipe.name, dataset: dataset, parameters: parameters,
                    summary: try CanonicalJSON.encode(summary), seconds: summary.seconds, tasks: tasks))
        }
        return summary
    }

    /// The corpora may lie elsewhere than when their files were read.
    private func recordPlaces(_ resolved: Resolved, _ session: Session) async throws {
        let places = session.scan.packs.compactMap { pack in
            resolved.entry("ingest", pack.id).map { entry in
                (key: entry.key, files: pack.utterances.map { (utterance: $0.id, path: $0.path) })
            }
        }
        try await session.writer.record(places: places)
    }

    /// What a user should know of the pairs and episodes.
    private func selectionNotes(_ resolved: Resolved, _ store: Store) throws -> [String] {
        let pairs = try resolved.known("pairs").map { try store.read($0.artifact.digest) }
        var notes = pairs.compactMap { PairWorker.note(on: $0) } + MiningWorker.notes(on: pairs)
        for entry in resolved.known("episodes") {
            let note = EpisodeWorker.note(on: try store.read(entry.artifact.digest))
            if let note, !notes.contains(note) { notes.append(note) }
        }
        return notes
    }

    /// What a user should know of the examples themselves.
    private func contentNotes(_ summary: BuildSummary) -> [String] {
        var notes: [String] = []
        if summary.examples == 0, summary.short > 0 {
            notes.append("the dataset has no example: every utterance is too short for section frame")
        }
        let empty = recipe.features.matrix?.emptyFilterCount ?? 0
        if empty > 0 {
            notes.append(
                "\(Amount.count(empty)) mel filters lie between two bins of the FFT and hear nothing; take fewer "
                    + "features.mels or a larger features.fft")
        }
        return notes
    }

    private func summarize(_ resolved: Resolved, _ session: Session) throws -> BuildSummary {
        var summary = BuildSummary()
        let ingest = resolved.known("ingest").reduce(TaskCounts()) { $0 + $1.counts }
        let resample = resolved.known("resample").reduce(TaskCounts()) { $0 + $1.counts }
        let frame = resolved.known("frame").reduce(TaskCounts()) { $0 + $1.counts }
        summary.utterances = ingest.utterances - resample.quarantined
        summary.quarantined = ingest.quarantined + resample.quarantined
        summary.tolerance = recipe.tolerance
        summary.short = frame.short
        summary.examples = frame.examples
        summary.hours = ingest.audioSeconds / 3600
        summary.copies = resolved.known("augment").reduce(0) { $0 + $1.counts.examples }
        summary.pairs = resolved.known("pairs").reduce(0) { $0 + $1.counts.pairs }
        summary.trials = recipe.trials.map { _ in resolved.known("trials").reduce(0) { $0 + $1.counts.pairs }
        }
        summary.episodes = recipe.episodes.map { _ in
            resolved.known("episodes").reduce(0) { $0 + $1.counts.pairs }
        }
        for entry in resolved.known("ingest") + resolved.known("resample") where entry.counts.quarantined > 0
        {
            for row in try session.opened.ledger.quarantine(of: entry.key) {
                summary.reasons[row.reason, default: 0] += 1
            }
        }
        let kept = Set(
            [
                "ingest", "frame", "fingerprint", "split", "certificate", "statistics", "pairs", "trials",
                "episodes",
            ] + recipe.keep.map(\.rawValue)
                + (recipe.keep.contains(.features) ? ["normalize", "augment", "normalize-augmented"] : []))
        // Two packs may have one artifact.
        summary.bytes = Set(resolved.stages.filter(kept.contains).flatMap(resolved.known).map(\.artifact))
            .reduce(0) { $0 + $1.byteCount }
        if let split = resolved.known("split").first {
            let found = try SplitTable.Summary(try session.opened.store.read(split.artifact.digest))
            for count in found.counts where count.examples > 0 {
                summary.sides[count.side?.rawValue ?? "not used"] = BuildSummary.Side(
                    examples: count.examples, utterances: count.utterances, speakers: count.speakers,
                    sexes: count.sexes, hours: Double(count.milliseconds) / 3_600_000)
            }
            summary.leaks = found.audit.findings.map {
                BuildSummary.Leak(kind: $0.leak.rawValue, count: $0.count)
            }
            summary.warnings = session.scan.warnings + found.notes
            summary.exposure = try Exposure.measure(
                pairs: resolved.known("pairs"), split: split.artifact.digest, copies: summary.copies,
                store: session.opened.store)
        }
        for entry in resolved.known("certificate") {
            let counts = try Certificate.counts(try session.opened.store.read(entry.artifact.digest))
            summary.leaks += Leak.allCases.filter { !Leak.ofSplit.contains($0) }.compactMap { leak in
                counts[leak.rawValue].map { BuildSummary.Leak(kind: leak.rawValue, count: $0) }
            }
        }
        summary.warnings += try selectionNotes(resolved, session.opened.store) + contentNotes(summary)
        addCosts(to: &summary)
        return summary
    }

    private func addCosts(to summary: inout BuildSummary) {
        let clock = statistics.clock
        for part in StageClock.Part.allCases { summary.cpuSeconds[part.rawValue] = clock[part] }
        summary.cpuSeconds["other"] = max(0, processCPUSeconds() - clock.seconds.reduce(0, +))
        summary.peakMemoryBytes = peakMemoryByteCount()
    }
}
