"""Rates of legend-daq2lh5 in a process that stays warm: each line of input is a command, each line of output its answer.

convert IN OUT    converts a FlashCam file as build_raw does without further options; seconds
radware IN        encodes and decodes the waveforms of a raw file with radware_sigcompress; MB/s of samples, best of 15
"""

import logging
import os
import sys
import time

import lh5
from daq2lh5 import build_raw
from lh5.compression import RadwareSigcompress, decode, encode

logging.disable(logging.CRITICAL)
# Progress bars go to the standard error, which nobody reads.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def convert(source, target):
    started = time.perf_counter()
    build_raw(in_stream=source, in_stream_type="FlashCam", out_spec=target, overwrite=True)
    return str(time.perf_counter() - started)


def best(action, size):
    action()
    seconds = []
    for _ in range(15):
        started = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - started)
    return size / 1e6 / min(seconds)


def radware(source):
    values = lh5.read("FCEvent/waveform/values", source)
    codec = RadwareSigcompress(codec_shift=-32768)
    coded = encode(values, codec)
    size = values.nda.nbytes
    return f"{best(lambda: encode(values, codec), size)} {best(lambda: decode(coded), size)}"


for line in sys.stdin:
    command, *arguments = line.rstrip("\n").split("\t")
    answers.write({"convert": convert, "radware": radware}[command](*arguments) + "\n")
    answers.flush()
