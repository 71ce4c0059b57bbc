"""Writes an LH5 file with one object of every kind that legend-lh5io knows."""

import sys

import h5py
import lh5
import numpy as np
from lgdo.types import (
    Array,
    ArrayOfEqualSizedArrays,
    FixedSizeArray,
    Histogram,
    Scalar,
    Struct,
    Table,
    VectorOfEncodedVectors,
    VectorOfVectors,
    WaveformTable,
)
from lh5.compression import RadwareSigcompress, ULEB128ZigZagDiff, radware, varlen

target = sys.argv[1]
random = np.random.default_rng(7)


def waveforms(rows, samples, codec=None):
    steps = random.integers(-6, 7, (rows, samples))
    values = (np.cumsum(steps, axis=1) + 14000).astype("uint16")
    table = WaveformTable(
        values=values,
        t0=np.zeros(rows),
        dt=np.full(rows, 16.0),
        t0_units="ns",
        dt_units="ns",
    )
    if codec is not None:
        table.values.attrs["compression"] = codec
    return table


def coded_vectors(rows, codec):
    """Waveforms of different lengths. legend-lh5io 0.3.0 fails to encode them at once, so each row is encoded on its own."""
    samples = [np.array(row, dtype="uint16") for row in rows]
    if codec is None:
        attrs = {"codec": "uleb128_zigzag_diff"}
        pairs = [varlen.encode(row) for row in samples]
    else:
        attrs = {"codec": "radware_sigcompress", "codec_shift": codec}
        pairs = [radware.encode(row, shift=codec) for row in samples]
    codes = [np.asarray(code[: int(length)], dtype="uint8") for code, length in pairs]
    values = VectorOfEncodedVectors(
        encoded_data=VectorOfVectors(
            flattened_data=Array(np.concatenate(codes)),
            cumulative_length=Array(np.cumsum([len(code) for code in codes]).astype("uint32")),
        ),
        decoded_size=Array(np.array([len(row) for row in samples], dtype="uint32")),
        attrs=attrs,
    )
    times = {name: Array(np.full(len(samples), value), attrs={"units": "ns"}) for name, value in (("t0", 0.0), ("dt", 16.0))}
    return Table({**times, "values": values})


objects = {
    "truth": Scalar(True),
    "real": Scalar(0.1),
    "whole": Scalar(-3),
    "text": Scalar("größer als µ"),
    "complex": Scalar(1 - 2j),
    "numbers": Array(np.array([0, -(2**63), 2**63 - 1]), attrs={"units": "ns"}),
    "unsigned": Array(np.array([0, 2**64 - 1], dtype="uint64")),
    "floats": Array(np.array([1.5, np.nan, np.inf, -np.inf], dtype="float32")),
    "truths": Array(np.array([True, False, True])),
    "complexes": Array(np.array([1 + 2j, -0.5j])),
    "cube": Array(np.arange(24, dtype="int16").reshape(2, 3, 4)),
    "fixed": FixedSizeArray(np.arange(4, dtype="uint8")),
    "equal": ArrayOfEqualSizedArrays(nda=np.arange(12, dtype="uint16").reshape(3, 4)),
    "names": Array(np.array(["ab", "cdef", ""], dtype="S")),
    "vectors": VectorOfVectors([[1, 2], [], [3]], dtype="float32"),
    "nested": VectorOfVectors([[[1, 2], [3]], [], [[4]]], dtype="int16"),
    "numbers_2d": Array(np.arange(6, dtype="float64").reshape(2, 3), attrs={"units": "keV"}),
    "ids": Array(np.array([0x02000002, 0x020E75F0], dtype="uint32")),
    "long_names": Array(np.array([b"x" * k for k in range(40)])),
    "deep": VectorOfVectors([[[[1], [2, 3]], []], [[[4]]]], dtype="uint8"),
    "histogram": Histogram(np.arange(6.0).reshape(2, 3), [np.arange(3.0), np.arange(4.0)]),
    "uneven": Histogram(np.array([1.0, 2.0]), [np.array([0.0, 1.0, 5.0])]),
    "struct": Struct({"a": Scalar(1), "b": Array(np.arange(3))}),
    "table": Table(
        {
            "x": Array(np.arange(5000, dtype="uint32")),
            **{f"column{i:02d}": Array(np.arange(5000) * i) for i in range(20)},
        }
    ),
    "waveform": waveforms(300, 1000),
    "radware_vectors": coded_vectors([range(14000, 14000 + 3 * n, 3) for n in (25, 40, 200)], -32768),
    "uleb_vectors": coded_vectors([[7, 100, 3], [65535, 1], [0, 0, 0, 0]], None),
    "radware_coded": waveforms(20, 500, RadwareSigcompress(codec_shift=-32768)),
    "uleb_coded": waveforms(20, 500, ULEB128ZigZagDiff()),
}
for name, value in objects.items():
    lh5.write(value, name, target, wo_mode="append")
for _ in range(3):
    lh5.write(objects["table"], "table", target, wo_mode="append")

choices = "enum{EVT_UNDEFINED=0,EVT_REAL=1,EVT_PULSER=2}"
with h5py.File(target, "a") as file:
    data = file.create_dataset("choices", data=np.array([1, 0, 2], dtype="uint8"))
    data.attrs["datatype"] = f"array<1>{{{choices}}}"
    file["ids"].attrs["datatype"] = "array<1>{detectorid}"
