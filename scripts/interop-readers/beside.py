"""What lies beside every export: Croissant metadata, README, speakers and parameters."""
import csv
import hashlib
import json
import logging
import shutil
import tempfile

# Forms whose rows Croissant's reader can load, with the files that it may read.
LOADED = ("csv", "jsonl", "audiofolder", "parquet")


class Complaints(logging.Handler):
    """Every warning that is logged while it is entered."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.texts = []

    def emit(self, record):
        self.texts.append(record.getMessage())

    def __enter__(self):
        for name in (None, "absl"):
            logging.getLogger(name).addHandler(self)
        return self

    def __exit__(self, *_):
        for name in (None, "absl"):
            logging.getLogger(name).removeHandler(self)


def croissant(folder, report, format, rows):
    """No errors and no warnings; digests of the files; splits, speakers, and where it can the rows. How many it loaded."""
    import mlcroissant
    text = json.loads((folder / "croissant.json").read_text())
    listed = {f["contentUrl"]: f["sha256"] for f in text["distribution"] if f["@type"] == "cr:FileObject"}
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    beside = {"croissant.json", "index.json"} | {name for name in there if name.endswith(".flac")}
    assert there - beside == set(listed), there ^ set(listed)
    with Complaints() as complaints:
        dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
        issues = dataset.metadata.ctx.issues
        assert not issues.errors and not issues.warnings, (issues.errors, issues.warnings)
        splits = {s["splits/name"]: s["splits/rows"] for s in dataset.records("splits")}
        assert {(n.decode() if isinstance(n, bytes) else n): c for n, c in splits.items()} == report["rows"], splits
        speakers = [s["speakers/label"] for s in dataset.records("speakers")]
        assert speakers == list(range(len(speakers)))
        found = {}
        if rows and format in LOADED:
            for row in dataset.records("rows"):
                side = row["rows/split"].decode()
                found[side] = found.get(side, 0) + 1
            assert found == report["rows"], found
    assert not complaints.texts, complaints.texts[0]
    return sum(found.values())


def tampered(folder):
    """A changed file is found by its digest."""
    import mlcroissant
    with tempfile.TemporaryDirectory() as copy:
        for name in ("croissant.json", "speakers.csv"):
            shutil.copy(folder / name, copy)
        with open(copy + "/speakers.csv", "a") as file:
            file.write("7,nobody,f,1\n")
        try:
            list(mlcroissant.Dataset(jsonld=copy + "/croissant.json").records("speakers"))
        except Exception:
            return
        raise AssertionError("mlcroissant did not see that speakers.csv was changed")


def speakers(folder, dataset):
    """speakers.csv names the speaker of every label; those of train come first."""
    with (folder / "speakers.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [int(row["label"]) for row in rows] == list(range(len(rows)))
    for speaker, label in dataset.labels.items():
        assert rows[label]["speaker"] == speaker, (speaker, label)
    train = {row["speaker"] for row in dataset.side_rows("train")}
    assert {row["speaker"] for row in rows if row["train"] == "1"} == train
    consumer = json.loads((folder / "consumer.json").read_text())
    assert consumer["trainSpeakers"] == len(train) == sum(row["train"] == "1" for row in rows)
    assert [row["train"] for row in rows] == sorted((row["train"] for row in rows), reverse=True)


def readme(folder, report):
    """Where the head of the README has the files of each split, datasets opens the folder by it. Whether it has."""
    from datasets import disable_progress_bars, load_dataset
    disable_progress_bars()
    if not (folder / "README.md").read_text().startswith("---\n"):
        return False
    loaded = load_dataset(str(folder), cache_dir=str(folder.parent / "cache"))
    assert {side: len(rows) for side, rows in loaded.items()} == report["rows"], loaded
    return True
