import ContentStore
import Foundation
import TestSupport
import Testing

@Suite("A source file")
struct SourceFileTests {
    private func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    @Test(
        "is read whole, after a longer one and after a shorter one",
        arguments: [[5, 9, 0, 1, 9], [0], [9, 100_000, 3]])
    func reused(sizes: [Int]) throws {
        let folder = TemporaryFolder()
        var source = SourceFile()
        for (number, size) in sizes.enumerated() {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number) }
            let path = "\(folder.path)/\(number)"
            try write(bytes, path)
            try source.read(path: path)
            #expect(source.count == size)
            #expect(source.bytes.prefix(source.count) == bytes[...])
            #expect(source.digest() == Digest.of(bytes))
            #expect(try SourceFile.digest(path: path) == Digest.of(bytes))
        }
    }

    @Test("longer than one piece is hashed whole")
    func large() throws {
        let folder = TemporaryFolder()
        let bytes = [UInt8](repeating: 3, count: 3 << 20 | 17)
        try write(bytes, folder.path + "/large")
        #expect(try SourceFile.digest(path: folder.path + "/large") == Digest.of(bytes))
    }

    @Test(
        "whose size is not told beforehand is read to its end",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/version")))
    func unknownSize() throws {
        var source = SourceFile()
        try source.read(path: "/proc/version")
        #expect(source.count > 8)
        #expect(try source.digest() == SourceFile.digest(path: "/proc/version"))
    }

    @Test("that is not there, or is a folder, is refused in one sentence")
    func refused() throws {
        let folder = TemporaryFolder()
        var source = SourceFile()
        let absent = #expect(throws: StoreError.self) { try source.read(path: folder.path + "/absent") }
        #expect(absent?.message == "cannot read \(folder.path)/absent: No such file or directory")
        let directory = #expect(throws: StoreError.self) { try source.read(path: folder.path) }
        #expect(directory?.message == "cannot read \(folder.path): it is not a file")
        let unhashed = #expect(throws: StoreError.self) { try SourceFile.digest(path: folder.path) }
        #expect(unhashed?.message == "cannot read \(folder.path): it is not a file")
    }
}
