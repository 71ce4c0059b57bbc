"""Runs dspeed's build_dsp from file to file on request.

Argument: a JSON file with "input", "table", "config" and "database". For every line that is read, the input is processed
once more and a line with the seconds is written. One run comes first, so that compiling does not count.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ["NUMBA_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

from dspeed import build_dsp

request = json.loads(Path(sys.argv[1]).read_text())
output = Path(sys.argv[1]).with_suffix(".dspeed.lh5")


def process(rows=None):
    output.unlink(missing_ok=True)
    build_dsp(
        request["input"],
        str(output),
        dsp_config=request["config"],
        lh5_tables=[request["table"]],
        database=request["database"],
        n_entries=rows,
    )


answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
process(64)
print("ready", file=answers, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    process()
    print(time.perf_counter() - start, file=answers, flush=True)
