"""Exports of examples, each opened with the library that its users open it with."""
import csv
import io
import json
import os
import pathlib

import numpy

from truth import Checker, texts


def safetensors(folder, dataset, side):
    from safetensors.numpy import load_file
    check = Checker(dataset, side)
    order = []
    for path in sorted((folder / side).glob(f"{side}-*.safetensors")):
        file = load_file(path)
        columns = {n: texts(file, n) for n in ("utterance", "speaker", "session", "key")}
        arrays = file["features"]
        if "features.end" in file:
            arrays = numpy.split(arrays, file["features.end"][:-1])
        for i, row in enumerate(file["row"]):
            order.append(int(row))
            check.row(row, arrays[i], label=file["label"][i], start=int(file["start"][i]),
                      length=int(file["length"][i]), **{n: c[i] for n, c in columns.items()})
    references(dataset, side, order, lambda name: {
        column: array for path in sorted((folder / side).glob(name + "-*.safetensors"))
        for column, array in load_file(path).items()})
    return check.finish()


def references(dataset, side, order, load):
    """Pairs by reference: they count the rows of the export."""
    known = dataset.pairs(side)
    if not known:
        return
    file = load("pairs")
    names = [n for n in ("a", "b", "anchor", "positive", "negative") if n in file]
    assert len(file[names[0]]) == len(known)
    for i, (rows, label) in enumerate(known):
        assert [order[int(file[n][i])] for n in names] == rows, f"pair {i}"
        assert label is None or int(file["label"][i]) == label


def numpy_files(folder, dataset, side):
    check = Checker(dataset, side)
    load = lambda name: numpy.load(folder / side / f"{name}.npy", mmap_mode="r")
    columns = {n: load(n) for n in ("features", "label", "row", "start", "length", "utterance", "speaker", "session")}
    arrays = columns["features"]
    if (folder / side / "features_end.npy").exists():
        arrays = numpy.split(arrays, load("features_end")[:-1])
    for i, row in enumerate(columns["row"]):
        check.row(row, arrays[i], label=columns["label"][i], start=int(columns["start"][i]),
                  length=int(columns["length"][i]),
                  **{n: columns[n][i].decode() for n in ("utterance", "speaker", "session")})
    references(dataset, side, list(columns["row"]), lambda name: {
        path.stem.rsplit("-", 1)[1]: numpy.load(path) for path in (folder / side).glob(name + "-*.npy")})
    return check.finish()


def webdataset(folder, dataset, side):
    import webdataset as wds
    check = Checker(dataset, side)
    shards = sorted(map(str, (folder / side).glob("*.tar")))
    listed = (folder / side / "shards.txt").read_text().split()
    assert [pathlib.Path(s).name for s in shards] == listed
    for sample in wds.WebDataset(shards, shardshuffle=False).decode():
        fields = sample["json"]
        assert sample["cls"] == fields["label"] and sample["spk"].decode() == fields["speaker"]
        check.row(fields["row"], sample["features.npy"], **{n: fields[n] for n in (
            "label", "utterance", "speaker", "session", "start", "length")})
    return check.finish()


def webdataset_datasets(folder, dataset, side):
    from datasets import disable_progress_bars, load_dataset
    disable_progress_bars()
    check = Checker(dataset, side)
    rows = load_dataset("webdataset", data_files={"train": str(folder / side / "*.tar")}, split="train",
                        cache_dir=str(folder.parent / "cache"))
    for sample in rows:
        array = numpy.array(sample["features.npy"], dtype=dataset.rows[0]["array"].dtype)
        check.row(sample["json"]["row"], array, label=sample["cls"], speaker=sample["json"]["speaker"])
    return check.finish()


def kaldi(folder, dataset, side, tolerance=0.0):
    import kaldiio
    check = Checker(dataset, side, tolerance)
    here = os.getcwd()
    os.chdir(folder)
    try:
        features = kaldiio.load_scp(f"{side}/feats.scp")
        ark = {key for path in sorted((folder / side).glob("*.ark")) for key, _ in kaldiio.load_ark(str(path))}
        lists = {p.name: p.read_text().splitlines() for p in (folder / side).iterdir() if p.suffix != ".ark"}
        validate(lists)
        speakers = dict(line.split() for line in lists["utt2spk"])
        assert set(features) == ark == set(speakers)
        places = {(row["utterance"], row["start"]): row for row in dataset.side_rows(side)}
        for key in features:
            # KEY is SPEAKER-UTTERANCE-START, as the export's index says in words.
            stem, start = key.rsplit("-", 1)
            row = next(r for (u, s), r in places.items()
                       if s == int(start) and u.replace("/", "-") in (stem, stem.split("-", 1)[1]))
            check.row(row["row"], features[key], speaker=speakers[key])
    finally:
        os.chdir(here)
    return check.finish()


def validate(lists):
    """The rules of Kaldi's validate_data_dir.sh."""
    for name, lines in lists.items():
        firsts = [line.split()[0] for line in lines]
        assert lines and firsts == sorted(set(firsts), key=str.encode), f"{name} is not sorted and unique"
    by_utterance = [line.split() for line in lists["utt2spk"]]
    assert by_utterance == sorted(by_utterance, key=lambda pair: (pair[1].encode(), pair[0].encode())), "not by speaker"
    assert all(key.startswith(speaker) for key, speaker in by_utterance), "the speaker is no prefix"
    inverse = {}
    for key, speaker in by_utterance:
        inverse.setdefault(speaker, []).append(key)
    assert lists["spk2utt"] == [f"{s} {' '.join(keys)}" for s, keys in inverse.items()]
    keys = [key for key, _ in by_utterance]
    for name in ("feats.scp", "wav.scp", "utt2dur", "utt2num_frames"):
        assert name not in lists or [line.split()[0] for line in lists[name]] == keys, name
    if "spk2gender" in lists:
        assert [line.split()[0] for line in lists["spk2gender"]] == sorted(inverse, key=str.encode)
        assert all(line.split()[1] in ("m", "f") for line in lists["spk2gender"])


