import ContentStore
import Corpus

/// Kaldi data directories, one for each side; paths in them start at the export's folder.
///
///     train/feats.000000.ark   KEY ' ' \0 B "FM " 04 rows 04 columns, little-endian float32 row by row
///     train/feats.scp          KEY train/feats.000000.ark:OFFSET      (of the \0)
///     train/wav.000000.ark     KEY ' ' and a RIFF WAVE file of 16 bits; wav.scp as above
///     train/utt2spk spk2utt utt2dur utt2num_frames spk2gender, all sorted as bytes
///     test/trials              KEY KEY target
///
/// Vectors (embeddings, waveforms as examples) are "FV ". `kaldi-compressed` writes matrices as "CM2 ": 16 bits a value
/// between the matrix's least and greatest. `spk2gender` is there where every speaker's sex is known.
package struct KaldiFormat: ShardFormat {
    package static let name = "kaldi"
    package static let contents: [ExportOutline.Content] = [.examples, .audio, .trials]
    package static let audioCoding = AudioCoding.wav16

    private let outline: ExportOutline
    private let isCompressed: Bool

    package init(_ outline: ExportOutline) throws(ShardError) { try self.init(outline, isCompressed: false) }

    init(_ outline: ExportOutline, isCompressed: Bool) throws(ShardError) {
        self.outline = outline
        self.isCompressed = isCompressed
        if case .array(_, let shape) = outline.columns.first?.kind, shape.count > 2 {
            let sizes = shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
            throw .usage(
                "Kaldi's archives hold matrices and vectors, and these examples are [\(sizes)]; choose another --format"
            )
        }
    }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        // FLAC is counted as one byte a sample, WAVE has two; halves become single.
        outline.content == .audio ? rowCount * 256 + 2 * valueByteCount : rowCount * 256 + 2 * valueByteCount
    }

    package func writer(_ place: ShardPlace, in folder: String) throws(ShardError) -> any ShardWriter {
        switch outline.content {
        case .trials: return try KaldiTrialWriter(outline, place, in: folder)
        default: return try KaldiArkWriter(outline, place, isCompressed: isCompressed, in: folder)
        }
    }

    package func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile] {
        guard outline.content != .trials else { return [] }
        var written: [WrittenFile] = []
        for split in outline.splits {
            let own = receipts.filter { $0.side == split.side }
            var lists: [(String, [String])] = []
            for name in KaldiArkWriter.lists where !own.flatMap({ $0.notes[name] ?? [] }).isEmpty {
                lists.append((name, ByteText.sorted(own.flatMap { $0.notes[name] ?? [] })))
            }
            let speakers = lists.first { $0.0 == "utt2spk" }?.1 ?? []
            lists.append(("spk2utt", KaldiFormat.utterancesOfSpeakers(speakers)))
            if let genders = genders(speakers) { lists.append(("spk2gender", genders)) }
            for (name, lines) in lists {
                let text = lines.map { $0 + "\n" }.joined()
                written.append(try ShardFile.write(text, to: "\(split.name)/\(name)", in: folder))
            }
        }
        return written
    }

    /// `SPEAKER KEY KEY …`, from the sorted lines `KEY SPEAKER`.
    static func utterancesOfSpeakers(_ lines: [String]) -> [String] {
        var found: [(speaker: Substring, keys: [Substring])] = []
        for line in lines {
            let parts = line.split(separator: " ")
            if found.last?.speaker == parts[1] {
                found[found.count - 1].keys.append(parts[0])
            } else {
                found.append((parts[1], [parts[0]]))
            }
        }
        return ByteText.sorted(found.map { "\($0.speaker) " + $0.keys.joined(separator: " ") })
    }

    /// `SPEAKER m`, of the speakers that occur; nil where one's sex is not known.
    private func genders(_ lines: [String]) -> [String]? {
        let present = Set(lines.map { $0.split(separator: " ")[1] })
        let known = outline.speakers.filter { present.contains(PlainName.speaker($0.id)[...]) }
        guard known.count == present.count, known.allSatisfy({ $0.sex != .unknown }) else { return nil }
        return ByteText.sorted(known.map { "\(PlainName.speaker($0.id)) \($0.sex.rawValue)" })
    }

    package var loader: String {
        let list = outline.content == .audio ? "wav.scp" : "feats.scp"
        if outline.content == .trials { return KaldiTrialWriter.loader }
        return """
            # pip install kaldiio numpy soundfile torch
            import os, pathlib, kaldiio, numpy, torch

            FOLDER = pathlib.Path(__file__).resolve().parent
            os.chdir(FOLDER)  # the lists name files from here

            class Rows(torch.utils.data.Dataset):
                def __init__(self, split="train"):
                    folder = FOLDER / split
                    self.arrays = kaldiio.load_scp(str(folder / "\(list)"))
                    self.speakers = dict(line.split() for line in (folder / "utt2spk").open())
                    self.keys = sorted(self.speakers)
                    self.labels = {s: i for i, s in enumerate(sorted(set(self.speakers.values())))}

                def __len__(self):
                    return len(self.keys)

                def __getitem__(self, index):
                    key = self.keys[index]
                    value = self.arrays[key]
                    array = value[1] if isinstance(value, tuple) else value  # of audio: (rate, samples)
                    return torch.from_numpy(numpy.array(array)), self.labels[self.speakers[key]]

            if __name__ == "__main__":
                rows = Rows(sorted(p.parent.name for p in FOLDER.glob("*/utt2spk"))[-1])
                loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
                print(sum(1 for _ in loader), "rows of", len(rows))

            """
    }
}

/// The same with matrices of 16 bits a value.
package struct CompressedKaldiFormat: ShardFormat {
    package static let name = "kaldi-compressed"
    package static let contents: [ExportOutline.Content] = [.examples]

    private let plain: KaldiFormat

    package init(_ outline: ExportOutline) throws(ShardError) {
        plain = try KaldiFormat(outline, isCompressed: true)
    }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int { rowCount * 256 + valueByteCount }
    package func writer(_ place: ShardPlace, in folder: String) throws(ShardError) -> any ShardWriter {
        try plain.writer(place, in: folder)
    }
    package func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile] {
        try plain.finish(receipts, in: folder)
    }
    package var loader: String { plain.loader }
}
