"""Small messages: `one`, which is of 283 bytes, or `many`, N that differ in shape and in values."""
import pickle

from common import arguments, write

WORDS = "user order price time path code state level count owner value source target region reason limit".split()


def single(protocol):
    message = {"id": "5f3a9c1e-77d2-4b0a-9c55-0d1b2f6a7e88", "kind": "order.created", "at": 1763985600.25, "user": 48213,
               "items": [{"sku": "A-1093", "count": 2, "price": 19.95}, {"sku": "B-2210", "count": 1, "price": 5.5}],
               "paid": True, "coupon": None, "note": ""}
    message["note"] = "x" * max(0, 283 - len(pickle.dumps(message, protocol)))
    return message


def scalar(draw):
    kind = draw.randrange(6)
    if kind == 0:
        return draw.randrange(100)
    if kind == 1:
        return draw.getrandbits(40)
    if kind == 2:
        return draw.random()
    if kind == 3:
        return draw.choice((True, False, None))
    return f"{draw.choice(WORDS)}-{draw.getrandbits(24):x}"


def message(draw, template):
    found = {"kind": f"event.{template}", "at": 1763985600 + draw.random() * 1e6, "id": f"{draw.getrandbits(64):016x}"}
    names = WORDS[template % 7:template % 7 + 2 + template % 6]
    for name in names:
        found[name] = scalar(draw)
    if template % 3 == 0:
        found["tags"] = [scalar(draw) for _ in range(draw.randrange(6))]
    if template % 4 == 0:
        found["inner"] = {name: scalar(draw) for name in draw.sample(WORDS, 3)}
    if template % 5 == 0:
        found["lines"] = [{"sku": f"S{draw.randrange(500)}", "price": draw.random() * 50} for _ in range(draw.randrange(4))]
    return found


if __name__ == "__main__":
    given = arguments()
    if given.variant == "one":
        write(given, single(given.protocol))
    else:
        write(given, [message(given.draw, given.draw.randrange(60)) for _ in range(given.n)], many=True)