def kaldi_compressed(folder, dataset, side):
    # A value is between the least and the greatest in 65 535 steps, rounded, then computed in single precision.
    return kaldi(folder, dataset, side, tolerance=0.51 / 65535 + 1e-6)


def lhotse_shar(folder, dataset, side):
    from lhotse import CutSet
    check = Checker(dataset, side)
    for cut in CutSet.from_shar(in_dir=folder / side):
        supervision = cut.supervisions[0]
        array = cut.load_features() if cut.has_features else cut.load_example()
        check.row(cut.row, array, speaker=supervision.speaker, label=cut.label, utterance=cut.utterance,
                  session=cut.session, start=cut.start_sample, length=cut.sample_count)
        if not cut.has_features:
            assert round(cut.duration * cut.sampling_rate) == cut.sample_count
    return check.finish()


def tfrecord(folder, dataset, side):
    import google_crc32c
    import struct
    from tfrecord.reader import tfrecord_loader
    check = Checker(dataset, side)
    mask = lambda data: ((google_crc32c.value(data) >> 15 | google_crc32c.value(data) << 17) + 0xA282EAD8) & 0xFFFFFFFF
    kinds = json.loads((folder / "features.json").read_text())
    description = {"key": "byte"}
    for name, kind in kinds.items():
        description[name] = {"int64": "int", "string": "byte", "float32": "float"}[kind["type"]]
        if kind["type"] == "float32":
            description[name + "_shape"] = "int"
    for path in sorted(p for p in (folder / side).iterdir() if p.suffix != ".index"):
        data, place, index = path.read_bytes(), 0, []
        while place < len(data):
            length, = struct.unpack_from("<Q", data, place)
            assert struct.unpack_from("<I", data, place + 8)[0] == mask(data[place:place + 8])
            assert struct.unpack_from("<I", data, place + 12 + length)[0] == mask(data[place + 12:place + 12 + length])
            index.append(f"{place} {length + 16}")
            place += length + 16
        assert pathlib.Path(str(path) + ".index").read_text().splitlines() == index
        for record in tfrecord_loader(str(path), None, description):
            array = numpy.asarray(record["features"], "float32").reshape(record["features_shape"])
            text = lambda name: bytes(record[name]).decode()
            check.row(record["row"][0], array, label=record["label"][0], start=record["start"][0],
                      length=record["length"][0], **{n: text(n) for n in ("utterance", "speaker", "session")})
    return check.finish()


def parquet(folder, dataset, side):
    import pyarrow.parquet
    check = Checker(dataset, side)
    for path in sorted((folder / side).glob("*.parquet")):
        for row in pyarrow.parquet.read_table(path).to_pylist():
            check.row(row["row"], numpy.array(row["features"], "float32"), **{n: row[n] for n in (
                "label", "utterance", "speaker", "session", "start", "length")})
    return check.finish()


def parquet_datasets(folder, dataset, side):
    from datasets import disable_progress_bars, load_dataset
    disable_progress_bars()
    check = Checker(dataset, side)
    rows = load_dataset(str(folder), split=side, cache_dir=str(folder.parent / "cache"))
    for row in rows.with_format("numpy"):
        array = row["features"]
        if array.dtype == object:  # of whole utterances: a list of frames
            array = numpy.stack(array)
        check.row(row["row"], array, label=row["label"], speaker=str(row["speaker"]))
    return check.finish()


def csv_list(folder, dataset, side):
    check = Checker(dataset, side)
    for path in sorted((folder / side).glob("*.csv")):
        for row in csv.DictReader(path.open(newline="", encoding="utf-8")):
            start, stop = int(row["start"]), int(row["stop"])
            check.row(row["row"], label=row["label"], utterance=row["utterance"], speaker=row["spk_id"],
                      session=row["session"], start=start, length=stop - start)
    return check.finish()


def jsonl_list(folder, dataset, side):
    check = Checker(dataset, side)
    for path in sorted((folder / side).glob("*.jsonl")):
        for row in map(json.loads, path.open(encoding="utf-8")):
            check.row(row["row"], label=row["class"], utterance=row["utterance"], speaker=row["label"],
                      session=row["session"], start=row["start"], length=row["length"])
    return check.finish()


READERS = {
    "safetensors": [("safetensors", safetensors)],
    "numpy": [("numpy", numpy_files)],
    "webdataset": [("webdataset", webdataset), ("datasets", webdataset_datasets)],
    "kaldi": [("kaldiio", kaldi)],
    "kaldi-compressed": [("kaldiio", kaldi_compressed)],
    "lhotse-shar": [("lhotse", lhotse_shar)],
    "tfrecord": [("tfrecord, google-crc32c", tfrecord)],
    "parquet": [("pyarrow", parquet), ("datasets", parquet_datasets)],
    "csv": [("csv", csv_list)],
    "jsonl": [("json", jsonl_list)],
}
