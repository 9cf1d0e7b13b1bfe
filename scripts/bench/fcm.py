"""Fuzzy cognitive maps: runs per second, side by side with other tools, and what many runs cost.

50 forced updates of the modified rule with the sigmoid, float64, on dense random maps. The other tools are
installed into environments of their own under build/peers; their last states are compared with ours, so that all
have done the same work. What counts is the fastest of thirty short turns, theirs as ours, because a machine that
does other things besides slows them all down in some turns.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from unicluster import paths, scenarios, tables
from unicluster.fcm import CognitiveMap, simulate_batch

STEPS = 50
RUNS_PER_SECOND = {10: 1_000_000, 25: 300_000, 50: 100_000}
RUNS = {10: 40_000, 25: 16_000, 50: 6_000}
SCRIPTS = Path(__file__).with_name("peers")
TURNS = 30
# name of the tool: its script, how many runs of it are timed, the ratio to beat, what pip installs in turn
PEERS = {
    "py-fcm": ("py_fcm_runs.py", 900, 100, [["py-fcm==1.0.0", "liac-arff==2.5.0", "scipy"]]),
    "fcmpy": (
        "fcmpy_runs.py",
        30,
        5000,
        [
            ["numpy==1.26.4", "pandas==1.5.3", "scipy==1.11.4", "scikit-fuzzy==0.5.0"],
            ["networkx", "openpyxl", "packaging", "tqdm"],
            ["--no-deps", "fcmpy==0.0.21"],
        ],
    ),
}
WHAT_IFS, WHAT_IF_SECONDS = 10_000, 0.2
MANY, WORKING_MEGABYTES = 10_000_000, 256
FIRST_CALL_SECONDS = 2.0


def rows() -> list[dict]:
    """Runs per second and ratios at three sizes, what-ifs of the project's map, memory, the first call."""
    found = []
    for n in RUNS_PER_SECOND:
        found += at_size(n)
    found.append(what_ifs())
    found.append(memory_of_many_runs())
    found.append(first_call_in_a_new_process())
    return found


