"""Time runs of py-fcm in its own environment: a map and starts in, runs per second and states out, as JSON."""

import json
import sys
import time

from py_fcm import FuzzyCognitiveMap

given = json.load(sys.stdin)
names = [f"C{i}" for i in range(len(given["weights"]))]
# a difference that is always small enough makes it stop after exactly these extra steps
map = FuzzyCognitiveMap(
    max_it=given["steps"] + 10,
    extra_steps=given["steps"],
    stability_diff=1e9,
    decision_function="LAST",
    mem_influence=True,
    activation_function="sigmoid",
    lambda_val=1.0,
)
map.debug = False  # its compiled way, the faster one
for name in names:
    map.add_concept(name)
for i, row in enumerate(given["weights"]):
    for j, weight in enumerate(row):
        if weight:
            map.add_relation(names[i], names[j], weight)


def run(start):
    for name, value in zip(names, start, strict=True):
        map.init_concept(name, value)
    map.run_inference()
    return [map._FuzzyCognitiveMap__execution[name][-1] for name in names]


# its compiled part is compiled anew in the second run, when the layout of an array has changed
for start in given["starts"][:3]:
    run(start)

seconds = []
turn = len(given["starts"]) // given["turns"]
for first in range(0, turn * given["turns"], turn):
    begin = time.perf_counter()
    for start in given["starts"][first : first + turn]:
        run(start)
    seconds.append(time.perf_counter() - begin)
json.dump({"runs_per_second": turn / min(seconds), "state": run(given["starts"][0])}, sys.stdout)
