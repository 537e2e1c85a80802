"""Builds datasets, exports them in every form, and opens each export with the libraries that read it."""
import argparse
import json
import importlib.metadata
import pathlib
import shutil
import subprocess
import sys
import time

import numpy

import again
import audio
import beside
import examples
import selections
from truth import Checker, Dataset

# The README's recipes: matrices of one size and triplets; raw waveforms at another rate and pairs; and, with two settings
# of its own, whole utterances in half precision, pairs and trials.
RECIPES = {
    "fbanknet": ["split.train=80%", "split.validation=", "split.test=20%", "pairs.count=100"],
    "mfcc-siamese": ["frame.length=", "frame.every=", "frame.tail=", "features.dtype=float16", "pairs.count=30",
                     "episodes=", "trials.kind=all"],
    "voicemap": ["episodes=", "pairs.count=200"],
}
QUICK = ["fbanknet", "mfcc-siamese"]
# Forms whose generated program divides the rows itself.
RANKED = ["webdataset", "tfrecord", "parquet", "lhotse-shar"]
FORMS = {
    "examples": [*examples.READERS, "mds"],
    "audio": [*audio.READERS, "mds"],
    "pairs": [*selections.READERS, "mds"],
    "triplets": [*selections.READERS, "mds"],
    "trials": ["safetensors", "kaldi", "parquet", "csv", "jsonl"],
}


class Programs:
    """Runs programs with the libraries of an environment loaded already."""

    def __init__(self, python, *libraries):
        script = pathlib.Path(__file__).with_name("programs.py")
        self.process = subprocess.Popen(
            [python, script, *libraries], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, program, folder, *arguments):
        print(json.dumps([str(program), str(folder), list(map(str, arguments))]), file=self.process.stdin, flush=True)
        status, output = json.loads(self.process.stdout.readline())
        assert status == 0, f"{program} in {folder}: {output[-2000:]}"
        return output

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


