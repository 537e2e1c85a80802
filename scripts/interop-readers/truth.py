"""What a dataset holds, read from its artifacts: what every export is compared with."""
import json
import pathlib
import subprocess

import numpy
from safetensors.numpy import load_file


def texts(file, name):
    """A text column: UTF-8 bytes and where each text ends."""
    data, ends = file[name].tobytes(), file[name + ".end"]
    starts = [0, *ends[:-1]]
    return [data[start:end].decode() for start, end in zip(starts, ends)]


class Dataset:
    """The rows of the last build of a recipe, in order, with their arrays and what is known of them."""

    def __init__(self, program, recipe, corpora, workspace, settings=()):
        self.program, self.recipe, self.workspace = str(program), str(recipe), str(workspace)
        self.options = [self.recipe, "--workspace", self.workspace]
        for corpus in corpora:
            self.options += ["--corpus", corpus]
        for setting in settings:
            self.options += ["--set", setting]
        self.summary = self.run("build", *self.options)
        artifacts = self.run("artifacts", "--workspace", self.workspace)
        paths = {a["digest"]: a.get("path") for a in artifacts}
        by_stage = {}
        for artifact in artifacts:
            by_stage.setdefault(artifact["stage"], []).append(artifact)
        split = load_file(by_stage["split"][0]["path"])
        self.sides = {1: "train", 2: "validation", 3: "test"}
        self.side = [self.sides.get(code) for code in split["row.side"]]
        self.selections = [(a["subject"], load_file(a["path"])) for a in by_stage.get("pairs", [])]
        self.questions = [(a["subject"], load_file(a["path"])) for a in by_stage.get("trials", [])]
        self.rows = []
        # Speaker to label, as the exports have it: the same in all of them.
        self.labels = {}
        # Pairs say which features artifact holds which rows.
        for digest in self.selections[0][1]["pack.features"]:
            self.read(load_file(paths[digest.tobytes().hex()]))

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments, "--json"], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"interop: twinset {' '.join(arguments)} failed: {done.stderr}")
        return json.loads(done.stdout)

    def read(self, file):
        names = {name: texts(file, name) for name in ("utterance", "speaker", "session")}
        # Whole utterances stand one after another.
        ends = file.get("row.frameEnd")
        arrays = file["features"] if ends is None else numpy.split(file["features"], ends[:-1])
        for row, utterance in enumerate(file["row.utterance"]):
            self.rows.append({
                "array": arrays[row], "row": len(self.rows), "start": int(file["row.start"][row]),
                "length": int(file["row.length"][row]), **{name: column[utterance] for name, column in names.items()}})

    def side_rows(self, side):
        return [row for row in self.rows if self.side[row["row"]] == side]

    def pairs(self, side):
        """The rows of each pair or triplet of a side, and the labels of pairs."""
        found = []
        for subject, file in self.selections:
            if subject.startswith(side + "/"):
                names = [n for n in ("a", "b", "anchor", "positive", "negative") if n in file]
                labels = file.get("label")
                found += [([int(file[n][i]) for n in names], None if labels is None else int(labels[i]))
                          for i in range(len(file[names[0]]))]
        return found

    def trials(self, side):
        """(a, b, label) of the trials of a side, in order; an utterance is named SPEAKER/SESSION/ID."""
        found = []
        for subject, file in self.questions:
            if subject.startswith(side + "/"):
                names = [name.rsplit("/", 1)[1] for name in texts(file, "utterance")]
                found += [(names[a], names[b], int(label)) for a, b, label in zip(file["a"], file["b"], file["label"])]
        return found

    def contents(self):
        """What can be exported, with the rows of each side."""
        sides = [side for side in self.sides.values() if side in self.side]
        pairs = {side: len(self.pairs(side)) for side in sides if self.pairs(side)}
        trials = {side: len(self.trials(side)) for side in sides if self.trials(side)}
        count = lambda rows: len({(row["utterance"], row["speaker"]) for row in rows})
        found = {"examples": {side: len(self.side_rows(side)) for side in sides},
                 "audio": {side: count(self.side_rows(side)) for side in sides}}
        if pairs:
            found["triplets" if "anchor" in self.selections[0][1] else "pairs"] = pairs
        if trials:
            found["trials"] = trials
        return found

    def export(self, out, format, what="examples", *more):
        return self.run("export", *self.options, "--out", str(out), "--format", format, "--what", what, *more)


class Checker:
    """Compares rows that a reader found with those of the dataset, and counts them."""

    def __init__(self, dataset, side, tolerance=0.0):
        self.dataset = dataset
        self.known = {row["row"]: row for row in dataset.side_rows(side)}
        self.tolerance = tolerance
        self.seen = set()
        self.labels = {}

    def row(self, number, array=None, **fields):
        known = self.known[int(number)]
        assert int(number) not in self.seen, f"row {number} comes twice"
        self.seen.add(int(number))
        if array is not None:
            array = numpy.asarray(array)
            assert array.shape == known["array"].shape, (array.shape, known["array"].shape)
            if self.tolerance:
                limit = self.tolerance * (known["array"].max() - known["array"].min())
                assert numpy.abs(array - known["array"]).max() <= limit, f"row {number} is off"
            else:
                # Forms without half precision hold the same values in single precision.
                assert array.dtype == known["array"].dtype or (array.dtype, known["array"].dtype) == ("float32", "float16")
                assert numpy.array_equal(array, known["array"]), f"row {number}"
        for name in ("utterance", "speaker", "session", "start", "length"):
            if name in fields:
                assert fields[name] == known[name], (number, name, fields[name], known[name])
        if "label" in fields:
            assert self.labels.setdefault(known["speaker"], int(fields["label"])) == int(fields["label"])

    def finish(self):
        assert self.seen == set(self.known), f"{len(self.seen)} rows of {len(self.known)}"
        assert len(set(self.labels.values())) == len(self.labels), "two speakers have one label"
        for speaker, label in self.labels.items():
            assert self.dataset.labels.setdefault(speaker, label) == label, f"{speaker} has another label elsewhere"
        return len(self.seen)
