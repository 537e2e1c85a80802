import Corpus
import Foundation
import Testing

@testable import Stages

@Suite("lists of utterances as corpora")
struct CorporaListTests {
    private static let sound = StageSound.samples(16_000, key: 3)

    private func corpus(_ text: String, name: String = "list.csv") throws -> LayoutBuild {
        let made = try LayoutBuild("list", place: name)
        for file in ["a.wav", "b,c.wav", "deep/d.wav"] {
            try made.folder.write(StageSound.wave(Self.sound), to: file)
        }
        try made.folder.write(text, to: name)
        return made
    }

    private func contents(_ made: LayoutBuild, subsets: [String] = []) throws(StageError) -> CorpusContents {
        let request = Recipe.CorpusRequest(
            name: "made", layout: .list, path: made.folder.path + "/" + made.place, subsets: subsets,
            speakers: [], place: "made.yaml:3")
        return try CorpusReader(request: request).read(unknownSpeakers: .quarantine)
    }

    private func complaint(_ text: String) throws -> String {
        let made = try corpus(text)
        do {
            _ = try contents(made)
            return ""
        } catch {
            return error.message
        }
    }

    @Test(
        "one id for utterances of several speakers or sessions: the first stays, the others are told whose it is"
    )
    func sharedIDs() throws {
        let made = try contents(
            corpus("path,speaker,session,utterance\na.wav,x,1,u\ndeep/d.wav,y,2,u\n\"b,c.wav\",x,3,v\n"))
        #expect(made.ids == ["u", "v", "u"])
        #expect(made.rejections == ["deep/d.wav": "duplicate-id"])
        let message = try #require(made.utterances[2].rejection?.message)
        #expect(message.contains("deep/d.wav of speaker y has the id 'u' that a.wav of speaker x has"))
    }

