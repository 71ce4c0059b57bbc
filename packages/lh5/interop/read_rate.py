"""Prints the rate, in MB/s of uncompressed data, at which h5py reads a dataset in blocks of rows; best of some rounds."""

import sys
import time

import h5py

path, name, block = sys.argv[1], sys.argv[2], int(sys.argv[3])
best = float("inf")
for _ in range(5):
    with h5py.File(path) as file:
        data = file[name]
        bytes_read = data.size * data.dtype.itemsize
        started = time.perf_counter()
        for first in range(0, data.shape[0], block):
            data[first : first + block]
        best = min(best, time.perf_counter() - started)
print(bytes_read / 1e6 / best)
