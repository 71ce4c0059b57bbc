"""Changes objects of an LH5 file in every mode of legend-lh5io; prints what it reads then, as JSON."""

import subprocess
import sys

import lh5
import numpy as np
from lgdo.types import Array, Scalar, Table, VectorOfVectors

target = sys.argv[1]


def rows(first, count):
    return Table(
        {
            "number": Array(np.arange(first, first + count, dtype="int32"), attrs={"units": "keV"}),
            "hits": VectorOfVectors([[k, k + 1] for k in range(first, first + count)], dtype="int16"),
        }
    )


lh5.write(rows(100, 3), "appended", target, wo_mode="append")
lh5.write(Table({"number": rows(200, 2)["number"]}), "replaced", target, wo_mode="overwrite", write_start=4)
lh5.write(Table({"more": Array(np.arange(10.0))}), "widened", target, wo_mode="append_column")
lh5.write(Scalar(7), "new", target, wo_mode="write_safe")
lh5.write(Scalar("b"), "scalar", target, wo_mode="overwrite")
sys.exit(subprocess.call([sys.executable, __file__.replace("change.py", "dump.py"), target]))
