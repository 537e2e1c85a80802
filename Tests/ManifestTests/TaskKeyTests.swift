import ContentStore
import Manifest
import Testing

@Suite("A task's key")
struct TaskKeyTests {
    private static func digest(_ text: String) -> Digest { Digest.of(text.utf8) }

    /// A question with everything in it, any part of which can be given otherwise.
    private func question(
        name: String = "features", revision: Int = 3, parameters: String = #"{"mels":64}"#,
        libraries: [String: String] = ["zlib": "1.3", "fftw3f": "3.3.10"], subject: String = "pack-1",
        subjectParameters: String = #"{"side":"train"}"#,
        inputs: [(String, String)] = [("ingest", "first"), ("resample", "second")]
    ) -> TaskQuestion {
        TaskQuestion(
            stage: StageIdentity(
                name: name, revision: revision, parameters: parameters, libraries: libraries),
            subject: subject, subjectParameters: subjectParameters,
            inputs: inputs.map { TaskInput(role: $0.0, digest: TaskKeyTests.digest($0.1)) })
    }

    /// From Python 3.11: hashlib.sha256 over every name and value with struct.pack('<Q', len) before it.
    @Test("of a fixed question is what it always was")
    func golden() {
        #expect(
            question().key.digest.hex == "0e02212b70f0f226506c1e621d52a5e5e0d130c668b63ce423f4520a77135086")
        let bare = TaskQuestion(
            stage: StageIdentity(name: "ingest", revision: 1, parameters: "{}"), subject: "a", inputs: [])
        #expect(bare.key.digest.hex == "7761db6cf0eec47f2c998d23261528c1c9fa9e72debca33a0af20b649815b114")
    }

    @Test("changes with every part of the question")
    func everyPart() {
        let first = ("ingest", "first")
        let second = ("resample", "second")
        let others = [
            ("stage name", question(name: "feature")), ("revision", question(revision: 4)),
            ("parameters", question(parameters: #"{"mels":40}"#)),
            ("no parameters", question(parameters: "")),
            ("library version", question(libraries: ["zlib": "1.3", "fftw3f": "3.3.11"])),
            ("library name", question(libraries: ["zlib": "1.3", "fftw3": "3.3.10"])),
            ("one library less", question(libraries: ["fftw3f": "3.3.10"])),
            ("one library more", question(libraries: ["zlib": "1.3", "fftw3f": "3.3.10", "flac": ""])),
            ("versions swapped", question(libraries: ["zlib": "3.3.10", "fftw3f": "1.3"])),
            ("subject parameters", question(subjectParameters: #"{"side":"test"}"#)),
            ("no subject parameters", question(subjectParameters: "")),
            ("input role", question(inputs: [("frame", "first"), second])),
            ("input digest", question(inputs: [first, ("resample", "other")])),
            ("order of inputs", question(inputs: [second, first])),
            ("digests swapped", question(inputs: [("ingest", "second"), ("resample", "first")])),
            ("one input less", question(inputs: [first])),
            ("one input more", question(inputs: [first, second, second])),
            ("no inputs", question(inputs: [])),
        ]
        var seen = [question().key: "the question itself"]
        for (part, other) in others {
            if let same = seen[other.key] { Issue.record("\(part) gives the key of \(same)") }
            seen[other.key] = part
        }
        #expect(seen.count == others.count + 1)
    }

    @Test("does not change with the name of the subject, nor with the order libraries were listed in")
    func whatNeverEnters() {
        #expect(question(subject: "pack-2").key == question().key)
        var libraries: [String: String] = [:]
        for name in ["fftw3f", "zlib"] { libraries[name] = name == "zlib" ? "1.3" : "3.3.10" }
        #expect(question(libraries: libraries).key == question().key)
        #expect(question(subject: "pack-2") != question())
    }

    @Test("and its question go through JSON unchanged")
    func json() throws {
        let text = try CanonicalJSON.encode(question())
        let read = try CanonicalJSON.decode(TaskQuestion.self, from: text)
        #expect(read == question())
        #expect(read.key == question().key)
    }
}
