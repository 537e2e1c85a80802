/// The program that reads a Kaldi export with kaldiio.
enum KaldiLoader {
    /// - Parameter list: `feats.scp` or `wav.scp`.
    static func program(_ list: String) -> String {
        """
        # pip install kaldiio numpy soundfile torch
        import pathlib, kaldiio, numpy, torch

        FOLDER = pathlib.Path(__file__).resolve().parent

        def table(path):
            return dict(line.rstrip("\\n").split(" ", 1) for line in path.open(encoding="utf-8"))

        class Rows(torch.utils.data.Dataset):
            \"""Under several ranks give the DataLoader a DistributedSampler.\"""

            def __init__(self, split="train"):
                folder = FOLDER / split
                self.places = table(folder / "\(list)")
                self.speakers = table(folder / "utt2spk")
                self.labels = {s: int(label) for s, label in table(folder / "spk2label").items()}
                self.keys = list(self.places)

            def __len__(self):
                return len(self.keys)

            def __getitem__(self, index):
                key = self.keys[index]
                # The lists name files from the export's folder on.
                value = kaldiio.load_mat(str(FOLDER / self.places[key]))
                array = value[1] if isinstance(value, tuple) else value  # of audio: (rate, samples)
                return torch.from_numpy(numpy.array(array)), self.labels[self.speakers[key]]

        if __name__ == "__main__":
            rows = Rows(sorted(p.parent.name for p in FOLDER.glob("*/utt2spk"))[-1])
            loader = torch.utils.data.DataLoader(rows, batch_size=None, num_workers=2)
            print(sum(1 for _ in loader), "rows of", len(rows))

        """
    }
}
