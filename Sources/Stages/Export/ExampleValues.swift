import ContentStore
import Foundation
import Shards

/// Reads examples' arrays in any order, for one worker. Files stay open for the next row, so many at a time.
struct ExampleValues {
    /// Of the files that the system lets this process open, what each of twice as many workers as there are cores may
    /// have, so that a corpus of thousands of packs is not opened anew for every row.
    private static let openLimit: Int = {
        let half = sysconf(Int32(_SC_OPEN_MAX)) / 2
        return min(max(half / (2 * ProcessInfo.processInfo.activeProcessorCount), 4), 4096)
    }()

    private let table: ExampleTable
    private var files: [Int: OpenFile] = [:]

    init(_ table: ExampleTable) { self.table = table }

    /// Appends the array of a row of the dataset.
    mutating func append(_ row: Int, to target: inout ShardRow) throws {
        let number = table.part(of: row)
        let place = table.place(of: row, in: table.parts[number])
        let file = try file(number)
        try unsafe target.append(shape: place.shape, byteCount: place.byteCount) { bytes in
            try unsafe file.read(into: bytes, at: place.offset)
        }
    }

    /// Appends the shape and size of the array of a row of the dataset.
    func announce(_ row: Int, to target: inout ShardRow) {
        let place = table.place(of: row, in: table.parts[table.part(of: row)])
        target.announce(shape: place.shape, byteCount: place.byteCount)
    }

    private mutating func file(_ number: Int) throws(StoreError) -> OpenFile {
        if let known = files[number] { return known }
        if files.count >= ExampleValues.openLimit { files.removeAll(keepingCapacity: true) }
        let file = try OpenFile(path: table.parts[number].path)
        files[number] = file
        return file
    }
}