class Runner:
    def __init__(self, options):
        self.options = options
        self.own = Programs(sys.executable, "torch", "soundfile", "webdataset", "lhotse", "lhotse.dataset")
        self.streaming = Programs(options.streaming_python, "streaming")
        self.home = pathlib.Path(options.home).resolve()
        self.readings, self.exports, self.loaded = 0, 0, set()

    def note(self, recipe, what, format, reader, count):
        self.readings += 1
        print(f"  {recipe:13} {what:9} {format:17} {reader:28} {count:6} rows", flush=True)

    def run(self):
        for recipe in QUICK if self.options.quick else RECIPES:
            dataset = Dataset(
                self.options.program, f"manifests/{recipe}.yaml", [f"librispeech={self.options.corpus}"],
                self.home / f"workspace-{recipe}-{'quick' if self.options.quick else 'full'}", RECIPES[recipe])
            self.sounds = {}
            for what, rows in dataset.contents().items():
                for format in FORMS[what]:
                    self.check(recipe, dataset, what, format, rows)
            self.toolkit(recipe, dataset)
            shutil.rmtree(self.home / "exports" / "cache", ignore_errors=True)
        self.own.close()
        self.streaming.close()
        print(f"interop: {self.readings} readings of {self.exports} exports, every array, label and name as in the artifacts")

    def check(self, recipe, dataset, what, format, rows):
        """One form with one content: written, verified, read with its libraries and its own loader, written again."""
        try:
            folder, report = self.export(recipe, dataset, what, format, rows)
            for reader, read in self.readers(recipe, dataset, what, format):
                count = sum(read(folder, side) for side in rows)
                assert count == sum(rows.values()), (count, rows)
                self.note(recipe, what, format, reader, count)
            self.sidecars(recipe, dataset, what, format, folder, report)
            self.load(folder, what, format, rows)
            if (recipe, what) == (QUICK[0], "examples"):
                self.ranks(recipe, format, folder, rows)
                if format == "mds":
                    self.tampered(folder)
            # What datasets and the loader wrote is no part of the export.
            shutil.rmtree(folder / "__pycache__", ignore_errors=True)
            if not self.options.quick or what == "examples" or (recipe, what) == (QUICK[0], "audio"):
                self.same(dataset, what, format, folder)
            if not self.options.keep:
                shutil.rmtree(folder)
        except BaseException:
            print(f"interop: {recipe}, {what} as {format}: see below", file=sys.stderr, flush=True)
            raise

    def options_of(self, what):
        size = {"audio": "5", "trials": "100"}.get(what, "64")
        return ["--rows-per-shard", size, "--shuffle", "7", "--license", "CC-BY-4.0"]

    def export(self, recipe, dataset, what, format, rows):
        folder = self.home / "exports" / f"{recipe}-{what}-{format}"
        folder.parent.mkdir(parents=True, exist_ok=True)
        report = dataset.export(folder, format, what, *self.options_of(what), "--jobs", "2")
        self.exports += 1
        assert report["rows"] == rows, (report["rows"], rows)
        done = subprocess.run([self.options.program, "verify", folder], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return folder, report

    def same(self, dataset, what, format, first):
        """Again with one worker: the same bytes."""
        folder = first.with_name(first.name + "-again")
        dataset.export(folder, format, what, *self.options_of(what), "--jobs", "1")
        done = subprocess.run(["diff", "-r", first, folder], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[:1000]
        shutil.rmtree(folder)

    def load(self, folder, what, format, rows):
        """Runs the generated program, which reads the last side there is with two workers and counts."""
        if self.options.quick and (what, format) in self.loaded:
            return
        self.loaded.add((what, format))
        output = (self.streaming if format == "mds" else self.own).run(folder / "load.py", folder)
        expected = rows[sorted(rows)[-1]]
        counted = output.strip().splitlines()[-1]
        assert counted.split()[0] == str(expected), f"load.py of {folder.name}: {counted} instead of {expected} rows"

    def ranks(self, recipe, format, folder, rows):
        """The generated program with two ranks of two workers, forked, and all of them new processes."""
        if format not in RANKED:
            return
        script = pathlib.Path(__file__).with_name("ranks.py").resolve()
        side = sorted(rows)[-1]
        shares = [self.own.run(script, folder, folder, side)]
        if not self.options.quick:
            done = subprocess.run([sys.executable, script, folder, side, "spawn"], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr[-2000:]
            shares.append(done.stdout)
        for share in shares:
            self.note(recipe, "examples", format, "its load.py, " + share.strip().split(" by ")[1], rows[side])

    def tampered(self, folder):
        """One bit of a shard, and Mosaic's own check of its hash refuses it."""
        damaged = folder.with_name(folder.name + "-damaged")
        shutil.copytree(folder / "train", damaged)
        shard = sorted(damaged.glob("*.mds"))[-1]
        data = bytearray(shard.read_bytes())
        data[len(data) // 2] ^= 1
        shard.write_bytes(data)
        try:
            self.mds_columns(damaged)
        except AssertionError as error:
            assert "Checksum failure" in str(error), error
        else:
            raise AssertionError("mosaicml-streaming read a damaged shard")
        shutil.rmtree(damaged)

    def sidecars(self, recipe, dataset, what, format, folder, report):
        count = beside.croissant(folder, report, format, rows=what != "triplets" or not self.options.quick)
        self.note(recipe, what, format, "mlcroissant", count)
        beside.speakers(folder, dataset)
        if beside.readme(folder, report):
            self.note(recipe, what, format, "datasets, by the README", sum(report["rows"].values()))
        if (recipe, what, format) == ("fbanknet", "examples", "csv"):
            beside.tampered(folder)

    def readers(self, recipe, dataset, what, format):
        """(name, function of folder and side that compares and counts)."""
        if what == "examples":
            known = examples.READERS.get(format, [("mosaicml-streaming", self.mds)])
            return [(name, lambda folder, side, read=read: read(folder, dataset, side)) for name, read in known]
        if what == "audio":
            known = audio.READERS.get(format, [("mosaicml-streaming", self.mds_audio)])
            return [(name, lambda folder, side, read=read: self.compared(read(folder, side), side, format))
                    for name, read in known]
        if what == "trials":
            return self.trial_readers(dataset, format)
        parts = ("anchor", "positive", "negative") if what == "triplets" else ("a", "b")
        name, read = selections.READERS.get(format, ("mosaicml-streaming", self.mds_rows))
        return [(name, lambda folder, side: selections.compare(dataset, side, parts, read(folder, side, parts)))]

    def trial_readers(self, dataset, format):
        found = []
        if format in selections.READERS:
            name, read = selections.READERS[format]
            found.append((name, lambda folder, side: selections.compare_trials(dataset, side, read(folder, side, ()))))
        if format in ("kaldi", "csv"):
            found.append(("plain list", lambda folder, side: selections.compare_plain(
                dataset, side, selections.plain_trials(folder, side, format))))
        return found

    def compared(self, sounds, side, format):
        known = self.sounds.setdefault(side, sounds)
        return audio.compare(sounds, known, known.rate, format)

    def mds(self, folder, dataset, side):
        check = Checker(dataset, side)
        columns = self.mds_columns(folder / side)
        for i, row in enumerate(columns["row"]):
            check.row(row, columns["features"][i], **{n: columns[n][i] for n in (
                "label", "utterance", "speaker", "session", "start", "length")})
        return check.finish()

    def mds_audio(self, folder, side):
        columns = self.mds_columns(folder / side)
        sounds = audio.Sounds()
        for key, data, speaker, length in zip(*(columns[n] for n in ("key", "audio", "speaker", "length"))):
            sounds.add(key, *audio.decode(data.tobytes()), speaker, length)
        return sounds

    def mds_rows(self, folder, side, parts):
        columns = self.mds_columns(folder / side)
        for i, key in enumerate(columns["key"]):
            fields = {n: c[i] for n, c in columns.items() if n not in parts}
            yield key, fields, [columns[part][i] for part in parts]

    def mds_columns(self, folder):
        out = self.home / "mds.npy"
        self.streaming.run(pathlib.Path(__file__).with_name("streaming_check.py").resolve(), self.home, folder, out)
        return numpy.load(out, allow_pickle=True).item()

    def toolkit(self, recipe, dataset):
        """What was not resampled is the source, sample for sample; and examples can be made again from it."""
        if recipe != "voicemap":
            self.sources()
        folder = self.home / "exports" / f"{recipe}-consumer"
        dataset.export(folder, "csv")
        count, worst = again.compare(recipe, folder, dataset, self.sounds)
        print(f"  {recipe:13} {count} examples made again from exported audio by {again.TOOLKITS[recipe][0]}: "
              f"greatest difference {worst:.1e}")
        shutil.rmtree(folder)

    def sources(self):
        import soundfile
        count = 0
        for path in pathlib.Path(self.options.corpus).rglob("*.flac"):
            for sounds in self.sounds.values():
                for key in (path.stem, f"{path.parts[-3]}-{path.stem}"):
                    if key in sounds.samples:
                        assert numpy.array_equal(soundfile.read(path, dtype="int32")[0], sounds.samples[key])
                        count += 1
        assert count == sum(len(sounds.samples) for sounds in self.sounds.values())


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--program", required=True)
parser.add_argument("--corpus", required=True)
parser.add_argument("--home", required=True)
parser.add_argument("--streaming-python", required=True)
parser.add_argument("--quick", action="store_true")
parser.add_argument("--keep", action="store_true")
began = time.time()
runner = Runner(parser.parse_args())
runner.run()
print(f"interop: {time.time() - began:.0f} s; " + ", ".join(
    f"{name} {importlib.metadata.version(name)}" for name in (
        "numpy", "safetensors", "webdataset", "kaldiio", "lhotse", "tfrecord", "pyarrow", "datasets", "mlcroissant", "torch")))
