/// `croissant.json` of an export: Croissant 1.1 metadata (JSON-LD), with the SHA-256 of its files, its splits, speakers
/// and rows, where it comes from and under which licence it may be used.
///
/// The same export has the same text on any day: `datePublished` is 1970-01-01 unless a date is given. Audio files
/// beside a list are one set and not listed one by one; `index.json` holds their digests too.
package struct CroissantMetadata {
    package static let fileName = "croissant.json"

    private let outline: ExportOutline
    private let request: ExportIndex.Request
    private let receipts: [ShardReceipt]
    private let files: [WrittenFile]
    private let license: String?
    private let published: String

    /// - Parameters:
    ///   - files: what stands beside the shards.
    ///   - license: an SPDX identifier or an address; nil where it is not known.
    ///   - published: an ISO 8601 date.
    package static func text(
        _ outline: ExportOutline, request: ExportIndex.Request, receipts: [ShardReceipt],
        files: [WrittenFile], license: String?, published: String = "1970-01-01"
    ) -> String {
        CroissantMetadata(
            outline: outline, request: request, receipts: receipts, files: files, license: license,
            published: published
        ).text
    }

    private var text: String {
        let name = "\(outline.name)-\(outline.content.rawValue)"
        let fields: [(name: String, json: String)] =
            [
                ("@context", CroissantMetadata.context), ("@type", #""sc:Dataset""#),
                ("conformsTo", #""http://mlcommons.org/croissant/1.1""#), ("name", JSONText.quoted(name)),
                ("description", JSONText.quoted(description)), ("license", JSONText.quoted(licenseText)),
                ("url", JSONText.quoted(origin)),
                ("identifier", JSONText.quoted(outline.dataset)), ("version", #""1.0.0""#),
                ("datePublished", JSONText.quoted(published)),
                ("creator", #"{"@type": "sc:Organization", "name": "unknown; made with Twinset"}"#),
                ("citeAs", JSONText.quoted(citation)),
                ("keywords", #"["speech", "speaker recognition", "speaker verification"]"#),
            ] + provenance + responsibility
        let lists = [
            ("distribution", fileObjects + fileSets),
            ("recordSet", CroissantRecords(outline, format: request.format, files: groups).sets),
        ].map { (name: $0.0, json: "[\n    " + $0.1.joined(separator: ",\n    ") + "\n  ]") }
        let lines = (fields + lists).map { "  \(JSONText.quoted($0.name)): \($0.json)" }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    private var origin: String { "urn:sha256:\(outline.dataset)" }

    private var description: String {
        let rows = outline.splits.map { "\($0.rowCount) \($0.name)" }.joined(separator: ", ")
        let summary = outline.summary.isEmpty ? "" : outline.summary + " "
        return
            "\(summary)Speech for speaker recognition: \(outline.content.rawValue) as \(request.format), rows: \(rows)."
    }

    private var citation: String {
        "@misc{\(outline.name), title = {\(outline.name)}, note = {Twinset dataset \(outline.dataset)}}"
    }

    /// An address, where an SPDX identifier stands for one.
    private var licenseText: String {
        guard let license, !license.isEmpty else {
            return "unknown: the licences of the source corpora apply"
        }
        let isIdentifier =
            license.contains("-") && license.allSatisfy { $0.isLetter || $0.isNumber || "-.+".contains($0) }
        return isIdentifier ? "https://spdx.org/licenses/\(license).html" : license
    }

    private var provenance: [(name: String, json: String)] {
        let order = request.shuffle.map { "in a global random order of seed \($0)" } ?? "in their order"
        let activity = JSONText.object([
            ("@type", #""prov:Activity""#),
            (
                "prov:label",
                JSONText.quoted(
                    "recipe \(request.recipe), exported as \(request.format) with its rows \(order)")
            ), ("prov:used", "{\"@id\": \(JSONText.quoted(origin))}"),
        ])
        return [
            ("prov:wasDerivedFrom", "{\"@id\": \(JSONText.quoted(origin))}"),
            ("prov:wasGeneratedBy", activity),
        ]
    }

    /// What the vocabulary of responsible AI asks for.
    private var responsibility: [(name: String, json: String)] {
        let texts = [
            (
                "rai:dataCollection",
                "Made from recordings of the source corpora by the recipe \(request.recipe). How they were recorded, and "
                    + "what the speakers agreed to, is said by those corpora."
            ), ("rai:dataPreprocessingProtocol", outline.parameters),
            (
                "rai:dataAnnotationProtocol",
                "Speakers, sessions and sexes are those that the source corpora name."
            ),
            (
                "rai:personalSensitiveInformation",
                "Voices identify people. Speakers are named as in their corpora, with their sex where it is known."
            ), ("rai:dataUseCases", "Training and testing of speaker recognition."),
            (
                "rai:dataLimitations",
                "Speakers, languages and channels are those of the source corpora and stand for no population."
            ),
        ]
        return texts.map { ($0.0, JSONText.quoted($0.1)) }
    }
}

extension CroissantMetadata {
    /// Files of the shards with the same ending.
    struct Group {
        /// What stands behind the dot, such as `tar`.
        let ending: String
        /// Patterns that name them, in which `*` goes over slashes.
        var patterns: [String]

        var id: String { "files/\(ending)" }
    }

    /// The groups, that of the first file first.
    private var groups: [Group] {
        var found: [Group] = []
        for file in receipts.flatMap(\.files) {
            let side = file.name.prefix { $0 != "/" }
            let ending = CroissantMetadata.ending(file.name)
            // Kaldi's `trials` has no ending, and its further shards count there.
            let pattern = ending == CroissantMetadata.bare ? "\(side)/*" : "\(side)/*.\(ending)"
            if let index = found.firstIndex(where: { $0.ending == ending }) {
                if !found[index].patterns.contains(pattern) { found[index].patterns.append(pattern) }
            } else {
                found.append(Group(ending: ending, patterns: [pattern]))
            }
        }
        return found
    }

    /// What stands for the ending of a name that has none, or a number.
    static let bare = "lists"

    /// The ending of a name; that of the files of TFRecord, which count their shards there, as a pattern.
    static func ending(_ name: String) -> String {
        let last = name.split(separator: "/").last ?? ""
        let ending = last.split(separator: ".").dropFirst().last.map(String.init) ?? bare
        if ending.allSatisfy(\.isNumber) { return bare }
        return ending.hasPrefix("tfrecord-") ? "tfrecord-*-of-?????" : ending
    }

    private var fileObjects: [String] {
        (receipts.flatMap(\.files) + files).filter { !$0.name.hasSuffix(".flac") }.map { file in
            let name = JSONText.quoted(file.name)
            return JSONText.object([
                ("@type", #""cr:FileObject""#), ("@id", name), ("name", name), ("contentUrl", name),
                ("contentSize", "\"\(file.byteCount) B\""),
                (
                    "encodingFormat",
                    JSONText.quoted(CroissantMetadata.encoding(CroissantMetadata.ending(file.name)))
                ),
                ("sha256", JSONText.quoted(file.sha256)),
            ])
        }
    }

    private var fileSets: [String] {
        groups.map { group in
            JSONText.object([
                ("@type", #""cr:FileSet""#), ("@id", JSONText.quoted(group.id)),
                ("name", JSONText.quoted(group.id)),
                ("encodingFormat", JSONText.quoted(CroissantMetadata.encoding(group.ending))),
                ("includes", "[" + group.patterns.map(JSONText.quoted).joined(separator: ", ") + "]"),
            ])
        }
    }

    static func encoding(_ ending: String) -> String {
        switch ending {
        case "csv": "text/csv"
        case "jsonl": "application/jsonlines"
        case "json": "application/json"
        case "parquet": "application/x-parquet"
        case "tar": "application/x-tar"
        case "flac": "audio/flac"
        case "py": "text/x-python"
        case "md": "text/markdown"
        case "txt", "scp", bare: "text/plain"
        default: "application/octet-stream"
        }
    }

    /// The context of the specification's first appendix, with that of PROV.
    private static let context = """
        {"@language": "en", "@vocab": "https://schema.org/", "arrayShape": "cr:arrayShape", "citeAs": "cr:citeAs",
            "column": "cr:column", "conformsTo": "dct:conformsTo", "containedIn": "cr:containedIn",
            "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
            "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
            "dct": "http://purl.org/dc/terms/", "description": {"@container": "@language"},
            "equivalentProperty": "cr:equivalentProperty", "examples": {"@id": "cr:examples", "@type": "@json"},
            "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
            "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isArray": "cr:isArray",
            "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5",
            "name": {"@container": "@language"}, "parentField": "cr:parentField", "path": "cr:path",
            "prov": "http://www.w3.org/ns/prov#", "recordSet": "cr:recordSet", "references": "cr:references",
            "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace", "samplingRate": "cr:samplingRate",
            "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField",
            "transform": "cr:transform"}
        """
}
