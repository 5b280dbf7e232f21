"""An append log: N pickles one after another, an event in each, as a program that opens a file with "ab" leaves it."""
from common import arguments, write

KINDS = ["view", "click", "buy", "search", "leave"]


def event(draw, number):
    kind = draw.choice(KINDS)
    found = {"t": 1_700_000_000 + number * 3 + draw.random(), "kind": kind, "user": draw.randrange(10_000),
             "path": f"/item/{draw.randrange(500)}", "ok": draw.random() < 0.98}
    if kind == "search":
        found["query"] = " ".join(draw.choice("red blue big small old new".split()) for _ in range(3))
    if kind == "buy":
        found["lines"] = [[draw.randrange(500), round(draw.uniform(1, 99), 2)] for _ in range(draw.randrange(1, 4))]
    return found


if __name__ == "__main__":
    given = arguments()
    write(given, [event(given.draw, number) for number in range(given.n)], many=True)
