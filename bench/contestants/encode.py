"""pickle.dumps of CPython, by CPU time, of the value that a workload's pickle holds.

    encode.py time on|off FOLDER MS     the collector on or off; prints {"cpu": [ms a call], "bytes"}
    encode.py check FILE FOLDER         prints whether the pickle in the file holds the same value as the workload's

FOLDER is that of a workload, or ARRAYS: 8 arrays of 64 MB, whose memory stays out of band. The classes that pickles name lie
in bench/workloads.
"""
import gc
import json
import os
import pickle
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "workloads"))
COUNT, BYTES = 8, 64 * 2**20


def value_of(folder):
    if folder == "ARRAYS":
        import numpy
        return [numpy.zeros(BYTES // 8) for _ in range(COUNT)]
    with open(os.path.join(folder, "data.pkl"), "rb") as file:
        return pickle.load(file)


def measure(collector, folder, ms):
    value = value_of(folder)
    if collector == "off":
        gc.disable()
    if folder == "ARRAYS":
        def dumps():
            return pickle.dumps(value, 5, buffer_callback=[].append)
    else:
        def dumps():
            return pickle.dumps(value, 4)
    size, calls, took = len(dumps()), 1, 0.0
    while True:
        started = time.process_time()
        for _ in range(calls):
            dumps()
        took = time.process_time() - started
        if took >= 0.005:
            break
        calls *= 2
    cpu, until = [], time.process_time() + float(ms) / 1000
    while not cpu or time.process_time() < until:
        started = time.process_time()
        for _ in range(calls):
            dumps()
        cpu.append((time.process_time() - started) * 1000 / calls)
    print(json.dumps({"cpu": cpu, "bytes": size}))


def check(path, folder):
    with open(path, "rb") as file:
        data = file.read()
    if folder == "ARRAYS":
        got = pickle.loads(data, buffers=[bytearray(BYTES) for _ in range(COUNT)])
        equal = [(str(one.dtype), one.shape) for one in got] == [("float64", (BYTES // 8,))] * COUNT
    else:
        equal = pickle.loads(data) == value_of(folder)
    print(json.dumps({"equal": equal}))


if sys.argv[1] == "time":
    measure(*sys.argv[2:])
else:
    check(*sys.argv[2:])
