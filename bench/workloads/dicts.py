"""A list of N dicts with the same keys, as a database gives rows. Names are unique, cities few but separate objects."""
from common import arguments, fresh, write

CITIES = ("Amsterdam Athens Barcelona Belgrade Berlin Bern Bilbao Bologna Bordeaux Bremen Bristol Brno Brussels Bucharest "
          "Budapest Cologne Copenhagen Cork Dresden Dublin Edinburgh Florence Geneva Genoa Ghent Glasgow Hamburg Helsinki "
          "Istanbul Leipzig Lisbon Liverpool London Lyon Madrid Malmo Milan Munich Naples Nantes Oslo Paris Porto Prague "
          "Riga Rome Seville Sofia Turin Vienna").split()
TAGS = ("red green blue black white new old big small fast slow hot cold wet dry north south east west high low "
        "open shut left right").split()


def row(draw, number):
    return {
        "id": number,
        "name": f"name-{number}-{draw.getrandbits(32):08x}",
        "city": fresh(draw.choice(CITIES)),
        "score": draw.random() * 100,
        "active": draw.random() < 0.5,
        "tags": [fresh(draw.choice(TAGS)) for _ in range(3)],
    }


if __name__ == "__main__":
    given = arguments()
    write(given, [row(given.draw, number) for number in range(given.n)])