    @Test("a sex that is no known word is noted, and the usual ones are not")
    func sexWords() throws {
        let noted = try contents(
            corpus("path,speaker,sex\na.wav,x,femme\ndeep/d.wav,y,x\n\"b,c.wav\",z,woman\n"))
        #expect(
            noted.warnings == [
                "corpus 'made': a sex such as 'x' (2 of 3 rows) is neither f nor m and is taken as not known"
            ])
        for word in ["f", "M", "Female", "male", "u", "unknown", "-", "?", "n/a", "", " "] {
            let made = try contents(corpus("path,speaker,sex\na.wav,x,\(word)\n"))
            #expect(made.warnings.isEmpty, "'\(word)': \(made.warnings)")
        }
    }

    @Test("a CSV list names files, speakers and parts, whatever parts its fields and ends its lines")
    func csv() throws {
        let text = """
            path,speaker,session,utterance,sex,start,end,subset
            a.wav,anna,s1,u1,f,0.25,0.5,train
            "b,c.wav","an ""A"" na",s2,u2,male,,,test
            deep/d.wav,anna,s1,u3,,,-1,train

            """
        for variant in [
            text, "\u{FEFF}" + text, text.replacing("\n", with: "\r\n"), String(text.dropLast()),
            text.replacing("\"b,c.wav\"", with: "bXc.wav").replacing(",", with: "\t")
                .replacing("bXc", with: "b,c"),
        ] {
            let contents = try contents(corpus(variant))
            #expect(contents.ids == ["u2", "u1", "u3"] && contents.rejections.isEmpty)
            #expect(contents.utterances.map(\.speaker) == ["an \"A\" na", "anna", "anna"])
            #expect(contents.utterances.map { $0.range.map { "\($0)" } } == [nil, "0.25:0.5", nil])
            #expect(contents.speakers["anna"] == Speaker(id: "anna", sex: .female, subset: "train"))
            #expect(contents.speakers["an \"A\" na"]?.sex == .male)
            #expect(try self.contents(corpus(variant), subsets: ["test"]).ids == ["u2"])
        }
    }

    @Test("what a list leaves out is taken from the path and the times")
    func defaults() throws {
        let contents = try contents(
            corpus("speaker,path,start,end\nx,a.wav,,\nx,deep/d.wav,0.5,\nx,a.wav,0,0.25\n"))
        #expect(contents.ids == ["a", "a-0-0.25", "deep/d-0.5-end"])
        #expect(contents.utterances.map(\.session) == ["a", "a", "deep/d"])
    }

    @Test("a JSON list is read, NeMo's names too; a duration counts with an offset only")
    func json() async throws {
        let made = try corpus(
            """
            {"audio_filepath": "a.wav", "offset": 0.25, "duration": 0.30000000000000004, "label": "anna", "text": "x"}
            {"path": "b,c.wav", "duration": 0.9, "speaker": "bert", "speaker_id": "no", "utterance": "whole", "sex": "M"}
            {"path": "deep/d.wav", "speaker": 17, "offset": null}
            """, name: "list.jsonl")
        let contents = try contents(made)
        #expect(contents.ids == ["deep/d", "a-0.25-0.55", "whole"])
        #expect(contents.utterances.map(\.speaker) == ["17", "anna", "bert"])
        #expect(contents.speakers["bert"]?.sex == .male)
        try await made.build()
        let found = try made.waveforms()
        #expect(found["a-0.25-0.55"] == StageSound.floats(Array(Self.sound[4_000..<8_800])))
        #expect(found["whole"]?.count == 16_000)
    }

    @Test("rows that cannot be used are quarantined; two of one name count once")
    func quarantined() throws {
        let contents = try contents(
            corpus(
                "path,speaker,utterance,start,end\na.wav,,u1,,\nnone.wav,x,u2,,\na.wav,x,u3,0.5,0.5\n"
                    + "a.wav,x,u4,,\ndeep/d.wav,x,u5,,\n"))
        let reasons = Dictionary(
            uniqueKeysWithValues: contents.utterances.map { ($0.id, $0.rejection?.reason) })
        #expect(
            reasons == ["u1": "no-speaker", "u2": "missing-file", "u3": "bad-segment", "u4": nil, "u5": nil])
        let twice = try self.contents(
            corpus("path,speaker,session,utterance\na.wav,x,s,u\ndeep/d.wav,x,s,u\n"))
        #expect(twice.rejections == ["deep/d.wav": "duplicate-id"])
    }

    @Test("columns that mean nothing are named in a warning")
    func unknownColumns() throws {
        let contents = try contents(corpus("path,speaker,mood,age\na.wav,x,glad,7\n"))
        #expect(
            contents.warnings == ["corpus 'made': the list's columns mood, age mean nothing here"])
    }

    @Test("what is no list is an error with its line")
    func errors() throws {
        for (text, said) in [
            ("path,session\na.wav,s\n", "list.csv:1: the first line names the columns, and 'speaker' is not"),
            ("path,speaker,id,utterance\n", "list.csv:1: two columns are 'utterance'"),
            ("path,speaker\na.wav,x\na.wav\n", "list.csv:3: the row has 1 fields"),
            ("path,speaker\n\"a.wav,x\n", "list.csv:2: a quoted field is not closed"),
            ("path,speaker\n,x\n", "list.csv:2: the row has no path"),
            ("path,speaker,start\na.wav,x,-2\n", "list.csv:2: start is a time in seconds, not '-2'"),
            ("path,speaker,sex\na.wav,x,f\na.wav,x,m\n", "list.csv:3: speaker x has another sex"),
            ("path,speaker\n", "has no row"), ("", "has no row"),
            (
                "{\"path\": \"a.wav\", \"speaker\": \"x\"}\n{\"path\":\n",
                "list.csv:2: a line is one JSON object"
            ),
            ("{\"path\": [1], \"speaker\": \"x\"}\n", "list.csv:1: 'path' takes text or a number"),
        ] {
            let complaint = try complaint(text)
            #expect(complaint.contains(said), "\(complaint)")
        }
        let fixture = try CorporaFixture(["a.wav"])
        #expect(fixture.complaint("/none.csv", layout: .list).contains("there is no such list"))
        #expect(fixture.complaint("", layout: .list).contains("there is no such list"))
    }
}
