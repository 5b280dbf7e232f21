"""Whether pickles written again hold what the originals hold, by CPython's own machine, which imports nothing they name.

    roundtrip_oracle.py FOLDER        FOLDER has pickle_truth.py, whose inert machine it is

On standard input one JSON object a line: {"pickle": base64, "encoding", "errors", "fixImports", "buffers": [base64] or
null, "again": [{"name", "pickle", "buffers", "protocol"?, "keys"?}]}. On standard output one a line: {"wrong": {name: what},
"cpython": bool, "keys": bool?, "all": {name: null where the bytes are CPython's, or what differs}}.

Two pickles hold the same where their truths are the same once both are read as a registry of nothing but Python's own
containers reads them: `_codecs.encode`, bytes, bytearray, set, frozenset and the other spellings that older protocols have
for an opcode of a newer one (`copyreg.__newobj__`, `functools.partial` of `__new__`, getattr for a dotted name) are done.

"cpython" says whether CPython's C pickler writes the original's very bytes for the objects it holds; "again" of a
"protocol" is held to what that pickler writes there, equal strings being one object ("all").
"""
import base64
import builtins
import copyreg
import functools
import io
import json
import pickle
import pickletools
import sys
import threading
import types
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING

sys.path.insert(0, sys.argv[1])
import pickle_truth  # noqa: E402
from pickle_truth import Global, Inert, Symbolic  # noqa: E402
import roundtrip_known  # noqa: E402

TEXT_OPCODES = (
    pickle.UNICODE, pickle.BINUNICODE, pickle.SHORT_BINUNICODE, pickle.BINUNICODE8,
    pickle.STRING, pickle.BINSTRING, pickle.SHORT_BINSTRING,
)  # fmt: skip
#: What the older protocols write for bytes, bytearrays and sets, by name.
CORE = {
    "builtins": {"bytes", "bytearray", "set", "frozenset", "list", "tuple", "dict", "int", "float", "bool", "str"},
    "_codecs": {"encode"},
}


class Unwritable(Exception):
    """CPython's pickler writes nothing of the kind."""


class Record(Inert):
    """An inert record that the C pickler takes for an instance of the class that it names."""

    def __init__(self, kind, **fields):
        super().__init__(kind, **fields)
        self.setters = []

    @property
    def __class__(self):
        return self.fields["callable"] if self.fields.get("how") == "newobj" else Record

    def __call__(self):
        raise AssertionError("nothing is called")


class Named(type):
    """A global as a class that a pickler finds under its name, in a module that is made for it."""

    def __new__(cls, module, name):
        named = super().__new__(cls, "Named", (), {"__module__": module})
        named.module, named.name = module, name
        return named

    def __init__(cls, module, name):
        pass


#: What the C pickler itself names: one object, whoever names it.
OWN = {
    (module, name): getattr(sys.modules[module], name)
    for module, names in (
        ("builtins", ("bytes", "bytearray", "set", "frozenset", "getattr")),
        ("_codecs", ("encode",)),
        ("functools", ("partial",)),
    )
    for name in names
}
NAME_OF = {id(value): key for key, value in OWN.items()}


def key_of(value):
    """Module and name of a global; None for what is none."""
    if isinstance(value, (Named, Global)):
        return value.module, value.name
    return NAME_OF.get(id(value))


def is_global(value, module, name):
    return key_of(value) == (module, name)


def is_plain(value):
    return not isinstance(value, Inert) and key_of(value) is None


def called(key, args):
    """What a call of one of Python's own containers gives, as protocols write them that have no opcode for it."""
    module, name = key
    if name not in CORE.get(module, ()):
        raise LookupError(name)
    if module == "_codecs":
        if len(args) != 2 or not isinstance(args[0], str) or args[1] not in ("latin1", "latin-1"):
            raise TypeError("as protocols 0 to 2 write bytes")
        return OWN[key](*args)
    if args and isinstance(args[0], int) and name in ("bytes", "bytearray"):
        raise TypeError("never as a length")
    return getattr(builtins, name)(*args)


