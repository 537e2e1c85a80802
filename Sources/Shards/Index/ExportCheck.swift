import ContentStore
internal import Foundation

/// Checks an export against its `index.json`, without the workspace it came from.
package struct ExportCheck: Sendable {
    package struct Report: Encodable, Sendable {
        package let format: String
        package let dataset: String
        /// By side, as the index counts them.
        package let rows: [String: Int]
        package let files: Int
        package let bytes: Int
        package let digest: String
        package var damage: [Damage]
        /// Files that the index does not list.
        package let strangers: [String]

        package var isWhole: Bool { damage.isEmpty && strangers.isEmpty }
    }

    /// A file that is not what the index says, with the rows that are lost with it.
    package struct Damage: Encodable, Sendable {
        package let name: String
        /// `missing`, `wrong size` or `changed`.
        package let what: String
        package let side: String?
        /// The rows of the side that the shard holds: first and one after the last.
        package let firstRow: Int?
        package let endRow: Int?
    }

    package let folder: String
    package let index: ExportIndex

    /// Whether `path` is a folder with an index of ours.
    package static func isExport(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/index.json")
    }

    package init(folder: String) throws(ShardError) {
        self.folder = folder
        guard let data = FileManager.default.contents(atPath: folder + "/index.json") else {
            throw .usage(
                "\(folder) has no index.json: it is no export, or one that was broken off; export again")
        }
        do {
            index = try JSONDecoder().decode(ExportIndex.self, from: data)
        } catch {
            throw .damaged(
                "\(folder)/index.json is no index of an export of Twinset, or is damaged: \(error)")
        }
    }

    /// Rehashes every file, `jobs` at a time.
    package func run(jobs: Int) async throws -> Report {
        let files = index.allFiles
        guard ExportIndex.digest(of: files) == index.digest else {
            throw ShardError.damaged(
                "\(folder)/index.json was changed: its files do not come to the digest that it names; export again"
            )
        }
        let found = await withTaskGroup(of: [(Int, String)].self) { group in
            for worker in 0..<jobs {
                group.addTask {
                    stride(from: worker, to: files.count, by: jobs).compactMap { number in
                        damage(files[number]).map { (number, $0) }
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        let held = rowsOfFiles()
        let damaged = found.sorted { $0.0 < $1.0 }.map { number, what in
            let place = held[files[number].name]
            return Damage(
                name: files[number].name, what: what, side: place?.side, firstRow: place?.rows.lowerBound,
                endRow: place?.rows.upperBound)
        }
        return Report(
            format: index.request.format, dataset: index.request.dataset,
            rows: Dictionary(uniqueKeysWithValues: index.splits.map { ($0.name.rawValue, $0.rows) }),
            files: files.count,
            bytes: files.reduce(0) { $0 + $1.byteCount }, digest: index.digest, damage: damaged,
            strangers: strangers(Set(files.map(\.name))))
    }

    private func damage(_ file: WrittenFile) -> String? {
        let path = folder + "/" + file.name
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else { return "missing" }
        guard facts[.size] as? Int == file.byteCount else { return "wrong size" }
        let digest = try? OpenFile(path: path).digest()
        return digest?.hex == file.sha256 ? nil : "changed"
    }

    /// The rows that each shard file holds.
    private func rowsOfFiles() -> [String: (side: String, rows: Range<Int>)] {
        var places: [String: (side: String, rows: Range<Int>)] = [:]
        for split in index.splits {
            var first = 0
            for shard in split.shards {
                for file in shard.files {
                    places[file.name] = (split.name.rawValue, first..<first + shard.rows)
                }
                first += shard.rows
            }
        }
        return places
    }

    private func strangers(_ known: Set<String>) -> [String] {
        let enumerator = FileManager.default.enumerator(atPath: folder)
        var found: [String] = []
        while let name = enumerator?.nextObject() as? String {
            // What a reader leaves, such as Python's compiled files, is no damage.
            guard !name.hasPrefix("."), !name.contains("__pycache__"), name != "index.json",
                !known.contains(name)
            else { continue }
            var isFolder: ObjCBool = false
            _ = unsafe FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
            if !isFolder.boolValue { found.append(name) }
        }
        return found.sorted { $0.precedesByBytes($1) }
    }
}