def at_size(n: int) -> list[dict]:
    """Our rate and its ratio to each other tool on one random map of n concepts."""
    rng = np.random.default_rng(n)
    weights = rng.uniform(-1, 1, (n, n))
    np.fill_diagonal(weights, 0)
    map = CognitiveMap([f"C{i}" for i in range(n)], weights)
    starts = rng.random((RUNS[n], n))
    own_weights = np.repeat(weights[None], RUNS[n] // 10, axis=0)

    def ours() -> float:
        return len(starts) / timed(lambda: simulate_batch(map, starts, steps=STEPS), TURNS)

    def with_own_weights() -> None:
        simulate_batch(map, starts[: len(own_weights)], steps=STEPS, weights=own_weights)

    simulate_batch(map, starts[:1000], steps=STEPS)
    rate = ours()
    found = [row(f"fcm, n = {n}: runs per second", rate, "1/s", RUNS_PER_SECOND[n], rate >= RUNS_PER_SECOND[n])]
    for tool, (script, runs, target, _) in PEERS.items():
        name = f"fcm, n = {n}: ours / {tool}"
        try:
            theirs = peer_rate(tool, script, map, starts[:runs])
        except subprocess.CalledProcessError as error:
            found.append(row(f"{name} (it cannot be run: {last_line(error)})", 0, "ratio", target, False))
            continue
        # once more, because the machine may be busier or idler by now
        ratio = ours() / theirs
        found.append(row(name, ratio, "ratio", target, ratio >= target))
    rate = len(own_weights) / timed(with_own_weights, TURNS)
    found.append(row(f"fcm, n = {n}: runs per second, each with weights of its own", rate, "1/s", None, None))
    return found


def peer_rate(tool: str, script: str, map: CognitiveMap, starts: np.ndarray) -> float:
    """Runs per second of another tool on the same map and starts."""
    python = install(tool)
    given = {"weights": map.weights.tolist(), "starts": starts.tolist(), "steps": STEPS, "turns": TURNS}
    told = json.loads(run([python, SCRIPTS / script], json.dumps(given)))
    ours = simulate_batch(map, starts[:1], steps=STEPS).state[0]
    if not np.allclose(told["state"], ours, rtol=0, atol=1e-9):
        raise AssertionError(f"{tool} has not computed the same: {told['state']} instead of {ours}")
    return told["runs_per_second"]


def install(tool: str) -> Path:
    """Python of the tool's own environment, which is made if it is not there."""
    folder = paths.BUILD / "peers" / tool
    python, complete = folder / "bin" / "python", folder / "complete"
    if not complete.exists():
        run([sys.executable, "-m", "venv", "--clear", folder])
        for packages in PEERS[tool][3]:
            run([python, "-m", "pip", "install", "--quiet", *packages])
        complete.touch()
    return python


def what_ifs() -> dict:
    """Scenarios of the project's map, every lever at a level of its own, run to their ends with labels."""
    ratings = scenarios.region_ratings(tables.load("fcm_links"))
    map = scenarios.build_map(tables.load("fcm_concepts"), ratings, tables.load("fcm_scale"))
    rng = np.random.default_rng(0)
    clamp = {lever: rng.random(WHAT_IFS) for lever in map.with_role("lever")}
    start = np.full(map.n, 0.5)

    def run_and_label() -> None:
        assert set(simulate_batch(map, start, clamp=clamp).end) == {"fixed_point"}

    run_and_label()
    seconds = timed(run_and_label, TURNS)
    name = f"fcm, {WHAT_IFS:,} what-ifs of the project's map ({map.n} concepts) with their ends"
    return row(name, seconds, "s", WHAT_IF_SECONDS, seconds < WHAT_IF_SECONDS)


MANY_RUNS = f"""
import tracemalloc
import numpy as np
from unicluster.fcm import CognitiveMap, simulate_batch

rng = np.random.default_rng(0)
map = CognitiveMap([f"C{{i}}" for i in range(10)], rng.uniform(-1, 1, (10, 10)))
start, levels = np.full(10, 0.5), rng.random({MANY})
tracemalloc.start()
batch = simulate_batch(map, start, clamp={{"C0": levels}}, steps={STEPS})
peak = tracemalloc.get_traced_memory()[1]
results = sum(array.nbytes for array in (batch.state, batch.period, batch.residual, batch.updates))
print((peak - results) / 1e6)
"""


def memory_of_many_runs() -> dict:
    """Memory that ten million runs of ten concepts need beside their levers and results, in a new process."""
    megabytes = float(run([sys.executable, "-c", MANY_RUNS]))
    name = f"fcm, {MANY:,} runs: memory beside inputs and results"
    return row(name, megabytes, "MB", WORKING_MEGABYTES, megabytes <= WORKING_MEGABYTES)


FIRST_CALL = """
import time
from unicluster.fcm import CognitiveMap, simulate
map = CognitiveMap(["a", "b"], [[0, 0.5], [-0.5, 0]])
begin = time.perf_counter()
simulate(map, [0.5, 0.5])
print(time.perf_counter() - begin)
"""


def first_call_in_a_new_process() -> dict:
    """Seconds of the first run of a process, when another process has compiled the engine before."""
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"NUMBA_CACHE_DIR": cache}
        run([sys.executable, "-c", FIRST_CALL], environment=environment)
        seconds = float(run([sys.executable, "-c", FIRST_CALL], environment=environment))
    name = "fcm, first run of a process, compiled by an earlier one"
    return row(name, seconds, "s", FIRST_CALL_SECONDS, seconds <= FIRST_CALL_SECONDS)


def run(command: list, given: str | None = None, environment: dict | None = None) -> str:
    """Output of a command; its failure is an error."""
    told = subprocess.run(command, input=given, env=environment, capture_output=True, text=True, check=True)
    return told.stdout


def last_line(error: subprocess.CalledProcessError) -> str:
    """What a failed command said last."""
    return (error.stderr.strip().splitlines() or ["it said nothing"])[-1]


def timed(function: Callable[[], object], repeats: int) -> float:
    """Seconds of the fastest of some calls."""
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def row(name: str, measured: float, unit: str, target: float | None, met: bool | None) -> dict:
    """One row of the table of benchmarks."""
    return {"name": name, "measured": measured, "unit": unit, "target": target, "met": met}