class Machine(Symbolic):
    """The inert machine, which calls Python's own containers and knows the names that Python 2 had."""

    dispatch = dict(Symbolic.dispatch)

    def __init__(self, file, *, writes=False, one_string=False, buffers=None, **options):
        self.contents = buffers
        self.named = {}
        self.records = []
        self.writes = writes
        self.one_string = one_string
        super().__init__(file, buffers=buffers, **options)

    def find_class(self, module, name):
        super().find_class(module, name)
        if self.proto < 3 and self.fix_imports:
            if (module, name) in NAME_MAPPING:
                module, name = NAME_MAPPING[(module, name)]
            elif module in IMPORT_MAPPING:
                module = IMPORT_MAPPING[module]
        return self.the_global(module, name)

    def the_global(self, module, name):
        if self.one_string:
            module = self.one(module)
        key = module, name
        if key not in self.named:
            kind = Named if self.writes else Global
            self.named[key] = OWN[key] if self.writes and key in OWN else kind(module, name)
        return self.named[key]

    def one(self, text):
        """The same object for equal strings; but CPython has those of one character by themselves, not interned."""
        return sys.intern(text) if len(text) > 1 else text

    def put_inert(self, value, depth=1):
        record = Record(value.kind, **value.fields)
        self.records.append(record)
        self.stack[-depth] = record

    def load_reduce(self):
        super().load_reduce()
        value = self.stack[-1]
        function, args = value.fields["callable"], value.fields["args"]
        key = key_of(function)
        if key is not None:
            if all(map(is_plain, args)) and (key in OWN or not self.writes):
                try:
                    self.stack[-1] = called(key, args)
                    return
                except Exception:  # a call that Python refuses stays a record in our reading, too
                    pass
            if self.writes and self.proto >= 4:
                pass
            elif key == ("builtins", "getattr") and len(args) == 2 and key_of(args[0]) is not None:
                module, name = key_of(args[0])
                self.stack[-1] = self.the_global(module, f"{name}.{args[1]}")
                return
            if is_global(function, "copyreg", "__newobj__") and args:
                value.fields.update(callable=args[0], args=args[1:], how="newobj")
            elif is_global(function, "copyreg", "__newobj_ex__") and len(args) == 3:
                value.fields.update(callable=args[0], args=args[1], kwargs=args[2], how="newobj")
        elif isinstance(function, Inert) and not args and is_global(function.fields.get("callable"), "functools", "partial"):
            made = self.new_with_keywords(function)
            if made is not None:
                value.fields.update(made)
        self.put_inert(value)

    @staticmethod
    def new_with_keywords(partial):
        """`functools.partial(cls.__new__, cls, *args, **kwargs)`, as protocols 2 and 3 write NEWOBJ_EX."""
        states = partial.states
        if len(states) != 1 or not isinstance(states[0], tuple) or len(states[0]) != 4:
            return None
        method, args, kwargs, _ = states[0]
        name = method.fields.get("args", ("", ""))[-1] if isinstance(method, Inert) else key_of(method)[1]
        if not str(name).endswith("__new__") or not args:
            return None
        return dict(callable=args[0], args=args[1:], kwargs=kwargs, how="newobj")

    def _instantiate(self, klass, args):
        super()._instantiate(klass, args)
        self.put_inert(self.stack[-1])

    def load_newobj(self):
        super().load_newobj()
        value = self.stack[-1]
        key = key_of(value.fields["callable"])
        if not self.writes and key == ("builtins", "int") and not value.fields["args"]:
            self.stack[-1] = 0
        else:
            self.put_inert(value)

    def load_newobj_ex(self):
        super().load_newobj_ex()
        self.put_inert(self.stack[-1])

    def load_next_buffer(self):
        super().load_next_buffer()
        content = bytearray(self.contents[self.stack[-1].fields["index"]])
        self.stack[-1] = pickle.PickleBuffer(content) if self.writes else content

    def load_readonly_buffer(self):
        content = bytes(self.stack[-1])
        self.stack[-1] = pickle.PickleBuffer(content) if self.writes else content

    def load_pop(self):
        """A call of two with an object is a setter of its state: what it was is not lost with its result."""
        top = self.stack[-1] if self.stack else None
        super().load_pop()
        if isinstance(top, Record) and top.fields.get("how") == "reduce" and len(top.fields["args"]) == 2:
            target, state = top.fields["args"]
            if isinstance(target, Record):
                target.setters.append((top.fields["callable"], state))
                if not self.writes:
                    target.states.append(target.setters[-1])

    def load_text(self, opcode):
        Symbolic.dispatch[opcode](self)
        if self.one_string and type(self.stack[-1]) is str:
            self.stack[-1] = self.one(self.stack[-1])

    dispatch[pickle.POP[0]] = load_pop
    dispatch[pickle.REDUCE[0]] = load_reduce
    dispatch[pickle.NEWOBJ[0]] = load_newobj
    dispatch[pickle.NEWOBJ_EX[0]] = load_newobj_ex
    dispatch[pickle.NEXT_BUFFER[0]] = load_next_buffer
    dispatch[pickle.READONLY_BUFFER[0]] = load_readonly_buffer
    for _op in TEXT_OPCODES:
        dispatch[_op[0]] = functools.partial(lambda op, self: self.load_text(op), _op[0])


