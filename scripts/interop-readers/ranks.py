"""Reads an export by the program that lies beside it with two ranks of two workers each, and compares what they find
together with what one reader finds: every row once. FOLDER SIDE [spawn]

Ranks and workers are forked, and the environment says the rank, as torchrun does; with "spawn" all are new processes and
a process group says it."""
import collections
import hashlib
import multiprocessing
import os
import pathlib
import sys
import tempfile

import torch

RANKS, WORKERS = 2, 2


def digest(value, hasher=None):
    """SHA-256 over a row's numbers and texts, so that rows can be counted wherever they were read."""
    top = hasher is None
    hasher = hasher or hashlib.sha256()
    if isinstance(value, dict):
        for name in sorted(value):
            # Where a sample came from is no part of it.
            if not name.startswith("__") or name == "__key__":
                digest([name, value[name]], hasher)
    elif isinstance(value, (list, tuple)):
        for one in value:
            digest(one, hasher)
    elif hasattr(value, "numpy") or hasattr(value, "tobytes"):
        array = value.numpy() if hasattr(value, "numpy") else value
        hasher.update(repr((array.shape, str(array.dtype))).encode() + array.tobytes())
    else:
        hasher.update(value if isinstance(value, bytes) else repr(value).encode())
    return hasher.hexdigest() if top else None


def rows(folder, side):
    sys.path.insert(0, str(folder))
    import load
    return load.dataset(side) if hasattr(load, "dataset") else load.Rows(side)


def same(item):
    return item


def read(folder, side, rank, start, meeting, found):
    if start == "spawn":
        torch.distributed.init_process_group("gloo", f"file://{meeting}", rank=rank, world_size=RANKS)
    else:
        os.environ |= {"RANK": str(rank), "WORLD_SIZE": str(RANKS)}
    loader = torch.utils.data.DataLoader(
        rows(folder, side), batch_size=None, num_workers=WORKERS, collate_fn=same, multiprocessing_context=start)
    found.put([digest(item) for item in loader])


def together(folder, side, start):
    context = multiprocessing.get_context(start)
    found = context.Queue()
    with tempfile.TemporaryDirectory() as meeting:
        readers = [context.Process(target=read, args=(folder, side, rank, start, f"{meeting}/group", found))
                   for rank in range(RANKS)]
        for reader in readers:
            reader.start()
        digests = [found.get(timeout=300) for _ in readers]
        for reader in readers:
            reader.join()
    return digests


def compare(folder, side, start):
    alone = collections.Counter(map(digest, rows(folder, side)))
    digests = together(folder, side, start)
    assert collections.Counter(sum(digests, [])) == alone, (
        f"{folder}: {RANKS} ranks of {WORKERS} workers found {list(map(len, digests))} rows of {sum(alone.values())}")
    assert len(alone) > sum(alone.values()) / 2, "rows are too much alike to be counted"
    print(sum(alone.values()), "rows by", " + ".join(str(len(d)) for d in digests))


if __name__ == "__main__":
    compare(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "fork")
