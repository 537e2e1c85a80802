import ContentStore
import Foundation
import Manifest
import TestSupport
import Testing

@Suite("A manifest's file")
struct ManifestDatabaseTests {
    /// Bytes 60 to 63 of an SQLite file are its user version, 68 to 71 its application id, both big-endian.
    private enum Field: Int {
        case userVersion = 60
        case applicationID = 68
    }

    /// Makes an empty manifest, closes it, and writes `value` over a field of its header.
    private func make(_ path: String, _ changes: [(Field, UInt32)] = []) throws {
        _ = try ManifestDatabase(path: path, create: true)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for (field, value) in changes {
            for index in 0..<4 {
                bytes[field.rawValue + index] = UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * index))
            }
        }
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    private func refusal(_ path: String, create: Bool = true) -> ManifestError? {
        do throws(ManifestError) {
            _ = try ManifestDatabase(path: path, create: create)
            return nil
        } catch {
            #expect(error.message.contains(path))
            #expect(!error.message.contains("\n") && !error.message.contains(". "))
            return error
        }
    }

    @Test("is made when asked for, marked as ours, and opened again")
    func made() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/manifest.sqlite"
        try make(path)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(bytes[60..<64].elementsEqual([0, 0, 0, 1]))
        #expect(bytes[68..<72].elementsEqual("TwSt".utf8))
        #expect(refusal(path, create: false)?.message == nil)
    }

    @Test("that is not there is missed by name when it is not to be made, and none is made")
    func missing() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/manifest.sqlite"
        let error = refusal(path, create: false)
        guard case .missing(let message) = error else {
            Issue.record("\(String(describing: error)) should be .missing")
            return
        }
        #expect(
            message
                == "there is no manifest at \(path); build something there first, or name another --workspace"
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test("of a newer program is refused with both versions, and not changed")
    func newer() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/manifest.sqlite"
        try make(path, [(.userVersion, 7)])
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let error = refusal(path)
        guard case .newer(let message) = error else {
            Issue.record("\(String(describing: error)) should be .newer")
            return
        }
        #expect(
            message
                == "the manifest \(path) has version 7, made by a newer twinset; this one reads up to version 1: "
                + "update twinset or use another --workspace")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("that is an SQLite file of another program is refused, whatever its version", arguments: [0, 1, 7])
    func foreign(version: UInt32) throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/manifest.sqlite"
        try make(path, [(.applicationID, 0), (.userVersion, version)])
        let error = refusal(path)
        guard case .refused(let message) = error else {
            Issue.record("\(String(describing: error)) should be .refused")
            return
        }
        #expect(message == "\(path) is an SQLite file, but not a twinset manifest; use another --workspace")
    }

    @Test("that is no SQLite file is refused in one sentence that says what to do")
    func text() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/manifest.sqlite"
        let lines = String(repeating: "these are only words, not a database\n", count: 100)
        try lines.write(toFile: path, atomically: true, encoding: .utf8)
        let error = refusal(path)
        #expect(
            error?.message
                == "SQLite refused the manifest \(path): file is not a database; it is damaged: move the "
                + "workspace away and build again, the same audio gives the same dataset")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == lines)
    }

    @Test("cut off in the middle is refused in one sentence")
    func truncated() async throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/manifest.sqlite"
        try make(path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
        var message = refusal(path)?.message
        if message == nil {
            let writer = ManifestWriter(try ManifestDatabase(path: path, create: false))
            do {
                try await writer.record([ManifestFixture.receipt(ManifestFixture.question(), makes: "A")])
            } catch {
                message = error.message
            }
        }
        #expect(message?.hasPrefix("SQLite refused the manifest \(path): ") == true)
        #expect(message?.hasSuffix("the same audio gives the same dataset") == true)
    }

    @Test("that cannot be made is refused in one sentence that says what to do")
    func unmakeable() throws {
        let folder = TemporaryFolder()
        let error = refusal(folder.path + "/absent/manifest.sqlite")
        #expect(error?.message.hasSuffix("; check who may write there") == true)
    }
}
