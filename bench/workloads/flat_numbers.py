"""A flat list of N floats, or of N ints of mixed size: a quarter each of one byte, two bytes, 31 bits and a sign, 53 bits.

Large negative ones are left out, for some of the other readers get them wrong and could not be timed.
"""
from common import arguments, write


def whole(draw):
    bits = draw.choice((8, 16, 31, 53))
    number = draw.getrandbits(bits)
    return -number if bits == 31 and draw.random() < 0.5 else number


if __name__ == "__main__":
    given = arguments()
    make = {"floats": lambda draw: draw.random() * 1000, "ints": whole}[given.variant]
    write(given, [make(given.draw) for _ in range(given.n)])
