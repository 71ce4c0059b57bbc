"""Times dspeed on columns that chains.bench.ts has written: one line of JSON per line read from standard input.

Arguments: folder with columns.json and one .bin file per column, and the config file. The chain is built and run once
before the first answer, so that compiling does not count.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ["NUMBA_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
from dspeed import build_processing_chain
from lgdo import Array, ArrayOfEqualSizedArrays, Table, WaveformTable

folder = Path(sys.argv[1])
config = json.loads(Path(sys.argv[2]).read_text())
manifest = json.loads((folder / "columns.json").read_text())
rows = manifest["rows"]

values = {}
units = {}
for index, column in enumerate(manifest["columns"]):
    data = np.fromfile(folder / f"{index}.bin", dtype=column["dtype"])
    values[column["name"]] = data.reshape([rows, *column["shape"]])
    units[column["name"]] = column.get("units")

table = Table(size=rows)
for name, data in values.items():
    if "/" not in name:
        kind = Array if data.ndim == 1 else ArrayOfEqualSizedArrays
        table.add_field(name, kind(data, attrs={"units": units[name]} if units[name] else None))
    elif name.endswith("/values"):
        base = name.removesuffix("/values")
        table.add_field(
            base,
            WaveformTable(
                values=data,
                t0=values[f"{base}/t0"],
                t0_units=units[f"{base}/t0"] or "ns",
                dt=values[f"{base}/dt"],
                dt_units=units[f"{base}/dt"] or "ns",
            ),
        )

chain, _, out = build_processing_chain(config, table, db_dict=manifest["database"])
chain(table, out)
print(json.dumps({"ready": True}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    chain(table, out)
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
