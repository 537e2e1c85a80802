import Corpus
import Foundation
import Testing

@testable import Shards

@Suite("WebDataset shards")
struct WebDatasetFormatTests {
    @Test("hold each row's members side by side, and the system's tar reads them")
    func members() throws {
        let fixture = try ShardFixture()
        defer { fixture.remove() }
        let outline = ShardFixture.outline(rows: [.train: 3, .test: 1])
        let (receipts, files) = try fixture.write(WebDatasetFormat(outline), outline)
        #expect(receipts.map(\.rowCount) == [2, 1, 1])
        #expect(
            receipts.flatMap(\.files).map(\.name) == [
                "train/train-000000.tar", "train/train-000001.tar", "test/test-000000.tar",
            ])
        #expect(files.map(\.name) == ["train/shards.txt", "test/shards.txt"])
        #expect(try fixture.text("train/shards.txt") == "train-000000.tar\ntrain-000001.tar\n")

        let listing = try ShardFixture.run("tar", ["-tf", fixture.folder + "/train/train-000000.tar"])
        #expect(
            listing.split(separator: "\n") == [
                "19-0-000000000.features.npy", "19-0-000000000.json", "19-0-000000000.cls",
                "19-0-000000000.spk",
                "id7_x-1-000000000.features.npy", "id7_x-1-000000000.json", "id7_x-1-000000000.cls",
                "id7_x-1-000000000.spk",
            ])
        let json = try ShardFixture.run(
            "tar", ["-xOf", fixture.folder + "/train/train-000000.tar", "id7_x-1-000000000.json"])
        #expect(
            json
                == #"{"label": 1, "speaker": "id7/x", "session": "s1", "utterance": "utterance \"1\"", "sex": "m", "start": 0, "length": 320, "row": 1}"#
        )
    }

    @Test("have the same bytes whenever they are written, and no time or owner in them")
    func reproducible() throws {
        let (first, second) = (try ShardFixture(), try ShardFixture())
        defer {
            first.remove()
            second.remove()
        }
        let outline = ShardFixture.outline(rows: [.train: 5])
        let one = try first.write(WebDatasetFormat(outline), outline)
        let two = try second.write(WebDatasetFormat(outline), outline)
        #expect(one.receipts == two.receipts && one.files == two.files)
        let header = try first.bytes("train/train-000000.tar")
        #expect(header[136..<147].allSatisfy { $0 == UInt8(ascii: "0") }, "the time is 0")
        #expect(header[265..<345].allSatisfy { $0 == 0 }, "there are no names of users")
        #expect(header.count % 10_240 == 0)
    }

    @Test(
        "names over 100 bytes part at a slash; others stand in a PAX member, and the system's tar reads both")
    func longNames() throws {
        let parted = String(repeating: "a", count: 90) + "/" + String(repeating: "b", count: 90)
        let header = try TarFile.header(parted, size: 1)
        #expect(header[0..<90].allSatisfy { $0 == UInt8(ascii: "b") } && header[90] == 0)
        #expect(header[345..<435].allSatisfy { $0 == UInt8(ascii: "a") })
        let fixture = try ShardFixture("long-names")
        defer { fixture.remove() }
        var tar = try TarFile("long.tar", in: ShardFolder(fixture.folder))
        let names = [parted] + [101, 102, 300, 991, 992].map { String(repeating: "c", count: $0) + ".json" }
        for name in names { try tar.append(name, "\(name.utf8.count)") }
        _ = try tar.finish()
        let path = fixture.folder + "/long.tar"
        #expect(try ShardFixture.run("tar", ["-tf", path]).split(separator: "\n").map(String.init) == names)
        #expect(
            try ShardFixture.run("tar", ["-xOf", path] + names)
                == names.map { "\($0.utf8.count)" }.joined())
    }
}

extension ShardFixture {
    /// What a program of the system prints.
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
