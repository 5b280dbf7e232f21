"""A list of N tuples (int, float, str)."""
from common import arguments, write

if __name__ == "__main__":
    given = arguments()
    draw = given.draw
    write(given, [(number, draw.random(), f"s{draw.getrandbits(28):x}") for number in range(given.n)])
