"""Random draws in chunks: the same bytes whoever computes them."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest

from unicluster import fcm, survey
from unicluster.faults import InputError
from unicluster.resampling import in_chunks

MAP = fcm.CognitiveMap("abc", [[0, 0.6, 0], [0, 0, -0.4], [0.3, 0, 0]])
UNIVERSITY = np.repeat(np.arange(12), 5)
RANDOM = np.random.default_rng(1)
SCORE = RANDOM.integers(0, 4, 60).astype(float)
X = pd.DataFrame({"x": RANDOM.normal(size=60)})
ANSWERS = pd.Series(pd.Categorical(SCORE.astype(int), ordered=True))
CHOSEN = pd.DataFrame(RANDOM.integers(0, 2, (60, 4)), columns=list("pqrs"))

RUNS = {
    "Monte Carlo of a map": partial(
        fcm.monte_carlo, MAP, {"up": {"a": 1}}, [0.5] * 3, weights=fcm.SpreadSampler(MAP), draws=500, chunk=64
    ),
    "wild cluster bootstrap": partial(survey.wild_cluster_bootstrap, SCORE, X, UNIVERSITY, "x", draws=500, chunk=64),
    "wild score bootstrap": partial(
        survey.wild_score_bootstrap, survey.ordered_logit(ANSWERS, X, UNIVERSITY), "x", draws=500, chunk=64
    ),
    "permutations": partial(survey.multiple_marginal_independence, CHOSEN, UNIVERSITY % 3, permutations=200, chunk=64),
    "coverage of all options": partial(
        survey.simultaneous_coverage, survey.goodman, [5, 20, 40], 69, draws=500, chunk=64
    ),
    "coverage in clusters": partial(
        survey.clustered_coverage, survey.wilson, 0.4, [10, 20, 30], 0.1, draws=500, chunk=64
    ),
    "coverage of what is partly known": partial(
        survey.partial_coverage, survey.imbens_manski_share, 0.4, 0.1, 69, draws=500, chunk=64
    ),
    "power": partial(survey.ordinal_power, [5, 20, 40], [10, 30], [0, 0.4], [20, 60], draws=500, chunk=64),
}


def plain(result):
    """What a result holds, comparable byte for byte."""
    held = vars(result) if hasattr(result, "__dict__") else {"result": result}
    return {name: value.tobytes() if isinstance(value, np.ndarray) else repr(value) for name, value in held.items()}


@pytest.fixture(scope="module", params=[1, 3])
def pool(request):
    # A forked process would share the threads of this one.
    with ProcessPoolExecutor(request.param, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.mark.slow
@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_processes_of_any_number_give_the_same_bytes(run, pool):
    assert plain(run(mapper=pool.map)) == plain(run())


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_the_chunks_are_given_to_the_mapper_and_the_seed_decides(run):
    given = []

    def mapper(function, jobs):
        given.extend(jobs)
        return map(function, jobs)

    alone = run(mapper=mapper)
    assert [draws for _, draws in given] == [64] * (sum(draws for _, draws in given) // 64) + [given[-1][1]]
    assert plain(run(seed=0)) == plain(alone)


def test_streams_differ_and_no_draw_is_lost():
    parts = in_chunks(lambda rng, draws: rng.random(draws), 1000, seed=3, chunk=300)
    assert [len(part) for part in parts] == [300, 300, 300, 100]
    assert len(np.unique(np.concatenate(parts))) == 1000
    assert not np.array_equal(parts[0], in_chunks(lambda rng, draws: rng.random(draws), 300, seed=4)[0])


def test_a_chunk_of_nothing_is_refused():
    with pytest.raises(InputError, match="chunk"):
        in_chunks(lambda rng, draws: None, 10, seed=0, chunk=0)
