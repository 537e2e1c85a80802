import ContentStore
import Foundation
import Shards

/// The folder that an export grows in: beside its place, under a name of its own, until all is there.
///
///     .NAME.partial/request.json    what was asked; only the same request goes on with it
///     .NAME.partial/receipts/       one for each shard that is whole
///     .NAME.partial/…               the shards
struct ExportFolder: Sendable {
    let out: String
    let partial: String
    let request: ExportIndex.Request

    init(_ out: String, request: ExportIndex.Request) {
        let url = URL(fileURLWithPath: out)
        self.out = url.path
        partial =
            url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).partial").path
        self.request = request
    }

    /// The index of the very same export where it is there already; nil where nothing is. Refuses a folder that holds
    /// anything else.
    func existing() throws(StageError) -> ExportIndex? {
        let manager = FileManager.default
        guard manager.fileExists(atPath: out) else { return nil }
        let names = (try? manager.contentsOfDirectory(atPath: out)) ?? ["?"]
        if names.isEmpty { return nil }
        guard let data = manager.contents(atPath: out + "/index.json"),
            let index = try? JSONDecoder().decode(ExportIndex.self, from: data)
        else {
            throw .usage("\(out) holds something that is no export of Twinset; choose another --out")
        }
        guard index.request == request else {
            throw .usage(
                "\(out) holds another export (\(index.request.content.rawValue) as \(index.request.format), dataset "
                    + "\(index.request.dataset.prefix(12))…); choose another --out, or remove that folder")
        }
        return index
    }

    /// Makes the folder, or takes what a broken-off export of the same request left there; the receipts of its shards.
    func begin() throws -> [ShardReceipt] {
        let text = try CanonicalJSON.encode(request)
        let requestPath = partial + "/request.json"
        if let known = FileManager.default.contents(atPath: requestPath), known == Data(text.utf8) {
            return try receipts()
        }
        if FileManager.default.fileExists(atPath: partial) {
            guard FileManager.default.fileExists(atPath: requestPath) else {
                throw StageError.usage("\(partial) is in the way and was not made by an export; remove it")
            }
            try FileManager.default.removeItem(atPath: partial)
        }
        try FileManager.default.createDirectory(
            atPath: partial + "/receipts", withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: requestPath), options: .atomic)
        return []
    }

    private func receipts() throws -> [ShardReceipt] {
        let folder = partial + "/receipts"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { name in
            guard let data = FileManager.default.contents(atPath: folder + "/" + name),
                let receipt = try? JSONDecoder().decode(ShardReceipt.self, from: data),
                receipt.files.allSatisfy({ isWhole($0) })
            else { return nil }
            return receipt
        }
    }

    private func isWhole(_ file: WrittenFile) -> Bool {
        let facts = try? FileManager.default.attributesOfItem(atPath: partial + "/" + file.name)
        return facts?[.size] as? Int == file.byteCount
    }

    func keep(_ receipt: ShardReceipt) throws {
        let data = Data(try CanonicalJSON.encode(receipt).utf8)
        let path = "\(partial)/receipts/\(receipt.side.rawValue)-\(receipt.number).json"
        try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    /// Writes the index and brings the folder to its place.
    func publish(_ index: ExportIndex) throws {
        try FileManager.default.removeItem(atPath: partial + "/receipts")
        try FileManager.default.removeItem(atPath: partial + "/request.json")
        _ = try ShardFile.write(try index.text(), to: "index.json", in: partial)
        try ShardFile.synchronize(partial)
        // An empty folder may stand there.
        _ = unsafe rmdir(out)
        guard unsafe rename(partial, out) == 0 else {
            throw StageError.failed("cannot bring the export to \(out): \(StageError.systemReason())")
        }
        // The new name is to outlast a loss of power as the files do.
        let parent = unsafe open(URL(fileURLWithPath: out).deletingLastPathComponent().path, O_RDONLY)
        if parent >= 0 {
            fsync(parent)
            close(parent)
        }
    }

    /// Bytes of what an export that was broken off left there: it is kept, or written over, or removed.
    var partialByteCount: Int {
        guard FileManager.default.fileExists(atPath: partial + "/request.json"),
            let files = FileManager.default.enumerator(
                at: URL(fileURLWithPath: partial), includingPropertiesForKeys: [.fileSizeKey])
        else { return 0 }
        return files.reduce(0) { sum, file in
            sum + ((try? (file as? URL)?.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0)
        }
    }

    /// Bytes free where it is written.
    var freeByteCount: Int? {
        var folder = URL(fileURLWithPath: out).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
            folder.deleteLastPathComponent()
        }
        return Store(reading: folder.path).freeByteCount
    }
}
