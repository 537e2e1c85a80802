import ContentStore
import Corpus

/// Lhotse Shar, one folder for each side, not compressed. There are no `.idx` files: Lhotse 1.33 takes every file of the
/// folder for a shard.
///
///     train/cuts.000000.jsonl      a MonoCut a line
///     train/features.000000.tar    KEY.npy and KEY.json for each cut: its array and its manifest
///     train/recording.000000.tar   KEY.flac and KEY.json, or KEY.wav for waveforms that are examples
///     train/example.000000.tar     KEY.npy and KEY.json
///
/// Matrices of frames are a cut's `features`, waveforms its `recording` (those that are examples as 32-bit floats, which
/// FLAC has not), other arrays (embeddings, pictures) its custom field `example`. An example's cut begins at 0 and lasts
/// as many hops as it has frames, as Lhotse counts them; where it lies in its utterance say the custom fields
/// `start_sample` and `sample_count`.
package struct LhotseSharFormat: ShardFormat {
    package static let name = "lhotse-shar"
    package static let contents: [ExportOutline.Content] = [.examples, .audio]

    private let outline: ExportOutline

    package init(_ outline: ExportOutline) { self.outline = outline }

    package func byteCount(rowCount: Int, valueByteCount: Int) -> Int { valueByteCount + rowCount * 3072 }

    package func writer(_ place: ShardPlace, in folder: ShardFolder) throws(ShardError) -> any ShardWriter {
        try LhotseSharWriter(outline, place, in: folder)
    }

    package var loader: String {
        """
        # pip install lhotse numpy soundfile torch
        import os, pathlib, torch
        from lhotse import CutSet

        FOLDER = pathlib.Path(__file__).resolve().parent

        def cuts(split="train", **options):
            return CutSet.from_shar(in_dir=FOLDER / split, **options)

        def array(cut):
            if cut.has_features:
                return torch.from_numpy(cut.load_features())
            if cut.has_custom("example"):
                return torch.from_numpy(cut.load_example())
            return torch.from_numpy(cut.load_audio())

        \(ReaderPlace.program)

        class Rows(Reader, torch.utils.data.IterableDataset):
            \"""Shards are divided over ranks and workers, each read by one.\"""

            def __init__(self, split="train"):
                self.split = split

            def __iter__(self):
                number, count = self.place()
                fields = {}
                for path in sorted((FOLDER / self.split).glob("*.[0-9]*")):
                    fields.setdefault(path.name.split(".")[0], []).append(path)
                own = {name: paths[number::count] for name, paths in fields.items()}
                if own["cuts"]:
                    for cut in CutSet.from_shar(fields=own):
                        yield array(cut), cut.label

        if __name__ == "__main__":
            rows = Rows(sorted(p.parent.name for p in FOLDER.glob("*/cuts.*.jsonl"))[-1])
            loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
            print(sum(1 for _ in loader), "rows")

        """
    }
}
