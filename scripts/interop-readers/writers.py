"""Each form's own writer in Python, on rows that lie in memory: what our exports are timed against."""
import json
import pathlib

import numpy


def webdataset(folder, rows):
    import webdataset as wds
    with wds.ShardWriter(str(folder / "train-%06d.tar"), maxcount=16384, verbose=0) as sink:
        for row in rows:
            sink.write({"__key__": row["key"], "features.npy": row["array"], "json": row["labels"],
                        "cls": row["labels"]["label"], "spk": row["labels"]["speaker"].encode()})


def safetensors(folder, rows):
    from safetensors.numpy import save_file
    for first in range(0, len(rows), 16384):
        part = rows[first:first + 16384]
        save_file({"features": numpy.stack([row["array"] for row in part]), "label": numpy.array(
            [row["labels"]["label"] for row in part])}, folder / f"train-{first}.safetensors")


def numpy_files(folder, rows):
    numpy.save(folder / "features.npy", numpy.stack([row["array"] for row in rows]))
    numpy.save(folder / "label.npy", numpy.array([row["labels"]["label"] for row in rows]))


def kaldi(folder, rows, compression=0):
    import kaldiio
    with kaldiio.WriteHelper(f"ark,scp:{folder}/feats.ark,{folder}/feats.scp", compression_method=compression) as out:
        for row in rows:
            out(row["key"], row["array"])


def kaldi_compressed(folder, rows):
    kaldi(folder, rows, compression=3)


def tfrecord(folder, rows):
    from tfrecord.writer import TFRecordWriter
    writer = TFRecordWriter(str(folder / "train.tfrecord"))
    for row in rows:
        labels = row["labels"]
        writer.write({"features": (row["array"].ravel(), "float"), "features_shape": (list(row["array"].shape), "int"),
                      "label": (labels["label"], "int"), "key": (row["key"].encode(), "byte"),
                      "speaker": (labels["speaker"].encode(), "byte"), "start": (labels["start"], "int")})
    writer.close()


def parquet(folder, rows):
    import pyarrow
    import pyarrow.parquet
    columns = {name: [row["labels"][name] for row in rows] for name in rows[0]["labels"]}
    values = numpy.stack([row["array"] for row in rows])
    array = pyarrow.array(values.ravel())
    for size in reversed(values.shape[1:]):
        array = pyarrow.FixedSizeListArray.from_arrays(array, size)
    table = pyarrow.table({"features": array, **columns})
    pyarrow.parquet.write_table(table, folder / "train.parquet", compression="none", use_dictionary=False,
                                row_group_size=1024)


def lhotse_shar(folder, rows):
    from lhotse import MonoCut, Recording, SupervisionSegment
    from lhotse.audio import AudioSource
    from lhotse.shar import SharWriter
    with SharWriter(str(folder), fields={"example": "numpy"}, shard_size=16384) as writer:
        for row in rows:
            duration = row["labels"]["length"] / 16000
            cut = MonoCut(row["key"], 0, duration, 0, supervisions=[SupervisionSegment(
                row["key"], row["key"], 0, duration, speaker=row["labels"]["speaker"])], recording=Recording(
                    row["key"], [AudioSource("file", [0], "-")], 16000, row["labels"]["length"], duration))
            cut.example = row["array"]
            writer.write(cut)


def csv(folder, rows):
    import csv as module
    with (folder / "train.csv").open("w", newline="") as lines:
        writer = module.DictWriter(lines, ["key", *rows[0]["labels"]])
        writer.writeheader()
        for row in rows:
            writer.writerow({"key": row["key"], **row["labels"]})


def jsonl(folder, rows):
    with (folder / "train.jsonl").open("w") as lines:
        for row in rows:
            lines.write(json.dumps({"key": row["key"], **row["labels"]}) + "\n")


WRITERS = {
    "safetensors": safetensors, "numpy": numpy_files, "webdataset": webdataset, "kaldi": kaldi,
    "kaldi-compressed": kaldi_compressed, "lhotse-shar": lhotse_shar, "tfrecord": tfrecord, "parquet": parquet,
    "csv": csv, "jsonl": jsonl,
}


def mds(folder, rows):
    """Runs in the environment of mosaicml-streaming, on rows left there as a NumPy archive."""
    from streaming import MDSWriter
    columns = {"features": f"ndarray:float32:{','.join(map(str, rows[0]['array'].shape))}", "key": "str"}
    columns |= {name: "int" if isinstance(value, int) else "str" for name, value in rows[0]["labels"].items()}
    with MDSWriter(out=str(folder), columns=columns, hashes=["sha256"], size_limit=1 << 28, progress_bar=False) as out:
        for row in rows:
            out.write({"features": row["array"], "key": row["key"], **row["labels"]})


if __name__ == "__main__":
    import sys
    import time
    source, target = sys.argv[1:]
    data = numpy.load(source, allow_pickle=True)
    began = time.perf_counter()
    mds(pathlib.Path(target), list(data))
    print(time.perf_counter() - began)
