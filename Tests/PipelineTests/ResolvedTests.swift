import ContentStore
import Manifest
import Pipeline
import Testing

@Suite("What is known of a dataset")
struct ResolvedTests {
    private func entry(_ subject: String, _ text: String) -> Resolved.Entry {
        let digest = Digest.of(text.utf8)
        return Resolved.Entry(
            subject: subject, key: TaskKey(digest: digest), artifact: Artifact(digest: digest, byteCount: 1),
            counts: TaskCounts())
    }

    /// From Python 3.11: hashlib.sha256 over every name and digest with struct.pack('<Q', len) before it.
    @Test("has the names it always had")
    func golden() {
        var resolved = Resolved()
        resolved.add(stage: "read", entries: [entry("b", "rb"), entry("a", "ra")], isComplete: true)
        #expect(
            resolved.listDigest("read")?.hex
                == "5afeb7b6b1e71f56687ce65675fc741202feaec946e7b15ed854f482b22964b1")
        resolved.add(stage: "multiply", entries: [entry("a", "ma")], isComplete: true)
        #expect(
            resolved.datasetDigest.hex == "ac8e6e006964d21d2c8f65de992b49905a8b5a58506df3e34b7b18b11884f5c2")
    }

    @Test("names the dataset whatever the order of stages and subjects, and a list by its order")
    func order() {
        var (one, other) = (Resolved(), Resolved())
        one.add(stage: "read", entries: [entry("a", "1"), entry("b", "2")], isComplete: true)
        one.add(stage: "add", entries: [entry("a", "3")], isComplete: true)
        other.add(stage: "add", entries: [entry("a", "3")], isComplete: true)
        other.add(stage: "read", entries: [entry("b", "2"), entry("a", "1")], isComplete: true)
        #expect(one.datasetDigest == other.datasetDigest)
        #expect(one.listDigest("read") != other.listDigest("read"))
        #expect(one.stages == ["read", "add"] && other.stages == ["add", "read"])
        other.add(stage: "read", entries: [entry("b", "1"), entry("a", "2")], isComplete: true)
        #expect(one.datasetDigest != other.datasetDigest)
    }

    @Test("has no list of a stage of which some are missing, but those that are there")
    func incomplete() {
        var resolved = Resolved()
        #expect(resolved.all("read") == nil && resolved.listDigest("read") == nil)
        #expect(resolved.known("read").isEmpty && resolved.entry("read", "a") == nil)
        resolved.add(stage: "read", entries: [entry("a", "1")], isComplete: false)
        #expect(resolved.all("read") == nil && resolved.listDigest("read") == nil)
        #expect(resolved.known("read").map(\.subject) == ["a"])
        #expect(resolved.entry("read", "a")?.artifact.digest == Digest.of("1".utf8))
        #expect(resolved.entry("read", "b") == nil)
        resolved.add(stage: "read", entries: [entry("a", "1"), entry("b", "2")], isComplete: true)
        #expect(resolved.all("read")?.map(\.subject) == ["a", "b"])
        #expect(resolved.stages == ["read"])
    }
}
