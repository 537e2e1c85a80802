"""Times exports against cp of the same files and against each form's own Python writer; see scripts/bench-exports."""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import time

import numpy

from truth import Dataset
from writers import WRITERS


def seconds(work):
    # What others have written must not go to disk in our time.
    os.sync()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class Bench:
    def __init__(self, options):
        self.options = options
        self.work = pathlib.Path(options.work).resolve()
        corpora = [word for word in options.corpora if word != "--corpus"]
        self.dataset = Dataset(options.program, options.recipe, corpora, options.workspace)
        labels = {}
        self.rows = []
        for row in self.dataset.side_rows("train"):
            number = labels.setdefault(row["speaker"], len(labels))
            self.rows.append({"key": f"{row['utterance']}-{row['start']:09}", "array": row["array"], "labels": {
                "label": number, **{n: row[n] for n in ("speaker", "session", "utterance", "start", "length", "row")}}})

    def fresh(self, name):
        folder = self.work / f"bench-{name}"
        shutil.rmtree(folder, ignore_errors=True)
        return folder

    def export(self, format):
        folder = self.fresh("ours")
        options = self.dataset.options
        return seconds(lambda: subprocess.run(
            [self.options.program, "export", *options, "--split", "train", "--out", folder, "--format", format, "--shuffle", "1"],
            check=True, capture_output=True)), folder

    def copy(self, folder):
        """cp, and the time until its bytes are on disk, as ours are when an export ends."""
        target = self.fresh("copy")
        os.sync()
        began = time.perf_counter()
        subprocess.run(["cp", "-r", folder, target], check=True)
        copied = time.perf_counter()
        subprocess.run(["sync", "-f", target], check=True)
        synced = time.perf_counter()
        shutil.rmtree(target)
        return copied - began, synced - began

    def peer(self, format):
        folder = self.fresh("python")
        folder.mkdir()
        if format == "mds":
            shutil.rmtree(folder)
            archive = self.work / "bench-rows.npy"
            numpy.save(archive, numpy.array(self.rows, object), allow_pickle=True)
            script = pathlib.Path(__file__).with_name("writers.py")
            done = subprocess.run([self.options.streaming_python, script, archive, folder], check=True,
                                  capture_output=True, text=True)
            archive.unlink()
            taken = float(done.stdout.split()[-1])
        else:
            taken = seconds(lambda: WRITERS[format](folder, self.rows))
        size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
        shutil.rmtree(folder)
        # It has to read the same artifacts.
        return taken + self.dataset.reading_seconds, size

    def measure(self, format):
        ours, copied, synced, python = [], [], [], []
        for _ in range(self.options.runs):
            taken, folder = self.export(format)
            size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
            ours.append(taken)
            cp, cp_synced = self.copy(folder)
            copied.append(cp)
            synced.append(cp_synced)
            shutil.rmtree(folder)
            taken, peer_size = self.peer(format)
            python.append(taken / peer_size * size)
        def ratio(others, digits):
            ratios = sorted(other / own for other, own in zip(others, ours))
            return f"{statistics.median(ratios):.{digits}f} ({ratios[0]:.{digits}f} to {ratios[-1]:.{digits}f})"

        print(f"| `{format}` | {size / 1e6:.0f} | {size / statistics.median(ours) / 1e6:.0f} | {ratio(copied, 2)} "
              f"| {ratio(synced, 2)} | {ratio(python, 1)} |", flush=True)

    def run(self):
        print(f"{len(self.rows)} examples of {self.rows[0]['array'].nbytes} bytes, in random order; medians of "
              f"{self.options.runs} runs, least and greatest in brackets\n")
        print("| format | MB | MB/s | of cp | of cp until on disk | of its Python writer |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        for format in self.options.formats.split(",") if self.options.formats else [*WRITERS, "mds"]:
            self.measure(format)


parser = argparse.ArgumentParser(description=__doc__)
for name in ("program", "recipe", "workspace", "work", "streaming-python"):
    parser.add_argument(f"--{name}", required=True)
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("--formats", default="")
parser.add_argument("corpora", nargs="*")
Bench(parser.parse_args()).run()
