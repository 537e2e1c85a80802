import Audio
import ContentStore
import Foundation
import Manifest
import Synchronization

/// What the recipe's corpora hold now: packs, speakers, and the digests of files as far as they are known.
struct CorpusScan: Sendable {
    var packs: [Pack] = []
    var speakers: [SpeakerRow] = []
    var warnings: [String] = []
    /// Packs whose files were hashed anew though they were known before: to be remembered.
    var rehashed: [Int] = []
    /// What augmentation draws from, where the recipe asks for it.
    var augmentation: AugmentationPlan?
    /// Folders of sounds of which files were hashed now: to be remembered.
    var newSounds: [SoundFolder] = []
    /// What pairs are mined by, where the recipe asks for it, and whether it was hashed now.
    var embeddings: EmbeddingsFile?
    var hasNewEmbeddings = false
    /// The program for files that the libraries do not read, looked for where there are such files.
    var ffmpeg: FFmpeg?
    /// What the lists of a split by files say of these utterances.
    var listed: ListedSides?
    /// The lists of trials whose speakers the certificate looks for in train.
    var trialLists: [TrialList] = []

    /// Scans the recipe's corpora. Files that are remembered unchanged get their digests; those that look changed
    /// are hashed, but only in packs that were ingested before: others are read when they are decoded.
    static func scan(_ recipe: Recipe, ledger: Ledger, jobs: Int) async throws -> CorpusScan {
        var scan = CorpusScan()
        let cutter = PackCutter()
        var roots: [String] = []
        var unselected: Set<String> = []
        for request in recipe.corpora {
            let contents = try CorpusReader(request: request).read(
                unknownSpeakers: recipe.ingest.unknownSpeakers)
            scan.packs += cutter.cut(contents.utterances)
            scan.warnings += contents.warnings
            roots.append(contents.root)
            if !recipe.splitFiles.isEmpty { unselected.formUnion(contents.unselected.map(UtteranceName.id)) }
            scan.speakers += contents.speakers.values
                .sorted { $0.id.precedesByBytes($1.id) }
                .map { speaker in
                    SpeakerRow(
                        corpus: request.name, id: speaker.id, sex: speaker.sex.rawValue,
                        subset: speaker.subset ?? "", name: speaker.name ?? "")
                }
        }
        guard !scan.packs.isEmpty else {
            throw StageError.usage(
                "the recipe selects no utterance of its corpora; look at subsets and speakers")
        }
        if !recipe.splitFiles.isEmpty {
            var lists: [SplitList] = []
            for file in recipe.splitFiles {
                let path = try SplitList.find(file, near: roots, recipe: recipe.origin.file)
                lists.append(try SplitList(path: path, side: file.side))
            }
            scan.listed = try ListedSides(
                lists, utterances: scan.packs.lazy.flatMap(\.utterances), unselected: unselected)
        }
        for file in recipe.certificate.trials {
            let path = try SplitList.find(file, near: roots, recipe: recipe.origin.file)
            scan.trialLists.append(try TrialList(path: path))
        }
        if scan.packs.contains(where: { $0.utterances.contains { FFmpeg.reads($0.path) } }) {
            scan.ffmpeg = FFmpeg.find()
        }
        let cache = try ledger.sourceCache()
        for index in scan.packs.indices {
            guard let entries = cache[scan.packs[index].id] else { continue }
            SourceCache.apply(entries, to: &scan.packs[index].utterances)
        }
        if let request = recipe.augment { try scan.findSounds(request, cache, rate: recipe.resample.rate) }
        if let request = recipe.embeddings {
            var file = try EmbeddingsFile(request)
            scan.hasNewEmbeddings = try file.resolve(remembered: cache[EmbeddingsFile.cacheName])
            scan.embeddings = file
        }
        try await scan.hashChanged(known: try ledger.subjects(of: "ingest"), jobs: jobs)
        return scan
    }

    /// The speakers as one digest: what a split depends on besides utterances.
    func speakersDigest() -> Digest {
        var builder = DigestBuilder(domain: "twinset.speakers.1")
        for row in speakers {
            builder.add("id", "\(row.corpus)/\(row.id)")
            builder.add("sex", row.sex)
            builder.add("subset", row.subset)
        }
        return builder.finish()
    }

    /// Finds the noises and impulse responses, and hashes those that are new or changed.
    private mutating func findSounds(
        _ request: AugmentRequest, _ cache: [String: [UInt8]], rate: Int
    ) throws {
        func folder(_ role: String, _ path: String?, longest: Int?) throws -> SoundFolder? {
            guard let path else { return nil }
            var folder = try SoundFolder(role: role, path: path, place: request.place)
            let read = try folder.resolve(remembered: cache[folder.cacheName])
            if !read.isEmpty {
                try SoundLibrary(folder, rate: rate, longest: longest).check(read)
                newSounds.append(folder)
            }
            return folder
        }
        augmentation = AugmentationPlan(
            parameters: request.parameters, noise: try folder("noise", request.noisePath, longest: nil),
            responses: try folder(
                "responses", request.responsePath, longest: UtteranceAugmenter.longestResponse))
    }

    private mutating func hashChanged(known: Set<String>, jobs: Int) async throws {
        let packs = self.packs
        let changed = packs.indices.filter { index in
            known.contains(packs[index].id) && packs[index].utterances.contains { $0.digest == nil }
        }
        guard !changed.isEmpty else { return }
        // A recording of many utterances is read once.
        var seen: Set<String> = []
        let paths = changed.flatMap { packs[$0].utterances }
            .filter { $0.digest == nil && seen.insert($0.path).inserted }.map(\.path)
        let next = NextIndex()
        let digests = await withTaskGroup(of: [String: Digest].self) { group in
            for _ in 0..<jobs {
                group.addTask {
                    var done: [String: Digest] = [:]
                    while let position = next.take(below: paths.count) {
                        done[paths[position]] = CorpusScan.digest(paths[position])
                    }
                    return done
                }
            }
            return await group.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        }
        for index in changed {
            for place in self.packs[index].utterances.indices
            where self.packs[index].utterances[place].digest == nil {
                let path = self.packs[index].utterances[place].path
                self.packs[index].utterances[place].digest = digests[path]
            }
        }
        rehashed = changed
    }

    private static func digest(_ path: String) -> Digest {
        do {
            return try SourceFile.digest(path: path)
        } catch {
            // It is quarantined as unreadable when its turn comes.
            return PackWorker.unreadable
        }
    }
}

/// Hands out 0, 1, 2 … to concurrent tasks.
final class NextIndex: Sendable {
    private let next = Atomic<Int>(0)

    func take(below count: Int) -> Int? {
        let index = next.add(1, ordering: .relaxed).oldValue
        return index < count ? index : nil
    }
}
