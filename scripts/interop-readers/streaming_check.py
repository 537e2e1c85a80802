"""Reads an MDS export with mosaicml-streaming, its hashes checked, and leaves the rows as one NumPy archive; it has an
environment of its own."""
import sys

import numpy
from streaming import StreamingDataset

folder, out = sys.argv[1:]
rows = StreamingDataset(local=folder, batch_size=1, shuffle=False, validate_hash="sha256")
found = [rows[index] for index in range(len(rows))]
columns = {}
for name in found[0]:
    values = [row[name] for row in found]
    if isinstance(values[0], bytes):
        values = [numpy.frombuffer(value, "uint8") for value in values]
    columns[name] = numpy.empty(len(values), object)
    columns[name][:] = values
numpy.save(out, columns, allow_pickle=True)
