"""Time runs of fcmpy in its own environment: a map and starts in, runs per second and states out, as JSON."""

import contextlib
import io
import json
import sys
import time
import warnings

import pandas as pd
from fcmpy import FcmSimulator

warnings.simplefilter("ignore")
given = json.load(sys.stdin)
names = [f"C{i}" for i in range(len(given["weights"]))]
weights = pd.DataFrame(given["weights"], index=names, columns=names)


def run(start):
    # a threshold that no difference can be below makes it do all steps
    table = FcmSimulator.simulate(
        initial_state=dict(zip(names, start, strict=True)),
        weight_matrix=weights,
        transfer="sigmoid",
        inference="mKosko",
        thresh=-1.0,
        iterations=given["steps"],
        l=1,
    )
    return table.iloc[-1].tolist()


with contextlib.redirect_stdout(io.StringIO()):
    state = run(given["starts"][0])
    seconds = []
    turn = len(given["starts"]) // given["turns"]
    for first in range(0, turn * given["turns"], turn):
        begin = time.perf_counter()
        for start in given["starts"][first : first + turn]:
            run(start)
        seconds.append(time.perf_counter() - begin)
json.dump({"runs_per_second": turn / min(seconds), "state": state}, sys.stdout)
