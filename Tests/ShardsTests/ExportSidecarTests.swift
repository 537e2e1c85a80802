import Corpus
import Foundation
import Testing

@testable import Shards

@Suite("what stands beside every export")
struct ExportSidecarTests {
    /// Every form with something that it carries.
    static let forms: [(name: String, content: ExportOutline.Content)] = ShardFormats.all.flatMap { type in
        type.contents.map { (type.name, $0) }
    }

    private func outline(_ content: ExportOutline.Content) -> ExportOutline {
        let label = [
            ShardColumn("label", .integer), ShardColumn("a_key", .text), ShardColumn("b_key", .text),
        ]
        let array = ShardColumn.Kind.array(.float32, shape: [nil, 3])
        let columns: [ShardColumn]? =
            switch content {
            case .examples: nil
            case .audio: ListFormatTests.audio
            case .pairs: [ShardColumn("a", array), ShardColumn("b", array)] + label
            case .triplets:
                ["anchor", "positive", "negative"].map { ShardColumn($0, array) }
                    + [ShardColumn("anchor_speaker", .text)]
            case .trials: label
            }
        return ShardFixture.outline(content, columns: columns, rows: [.train: 3, .test: 1])
    }

    private func request(_ format: String, _ content: ExportOutline.Content) -> ExportIndex.Request {
        ExportIndex.Request(
            recipe: "demo", dataset: String(repeating: "ab", count: 32), format: format, content: content,
            splits: [.train, .test], rowsPerShard: 2, shuffle: 7)
    }

    private func croissant(
        _ format: String, _ content: ExportOutline.Content, files names: [String], license: String? = nil
    ) throws -> [String: Any] {
        let receipts = names.enumerated().map { number, name in
            let place = ShardPlace(
                side: name.hasPrefix("test") ? .test : .train, number: number, count: names.count,
                firstRow: 0,
                rowCount: 1)
            let file = WrittenFile(name: name, byteCount: 3, sha256: String(repeating: "c", count: 64))
            return ShardReceipt(place, rowCount: 1, files: [file])
        }
        let speakers = WrittenFile(name: "speakers.csv", byteCount: 9, sha256: "d")
        let text = CroissantMetadata.text(
            outline(content), request: request(format, content), receipts: receipts, files: [speakers],
            license: license)
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func identifiers(_ list: Any?) -> [String] {
        (list as? [[String: Any]] ?? []).compactMap { $0["@id"] as? String }
    }

    @Test(
        "Croissant metadata is JSON with every required field, for every form and content", arguments: forms)
    func required(form: (name: String, content: ExportOutline.Content)) throws {
        let found = try croissant(form.name, form.content, files: ["train/x.bin", "test/y.bin"])
        for name in [
            "@context", "@type", "conformsTo", "name", "description", "license", "url", "creator", "version",
            "datePublished", "citeAs", "distribution", "recordSet", "prov:wasDerivedFrom",
            "rai:dataCollection",
        ] { #expect(found[name] != nil, "\(name)") }
        #expect(
            identifiers(found["distribution"]) == ["train/x.bin", "test/y.bin", "speakers.csv", "files/bin"])
        #expect(identifiers(found["recordSet"]) == ["splits", "speakers", "rows"])
        #expect(found["datePublished"] as? String == "1970-01-01")
    }

    @Test("every source of a field and every key of Croissant metadata is there", arguments: forms)
    func references(form: (name: String, content: ExportOutline.Content)) throws {
        let found = try croissant(form.name, form.content, files: ["train/x.bin"])
        let files = Set(identifiers(found["distribution"]))
        for set in try #require(found["recordSet"] as? [[String: Any]]) {
            let fields = try #require(set["field"] as? [[String: Any]])
            let names = identifiers(fields)
            #expect(Set(names).count == names.count && !names.isEmpty)
            let key = try #require((set["key"] as? [String: String])?["@id"])
            #expect(names.contains(key))
            for source in fields.compactMap({ $0["source"] as? [String: Any] }) {
                let file = (source["fileSet"] ?? source["fileObject"]) as? [String: String]
                #expect(files.contains(try #require(file?["@id"])))
            }
        }
    }

