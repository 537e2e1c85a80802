import ContentStore
import Corpus

/// Kaldi data directories, one for each side; the paths in them start at the export's folder.
///
///     train/feats.000000.ark   KEY ' ' \0 B "FM " 04 rows 04 columns, little-endian float32 row by row
///     train/feats.scp          KEY train/feats.000000.ark:OFFSET      (of the \0)
///     train/wav.000000.ark     KEY ' ' and a RIFF WAVE file of 16 bits; wav.scp as above
///     train/utt2spk spk2utt utt2dur utt2num_frames spk2gender frame_shift
///     train/utt2session        KEY SESSION
///     train/utt2source         KEY START LENGTH ROW UTTERANCE         start and length in samples
///     train/spk2label          SPEAKER LABEL
///     train/spk2name           SPEAKER NAME                           as the corpus has it
///     test/trials              KEY KEY target
///     conf/fbank.conf          the features as Kaldi's options, where it has them all
///
/// Lists are sorted as bytes. Vectors (embeddings, waveforms as examples) are "FV ". `kaldi-compressed` writes matrices
/// as "CM2 ": 16 bits a value between the matrix's least and greatest. `spk2gender` is there where every speaker's sex
/// is known, `frame_shift` where examples are frames.
package struct KaldiFormat: ShardFormat {
    package static let name = "kaldi"
    package static let contents: [ExportOutline.Content] = [.examples, .audio, .trials]
    package static let audioCoding = AudioCoding.wav16

    private let outline: ExportOutline
    private let names: KaldiNames
    private let isCompressed: Bool

    package init(_ outline: ExportOutline) throws(ShardError) { try self.init(outline, isCompressed: false) }

    init(_ outline: ExportOutline, isCompressed: Bool) throws(ShardError) {
        self.outline = outline
        self.isCompressed = isCompressed
        names = KaldiNames(outline.speakers)
        if case .array(_, let shape) = outline.columns.first?.kind, shape.count > 2 {
            let sizes = shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
            throw .usage(
                "Kaldi's archives hold matrices and vectors, and these examples are [\(sizes)]; choose another --format"
            )
        }
    }

    /// Lists of trials are one file for each side.
    package var isSharded: Bool { outline.content != .trials }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int {
        // FLAC is counted as one byte a sample, WAVE has two; halves become single.
        var isDoubled = outline.content == .audio
        if case .array(.float16, _) = outline.columns.first?.kind { isDoubled = true }
        return rowCount * 512 + (isDoubled ? 2 : 1) * valueByteCount
    }

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
        switch outline.content {
        case .trials: return try KaldiTrialWriter(outline, names, place, in: folder)
        default: return try KaldiArkWriter(outline, names, place, isCompressed: isCompressed, in: folder)
        }
    }

    package func finish(_ receipts: [ShardReceipt], in folder: String) throws(ShardError) -> [WrittenFile] {
        guard outline.content != .trials else { return [] }
        var written: [WrittenFile] = []
        for split in outline.splits {
            let own = receipts.filter { $0.side == split.side }
            written += try KaldiLists(names, outline, own).write(
                outline.content == .audio ? "wav.scp" : "feats.scp", below: split.name, in: folder)
            if let shift = frameShift {
                written.append(
                    try ShardFile.write(shift + "\n", to: "\(split.name)/frame_shift", in: folder))
            }
        }
        if outline.content == .examples, let features = FeatureOutline(outline),
            let (name, text) = KaldiOptions.file(features)
        {
            written.append(try ShardFile.write(text, to: name, in: folder))
        }
        return written
    }

    /// Seconds from one frame to the next.
    private var frameShift: String? {
        guard case .array(_, let shape) = outline.columns.first?.kind, shape.count == 2,
            let hop = outline.hop
        else { return nil }
        return ByteText.seconds(hop, rate: outline.sampleRate)
    }

    package var loader: String {
        switch outline.content {
        case .trials: KaldiTrialWriter.loader
        case .audio: KaldiLoader.program("wav.scp")
        default: KaldiLoader.program("feats.scp")
        }
    }
}
