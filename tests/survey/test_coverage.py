"""Coverage: published figures, exact sums against simulation, and what clusters do to it."""

from functools import partial

import numpy as np
import pytest
from scipy import stats

from unicluster.faults import InputError
from unicluster.survey import (
    binomial_coverage,
    clopper_pearson,
    clustered_coverage,
    design_effect,
    goodman,
    imbens_manski_share,
    jeffreys,
    korn_graubard,
    partial_coverage,
    simultaneous_coverage,
    sison_glaz,
    t_interval,
    wilson,
)

SHARES = np.linspace(0.01, 0.99, 491)
ACTIVITY = [1, 3, 38, 22, 2, 3]
SIZES = [14, 14, 14, 14, 13]


def wald(count, base):
    share = np.asarray(count) / base
    half = stats.norm.ppf(0.975) * np.sqrt(share * (1 - share) / base)
    return wilson(count, base)._replace(low=share - half, high=share + half)


def test_brown_cai_and_dasgupta_on_the_textbook_interval():
    # Their section 2: at p = 0.5 the coverage of the standard interval is 0.951 at n = 17 and 0.919 at n = 40.
    assert binomial_coverage(wald, 17, 0.5) == pytest.approx(0.951, abs=5e-4)
    assert binomial_coverage(wald, 40, 0.5) == pytest.approx(0.919, abs=5e-4)


def test_the_sum_is_what_simulation_finds():
    counts = np.random.default_rng(1).binomial(69, 0.35, size=50_000)
    low, high = wilson(counts, 69)
    simulated = np.mean((low <= 0.35) & (high >= 0.35))
    assert binomial_coverage(wilson, 69, 0.35) == pytest.approx(simulated, abs=0.005)


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_intervals_of_one_share(confidence):
    held = {
        interval: binomial_coverage(partial(interval, confidence=confidence), 69, SHARES)
        for interval in (wilson, clopper_pearson, jeffreys)
    }
    assert held[clopper_pearson].min() >= confidence
    assert held[wilson].mean() == pytest.approx(confidence, abs=0.01)
    assert held[jeffreys].mean() == pytest.approx(confidence, abs=0.01)
    assert held[clopper_pearson].mean() > held[wilson].mean()


def test_goodman_holds_all_shares_together():
    assert simultaneous_coverage(goodman, ACTIVITY, 69, draws=4000) > 0.93
    # Each alone at the level, all together they would not hold it.
    alone = simultaneous_coverage(lambda counts: wilson(counts, sum(counts)), ACTIVITY, 69, draws=4000)
    assert alone < 0.85


@pytest.mark.slow
def test_sison_glaz_holds_all_shares_together():
    assert simultaneous_coverage(sison_glaz, ACTIVITY, 69, draws=100) > 0.88


@pytest.mark.parametrize("icc", [0.05, 0.2])
def test_random_sampling_intervals_are_optimistic_in_clusters(icc):
    deff = design_effect(icc, SIZES)
    wide = [partial(f, deff=deff, universities=5) for f in (korn_graubard, t_interval)]
    assert clustered_coverage(wilson, 0.55, SIZES, icc) < 0.92
    assert all(clustered_coverage(interval, 0.55, SIZES, icc) > 0.95 for interval in wide)


def test_clusters_of_answers_that_are_not_alike_are_a_random_sample():
    found = clustered_coverage(wilson, 0.55, SIZES, icc=0, draws=50_000)
    assert found == pytest.approx(binomial_coverage(wilson, 69, 0.55), abs=0.005)


def test_the_clusters_have_the_variance_of_the_design_effect():
    counts = []

    def remember(count, base):
        counts.append(count / base)
        return wilson(count, base)

    clustered_coverage(remember, 0.4, SIZES, 0.1, draws=50_000)
    assert counts[0].var() == pytest.approx(design_effect(0.1, SIZES) * 0.24 / 69, rel=0.03)


@pytest.mark.parametrize(("share", "missing"), [(24 / 69, 6 / 69), (0.05, 0.05), (0.3, 0.4), (0.64, 0.0)])
def test_imbens_manski_holds_a_share_anywhere_between_its_bounds(share, missing):
    held = partial_coverage(imbens_manski_share, share, missing, 69, draws=20_000)
    assert (held > 0.93).all()
    if missing:
        ignoring = partial_coverage(lambda count, base, _: wilson(count, base), share, missing, 69)
        assert ignoring[2] < 0.93


def test_refused_input():
    with pytest.raises(InputError) as error:
        binomial_coverage(wilson, 0, [0.5, 2])
    assert len(error.value.faults) == 2
    with pytest.raises(InputError) as error:
        clustered_coverage(wilson, 1.0, [3, 0], icc=1, draws=0)
    assert len(error.value.faults) == 4
    with pytest.raises(InputError, match="exceed 1"):
        partial_coverage(imbens_manski_share, 0.7, 0.4, 69)
    with pytest.raises(InputError, match="draws"):
        simultaneous_coverage(goodman, ACTIVITY, 69, draws=-5)
