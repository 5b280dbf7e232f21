"""A list of N instances of one class with four attributes."""
from bench_types import Point
from common import arguments, write

if __name__ == "__main__":
    given = arguments()
    draw = given.draw
    write(given, [Point(draw.random(), draw.randrange(1000), f"p{number}", draw.random() < 0.5) for number in range(given.n)])
