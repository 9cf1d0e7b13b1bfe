"""The batch engine: compiled and plain, many runs and one, always the same bits."""

import subprocess
import sys
import tracemalloc

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from tests.fcm import reference
from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, simulate, simulate_batch
from unicluster.fcm.compiled import compiled
from unicluster.fcm.inference import step_cap
from unicluster.fcm.kernels import transfer_value

N = 6


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("state", "period", "residual", "updates")
    )


@st.composite
def batches(draw):
    """Arguments of a batch with own or shared weights, starts, slopes and clamps."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, runs = draw(st.integers(1, 6)), draw(st.sampled_from([1, 2, 130]))
    rule, transfer = draw(st.sampled_from(reference.RULES)), draw(st.sampled_from(reference.TRANSFERS))
    low = reference.LOWEST[transfer]
    pattern = rng.random((n, n)) < 0.6
    weights = rng.uniform(-1, 1, (runs if draw(st.booleans()) else 1, n, n)) * pattern
    start = rng.uniform(low, 1, (runs, n) if draw(st.booleans()) else n)
    slope = rng.uniform(0.3, 4, draw(st.sampled_from([(), (n,), (runs, 1), (runs, n)])))
    clamp = [{f"C{j + 1}": rng.uniform(low, 1) for j in np.flatnonzero(rng.random(n) < 0.2)} for _ in range(runs)]
    return {
        "map": CognitiveMap(reference.names(n), weights[0]),
        "start": start,
        "rule": rule,
        "transfer": transfer,
        "slope": slope,
        "clamp": clamp,
        "steps": draw(st.sampled_from([None, 0, 1, 11, 40])),
        "hold_transmitters": draw(st.booleans()),
        "weights": weights if len(weights) > 1 else None,
        "max_steps": 600,
    }


@given(arguments=batches())
@settings(max_examples=40, deadline=None)
def test_numpy_and_numba_have_the_same_bits(arguments):
    assert same(simulate_batch(**arguments, backend="numba"), simulate_batch(**arguments, backend="numpy"))


@given(arguments=batches())
@settings(max_examples=20, deadline=None)
def test_a_batch_is_its_single_runs(arguments):
    batch = simulate_batch(**arguments)
    map, weights = arguments.pop("map"), arguments.pop("weights")
    runs = len(batch)
    for k in {0, runs // 2, runs - 1}:
        slope = np.broadcast_to(arguments["slope"], (runs, map.n)) if np.ndim(arguments["slope"]) == 2 else None
        own = {
            "start": np.broadcast_to(arguments["start"], (runs, map.n))[k],
            "slope": arguments["slope"] if slope is None else slope[k],
            "clamp": arguments["clamp"][k],
        }
        one = simulate(map if weights is None else map.with_weights(weights[k]), **(arguments | own))
        assert np.array_equal(one.state, batch.state[k])
        assert (one.end, one.period, one.residual) == (batch.end[k], batch.period[k], batch.residual[k])
        assert len(one.path) == batch.updates[k] + 1
        assert np.array_equal(np.isin(map.ids, one.held), batch.held[k])


def test_a_batch_of_several_chunks_is_its_parts():
    rng = np.random.default_rng(5)
    map = CognitiveMap(reference.names(N), reference.random_weights(rng, N))
    start = rng.random((70_000, N))
    whole = simulate_batch(map, start)
    parts = [simulate_batch(map, start[k : k + 30_011]) for k in range(0, len(start), 30_011)]
    for name in ("state", "period", "residual", "updates"):
        assert np.array_equal(getattr(whole, name), np.concatenate([getattr(part, name) for part in parts]))


def test_the_leading_axis_may_be_of_weights_starts_clamps_or_slopes():
    rng = np.random.default_rng(6)
    weights = np.stack([reference.random_weights(rng, N) for _ in range(4)])
    map = CognitiveMap(reference.names(N), weights[0])
    starts, levels, slopes = rng.random((4, N)), rng.random(4), rng.uniform(0.5, 2, (4, N))
    middle = np.full(N, 0.5)
    by_weights = simulate_batch(map, middle, weights=weights)
    by_maps = simulate_batch([map.with_weights(w) for w in weights], middle)
    by_start = simulate_batch(map, starts)
    by_named_start = simulate_batch(map, dict(zip(map.ids, starts.T, strict=True)))
    by_clamp = simulate_batch(map, middle, clamp={"C2": levels, "C3": 0.25})
    by_rows = simulate_batch(map, middle, clamp=[{"C2": level, "C3": 0.25} for level in levels])
    by_slope = simulate_batch(map, middle, slope=slopes)
    for k in range(4):
        assert np.array_equal(by_weights.state[k], simulate(map.with_weights(weights[k]), middle).state)
        assert np.array_equal(by_start.state[k], simulate(map, starts[k]).state)
        assert np.array_equal(by_clamp.state[k], simulate(map, middle, clamp={"C2": levels[k], "C3": 0.25}).state)
        assert np.array_equal(by_slope.state[k], simulate(map, middle, slope=slopes[k]).state)
    assert same(by_weights, by_maps)
    assert same(by_start, by_named_start)
    assert same(by_clamp, by_rows)


def test_each_run_may_clamp_other_concepts():
    map = CognitiveMap(["a", "b"], [[0, 0.5], [0.5, 0]])
    batch = simulate_batch(map, [0.5, 0.5], clamp=[{"a": 0}, {}, {"b": 1}])
    assert batch.held.tolist() == [[True, False], [False, False], [False, True]]
    assert batch.state[0, 0] == 0
    assert batch.state[2, 1] == 1
    assert np.array_equal(batch.state[1], simulate(map, [0.5, 0.5]).state)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"start": np.full((3, 2), 0.5), "clamp": {"a": [0.1, 0.2]}}, "start 3, clamp 2"),
        ({"start": [0.5, 0.5], "clamp": {"a": [0.1, 1.2, 3]}}, "clamp, a: found '1.2'.*1 others"),
        ({"start": [0.5, 0.5], "clamp": {"a": [0.1, np.nan]}}, "nan"),
        ({"start": [0.5, 0.5], "clamp": [{"a": 0.1}, {"a": np.nan}]}, "nan"),
        ({"start": [0.5, 0.5], "clamp": [{"aa": 0.1}, {}]}, "'a'"),
        ({"start": [0.5, 0.5], "weights": np.full((2, 2, 2), 1.5)}, "run 1, a -> a"),
        ({"start": [0.5, 0.5], "weights": np.zeros((2, 3, 3))}, "weights"),
        ({"start": [{"a": 0.5}, {"b": 0.5}]}, "no value"),
        ({"start": np.full((2, 3), 0.5)}, "2 × 3"),
    ],
)
def test_what_is_refused(arguments, message):
    map = CognitiveMap(["a", "b"], [[0, 0.5], [0.5, 0]])
    with pytest.raises(InputError, match=message):
        simulate_batch(map, **arguments)


def test_maps_of_one_batch_share_their_concepts():
    with pytest.raises(InputError, match="map 2"):
        simulate_batch([CognitiveMap(["a"], [[0]]), CognitiveMap(["b"], [[0]])], [0.5])
    with pytest.raises(InputError, match="no map"):
        simulate_batch([], [0.5])


def test_no_runs_are_a_batch_too():
    map = CognitiveMap(["a", "b"], [[0, 0.5], [0.5, 0]])
    for steps in (None, 3):
        batch = simulate_batch(map, np.empty((0, 2)), steps=steps)
        assert batch.state.shape == (0, 2)
        assert batch.end.shape == (0,)


def test_the_exponential_is_as_good_as_that_of_scipy():
    near, far = np.geomspace(1e-18, 1, 2001), np.linspace(1, 690, 20_001)
    x = np.concatenate([-far, -near, [0.0], near, far])
    assert np.abs(transfer_value("sigmoid", x) / expit(x) - 1).max() <= 1e-15
    assert np.abs(transfer_value("tanh", x[x != 0]) / np.tanh(x[x != 0]) - 1).max() <= 1e-15
    assert np.array_equal(transfer_value("tanh", -x), -transfer_value("tanh", x))
    assert transfer_value("sigmoid", np.array([-1e300, 0.0, 1e300])).tolist() == pytest.approx([0, 0.5, 1], abs=1e-300)


def test_memory_does_not_grow_with_the_runs():
    rng = np.random.default_rng(7)
    n = 20
    map = CognitiveMap(reference.names(n), reference.random_weights(rng, n, 0.2))

    def working_memory(runs):
        levels = rng.random(runs)
        tracemalloc.start()
        batch = simulate_batch(map, np.full(n, 0.5), clamp={"C1": levels}, steps=5)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak - sum(getattr(batch, name).nbytes for name in ("state", "period", "residual", "updates"))

    few, many = working_memory(140_000), working_memory(420_000)
    # an array of all runs and concepts more would be 45 MB
    assert many - few < 10e6


def in_a_new_process(code):
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return told.stdout.split()


def test_without_numba_the_same_comes_out():
    code = """
