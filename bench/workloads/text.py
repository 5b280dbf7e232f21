"""A list of N unique strings of 5 to 40 characters: ASCII, or with some letters that are not."""
from common import arguments, write

LETTERS = {
    "ascii": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.",
    "unicode": "abcdefghij klmnopqrstuvwxyzäöüßéèñçåøабвгдежзийклмнопрст東京大阪名古屋日本語한국어",
}


def string(draw, letters, number):
    """Unique by its number, which takes the place of its last characters."""
    tail = f"{number:x}" if letters[0] == "a" and letters.isascii() else f"ж{number:x}"
    length = max(draw.randint(5, 40), len(tail))
    return "".join(draw.choices(letters, k=length - len(tail))) + tail


if __name__ == "__main__":
    given = arguments()
    write(given, [string(given.draw, LETTERS[given.variant], number) for number in range(given.n)])
