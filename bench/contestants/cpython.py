"""Times pickle.loads in CPython, by CPU time. Reads requests as lines of JSON and answers each with a line, as lib/worker.mjs.

    python cpython.py --gc on|off FOLDER_OF_CLASSES

What is timed is `loads` and, as by timeit, that its value is dropped; with "keep": true it is not.
"""
import gc
import io
import json
import math
import os
import resource
import sys
import time


def peak():
    """MB. (macOS counts bytes, others kilobytes.)"""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def resident():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize() / 2**20
    except OSError:
        return peak()


def plain(value):
    """What JSON makes of a value."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return plain(value.__dict__) if hasattr(value, "__dict__") else value


class Worker:
    def prepare(self, given):
        started = time.perf_counter()
        import pickle
        imported = time.perf_counter() - started
        self.folder = given["folder"]
        with open(os.path.join(self.folder, "meta.json")) as file:
            meta = json.load(file)
        with open(os.path.join(self.folder, "data.pkl"), "rb") as file:
            data = file.read()
        loads = pickle.loads
        if meta["pickles"] and given["form"] == "log":
            def read():
                file, load = io.BytesIO(data), pickle.load
                return [load(file) for _ in meta["pickles"]]

            def decode():
                file, load = io.BytesIO(data), pickle.load
                for _ in meta["pickles"]:
                    load(file)
            self.all, self.decode = read, decode
        elif meta["pickles"]:
            parts, at = [], 0
            for length in meta["pickles"]:
                parts.append(data[at:at + length])
                at += length

            def decode():
                for part in parts:
                    loads(part)
            self.all, self.decode = lambda: [loads(part) for part in parts], decode
        elif meta["buffers"] is not None:
            with open(os.path.join(self.folder, "buffers.bin"), "rb") as file:
                whole = memoryview(file.read())
            buffers, at = [], 0
            for length in meta["buffers"]:
                buffers.append(whole[at:at + length])
                at += length
            self.all = self.decode = lambda: loads(data, buffers=buffers)
        else:
            self.all = self.decode = lambda: loads(data)
        self.calls = 1
        return {"importMs": imported * 1000}

    def check(self, given):
        value = self.all()
        path = os.path.join(self.folder, "data.json")
        if not os.path.exists(path):
            return {"equal": None}
        with open(path, encoding="utf-8") as file:
            expected = [json.loads(line) for line in file] if given["form"] != "one" else json.load(file)
        return {"equal": plain(value) == expected}

    def run(self, given):
        for _ in range(given["times"]):
            self.decode()
        return {}

    def warm(self, given):
        started, calls, took = time.process_time(), 0, 0
        while calls < 2 or time.process_time() - started < given["ms"] / 1000:
            before = time.process_time()
            self.decode()
            took = time.process_time() - before
            calls += 1
        self.calls = max(1, math.ceil(given["sampleMs"] / 1000 / max(took, 1e-7)))
        return {"calls": self.calls}

    def once(self, calls, keep):
        """One sample: milliseconds of CPU and of wall a call."""
        decode, kept = self.decode, []
        repeat = range(calls)
        wall, cpu = time.perf_counter(), time.process_time()
        if keep:
            for _ in repeat:
                kept.append(decode())
        else:
            for _ in repeat:
                decode()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        del kept
        return cpu * 1000 / calls, wall * 1000 / calls

    def sample(self, given):
        keep = given.get("keep", False)
        calls = min(self.calls, 3) if keep else self.calls
        started, cpu, wall = time.process_time(), [], []
        while not cpu or time.process_time() - started < given["ms"] / 1000:
            one = self.once(calls, keep)
            cpu.append(one[0])
            wall.append(one[1])
        return {"cpu": cpu, "wall": wall}

    def first(self, given):
        before = resident()
        cpu, wall = self.once(1, True)
        return {"cpu": cpu, "wall": wall, "memory": max(0, peak() - before)}

    def peak(self, given):
        return {"peak": peak()}


def main():
    sys.path.insert(0, sys.argv[3])
    worker = Worker()
    for line in sys.stdin:
        given = json.loads(line)
        try:
            if sys.argv[2] == "off":
                gc.disable()
            answer = getattr(worker, given["do"])(given)
        except Exception as error:  # the parent decides what it means
            answer = {"error": f"{type(error).__name__}: {error}"[:500]}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
