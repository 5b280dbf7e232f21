"""What all families share: the command line, and the files that a workload is made of.

A family is called as `python FAMILY.py --n N --protocol P --seed S --variant V --out FOLDER` and leaves in FOLDER

    data.pkl      the pickle, or several one after another
    meta.json     {"n", "protocol", "pickles": [length, ...] or null, "buffers": [length, ...] or null, "python", "numpy"}
    buffers.bin   the out-of-band buffers one after another, if there are any
    data.json     the same value as JSON (one line a pickle, where there are several), if JSON has words for it

Every pickle is written by Python's own C pickler, and read back and compared before anything is timed.
"""
import argparse
import json
import os
import pickle
import platform
import random
import sys


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, required=True)
    parser.add_argument("--protocol", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--variant", default="")
    parser.add_argument("--out", required=True)
    given = parser.parse_args()
    given.draw = random.Random(given.seed)
    os.makedirs(given.out, exist_ok=True)
    return given


def fresh(text):
    """An equal string that is an object of its own, as one read from a file or a socket is: no memo, no sharing."""
    return text.encode().decode()


def plain(value):
    """What JSON makes of an instance."""
    return value.__dict__


def write(given, value, *, many=False, as_json=True, out_of_band=False, compare=True):
    """Writes one value, or with `many` each value of a list as a pickle of its own."""
    views = []
    options = {"buffer_callback": views.append} if out_of_band else {}
    values = value if many else [value]
    lengths = []
    with open(os.path.join(given.out, "data.pkl"), "wb") as file:
        for one in values:
            before = file.tell()
            pickle.Pickler(file, given.protocol, **options).dump(one)
            lengths.append(file.tell() - before)
    raws = [view.raw() for view in views]
    if out_of_band:
        with open(os.path.join(given.out, "buffers.bin"), "wb") as file:
            for raw in raws:
                file.write(raw)
    if compare:
        with open(os.path.join(given.out, "data.pkl"), "rb") as file:
            for one in values:
                assert pickle.load(file, buffers=raws if out_of_band else None) == one, "Python reads back another value"
    if as_json:
        with open(os.path.join(given.out, "data.json"), "w", encoding="utf-8") as file:
            for one in values:
                json.dump(one, file, ensure_ascii=False, separators=(",", ":"), default=plain)
                file.write("\n" if many else "")
    numpy = sys.modules.get("numpy")
    meta = {
        "n": given.n,
        "protocol": given.protocol,
        "pickles": lengths if many else None,
        "buffers": [raw.nbytes for raw in raws] if out_of_band else None,
        "python": platform.python_version(),
        "numpy": numpy.__version__ if numpy else None,
    }
    with open(os.path.join(given.out, "meta.json"), "w") as file:
        json.dump(meta, file, separators=(",", ":"))
