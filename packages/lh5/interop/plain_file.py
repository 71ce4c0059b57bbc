"""Writes an HDF5 file that is not LH5, with types and layouts of all kinds; prints parts of its datasets, as h5py reads them, as JSON."""

import json
import math
import sys

import h5py
import numpy as np

target = sys.argv[1]
point = np.dtype([("x", "<i2"), ("y", ">f4"), ("name", "S4"), ("flags", "?"), ("grid", "<u1", (2, 2))])
choice = h5py.enum_dtype({"RED": 0, "GREEN": 5}, basetype="i1")
cube = np.arange(7 * 5 * 11, dtype=">i4").reshape(7, 5, 11)

with h5py.File(target, "w", libver=sys.argv[2]) as file:
    file.attrs["title"] = "plain"
    file["half"] = np.array([0, 1.5, -2, np.inf, 6e-8, 65504], dtype="float16")
    file["big"] = cube
    file.create_dataset("chunked", data=cube.astype("float64") / 8, chunks=(2, 3, 4), compression="gzip", shuffle=True)
    file.create_dataset("holes", (20, 30), dtype="int16", chunks=(6, 7), fillvalue=-3)
    file["holes"][4:9, 5:20] = 8
    file["points"] = np.array([(1, 0.5, b"ab", True, [[1, 2], [3, 4]]), (-2, np.nan, b"cdef", False, [[0, 9], [8, 7]])], dtype=point)
    file["choices"] = np.array([0, 5, 5], dtype=choice)
    lists = file.create_dataset("lists", (3,), dtype=h5py.vlen_dtype("<i4"))
    for row, values in enumerate([[1, 2, 3], [], [4]]):
        lists[row] = values
    file["texts"] = np.array(["größer", "", "als"], dtype=h5py.string_dtype())
    file["fixed"] = np.array([b"ab", b"c"], dtype="S5")
    file["truths"] = np.array([True, False])
    file["one"] = 2.5
    file["bits"] = np.array([1, 2], dtype="uint8")
    file["empty"] = h5py.Empty("float32")
    file["none"] = np.zeros((0, 4), dtype="uint32")
    file["wide"] = np.array([2**63 - 1, -1], dtype="int64")
    file["group/inside"] = [1, 2]
    file["group/inside"].attrs["units"] = "mm"
    file["link"] = h5py.SoftLink("/group/inside")
    file["away"] = h5py.ExternalLink("other.h5", "/x")

slices = {
    "half": (slice(None),),
    "big": (slice(1, 6, 2), 3, slice(2, 9)),
    "chunked": (slice(1, 6), slice(0, 5, 3), slice(3, 10)),
    "holes": (slice(2, 12), slice(3, 28, 5)),
    "points": (slice(0, 9),),
    "choices": (slice(None),),
    "lists": (slice(None),),
    "texts": (slice(1, 3),),
    "fixed": (slice(None),),
    "truths": (slice(None),),
    "one": (),
    "bits": (1,),
    "none": (slice(None), 2),
    "wide": (slice(None),),
    "group/inside": (0,),
    "link": (slice(None),),
}


def plain(value):
    if isinstance(value, np.void):
        return {name: plain(value[name]) for name in value.dtype.names}
    if isinstance(value, np.ndarray):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, np.int64):
        return str(int(value))
    if isinstance(value, (int, np.integer)):
        return int(value)
    value = float(value)
    return value if math.isfinite(value) else {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]


def axis(part, extent):
    return part if isinstance(part, int) else list(part.indices(extent))


with h5py.File(target) as file:
    found = {}
    for name, parts in slices.items():
        data = file[name]
        axes = [axis(part, extent) for part, extent in zip(parts, data.shape)]
        found[name] = {"axes": axes, "values": plain(data[parts])}
print(json.dumps(found, allow_nan=False))
