"""Writes an HDF5 file with one dataset per filter of hdf5plugin that the product reads, all with the same numbers; prints their names."""

import json
import sys

import h5py
import hdf5plugin
import numpy as np

numbers = ((np.arange(20000, dtype="int32") * 7) % 1000).reshape(200, 100)
filters = {
    **{f"blosc_{name}": hdf5plugin.Blosc(cname=name) for name in ("blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd")},
    "blosc_bits": hdf5plugin.Blosc(cname="lz4", shuffle=2),
    "blosc2": hdf5plugin.Blosc2(cname="zstd"),
    "bitshuffle": hdf5plugin.Bitshuffle(),
    "bzip2": hdf5plugin.BZip2(),
    "lz4": hdf5plugin.LZ4(),
    "zstd": hdf5plugin.Zstd(),
    "sz": hdf5plugin.SZ(absolute=0.1),
}
with h5py.File(sys.argv[1], "w") as file:
    for name, how in filters.items():
        kind = "float32" if name == "sz" else "int32"
        file.create_dataset(name, data=numbers.astype(kind), chunks=(50, 100), **how)
print(json.dumps(list(filters)))
