"""N buffers of the same size, each with a small dict beside it. The variant says where they are and how large:

    out-SIZE        out of band (protocol 5)
    bytes-SIZE      in the pickle, as bytes
    bytearray-SIZE  in the pickle, as bytearray (BYTEARRAY8)

Python writes bytes of 4 GB or less as BINBYTES, not BINBYTES8.
"""
import pickle

from common import arguments, write


def contents(draw, size, number):
    """Random at the beginning, then repeated: large buffers must not take minutes."""
    seed = draw.randbytes(min(size, 4096))
    return (seed * (size // max(1, len(seed)) + 1))[:size]


if __name__ == "__main__":
    given = arguments()
    place, size = given.variant.split("-")
    size = int(size)
    wrap = {"out": pickle.PickleBuffer, "bytes": bytes, "bytearray": bytearray}[place]
    value = [{"id": number, "name": f"sample-{number:06}", "label": given.draw.randrange(10),
              "data": wrap(contents(given.draw, size, number))} for number in range(given.n)]
    write(given, value, as_json=False, out_of_band=place == "out", compare=place != "out")
