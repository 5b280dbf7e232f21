"""The classes that the pickles name: what unpickles them in Python has this folder on its path."""


class Point:
    def __init__(self, x, y, label, visible):
        self.x, self.y, self.label, self.visible = x, y, label, visible

    def __eq__(self, other):
        return self.__dict__ == other.__dict__


class Record:
    """Pickles as numpy's small arrays do: a call of a function, then a state that is a tuple."""

    def __init__(self, shape=(0,), kind="b"):
        self.state = (1, shape, kind, False, b"")

    def __reduce__(self):
        return Record, ((0,), "b"), self.state

    def __setstate__(self, state):
        self.state = state

    def __eq__(self, other):
        return self.state == other.state


class Blocks:
    """Holds a frame as pandas does: a block an element type, columns by rows, and the axes."""

    def __init__(self, blocks, axes):
        self.blocks, self.axes = blocks, axes


class Frame:
    def __init__(self, manager):
        self._mgr = manager

    def __getstate__(self):
        return {"_mgr": self._mgr, "_typ": "dataframe", "_metadata": [], "attrs": {}, "_flags": {"allows_duplicate_labels": True}}

    def __setstate__(self, state):
        self.__dict__.update(state)
