"""Tokenised text: N lists of ints, 100 long on average, the frequent tokens small numbers."""
from common import arguments, write

if __name__ == "__main__":
    given = arguments()
    draw = given.draw
    texts = []
    for _ in range(given.n):
        length = max(3, int(draw.expovariate(1 / 100)))
        texts.append([101] + [min(50_000, int(draw.paretovariate(0.6))) + 200 for _ in range(length - 2)] + [102])
    write(given, texts)
