"""Random values, pickled by this Python in every protocol, each with its lossless JSON. One JSON object a line.

    random_values.py SEED COUNT
"""
import base64
import json
import pickle
import random
import struct
import sys


def scalar(r):
    return r.choice([
        lambda: None, lambda: r.random() < 0.5,
        lambda: r.randrange(-300, 70000), lambda: r.getrandbits(r.choice([31, 32, 53, 63, 64, 200])) * r.choice([1, -1]),
        lambda: r.uniform(-1e3, 1e3), lambda: r.choice([0.0, -0.0, 1e308, 5e-324, float("inf"), float("-inf")]),
        lambda: text(r), lambda: r.randbytes(r.randrange(0, 300)),
    ])()


def text(r):
    alphabet = r.choice(["abcXYZ 019_", "\u00e9\u00ff\u0100z", "\u4e2d\U0001f600a\ufeff", "\\\n\r'\"u\x00"])
    return "".join(r.choice(alphabet) for _ in range(r.choice([0, 1, 7, 40, 300])))


def value(r, depth):
    if depth == 0 or r.random() < 0.3:
        return scalar(r)
    n = r.choice([0, 1, 2, 3, 5, 20])
    kind = r.choice(["list", "tuple", "dict", "dict", "set", "frozenset", "bytearray"])
    if kind == "list":
        return [value(r, depth - 1) for _ in range(n)]
    if kind == "tuple":
        return tuple(value(r, depth - 1) for _ in range(n))
    if kind == "dict":
        return {scalar(r): value(r, depth - 1) for _ in range(n)}
    if kind == "bytearray":
        return bytearray(r.randbytes(n * 40))
    return (set if kind == "set" else frozenset)(scalar(r) for _ in range(n))


def octets(tag, data):
    if len(data) <= 256:
        return {tag: base64.b64encode(data).decode()}
    import hashlib
    return {tag: {"length": len(data), "sha256": hashlib.sha256(data).hexdigest()}}


def node(v):
    if v is None or isinstance(v, (bool, str)):
        return v
    if isinstance(v, int):
        return {"int": str(v)}
    if isinstance(v, float):
        return {"float": struct.pack(">d", v).hex()}
    if isinstance(v, (bytes, bytearray)):
        return octets(type(v).__name__, bytes(v))
    if isinstance(v, dict):
        return {"dict": [[node(k), node(x)] for k, x in v.items()]}
    items = [node(x) for x in v]
    if isinstance(v, (set, frozenset)):
        items.sort(key=lambda n: json.dumps(n, sort_keys=True))
    return {type(v).__name__: items}


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    r = random.Random(seed)
    for _ in range(count):
        v = value(r, 4)
        pickles = [pickle.dumps(v, protocol).hex() for protocol in range(6)]
        print(json.dumps({"pickles": pickles, "truth": node(v)}))


main()
