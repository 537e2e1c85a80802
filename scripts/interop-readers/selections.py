"""Exports of pairs, triplets and trials: what each form's own library finds of a row, by its key."""
import csv
import json
import os

import numpy

from truth import texts

# Each reader gives (key, fields, arrays) for the rows of a side; forms without arrays give none.


def webdataset(folder, side, parts):
    import webdataset as wds
    for sample in wds.WebDataset(sorted(map(str, (folder / side).glob("*.tar"))), shardshuffle=False).decode():
        yield sample["__key__"], sample["json"], [sample[part + ".npy"] for part in parts]


def safetensors(folder, side, parts):
    from safetensors.numpy import load_file
    for path in sorted((folder / side).glob(f"{side}-*.safetensors")):
        file = load_file(path)
        arrays = [numpy.split(file[p], file[p + ".end"][:-1]) if p + ".end" in file else file[p] for p in parts]
        ended = {name[:-4] for name in file if name.endswith(".end")} - set(parts)
        columns = {name: texts(file, name) for name in ended}
        columns.update({n: file[n] for n in file if file[n].dtype == numpy.int64 and not n.endswith(".end")})
        for i, key in enumerate(columns.pop("key")):
            yield key, {n: c[i] for n, c in columns.items()}, [a[i] for a in arrays]


def tfrecord(folder, side, parts):
    from tfrecord.reader import tfrecord_loader
    kinds = {"int64": "int", "string": "byte", "float32": "float"}
    description = {n: kinds[k["type"]] for n, k in json.loads((folder / "features.json").read_text()).items()}
    description |= {"key": "byte", **{part + "_shape": "int" for part in parts}}
    for path in sorted(p for p in (folder / side).iterdir() if p.suffix != ".index"):
        for record in tfrecord_loader(str(path), None, description):
            fields = {n: bytes(v).decode() if description[n] == "byte" else v[0]
                      for n, v in record.items() if description[n] != "float"}
            arrays = [numpy.asarray(record[p], "float32").reshape(record[p + "_shape"]) for p in parts]
            yield fields["key"], fields, arrays


def parquet(folder, side, parts):
    import pyarrow.parquet
    for path in sorted((folder / side).glob("*.parquet")):
        for row in pyarrow.parquet.read_table(path).to_pylist():
            yield row["key"], row, [numpy.array(row[part], "float32") for part in parts]


def csv_list(folder, side, parts):
    for path in sorted((folder / side).glob("*.csv")):
        for row in csv.DictReader(path.open(newline="", encoding="utf-8")):
            yield row["key"], row, None


def jsonl_list(folder, side, parts):
    for path in sorted((folder / side).glob("*.jsonl")):
        for row in map(json.loads, path.open(encoding="utf-8")):
            yield row["key"], row, None


READERS = {
    "webdataset": ("webdataset", webdataset), "safetensors": ("safetensors", safetensors),
    "tfrecord": ("tfrecord", tfrecord), "parquet": ("pyarrow", parquet), "csv": ("csv", csv_list),
    "jsonl": ("json", jsonl_list),
}


def compare(dataset, side, parts, found):
    """The rows that a reader found against the pairs or triplets of a side; the key counts them."""
    known, seen = dataset.pairs(side), set()
    for key, fields, arrays in found:
        number = int(key.rsplit("-", 1)[1])
        assert key.startswith(side + "-") and number not in seen, f"{key} comes twice"
        seen.add(number)
        rows, label = known[number]
        assert [int(fields[part + "_row"]) for part in parts] == rows, key
        assert label is None or int(fields["label"]) == label, key
        for part, row in zip(parts, rows):
            for name in ("utterance", "speaker", "session", "start", "length"):
                assert str(fields[f"{part}_{name}"]) == str(dataset.rows[row][name]), (key, part, name)
        for row, array in zip(rows, arrays or []):
            assert numpy.array_equal(dataset.rows[row]["array"], array), key
    assert len(seen) == len(known), f"{len(seen)} of {len(known)}"
    return len(seen)


def compare_trials(dataset, side, found):
    known, seen = dataset.trials(side), set()
    speakers = {row["utterance"]: row["speaker"] for row in dataset.rows}
    for key, fields, _ in found:
        number = int(key.rsplit("-", 1)[1])
        seen.add(number)
        a, b, label = known[number]
        assert (fields["a_utterance"], fields["b_utterance"], int(fields["label"])) == (a, b, label), key
        assert (fields["a_speaker"], fields["b_speaker"]) == (speakers[a], speakers[b]), key
        assert label == (speakers[a] == speakers[b]), key
    assert len(seen) == len(known), f"{len(seen)} of {len(known)}"
    return len(seen)


def plain_trials(folder, side, format):
    """The lists that have no key: (a, b, label), by the keys of the utterances."""
    if format == "kaldi":
        for path in sorted((folder / side).glob("trials*")):
            for a, b, label in map(str.split, path.open()):
                assert label in ("target", "nontarget"), label
                yield a, b, int(label == "target")
    else:
        for label, a, b in map(str.split, (folder / side / "list.txt").open()):
            yield a, b, int(label)


def compare_plain(dataset, side, found):
    """Keys end with the utterance's own name, whose slashes became dashes."""
    names = {}
    for row in dataset.rows:
        names[f"{row['speaker']}-{row['utterance'].removeprefix(row['speaker'] + '-')}".replace("/", "-")] = row["utterance"]
    got = [(names[a], names[b], label) for a, b, label in found]
    assert sorted(got) == sorted(dataset.trials(side))
    return len(got)
