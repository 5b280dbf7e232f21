"""A flat list of N floats, or of N ints of mixed size: a quarter each of one byte, two bytes, 32 and 53 bits."""
from common import arguments, write


def whole(draw):
    bits = draw.choice((8, 16, 32, 53))
    number = draw.getrandbits(bits)
    return -number if bits > 16 and draw.random() < 0.5 else number


if __name__ == "__main__":
    given = arguments()
    make = {"floats": lambda draw: draw.random() * 1000, "ints": whole}[given.variant]
    write(given, [make(given.draw) for _ in range(given.n)])
