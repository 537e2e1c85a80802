/// `README.md` of an export: what it is, how to load it, what its columns mean and how to check it. Where Hugging Face's
/// `datasets` reads the form, the lines at its head tell it the files of each split.
package struct ExportReadme {
    package static let fileName = "README.md"

    private let outline: ExportOutline
    private let format: any ShardFormat
    private let request: ExportIndex.Request
    private let license: String?

    /// - Parameter license: an SPDX identifier or an address; nil where it is not known.
    package static func text(
        _ outline: ExportOutline, format: any ShardFormat, request: ExportIndex.Request, license: String?
    ) -> String {
        ExportReadme(outline: outline, format: format, request: request, license: license).text
    }

    private var text: String {
        let parts = [head, origin, splits, columns, loading, consuming, checking]
        return front + parts.joined(separator: "\n")
    }

    /// What `datasets` reads of each side; nil where it does not read the form.
    private var pattern: String? {
        switch request.format {
        case "webdataset": "*.tar"
        case "parquet": "*.parquet"
        case "csv" where outline.content != .audio: "*.csv"
        case "jsonl" where outline.content != .audio: "*.jsonl"
        case "audiofolder": "**"
        default: nil
        }
    }

    private var front: String {
        guard let pattern else { return "" }
        var lines = ["---", "license: \(licenseName)", "pretty_name: \(JSONText.quoted(outline.name))"]
        lines += ["task_categories:", "- audio-classification", "tags:", "- speaker-recognition"]
        lines += ["configs:", "- config_name: default", "  data_files:"]
        for split in outline.splits {
            lines += ["  - split: \(split.name)", "    path: \"\(split.name)/\(pattern)\""]
        }
        return (lines + ["---", "", ""]).joined(separator: "\n")
    }

    /// What the head of a README may say of a licence: an identifier in small letters.
    private var licenseName: String {
        guard let license, !license.isEmpty else { return "unknown" }
        let isIdentifier = license.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0))
        }
        return isIdentifier ? license.lowercased() : "other"
    }

    private var head: String {
        let summary = outline.summary.isEmpty ? "" : outline.summary + "\n\n"
        return "# \(outline.name): \(outline.content.rawValue) as \(request.format)\n\n\(summary)"
            + "Licence: \(license ?? "not known; the licences of the source corpora apply").\n"
    }

    private var origin: String {
        let order =
            request.shuffle.map { "The rows are in a global random order of seed \($0)" }
            ?? "The rows are in the dataset's own order"
        return
            "Exported by Twinset from recipe `\(request.recipe)`, dataset\n`\(outline.dataset)`.\n\(order).\n"
    }

    private var splits: String {
        var lines = ["| split | rows |", "|---|---|"]
        lines += outline.splits.map { "| \($0.name) | \($0.rowCount) |" }
        let others = outline.speakers.count - outline.trainSpeakerCount
        return
            (lines + [
                "",
                "\(outline.speakers.count) speakers, \(outline.trainSpeakerCount) of them on the train side: their labels are 0 to "
                    + "\(max(outline.trainSpeakerCount - 1, 0))"
                    + (others > 0 ? ", those of the other \(others) come after" : "")
                    + ". `\(SpeakerList.fileName)` names the speaker of each label.", "",
            ]).joined(separator: "\n")
    }

    private var columns: String {
        let meaning = ColumnMeaning(outline)
        var lines = ["| column | type | meaning |", "|---|---|---|"]
        for name in meaning.names(format: request.format) {
            lines.append(
                "| `\(name)` | \(meaning.type(name, format: request.format)) | "
                    + "\(meaning.words(name, format: request.format)) |")
        }
        return (lines + [""]).joined(separator: "\n")
    }

    private var loading: String {
        """
        ## Loading

        `load.py` reads it, alone or imported:

        ```python
        \(format.loader.trimmingTrailingNewlines)
        ```

        """
    }

    private var consuming: String {
        """
        ## Using a model trained on it

        `\(ConsumerConfig.fileName)` holds every parameter that shapes an example: a model hears other audio rightly only if its
        features are made by the same.

        """
    }

    private var checking: String {
        """
        ## Checking

        `twinset verify FOLDER` compares every file with its SHA-256 in `index.json`; the `digest` there is one line to compare
        two exports by. `\(CroissantMetadata.fileName)` says the same to readers of Croissant metadata.

        """
    }
}

extension String {
    fileprivate var trimmingTrailingNewlines: String {
        String(reversed().drop { $0 == "\n" }.reversed())
    }
}
