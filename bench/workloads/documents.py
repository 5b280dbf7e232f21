"""A list of N nested documents, such as JSON could hold, with comments that are answered by comments."""
from common import arguments, write

WORDS = ("time year people way day man thing woman life child world school state family student group country problem "
         "hand part place case week company system program question work government number night point home water "
         "naïve façade 東京 данные").split()


def text(draw, many):
    return " ".join(draw.choice(WORDS) for _ in range(many))


def comment(draw, depth):
    return {"user": f"u{draw.randrange(5000)}", "text": text(draw, draw.randrange(3, 25)), "likes": draw.randrange(100),
            "replies": [comment(draw, depth - 1) for _ in range(draw.randrange(3))] if depth else []}


def document(draw, number):
    place = {"type": "Point", "coordinates": [draw.uniform(-180, 180), draw.uniform(-90, 90)]}
    return {
        "_id": f"{draw.getrandbits(96):024x}",
        "number": number,
        "title": text(draw, 6),
        "body": text(draw, draw.randrange(10, 60)),
        "author": {"name": text(draw, 2), "verified": draw.random() < 0.2, "karma": draw.gauss(0, 500)},
        "tags": draw.sample(WORDS, draw.randrange(6)),
        "location": place if draw.random() < 0.4 else None,
        "comments": [comment(draw, 5) for _ in range(draw.randrange(4))],
        "created": 1_700_000_000 + draw.randrange(10**7),
    }


if __name__ == "__main__":
    given = arguments()
    write(given, [document(given.draw, number) for number in range(given.n)])
