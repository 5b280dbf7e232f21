"""A list of N records that pickle as numpy's small arrays do: REDUCE, then BUILD with a tuple (no numpy needed)."""
from bench_types import Record
from common import arguments, write


def record(draw):
    found = Record()
    length = draw.randrange(1, 5)
    found.state = (1, (length,), draw.choice(("f8", "i8", "f4")), False, draw.randbytes(8 * length))
    return found


if __name__ == "__main__":
    given = arguments()
    write(given, [record(given.draw) for _ in range(given.n)], as_json=False)
