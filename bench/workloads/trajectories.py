"""N trajectories, as programs that learn by doing keep them: dicts of lists of floats and of vectors."""
from common import arguments, write


def trajectory(draw):
    steps = draw.randint(50, 150)
    return {
        "observations": [[draw.gauss(0, 1) for _ in range(8)] for _ in range(steps)],
        "actions": [[draw.uniform(-1, 1) for _ in range(2)] for _ in range(steps)],
        "rewards": [draw.gauss(0, 1) for _ in range(steps)],
        "done": [False] * (steps - 1) + [True],
        "env": "walker-v4",
    }


if __name__ == "__main__":
    given = arguments()
    write(given, [trajectory(given.draw) for _ in range(given.n)])
