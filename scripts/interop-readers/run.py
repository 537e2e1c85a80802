"""Builds two datasets, exports them in every form, and opens each export with the libraries that read it."""
import argparse
import importlib.metadata
import pathlib
import subprocess
import sys
import time

import numpy

import audio
import examples
from truth import Checker, Dataset

# The same recipes as the README's; the second has pairs of raw waveforms at 4 kHz, which are resampled.
RECIPES = {
    "fbanknet": ["split.train=80%", "split.test=20%", "pairs.count=300"],
    "voicemap": ["episodes=", "pairs.count=200"],
}


class Runner:
    def __init__(self, options):
        self.options = options
        self.home = pathlib.Path(options.home).resolve()
        self.lines = []

    def note(self, recipe, what, format, reader, count):
        self.lines.append((recipe, what, format, reader, count))
        print(f"  {recipe:10} {what:9} {format:17} {reader:28} {count:6} rows", flush=True)

    def run(self):
        for recipe, settings in RECIPES.items():
            dataset = Dataset(
                self.options.program, f"manifests/{recipe}.yaml", [f"librispeech={self.options.corpus}"],
                self.home / f"workspace-{recipe}-{'quick' if self.options.quick else 'full'}", settings)
            self.examples(recipe, dataset)
            self.selections(recipe, dataset)
            self.audio(recipe, dataset)
            if recipe == "fbanknet":
                self.reproducible(dataset)
        print(f"interop: {len(self.lines)} readings, every array, label and name as in the artifacts")

    def folder(self, *parts):
        folder = self.home / "exports" / "-".join(parts)
        folder.parent.mkdir(parents=True, exist_ok=True)
        return folder

    def load(self, folder, format, rows):
        """Runs the generated program, which reads with two workers and counts."""
        python = self.options.streaming_python if format == "mds" else sys.executable
        done = subprocess.run([python, "load.py"], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, f"load.py of {folder.name}: {done.stderr[-2000:]}"
        assert done.stdout.split()[0] == str(rows), f"load.py of {folder.name}: {done.stdout} instead of {rows} rows"

    def counts(self, report, dataset):
        for side, count in report["rows"].items():
            assert count == len(dataset.side_rows(side)), (side, count)

    def examples(self, recipe, dataset):
        last = sorted({side for side in dataset.side if side})[-1]
        for format, readers in [*examples.READERS.items(), ("mds", [("mosaicml-streaming", self.mds)])]:
            folder = self.folder(recipe, format)
            report = dataset.export(folder, format, "examples", "--rows-per-shard", "64", "--shuffle", "7")
            self.counts(report, dataset)
            for name, read in readers:
                if format.startswith("kaldi") and dataset.rows[0]["array"].ndim == 1:
                    name += " (vectors)"
                count = sum(read(folder, dataset, side) for side in report["rows"])
                self.note(recipe, "examples", format, name, count)
            self.load(folder, format, len(dataset.side_rows(last)))

    def mds(self, folder, dataset, side):
        check = Checker(dataset, side)
        columns = self.mds_columns(folder / side)
        for i, row in enumerate(columns["row"]):
            check.row(row, columns["features"][i], **{n: columns[n][i] for n in (
                "label", "utterance", "speaker", "session", "start", "length")})
        return check.finish()

    def mds_columns(self, folder):
        out = self.home / "mds.npy"
        script = pathlib.Path(__file__).with_name("streaming_check.py")
        done = subprocess.run([self.options.streaming_python, script, folder, out], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        return numpy.load(out, allow_pickle=True).item()

    def selections(self, recipe, dataset):
        """Pairs and triplets with their arrays, through WebDataset and Parquet."""
        import pyarrow.parquet
        import webdataset as wds
        side = "train"
        known = dataset.pairs(side)
        what, parts = ("pairs", ("a", "b")) if len(known[0][0]) == 2 else ("triplets", ("anchor", "positive", "negative"))
        folder = self.folder(recipe, what, "webdataset")
        dataset.export(folder, "webdataset", what, "--split", side, "--rows-per-shard", "64")
        samples = list(wds.WebDataset(sorted(map(str, (folder / side).glob("*.tar"))), shardshuffle=False).decode())
        found = [([s["json"][p + "_row"] for p in parts], s["json"].get("label"), [s[p + ".npy"] for p in parts])
                 for s in samples]
        self.note(recipe, what, "webdataset", "webdataset", self.selected(dataset, known, found))
        self.load(folder, "webdataset", len(known))
        folder = self.folder(recipe, what, "parquet")
        dataset.export(folder, "parquet", what, "--split", side)
        rows = [r for p in sorted((folder / side).glob("*.parquet")) for r in pyarrow.parquet.read_table(p).to_pylist()]
        found = [([r[p + "_row"] for p in parts], r.get("label"), [numpy.array(r[p], "float32") for p in parts])
                 for r in rows]
        self.note(recipe, what, "parquet", "pyarrow", self.selected(dataset, known, found))

    @staticmethod
    def selected(dataset, known, found):
        assert len(known) == len(found)
        for (rows, label), (got, got_label, arrays) in zip(known, found):
            assert rows == got and label == got_label
            for row, array in zip(rows, arrays):
                assert numpy.array_equal(dataset.rows[row]["array"], array)
        return len(found)

    def audio(self, recipe, dataset):
        reference = {}
        for format, readers in audio.READERS.items():
            folder = self.folder(recipe, "audio", format)
            report = dataset.export(folder, format, "audio", "--rows-per-shard", "5")
            for name, read in readers:
                count = 0
                for side, rows in report["rows"].items():
                    sounds = read(folder, side)
                    known = reference.setdefault(side, sounds)
                    assert len(known.samples) == rows
                    count += audio.compare(sounds, known, known.rate, format)
                self.note(recipe, "audio", format, name, count)
        for side, known in reference.items():
            columns = self.mds_columns(self.exported(recipe, dataset) / side)
            sounds = audio.Sounds()
            for key, data, speaker, length in zip(*(columns[n] for n in ("key", "audio", "speaker", "length"))):
                sounds.add(key, *audio.decode(data.tobytes()), speaker, length)
            self.note(recipe, "audio", "mds", "mosaicml-streaming", audio.compare(sounds, known, known.rate, "mds"))
        if recipe == "fbanknet":
            self.sources(reference)

    def exported(self, recipe, dataset):
        folder = self.folder(recipe, "audio", "mds")
        dataset.export(folder, "mds", "audio", "--rows-per-shard", "5")
        return folder

    def sources(self, reference):
        """What was not resampled is the source, sample for sample."""
        import soundfile
        count = 0
        for path in pathlib.Path(self.options.corpus).rglob("*.flac"):
            for sounds in reference.values():
                if path.stem in sounds.samples:
                    assert numpy.array_equal(soundfile.read(path, dtype="int32")[0], sounds.samples[path.stem])
                    count += 1
        assert count == sum(len(sounds.samples) for sounds in reference.values())

    def reproducible(self, dataset):
        for format in ["webdataset", "parquet", "kaldi", "lhotse-shar", "mds", "tfrecord"]:
            folder = self.folder("again", format)
            dataset.export(folder, format, "examples", "--rows-per-shard", "64", "--shuffle", "7", "--jobs", "1")
            first = self.folder("fbanknet", format)
            done = subprocess.run(["diff", "-r", "-x", "__pycache__", first, folder], capture_output=True, text=True)
            assert done.returncode == 0, done.stdout[:1000]
        print("  every export again with one worker: the same bytes")


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--program", required=True)
parser.add_argument("--corpus", required=True)
parser.add_argument("--home", required=True)
parser.add_argument("--streaming-python", required=True)
parser.add_argument("--quick", action="store_true")
began = time.time()
runner = Runner(parser.parse_args())
runner.run()
print(f"interop: {time.time() - began:.0f} s; " + ", ".join(
    f"{name} {importlib.metadata.version(name)}" for name in (
        "numpy", "safetensors", "webdataset", "kaldiio", "lhotse", "tfrecord", "pyarrow", "datasets", "torch")))