    @Test("audio files beside a list are one set, and files without an ending are named by their side")
    func sets() throws {
        let lists = try croissant("csv", .audio, files: ["train/train-0.csv", "train/audio/00000/a.flac"])
        #expect(
            identifiers(lists["distribution"]) == [
                "train/train-0.csv", "speakers.csv", "files/csv", "files/flac",
            ])
        let trials = try croissant("kaldi", .trials, files: ["test/trials", "test/trials.000001"])
        let set = try #require((trials["distribution"] as? [[String: Any]])?.last)
        #expect(set["includes"] as? [String] == ["test/*"])
        let records = try croissant("tfrecord", .examples, files: ["train/x-train.tfrecord-00000-of-00002"])
        let names = try #require((records["distribution"] as? [[String: Any]])?.last?["includes"])
        #expect(names as? [String] == ["train/*.tfrecord-*-of-?????"])
    }

    @Test(
        "a licence is an address, and an identifier of SPDX becomes one",
        arguments: [
            (nil, "unknown: the licences of the source corpora apply"),
            ("CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0.html"),
            ("https://example.org/terms", "https://example.org/terms"),
        ] as [(String?, String)])
    func license(given: String?, text: String) throws {
        let found = try croissant("csv", .examples, files: ["train/a.csv"], license: given)
        #expect(found["license"] as? String == text)
    }

    @Test("the README names splits, every column with its meaning, and the loader", arguments: forms)
    func readme(form: (name: String, content: ExportOutline.Content)) throws {
        let outline = outline(form.content)
        let type = try ShardFormats.named(form.name)
        let format = try type.init(outline)
        let text = ExportReadme.text(
            outline, format: format, request: request(form.name, form.content), license: nil)
        #expect(text.contains("| train | 3 |\n| test | 1 |\n"))
        #expect(text.contains("# demo: \(form.content.rawValue) as \(form.name)\n"))
        #expect(text.contains("seed 7") && text.contains(outline.dataset))
        #expect(text.contains(format.loader.split(separator: "\n").last ?? "?"))
        for name in ColumnMeaning(outline).names(format: form.name) {
            let line = text.split(separator: "\n").first { $0.hasPrefix("| `\(name)` |") }
            #expect(line.map { !$0.hasSuffix("|  |") } == true, "\(name) has no meaning")
        }
    }

    @Test("where datasets reads the form, the head of the README gives it the files of each split")
    func front() throws {
        let outline = outline(.examples)
        let text = ExportReadme.text(
            outline, format: WebDatasetFormat(outline), request: request("webdataset", .examples),
            license: "CC-BY-4.0")
        #expect(text.hasPrefix("---\nlicense: cc-by-4.0\n"))
        #expect(text.contains("  - split: train\n    path: \"train/*.tar\"\n  - split: test\n"))
        let other = ExportReadme.text(
            outline, format: try KaldiFormat(outline), request: request("kaldi", .examples), license: nil)
        #expect(other.hasPrefix("# demo"))
    }

    @Test("consumer.json holds the parameters, the rate and the shape of an example")
    func consumer() {
        let outline = outline(.examples)
        #expect(
            ConsumerConfig.text(outline, request: request("numpy", .examples))
                == "{\"dataset\": \"\(outline.dataset)\", \"recipe\": \"demo\", \"sampleRate\": 16000, \"hop\": 160, "
                + #""example": {"type": "float32", "shape": [null, 3]}, "speakers": "speakers.csv", "#
                + #""trainSpeakers": 1, "parameters": {"kind":"fbank"}}"# + "\n")
    }

    @Test("speakers.csv is in the order of the labels, the speakers of train first")
    func speakers() {
        #expect(
            SpeakerList.text(outline(.examples)) == "label,speaker,sex,train\r\n0,19,f,1\r\n1,id7/x,m,0\r\n")
    }
}
