import ContentStore
import Corpus

/// Comma-separated lists (RFC 4180, a header line), one for each shard, the columns first that SpeechBrain reads.
///
///     train/train-000000.csv   ID,duration,wav,start,stop,spk_id,label,session,utterance,sex,row     audio, examples
///     train/train-000000.csv   a_key,b_key,label, …                                                  pairs, trials
///     train/list.txt           SPEAKER FILE          audio: as clovaai's voxceleb_trainer reads it
///     test/list.txt            1 KEY KEY             trials: as VoxCeleb's lists, of 1 or 0 and two utterances
///
/// For audio, `wav` is a FLAC file that lies beside the list, below `audio`; for examples, whose arrays a list does
/// not carry, it is empty, and `start` and `stop` (samples) say which part of the utterance they are.
package struct CSVFormat: ShardFormat {
    package static let name = "csv"
    package static let contents: [ExportOutline.Content] = [.examples, .audio, .pairs, .triplets, .trials]

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) { self.outline = outline }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        ListWriter.byteCount(outline, rowCount, valueByteCount)
    }

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
        let table = ListTable(outline, style: .speechBrain)
        let line = table.names.map(ListTable.quoted).joined(separator: ",")
        return try ListWriter(
            outline, place, ending: "csv", head: line + "\r\n", in: folder, note: plainLine
        ) { row, audio in
            table.values(row, audio: audio).map { ListTable.quoted($0.text) }.joined(separator: ",") + "\r\n"
        }
    }

    /// The line of a row in the plain list; nil where there is none.
    private var plainLine: ((ShardRow, String) -> String)? {
        let outline = outline
        switch outline.content {
        case .audio:
            return { row, audio in "\(PlainName.speaker(outline.text("speaker", of: row))) \(audio)" }
        case .trials:
            return { row, _ in
                "\(outline.integer("label", of: row)) \(outline.text("a_key", of: row)) "
                    + outline.text("b_key", of: row)
            }
        case .examples, .pairs, .triplets: return nil
        }
    }

    package func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile] {
        guard plainLine != nil else { return [] }
        var written: [WrittenFile] = []
        for split in outline.splits {
            let lines = receipts.filter { $0.side == split.side }.flatMap {
                $0.notes[ListWriter.plainList] ?? []
            }
            let text = lines.map { $0 + "\n" }.joined()
            written.append(try ShardFile.write(text, to: "\(split.name)/list.txt", in: folder))
        }
        return written
    }

    package var loader: String {
        ListLoader.program(
            "csv", reads: "csv.DictReader(path.open(newline=\"\", encoding=\"utf-8\"))", audio: "wav",
            hasAudio: outline.content == .audio)
    }
}

/// JSON lines, one list for each shard; of audio and examples a manifest as NeMo reads it.
///
///     {"audio_filepath": "audio/000/19-198-0001.flac", "duration": 14.08, "offset": 0.0, "label": "19", …}
package struct JSONLinesFormat: ShardFormat {
    package static let name = "jsonl"
    package static let contents: [ExportOutline.Content] = CSVFormat.contents

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) { self.outline = outline }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        ListWriter.byteCount(outline, rowCount, 2 * valueByteCount)
    }

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
        let table = ListTable(outline, style: .nemo)
        return try ListWriter(outline, place, ending: "jsonl", head: "", in: folder) { row, audio in
            JSONText.object(zip(table.names, table.values(row, audio: audio)).map { ($0, $1.json) }) + "\n"
        }
    }

    package var loader: String {
        ListLoader.program(
            "jsonl", reads: "map(json.loads, path.open(encoding=\"utf-8\"))", audio: "audio_filepath",
            hasAudio: outline.content == .audio)
    }
}

/// Hugging Face's AudioFolder: FLAC files and a metadata file that names them, of JSON lines, where names of digits stay
/// text (of CSV, `0019` would become 19).
///
///     train/metadata.jsonl                 {"file_name": "audio/00000/19-198-0001.flac", "speaker": "19", …}
///     train/audio/00000/19-198-0001.flac   1000 files a folder
package struct AudioFolderFormat: ShardFormat {
    package static let name = "audiofolder"
    package static let contents: [ExportOutline.Content] = [.audio]

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) { self.outline = outline }

    /// A folder has one metadata file.
    package var isSharded: Bool { false }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        ListWriter.byteCount(outline, rowCount, valueByteCount)
    }

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
        let table = ListTable(outline, style: .audioFolder)
        return try ListWriter(
            outline, place, ending: "jsonl", head: "", list: "metadata", in: folder
        ) { row, audio in
            JSONText.object(zip(table.names, table.values(row, audio: audio)).map { ($0, $1.json) }) + "\n"
        }
    }

    package var loader: String {
        ListLoader.program(
            "jsonl", reads: "map(json.loads, path.open(encoding=\"utf-8\"))", audio: "file_name",
            hasAudio: true)
    }
}
