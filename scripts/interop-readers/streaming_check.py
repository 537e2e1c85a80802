"""Reads an MDS export with mosaicml-streaming and leaves the rows as one NumPy archive; it has an environment of its own.
The export stands for a remote place: only of shards that it fetches does the library check the hashes."""
import sys
import tempfile

import numpy
from streaming import StreamingDataset

folder, out = sys.argv[1:]
with tempfile.TemporaryDirectory() as local:
    rows = StreamingDataset(
        remote=folder, local=local, batch_size=1, shuffle=False, validate_hash="sha256", download_retry=1)
    found = [rows[index] for index in range(len(rows))]
    del rows
columns = {}
for name in found[0]:
    values = [row[name] for row in found]
    if isinstance(values[0], bytes):
        values = [numpy.frombuffer(value, "uint8") for value in values]
    columns[name] = numpy.empty(len(values), object)
    columns[name][:] = values
numpy.save(out, columns, allow_pickle=True)
