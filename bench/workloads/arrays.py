"""numpy arrays as numpy pickles them; N is elements an array, or for `small` arrays.

The variant is WHICH-PLACE: `kinds` (each dtype, both byte orders, C and Fortran order), `small` (N arrays of 64 float32) or
`frame` (a frame of blocks, as pandas holds one, of N rows), and `out` of band or `in` the pickle. Protocol 5.
"""
import numpy as np
from bench_types import Blocks, Frame
from common import arguments, write


def array(draw, n, kind, order="C"):
    values = draw.standard_normal(n) * 100
    found = (values > 0) if kind == "?" else values.astype(kind)
    return np.asarray(found.reshape(-1, 4), order="F") if order == "F" else found


def kinds(draw, n):
    n = max(4, n // 4 * 4)
    found = {kind: array(draw, n, kind) for kind in ("<f2", "<f4", "<f8", ">f4", ">f8", "<i8", ">i4", "?")}
    found["fortran"] = array(draw, n, "<f8", "F")
    return found


def small(draw, n):
    values = draw.standard_normal((n, 64)).astype("<f4")
    return [{"key": f"sample-{number:06}", "x": values[number].copy()} for number in range(n)]


def frame(draw, n):
    names = [f"column{number}" for number in range(12)]
    blocks = [(np.asarray(draw.standard_normal((6, n)), order="F"), [0, 2, 4, 6, 8, 10]),
              (draw.integers(0, 1000, (4, n)), [1, 3, 5, 7]),
              (draw.standard_normal((1, n)) > 0, [9]),
              (np.cumsum(draw.integers(1, 10**9, (1, n))).astype("M8[ns]").reshape(1, n), [11])]
    return Frame(Blocks(blocks, [names, np.arange(n)]))


if __name__ == "__main__":
    given = arguments()
    which, place = given.variant.split("-")
    value = {"kinds": kinds, "small": small, "frame": frame}[which](np.random.default_rng(given.seed), given.n)
    write(given, value, as_json=False, out_of_band=place == "out", compare=False)
