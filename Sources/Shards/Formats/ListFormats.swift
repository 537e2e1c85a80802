import ContentStore
import Corpus

/// Comma-separated lists (RFC 4180, a header line), one for each shard, the columns first that SpeechBrain reads.
///
///     train/train-000000.csv   ID,duration,wav,start,stop,spk_id,label,session,utterance,sex,row     audio, examples
///     train/train-000000.csv   a_key,b_key,label, …                                                  pairs, trials
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

    package func writer(_ place: ShardPlace, in folder: String) throws(ShardError) -> any ShardWriter {
        let table = ListTable(outline, style: .speechBrain)
        let line = table.names.map(ListTable.quoted).joined(separator: ",")
        return try ListWriter(outline, place, ending: "csv", head: line + "\r\n", in: folder) { row, audio in
            table.values(row, audio: audio).map { ListTable.quoted($0.text) }.joined(separator: ",") + "\r\n"
        }
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

    package func writer(_ place: ShardPlace, in folder: String) throws(ShardError) -> any ShardWriter {
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

/// Hugging Face's AudioFolder: FLAC files below `data/train` and a metadata file that names them.
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

    package func writer(_ place: ShardPlace, in folder: String) throws(ShardError) -> any ShardWriter {
        let table = ListTable(outline, style: .audioFolder)
        let line = table.names.map(ListTable.quoted).joined(separator: ",")
        return try ListWriter(
            outline, place, ending: "csv", head: line + "\n", list: "metadata", in: folder
        ) { row, audio in
            table.values(row, audio: audio).map { ListTable.quoted($0.text) }.joined(separator: ",") + "\n"
        }
    }

    package var loader: String {
        ListLoader.program(
            "csv", reads: "csv.DictReader(path.open(newline=\"\", encoding=\"utf-8\"))", audio: "file_name",
            hasAudio: true)
    }
}
