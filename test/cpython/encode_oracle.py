"""Reads the pickles that encode-random.test.ts wrote, and tells which are not what their model says. On standard input one
JSON object a line: {"node": model, "ids": whether sharing counts, "pickles": [base64 of protocol 0 to 5]}. On standard
output one a line for each that is wrong: {"row", "protocol", "wrong"}. `encode_oracle.py numpy` says whether numpy is here.
"""
import base64
import datetime
import decimal
import fractions
import importlib
import json
import math
import pickle
import struct
import sys
import uuid

import encode_types

try:
    import numpy
except ImportError:
    numpy = None


class Wrong(Exception):
    pass


def bits(value):
    return struct.pack(">d", value).hex()


def require(good, value, node):
    if not good:
        raise Wrong(f"{ascii(value)[:200]} for {json.dumps(node)[:200]}")


def typed(kind, value, node):
    require(type(value) is kind, value, node)


def told(value):
    """Text of a hashable value that tells True, 1 and 1.0 apart."""
    if type(value) is tuple:
        return f"({','.join(map(told, value))})"
    return f"{type(value).__name__} {bits(value) if type(value) is float else ascii(value)}"


def told_node(node):
    if isinstance(node, dict) and "tuple" in node:
        return f"({','.join(map(told_node, node['tuple']))})"
    return told(leaf(node, 5))


def zone(node):
    tz = node.get("zone")
    if tz is None:
        return None
    args = [datetime.timedelta(seconds=tz["seconds"])] + ([] if tz["name"] is None else [tz["name"]])
    return datetime.timezone(*args)


def leaf(node, protocol):
    """The value of a node that has nothing in it."""
    if not isinstance(node, dict):
        return node
    kind = next(iter(node))
    content = node[kind]
    if kind == "int":
        return int(content)
    if kind == "float":
        value = struct.unpack(">d", bytes.fromhex(content))[0]
        return math.nan if protocol == 0 and math.isnan(value) else value
    if kind == "text":
        # Halves of characters that come to lie side by side are one, as in UTF-16.
        return (content[0] * content[1]).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if kind == "bytes":
        return bytes.fromhex(content)
    if kind == "bytearray":
        return bytearray.fromhex(content)
    if kind == "fill":
        return (bytes if node["of"] == "bytes" else bytearray)([content[0]]) * content[1]
    if kind == "global":
        module, name = content.split(" ")
        value = importlib.import_module(module)
        for part in name.split("."):
            value = getattr(value, part)
        return value
    if kind == "instant":
        return datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(milliseconds=content)
    if kind == "date":
        return datetime.date(*content)
    if kind in ("time", "datetime"):
        day, clock = content if kind == "datetime" else ([], content)
        fold = clock[4] if protocol > 3 else 0
        return getattr(datetime, kind)(*day, *clock[:4], tzinfo=zone(node), fold=fold)
    if kind == "timedelta":
        return datetime.timedelta(*content)
    if kind == "decimal":
        return decimal.Decimal(content)
    if kind == "uuid":
        return uuid.UUID(content)
    if kind == "complex":
        return complex(*(struct.unpack(">d", bytes.fromhex(one))[0] for one in content))
    if kind == "range":
        return range(*map(int, content))
    if kind == "fraction":
        return fractions.Fraction(*map(int, content))
    raise Wrong(f"no value of {kind}")


def same_leaf(value, node, protocol):
    wanted = leaf(node, protocol)
    if isinstance(node, dict) and "global" in node:
        return require(value is wanted, value, node)
    typed(type(wanted), value, node)
    if isinstance(value, float):
        return require(bits(value) == bits(wanted), value, node)
    if isinstance(value, complex):
        parts = bits(value.real), bits(value.imag)
        return require(parts == (bits(wanted.real), bits(wanted.imag)) or value != value, value, node)
    if isinstance(value, decimal.Decimal):
        return require(value.as_tuple() == wanted.as_tuple(), value, node)
    if isinstance(value, range):
        return require((value.start, value.stop, value.step) == (wanted.start, wanted.stop, wanted.step), value, node)
    if isinstance(value, (datetime.time, datetime.datetime)):
        return require(repr(value) == repr(wanted), value, node)
    require(value == wanted, value, node)


def same_array(value, node):
    typed(numpy.ndarray, value, node)
    wanted = numpy.frombuffer(bytes.fromhex(node["data"]), node["numpy"])
    require(value.dtype == wanted.dtype and value.dtype.str == wanted.dtype.str, value.dtype, node)
    if node["as"] in ("typed", "array"):
        shape, order = (wanted.size,), "C"
    else:
        shape, order = (wanted.nbytes // 8, 8 // wanted.itemsize), "F" if node["as"] == "fortran" else "C"
    require(value.shape == shape, value, node)
    require(value.tobytes(order=order) == wanted.tobytes(), value, node)
    require(value.size < 2 or value.flags["F_CONTIGUOUS" if order == "F" else "C_CONTIGUOUS"], value, node)


def same(root, model, ids, protocol):
    met = {}
    todo = [(root, model)]
    while todo:
        value, node = todo.pop()
        if not isinstance(node, dict):
            same_leaf(value, node, protocol)
            continue
        if "ref" in node:
            require(value is met.get(node["ref"], met) or not ids, value, node)
            continue
        if "id" in node:
            met[node["id"]] = value
        children = []
        if "list" in node or "tuple" in node:
            kind, items = (list, node["list"]) if "list" in node else (tuple, node["tuple"])
            typed(kind, value, node)
            require(len(value) == len(items), value, node)
            children = list(zip(value, items))
        elif "dict" in node:
            typed(dict, value, node)
            require(list(map(told, value)) == [told_node(key) for key, _ in node["dict"]], value, node)
            children = list(zip(value.values(), (item for _, item in node["dict"])))
        elif "object" in node:
            typed(encode_types.Called, value, node)
            attributes = dict(value.__dict__)
            args = attributes.pop("called_with")
            require(len(args) == len(node["args"]), value, node)
            require(list(attributes) == [name for name, _ in node["state"]], value, node)
            children = [*zip(args, node["args"]), *zip(attributes.values(), (item for _, item in node["state"]))]
        elif "set" in node or "frozenset" in node:
            kind, items = (set, node["set"]) if "set" in node else (frozenset, node["frozenset"])
            typed(kind, value, node)
            require(sorted(map(told, value)) == sorted(map(told_node, items)), value, node)
        elif "same" in node:
            typed(list, value, node)
            require(len(value) == node["same"][1], len(value), node)
            children = [(item, node["same"][0]) for item in value]
        elif "nest" in node:
            kind = {"list": list, "tuple": tuple, "dict": dict}[node["nest"]]
            for _ in range(node["depth"]):
                typed(kind, value, node["nest"])
                require(len(value) == 1, len(value), node["nest"])
                value = value["a"] if kind is dict else value[0]
            children = [(value, node["of"])]
        elif "numpy" in node:
            same_array(value, node)
        else:
            same_leaf(value, node, protocol)
        todo.extend(reversed(children))


def main():
    sys.setrecursionlimit(100_000)
    if sys.argv[1:] == ["numpy"]:
        print(json.dumps(numpy is not None))
        return
    for row, line in enumerate(sys.stdin.buffer):
        given = json.loads(line)
        for protocol, text in enumerate(given["pickles"]):
            try:
                same(pickle.loads(base64.b64decode(text)), given["node"], given["ids"], protocol)
            except Exception as error:
                print(json.dumps({"row": row, "protocol": protocol, "wrong": f"{type(error).__name__}: {error}"}))


main()
