"""Files as programs leave them, and how long Python takes to load one again.

    real.py make FOLDER     writes what the libraries here can write
    real.py load NAME FILE  loads one, and prints {wall, cpu, peakMb} as JSON
"""
import gc
import json
import os
import pickle
import random
import resource
import sys
import time


def cifar(folder):
    import numpy

    draw = numpy.random.default_rng(7)
    batch = {
        b"batch_label": b"training batch 1 of 5",
        b"labels": draw.integers(0, 10, 10_000).tolist(),
        b"data": draw.integers(0, 256, (10_000, 3072), dtype=numpy.uint8),
        b"filenames": [b"image_s_%06d.png" % number for number in range(10_000)],
    }
    with open(os.path.join(folder, "cifar.pkl"), "wb") as file:
        pickle.dump(batch, file, 2)


def frame(folder):
    import numpy
    import pandas

    draw = numpy.random.default_rng(8)
    count = 1_000_000
    columns = {
        "id": numpy.arange(count),
        "price": draw.random(count),
        "size": draw.random(count).astype("float32"),
        "active": draw.random(count) < 0.5,
        "at": pandas.date_range("2020-01-01", periods=count, freq="s"),
        "city": pandas.Categorical.from_codes(draw.integers(0, 50, count), [f"city {number}" for number in range(50)]),
        "name": [f"name {number}" for number in range(count)],
    }
    pandas.DataFrame(columns).to_pickle(os.path.join(folder, "frame.pkl"))


def checkpoint(folder):
    import torch

    torch.manual_seed(9)
    weights = {f"layers.{number}.weight": torch.randn(512, 512) for number in range(40)}
    weights["embedding.weight"] = torch.randn(20_000, 256)
    weights["head.weight"] = weights["embedding.weight"].t()
    torch.save({"model": weights, "step": 1000}, os.path.join(folder, "checkpoint.pt"))


def forest(folder):
    import joblib
    import numpy
    from sklearn.ensemble import RandomForestClassifier

    draw = numpy.random.default_rng(10)
    data = draw.random((5000, 10))
    model = RandomForestClassifier(100, random_state=1).fit(data, data.sum(axis=1) + draw.random(5000) > 5.5)
    joblib.dump(model, os.path.join(folder, "forest.joblib"))


MAKERS = {"cifar": cifar, "frame": frame, "checkpoint": checkpoint, "forest": forest}


def loader(name):
    if name == "frame":
        import pandas

        return pandas.read_pickle
    if name == "checkpoint":
        import torch

        return torch.load
    if name == "forest":
        import joblib
        import sklearn.ensemble  # noqa: F401, or its import is timed

        return joblib.load
    import numpy.core.multiarray  # noqa: F401, the same

    return lambda path: pickle.load(open(path, "rb"), encoding="bytes")


def main():
    random.seed(0)
    if sys.argv[1] == "make":
        for name, make in MAKERS.items():
            try:
                make(sys.argv[2])
            except ImportError as error:
                print(f"{name}: {error}", file=sys.stderr)
        return
    load = loader(sys.argv[2])
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), time.process_time()
    value = load(sys.argv[3])
    taken = {"wall": (time.perf_counter() - wall) * 1000, "cpu": (time.process_time() - cpu) * 1000}
    taken["peakMb"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps(taken))
    del value


if __name__ == "__main__":
    main()
