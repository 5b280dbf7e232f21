"""The conversions of conversions.mjs by numpy, as far as it has them: prints best seconds and bytes of input of each."""

import json
import sys
import time

import numpy as np

size, milliseconds = int(sys.argv[1]), float(sys.argv[2])


def best(call):
    least, end = float("inf"), time.perf_counter() + milliseconds / 1000
    while True:
        start = time.perf_counter()
        call()
        now = time.perf_counter()
        least = min(least, now - start)
        if now > end:
            return least


def swap(item):
    # numpy swaps numbers; a complex128 is two of 8 bytes, so that there is nothing to compare for 16.
    source = np.frombuffer(np.random.default_rng(1).bytes(size), f"<u{item}")
    out = np.empty_like(source)
    return source.nbytes, lambda: np.copyto(out, source.view(f">u{item}"))


def order(item, shape):
    count = int(np.prod(shape)) * item
    kind = {1: "u1", 2: "u2", 4: "u4", 8: "u8", 16: "c16"}[item]
    source = np.frombuffer(np.random.default_rng(1).bytes(count), kind).reshape(shape, order="F")
    out = np.empty(shape, kind)
    return source.nbytes, lambda: np.copyto(out, source)


def square(item):
    side = int((size // item) ** 0.5)
    return order(item, (side - 3, side - 5))


def converted(source, dtype):
    out = np.empty(source.shape, dtype)
    return source.nbytes, lambda: np.copyto(out, source, casting="unsafe")


def text(width, alphabet):
    count, rng = size // 32 // width, np.random.default_rng(1)
    letters = np.array([ord(one) for one in alphabet], np.uint32)[rng.integers(0, len(alphabet), (count, width))]
    lengths = width - rng.integers(0, -(-width // 3), count)
    letters[np.arange(width)[None, :] >= lengths[:, None]] = 0
    source = letters.view(f"<U{width}")[:, 0]
    return source.nbytes, source.tolist


halves = np.random.default_rng(1).integers(0, 0xFFFF, size // 4).astype(np.uint16) & 0xBFFF | 0x400
halves[::1000] &= 0x83FF
integers = np.arange(size // 8, dtype=np.int64) * 7
ASCII = "abcdefghijklmnopqrstuvwxyz "
cases = {
    **{f"swap-{item}": swap(item) for item in (2, 4, 8)},
    "float16": converted(halves.view(np.float16), np.float32),
    **{f"order-square-{item}": square(item) for item in (1, 2, 4, 8, 16)},
    "order-n-x-3-8": order(8, (size // 8 // 3, 3)),
    "order-images-h-x-w-x-3-1": order(1, (size // 3 // 640, 640, 3)),
    "bool": converted(np.frombuffer(np.random.default_rng(1).bytes(size), np.uint8) & 1, np.bool_),
    "int64": converted(integers, np.float64),
    "uint64": converted(integers.astype(np.uint64), np.float64),
    "text-ASCII-8": text(8, ASCII),
    "text-ASCII-32": text(32, ASCII),
    "text-ASCII-128": text(128, ASCII),
    "text-Greek-32": text(32, "αβγδεζηθικλμνξοπρστυφχψω "),
    "text-emoji-32": text(32, "abc 😀😁😂🤣"),
}
print(json.dumps({name: {"ms": best(call) * 1000, "bytes": count} for name, (count, call) in cases.items()}))
