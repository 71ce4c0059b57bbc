"""Prints the objects of an LH5 file, as legend-lh5io reads them, as JSON; and reads every dataset with h5py."""

import json
import math
import sys

import h5py
import lh5
import numpy as np
from lh5.compression import decode
from lgdo.types import (
    Array,
    ArrayOfEncodedEqualSizedArrays,
    Histogram,
    Scalar,
    Struct,
    Table,
    VectorOfEncodedVectors,
    VectorOfVectors,
)


def number(value):
    """Integers as text, because JSON's numbers do not hold 64 bits."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (complex, np.complexfloating)):
        return [number(value.real), number(value.imag)]
    if isinstance(value, (float, np.floating)):
        value = float(value)
        return value if math.isfinite(value) else str(value)
    if isinstance(value, (bytes, np.bytes_)):
        return value.decode()
    return str(value)


def nested(values):
    if isinstance(values, (list, np.ndarray)) and np.ndim(values) != 0:
        return [nested(value) for value in values]
    return number(values)


def rows(vectors):
    flat = vectors.flattened_data
    values = rows(flat) if isinstance(flat, VectorOfVectors) else nested(flat.nda)
    ends = [0, *vectors.cumulative_length.nda]
    return [values[int(ends[i]) : int(ends[i + 1])] for i in range(len(ends) - 1)]


def decoded(codes):
    """Vectors of codes, row by row: legend-lh5io 0.3.0 fails to decode them at once."""
    found = []
    for code, size in zip(rows_of_bytes(codes.encoded_data), codes.decoded_size.nda):
        one = ArrayOfEncodedEqualSizedArrays(
            encoded_data=VectorOfVectors(
                flattened_data=Array(np.ascontiguousarray(code, dtype="uint8")),
                cumulative_length=Array(np.array([len(code)], dtype="uint32")),
            ),
            decoded_size=Scalar(int(size)),
            attrs={name: value for name, value in codes.attrs.items() if name.startswith("codec")},
        )
        found.append(nested(decode(one).nda[0]))
    return found


def rows_of_bytes(vectors):
    ends = [0, *vectors.cumulative_length.nda]
    return [vectors.flattened_data.nda[int(ends[i]) : int(ends[i + 1])] for i in range(len(ends) - 1)]


def plain(value):
    if isinstance(value, VectorOfEncodedVectors):
        return {"vectors": decoded(value)}
    units = {"units": value.attrs["units"]} if "units" in value.attrs else {}
    if isinstance(value, Scalar):
        return {"scalar": number(value.value), **units}
    if isinstance(value, VectorOfVectors):
        return {"vectors": rows(value)}
    if isinstance(value, Array):
        return {"array": nested(value.nda), "shape": list(value.nda.shape), **units}
    if isinstance(value, Histogram):
        return {
            "histogram": nested(value.weights.nda),
            "edges": [nested(np.asarray(axis.edges, dtype="float64")) for axis in value.binning],
        }
    kind = "table" if isinstance(value, Table) else "struct"
    if isinstance(value, Struct):
        return {kind: {name: plain(field) for name, field in sorted(value.items())}}
    raise TypeError(type(value))


def read_all(group):
    """Reads every dataset with h5py, which verifies the checksums of chunks; returns their storage."""
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            item[()]
            found[name] = [item.compression, item.shuffle, item.fletcher32]

    group.visititems(visit)
    return found


with h5py.File(sys.argv[1]) as file:
    names = sorted(file)
    storage = read_all(file)


def read(name):
    with h5py.File(sys.argv[1]) as file:
        # legend-lh5io refuses the enumerations of the format's definition: their numbers come from h5py.
        if "{enum{" in file[name].attrs["datatype"]:
            return {"array": nested(file[name][()]), "shape": list(file[name].shape)}
    return plain(lh5.read(name, sys.argv[1], decompress=not name.endswith("_vectors")))


objects = {name: read(name) for name in names}
print(json.dumps({"objects": objects, "storage": storage}, allow_nan=False))
