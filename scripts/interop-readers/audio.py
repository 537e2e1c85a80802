"""Exports of audio: every form must hold the same waveforms."""
import csv
import io
import json
import os
import tarfile

import numpy
import soundfile


def decode(data):
    samples, rate = soundfile.read(io.BytesIO(data), dtype="int32")
    return samples, rate


class Sounds:
    """The utterances of a side and their samples, by key."""

    def __init__(self):
        self.samples, self.speakers = {}, {}

    def add(self, key, samples, rate, speaker, length=None):
        assert key not in self.samples, f"{key} comes twice"
        assert length is None or len(samples) == length, (key, len(samples), length)
        self.samples[key], self.speakers[key], self.rate = samples, speaker, rate


def webdataset(folder, side):
    import webdataset as wds
    sounds = Sounds()
    for sample in wds.WebDataset(sorted(map(str, (folder / side).glob("*.tar"))), shardshuffle=False).decode():
        sounds.add(sample["__key__"], *decode(sample["flac"]), sample["json"]["speaker"], sample["json"]["length"])
    return sounds


def wespeaker(folder, side):
    """wespeaker's way through a shard: a name parts at its last dot, KEY.spk goes with KEY.flac."""
    sounds = Sounds()
    for shard in (folder / side / "shards.txt").read_text().split():
        example, last = {}, None
        with tarfile.open(folder / side / shard, mode="r:*") as tar:
            members = [(m.name, tar.extractfile(m).read()) for m in tar]
        for name, data in members + [(".end", b"")]:
            key, ending = name[:name.rfind(".")], name[name.rfind(".") + 1:]
            if last is not None and key != last:
                sounds.add(last, *decode(example["flac"]), example["spk"].decode().strip())
                example = {}
            example[ending], last = data, key
    return sounds


def safetensors(folder, side):
    from safetensors.numpy import load_file
    from truth import texts
    sounds = Sounds()
    for path in sorted((folder / side).glob("*.safetensors")):
        file = load_file(path)
        data, start = file["audio"].tobytes(), 0
        for key, speaker, end, length in zip(
                texts(file, "key"), texts(file, "speaker"), file["audio.end"], file["length"]):
            sounds.add(key, *decode(data[start:end]), speaker, length)
            start = end
    return sounds


def kaldi(folder, side):
    import kaldiio
    from examples import validate
    sounds = Sounds()
    here = os.getcwd()
    os.chdir(folder)
    try:
        lists = {p.name: p.read_text().splitlines() for p in (folder / side).iterdir() if p.suffix != ".ark"}
        validate(lists)
        speakers = dict(line.split() for line in lists["utt2spk"])
        for key, (rate, samples) in kaldiio.load_scp(f"{side}/wav.scp").items():
            # 16 bits, where the others may have 24.
            sounds.add(key, samples.astype("int32") << 16, rate, speakers[key])
    finally:
        os.chdir(here)
    return sounds


def lhotse_shar(folder, side):
    from lhotse import CutSet
    sounds = Sounds()
    for cut in CutSet.from_shar(in_dir=folder / side):
        samples = (cut.load_audio()[0].astype("float64") * 2 ** 31).round().astype("int64")
        sounds.add(cut.id, samples, cut.sampling_rate, cut.supervisions[0].speaker, cut.sample_count)
    return sounds


def tfrecord(folder, side):
    from tfrecord.reader import tfrecord_loader
    sounds = Sounds()
    fields = {"key": "byte", "audio": "byte", "speaker": "byte", "length": "int"}
    for path in sorted(p for p in (folder / side).iterdir() if p.suffix != ".index"):
        for record in tfrecord_loader(str(path), None, fields):
            sounds.add(bytes(record["key"]).decode(), *decode(bytes(record["audio"])),
                       bytes(record["speaker"]).decode(), record["length"][0])
    return sounds


def parquet(folder, side):
    from datasets import Audio, disable_progress_bars, load_dataset
    disable_progress_bars()
    sounds = Sounds()
    rows = load_dataset(str(folder), split=side, cache_dir=str(folder.parent / "cache"))
    assert isinstance(rows.features["audio"], Audio)
    for row in rows.cast_column("audio", Audio(decode=False)):
        sounds.add(row["key"], *decode(row["audio"]["bytes"]), row["speaker"], row["length"])
    return sounds


def csv_list(folder, side):
    sounds = Sounds()
    for path in sorted((folder / side).glob("*.csv")):
        for row in csv.DictReader(path.open(newline="", encoding="utf-8")):
            sounds.add(row["ID"], *decode((folder / side / row["wav"]).read_bytes()), row["spk_id"], int(row["stop"]))
    return sounds


def jsonl_list(folder, side):
    sounds = Sounds()
    for path in sorted((folder / side).glob("*.jsonl")):
        for row in map(json.loads, path.open(encoding="utf-8")):
            samples, rate = decode((folder / side / row["audio_filepath"]).read_bytes())
            assert abs(len(samples) / rate - row["duration"]) < 1e-6
            sounds.add(row["key"], samples, rate, row["label"])
    return sounds


def audiofolder(folder, side):
    sounds = Sounds()
    with (folder / side / "metadata.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            sounds.add(row["key"], *decode((folder / side / row["file_name"]).read_bytes()), row["speaker"], row["length"])
    return sounds


def audiofolder_datasets(folder, side):
    from datasets import Audio, disable_progress_bars, load_dataset
    disable_progress_bars()
    sounds = Sounds()
    rows = load_dataset("audiofolder", data_dir=str(folder), split=side, cache_dir=str(folder.parent / "cache"))
    assert isinstance(rows.features["audio"], Audio)
    for row in rows.cast_column("audio", Audio(decode=False)):
        data = row["audio"]["bytes"]
        if data is None:
            data = open(row["audio"]["path"], "rb").read()
        sounds.add(row["key"], *decode(data), row["speaker"], row["length"])
    return sounds


READERS = {
    "webdataset": [("webdataset", webdataset), ("wespeaker's way", wespeaker)],
    "safetensors": [("safetensors", safetensors)],
    "kaldi": [("kaldiio", kaldi)],
    "lhotse-shar": [("lhotse", lhotse_shar)],
    "tfrecord": [("tfrecord", tfrecord)],
    "parquet": [("datasets", parquet)],
    "csv": [("csv, soundfile", csv_list)],
    "jsonl": [("json, soundfile", jsonl_list)],
    "audiofolder": [("json, soundfile", audiofolder), ("datasets", audiofolder_datasets)],
}


def compare(sounds, known, rate, format):
    """Against the first form's; Kaldi rounds to 16 bits, Lhotse decodes to single precision."""
    assert sounds.samples.keys() == known.samples.keys() and sounds.rate == rate
    assert sounds.speakers == known.speakers or format == "kaldi"
    allowed = {"kaldi": 2 ** 15, "lhotse-shar": 2 ** 7}.get(format, 0)
    for key, samples in sounds.samples.items():
        difference = numpy.abs(samples.astype("int64") - known.samples[key].astype("int64"))
        assert difference.max() <= allowed, (key, difference.max())
    return len(sounds.samples)
