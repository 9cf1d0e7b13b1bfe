"""Simultaneous intervals: the published example, Goodman as Bonferroni's score intervals."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.survey import goodman, sison_glaz, wilson

CASES = Path(__file__).parents[1] / "cases" / "survey"


def test_sison_glaz_example_1():
    case = json.loads((CASES / "sisonglaz_ex1.json").read_text(encoding="utf-8"))
    found = np.transpose(sison_glaz(case["inputs"]["counts"], 1 - case["inputs"]["alpha"]))
    np.testing.assert_allclose(found, case["expected"]["ci"], rtol=0, atol=case["tolerance"]["ci"])


@given(st.lists(st.integers(0, 200), min_size=2, max_size=9).filter(any), st.floats(0.5, 0.999))
def test_goodman_is_wilson_at_the_level_shared_between_the_options(counts, confidence):
    shared = wilson(counts, sum(counts), 1 - (1 - confidence) / len(counts))
    np.testing.assert_allclose(goodman(counts, confidence), shared, rtol=0, atol=1e-9)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=3, max_size=7))
def test_sison_glaz_nests_and_holds_the_shares(counts):
    inner, outer = sison_glaz(counts, 0.8), sison_glaz(counts, 0.99)
    shares = np.array(counts) / sum(counts)
    assert (outer.low <= inner.low).all() and (inner.high <= outer.high).all()
    assert (inner.low <= shares).all() and (shares <= inner.high).all()


@pytest.mark.parametrize("interval", [sison_glaz, goodman], ids=lambda f: f.__name__)
def test_an_option_that_nobody_chose_has_an_interval_from_zero(interval):
    low, high = interval([1, 0, 38, 22, 2, 6])
    assert low[1] == pytest.approx(0, abs=1e-12)
    assert 0.03 < high[1] < 0.2


@pytest.mark.parametrize(
    ("counts", "told"),
    [([3], "two options"), ([[1, 2]], "two options"), ([0, 0], "nobody"), ([1, -1, 2.5], "2.5")],
)
def test_refused_counts(counts, told):
    with pytest.raises(InputError, match=told):
        sison_glaz(counts)