import sys
sys.modules["numba"] = None
from unicluster.fcm import CognitiveMap, simulate
from unicluster.faults import InputError
map = CognitiveMap(["a", "b"], [[0, 0.7], [-0.4, 0]])
print(*(value.hex() for value in simulate(map, [0.1, 0.9]).state))
try:
    simulate(map, [0.1, 0.9], backend="numba")
except InputError:
    print("refused")
"""
    run = simulate(CognitiveMap(["a", "b"], [[0, 0.7], [-0.4, 0]]), [0.1, 0.9], backend="numba")
    assert in_a_new_process(code) == [*(value.hex() for value in run.state), "refused"]


def test_importing_the_room_does_not_import_numba():
    assert in_a_new_process("import sys, unicluster.fcm; print('numba' in sys.modules)") == ["False"]


def test_a_read_only_installation_compiles_without_a_cache(monkeypatch):
    njit = numba.njit

    def nowhere_to_write(*arguments, cache=False, **options):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return njit(*arguments, **options)

    monkeypatch.setattr(numba, "njit", nowhere_to_write)
    assert compiled(lambda x: x + 1)(1) == 2


def test_few_runs_of_a_dense_map_have_the_bits_of_the_compiled_engine():
    rng = np.random.default_rng(3)
    n = 90
    map = CognitiveMap([f"C{i}" for i in range(n)], rng.uniform(-1, 1, (n, n)))
    start = rng.random(n)
    chosen, compiled = (simulate(map, start, "rescaled", "tanh", steps=30, backend=b) for b in ("auto", "numba"))
    assert np.array_equal(chosen.path, compiled.path)


@pytest.mark.parametrize(("n", "links", "cap"), [(34, 110, 100_000), (200, 40_000, 100_000), (2000, 4_000_000, 1000)])
def test_a_run_without_steps_of_a_very_large_map_gives_up_in_time(n, links, cap):
    weights = np.zeros(n * n)
    weights[:links] = 0.5
    assert step_cap(weights.reshape(n, n)) == cap
