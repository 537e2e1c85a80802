import Corpus

/// Writes a side's trials as `KEY KEY target`, the keys those that an export of audio has.
struct KaldiTrialWriter: ShardWriter {
    private let outline: ExportOutline
    private let names: KaldiNames
    private let place: ShardPlace
    private let file: ShardFile
    private var rowCount = 0

    init(
        _ outline: ExportOutline, _ names: KaldiNames, _ place: ShardPlace, in folder: ShardFolder
    ) throws(ShardError) {
        self.outline = outline
        self.names = names
        self.place = place
        file = try ShardFile("\(place.folder)/trials", in: folder)
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        let enrolled = names.key(outline.text("a_key", of: row), of: outline.text("a_speaker", of: row))
        let tested = names.key(outline.text("b_key", of: row), of: outline.text("b_speaker", of: row))
        let isTarget = outline.integer("label", of: row) == 1
        try file.append("\(enrolled) \(tested) " + (isTarget ? "target\n" : "nontarget\n"))
        rowCount += 1
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        ShardReceipt(place, rowCount: rowCount, files: [try file.finish()])
    }

    static let loader = """
        # pip install torch
        import pathlib, torch

        FOLDER = pathlib.Path(__file__).resolve().parent

        class Trials(torch.utils.data.Dataset):
            \"""Two keys, as an export of audio has them, and whether they are one speaker's.\"""

            def __init__(self, split="test"):
                self.lines = (FOLDER / split / "trials").read_text().splitlines()

            def __len__(self):
                return len(self.lines)

            def __getitem__(self, index):
                enrolled, tested, label = self.lines[index].split()
                return enrolled, tested, label == "target"

        if __name__ == "__main__":
            trials = Trials(sorted(p.parent.name for p in FOLDER.glob("*/trials"))[-1])
            loader = torch.utils.data.DataLoader(trials, batch_size=None, num_workers=2)
            print(sum(1 for _ in loader), "trials of", len(trials))

        """
}