class StandIn(pickle.Pickler):
    """CPython's C pickler, which writes inert records as what they stand for."""

    def persistent_id(self, value):
        if isinstance(value, Inert) and value.kind == "persistent":
            return value.fields["pid"]
        return None

    def reducer_override(self, value):
        if isinstance(value, Named):
            # A string of its own, as most names of classes are.
            return (value.name + " ")[:-1]
        if not isinstance(value, Inert):
            return NotImplemented
        fields = value.fields
        if value.kind != "object" or fields["how"] in ("inst", "obj") or value.added or len(value.states + value.setters) > 1:
            raise Unwritable("no pickler of Python 3 writes this")
        if value.states == [None]:
            raise Unwritable("a state of None is no state")
        function, args = self.call_of(fields)
        state = value.states[0] if value.states else None
        items = iter(value.appended) if value.appended else None
        entries = iter(value.set_items) if value.set_items else None
        if value.setters:
            return function, args, value.setters[0][1], items, entries, value.setters[0][0]
        return function, args, state, items, entries

    def call_of(self, fields):
        function, args = fields["callable"], fields["args"]
        if fields["how"] == "reduce":
            return function, args
        if "kwargs" in fields:
            return copyreg.__newobj_ex__, (function, args, fields["kwargs"])
        return copyreg.__newobj__, (function, *args)


def modules_for(named):
    """A module for each that the globals name, in which they are found."""
    modules = {}
    for (module, name), value in named.items():
        at = modules.setdefault(module, types.ModuleType(module))
        *above, last = name.split(".")
        for part in above:
            if not hasattr(at, part):
                setattr(at, part, types.SimpleNamespace())
            at = getattr(at, part)
        if getattr(at, last, None) is not value:
            setattr(at, last, value)
    return modules


def c_pickle(value, named, protocol, fix_imports):
    """What CPython's C pickler writes for the value that a machine has read."""
    try:
        modules = modules_for(dict(sorted(named.items(), key=lambda item: item[0][1].count("."))))
    except TypeError as error:
        raise Unwritable(str(error)) from None
    for name, module in modules.items():
        if any(name == own for own, _ in OWN) or name == "copyreg":
            # What else the pickler looks up there it finds, too.
            for key, attribute in vars(sys.modules[name]).items():
                vars(module).setdefault(key, attribute)
    out = io.BytesIO()
    saved = {name: sys.modules.get(name) for name in modules}
    buffers = []
    try:
        sys.modules.update(modules)
        StandIn(out, protocol, fix_imports=fix_imports, buffer_callback=buffers.append if protocol >= 5 else None).dump(value)
    except (pickle.PicklingError, TypeError, ValueError, AttributeError, ImportError, KeyError, UnicodeError) as error:
        raise Unwritable(f"{type(error).__name__}: {error}") from None
    finally:
        for name, module in saved.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
    return out.getvalue()


def read(data, options, **more):
    machine = Machine(io.BytesIO(data), **options, **more)
    value = machine.load()
    return value, machine


