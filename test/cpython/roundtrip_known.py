"""One spelling for values that their classes reduce in more than one way: what a class takes is not always what it says
again. roundtrip_oracle.py reads both pickles of a value so; each rule says whose it is.
"""
import array
import math

from pickle_truth import Global


def settle(record):
    """Makes an inert record, whose states are all known, the one that stands for all spellings of its value."""
    callable_ = record.fields.get("callable")
    if not isinstance(callable_, Global):
        return
    rule = RULES.get((callable_.module.replace("numpy._core.", "numpy.core."), callable_.name))
    if rule is not None:
        rule(record, record.fields, record.fields["args"])


def array_from_list(record, fields, args):
    """array: protocols 0 to 2 give a list, later ones the machine's bytes."""
    code, items = args
    if isinstance(items, (list, str)):
        fields["args"] = (code, array.array(code, items).tolist())


def array_from_bytes(record, fields, args):
    """array: as array_from_list."""
    cls, code, machine_format, data = args
    if machine_format != NATIVE_FORMATS.get(code):
        return
    items = array.array(code)
    items.frombytes(data)
    fields.update(callable=cls, args=(code, items.tolist()))


#: `array._array_reconstructor`'s numbers for the formats of a little-endian machine of 64 bits.
NATIVE_FORMATS = {"B": 0, "b": 1, "H": 2, "h": 4, "I": 6, "i": 8, "L": 10, "l": 12, "Q": 10, "q": 12, "f": 14, "d": 16, "u": 20}


def os_error(record, fields, args):
    """OSError makes the subclass that the errno is one of."""
    if all(isinstance(arg, (int, str, bytes, type(None))) for arg in args):
        fields["callable"] = Global("builtins", type(OSError(*args)).__name__)


def deque(record, fields, args):
    """deque: Python 2 gives a list, and 3 the items."""
    if args and isinstance(args[0], list) and not record.appended:
        record.appended = args[0]
        fields["args"] = () if len(args) == 1 else ((), *args[1:])


def ordered_dict(record, fields, args):
    """OrderedDict: Python 2 gives a list of pairs, and 3 the items."""
    if len(args) != 1:
        return
    pairs = args[0].items() if isinstance(args[0], dict) else args[0]
    if all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in pairs):
        fields["args"] = ()
        record.set_items[:0] = [tuple(pair) for pair in pairs]


def ndarray(record, fields, args):
    """numpy takes text for bytes, as Python 2 had them, and a state without a version. The shape before it is a constant."""
    if len(args) == 3 and args[1] == (0,):
        fields["args"] = (args[0], (0,), args[2])
    if len(record.states) != 1 or not isinstance(record.states[0], tuple):
        return
    state = record.states[0]
    if len(state) == 4:
        state = (1, *state)
    if len(state) == 5 and isinstance(state[4], str):
        state = (*state[:4], state[4].encode("latin-1"))
    record.states[0] = state


def from_buffer(record, fields, args):
    """numpy: protocol 5 gives a buffer, and earlier ones a state."""
    data, dtype, shape, order, *axes = args
    if axes:
        # By axes in any order: the elements are told, in C order, as earlier protocols give them.
        data, shape, order = in_c_order(bytes(data), dtype, shape, axes[0]), tuple(shape[axis] for axis in axes[0]), "C"
    name = fields["callable"]
    module = name.module.replace("numeric", "multiarray")
    fields["callable"] = Global(module, "_reconstruct")
    fields["args"] = (Global("numpy", "ndarray"), (0,), b"b")
    record.states[:] = [(1, shape, dtype, order == "F", bytes(data))]


def in_c_order(data, dtype, shape, axes):
    """The elements of an array whose axes lie in the order of `shape`, taken in the order of `axes`."""
    size = len(data) // max(math.prod(shape), 1)
    steps = [math.prod(shape[axis + 1 :]) for axis in range(len(shape))]
    places = [0]
    for axis in axes:
        places = [place + i * steps[axis] for place in places for i in range(shape[axis])]
    return b"".join(data[place * size : (place + 1) * size] for place in places)


RULES = {
    ("array", "array"): array_from_list,
    ("array", "_array_reconstructor"): array_from_bytes,
    **{("builtins", name): os_error for name in ("OSError", "IOError", "EnvironmentError")},
    ("collections", "deque"): deque,
    ("collections", "OrderedDict"): ordered_dict,
    ("numpy.core._internal", "_reconstruct"): ndarray,
    ("numpy.core.multiarray", "_reconstruct"): ndarray,
    ("numpy.core.numeric", "_frombuffer"): from_buffer,
}
