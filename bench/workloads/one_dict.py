"""One dict of N unique str keys, with small ints as values."""
from common import arguments, write

if __name__ == "__main__":
    given = arguments()
    write(given, {f"key:{given.draw.getrandbits(40):010x}:{number}": number for number in range(given.n)})