def truth_of(data, options):
    """The truth as far as JavaScript can tell values apart: two surrogates in a row are the character they make."""
    try:
        value, machine = read(data, options)
        for record in machine.records:
            roundtrip_known.settle(record)
    except RecursionError:
        raise
    except Exception as error:  # every error that a bad pickle can raise is an answer here
        return {"error": type(error).__name__, "message": str(error)}
    return Writer(value).node(value)


class Writer(pickle_truth.Writer):
    def node(self, value):
        if isinstance(value, str):
            return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return super().node(value)


def lines_of(data):
    found = []
    try:
        for opcode, argument, at in pickletools.genops(data):
            found.append(f"{at}: {opcode.name} {ascii(argument)[:60]}")
    except Exception as error:
        found.append(str(error))
    return found


def bytes_differ(theirs, ours):
    if theirs == ours:
        return None
    a, b = lines_of(theirs), lines_of(ours)
    for i, (one, other) in enumerate(zip(a, b)):
        if one.split(": ", 1)[1] != other.split(": ", 1)[1] or "FRAME" not in one and one != other:
            if "FRAME" in one and "FRAME" in other:
                continue
            return f"{a[i - 1]} | {one} | here {other}"
    return f"{len(a)} opcodes, here {len(b)}"


def differ(one, other, at="$"):
    """Where two truths differ."""
    if type(one) is not type(other) or not isinstance(one, (dict, list)):
        return None if one == other and type(one) is type(other) else f"{at}: {ascii(one)[:200]} became {ascii(other)[:200]}"
    if isinstance(one, dict):
        if one.keys() != other.keys():
            return f"{at}: {ascii(one)[:200]} became {ascii(other)[:200]}"
        pairs = [(key, one[key], other[key]) for key in one]
    elif len(one) != len(other):
        return f"{at}: {len(one)} became {len(other)}: {ascii(one)[:200]} became {ascii(other)[:200]}"
    else:
        pairs = [(i, a, b) for i, (a, b) in enumerate(zip(one, other))]
    for key, a, b in pairs:
        if a != b or type(a) is not type(b):
            found = differ(a, b, f"{at}.{key}")
            if found:
                return found
    return None


def octets(texts):
    return None if texts is None else [base64.b64decode(text) for text in texts]


def answer(row):
    data = base64.b64decode(row["pickle"])
    fix = row.get("fixImports", True)
    options = {
        "encoding": row["encoding"],
        "errors": row["errors"],
        "fix_imports": fix,
        "buffers": octets(row["buffers"]),
    }
    truth = truth_of(data, options)
    out = {"wrong": {}, "all": {}}
    for again in row["again"]:
        ours = base64.b64decode(again["pickle"])
        here = {"fix_imports": fix, "buffers": octets(again["buffers"])}
        if again.get("protocol") is None:
            problem = differ(truth, truth_of(ours, here))
            if problem is not None:
                out["wrong"][again["name"]] = problem
        else:
            out["all"][again["name"]] = all_differ(data, options, ours, again["protocol"])
    if row.get("own") is not None:
        out["cpython"] = as_cpython(data, options, row["own"])
    if row.get("written") is not None:
        out["written"] = bytes_differ(data, base64.b64decode(row["written"]))
    return out


def all_differ(data, options, ours, protocol):
    try:
        value, machine = read(data, options, writes=True, one_string=True)
        return bytes_differ(c_pickle(value, machine.named, protocol, options["fix_imports"]), ours)
    except Unwritable as error:
        return f"unwritable {error}"
    except Exception as error:
        return f"unread {type(error).__name__}: {error}"


def as_cpython(data, options, protocol):
    """Null where the C pickler writes these very bytes; else what differs."""
    try:
        value, machine = read(data, options, writes=True)
        return bytes_differ(data, c_pickle(value, machine.named, protocol, options["fix_imports"]))
    except Unwritable as error:
        return f"unwritable {error}"
    except Exception as error:
        return f"unread {type(error).__name__}: {error}"


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))))


if __name__ == "__main__":
    sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(10_000_000)
    threading.stack_size(1 << 30)
    worker = threading.Thread(target=main)
    worker.start()
    worker.join()
