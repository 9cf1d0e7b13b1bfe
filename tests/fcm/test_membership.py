"""Memberships against closed forms, the scalar definitions and symmetry."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.fcm import (
    aggregate_memberships,
    defuzzify,
    imply,
    piecewise_linear,
    trapezoidal,
    triangular,
)

TERMS = {
    "-H": (-1.0, -0.75, -0.5),
    "NA": (-0.001, 0.0, 0.001),
    "+VL": (0.0, 0.0, 0.25),
    "+L": (0.0, 0.25, 0.5),
    "+M": (0.25, 0.5, 0.75),
    "+VH": (0.75, 1.0, 1.0),
}
ACTIVATIONS = [
    {"+VL": 1 / 2, "+L": 1 / 6},
    {"+L": 1 / 3, "+M": 1 / 2, "+VH": 1 / 6},
    {"-H": 1 / 4, "NA": 1 / 4, "+VL": 1 / 4, "+L": 1 / 4},
    {"+L": 1.0, "+M": 1.0},
]
AGGREGATIONS = ["family_maximum", "algebraic_sum", "einstein_sum", "hamacher_sum"]
METHODS = ["centroid", "bisector", "mean_of_maximum", "smallest_of_maximum", "largest_of_maximum"]


def activate(activations, implication):
    return [imply(triangular(*TERMS[t]), share, implication) for t, share in activations.items()]


def two_at_a_time(activations, implication, aggregation, x):
    """The degree as the textbooks define it, from `np.interp` and one pair after another."""
    total = np.zeros_like(x)
    for term, share in activations.items():
        a, b, c = TERMS[term]
        foot = [(a, 0.0)] if a < b else []
        points = [*foot, (b, 1.0), *([(c, 0.0)] if c > b else [])]
        mu = np.interp(x, *zip(*points, strict=True), left=0.0, right=0.0)
        mu = share * mu if implication == "larsen" else np.minimum(share, mu)
        if aggregation == "family_maximum":
            total = np.maximum(total, mu)
        elif aggregation == "algebraic_sum":
            total = total + mu - total * mu
        elif aggregation == "einstein_sum":
            total = (total + mu) / (1 + total * mu)
        else:
            total = (total + mu - 2 * total * mu) / (1 - total * mu)
    return total


@pytest.mark.parametrize("activations", ACTIVATIONS)
@pytest.mark.parametrize("implication", ["larsen", "mamdani"])
@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_agrees_with_the_definition_on_a_million_points(activations, implication, aggregation):
    membership = aggregate_memberships(activate(activations, implication), aggregation)
    step = 2e-6
    x = np.arange(-1, 1, step) + step / 2
    mu = two_at_a_time(activations, implication, aggregation, x)
    assert membership(x[::97]) == pytest.approx(mu[::97], abs=1e-12)
    area = mu.sum()
    assert membership.areas.sum() == pytest.approx(area * step, abs=2 * step)
    centroid = (x * mu).sum() / area
    assert defuzzify(membership, "centroid") == pytest.approx(centroid, abs=4 * step)
    bisector = x[np.searchsorted(np.cumsum(mu), area / 2)]
    highest = x[mu >= mu.max() - 2 * step]
    if activations is not ACTIVATIONS[2]:
        assert defuzzify(membership, "bisector") == pytest.approx(bisector, abs=4 * step)
    assert defuzzify(membership, "smallest_of_maximum") == pytest.approx(highest[0], abs=2e-3)
    assert defuzzify(membership, "largest_of_maximum") == pytest.approx(highest[-1], abs=2e-3)


@pytest.mark.parametrize(
    ("aggregation", "on_the_overlap"),
    [
        # Degrees u and 1 - u on the shared quarter, u from 0 to 1.
        ("family_maximum", 3 / 4),
        ("algebraic_sum", 5 / 6),
        ("einstein_sum", 4 / math.sqrt(5) * math.atanh(1 / math.sqrt(5))),
        ("hamacher_sum", 2 - 2 * math.pi / (3 * math.sqrt(3))),
    ],
)
def test_area_of_two_overlapping_triangles_in_closed_form(aggregation, on_the_overlap):
    membership = aggregate_memberships(activate({"+L": 1.0, "+M": 1.0}, "larsen"), aggregation)
    assert membership.areas.sum() == pytest.approx(1 / 4 + on_the_overlap / 4, abs=1e-14)
    assert defuzzify(membership, "centroid") == pytest.approx(3 / 8, abs=1e-14)
    assert defuzzify(membership, "bisector") == pytest.approx(3 / 8, abs=1e-12)


def test_two_peaks_on_one_spot_keep_hamacher_bounded():
    same = [triangular(0.0, 0.25, 0.5), triangular(0.0, 0.25, 1.0)]
    membership = aggregate_memberships(same, "hamacher_sum")
    assert membership(np.array([0.25])) == pytest.approx(1.0)
    # The sum of u and u is 2u / (1 + u): 2 - 2 ln 2 a unit on the left quarter.
    assert membership.areas[0] == pytest.approx((2 - 2 * math.log(2)) / 4, abs=1e-14)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-100, 100), min_size=3, max_size=3, unique=True).map(sorted))
def test_triangle_has_its_textbook_values(feet_and_peak):
    a, b, c = (x / 100 for x in feet_and_peak)
    triangle = triangular(a, b, c)
    assert triangle.areas.sum() == pytest.approx((c - a) / 2)
    assert defuzzify(triangle, "centroid") == pytest.approx((a + b + c) / 3, abs=1e-12)
    long_left = b - a >= c - b
    half = math.sqrt((c - a) * (b - a if long_left else c - b) / 2)
    bisector = a + half if long_left else c - half
    assert defuzzify(triangle, "bisector") == pytest.approx(bisector, abs=1e-9)
    assert defuzzify(triangle, "mean_of_maximum") == b


def test_trapezium_maximum_is_its_plateau():
    trapezium = trapezoidal(0.0, 0.2, 0.6, 0.7)
    found = [defuzzify(trapezium, m) for m in METHODS[2:]]
    assert found == pytest.approx([0.4, 0.2, 0.6])
    # A peak elsewhere has no length, so it does not move the mean, only the largest.
    with_peak = aggregate_memberships([trapezium, triangular(0.8, 0.9, 1.0)])
    assert [defuzzify(with_peak, m) for m in METHODS[2:]] == pytest.approx([0.4, 0.2, 0.9])


def test_two_equal_peaks_and_an_empty_middle_are_read_between_them():
    apart = aggregate_memberships([triangular(-1, -0.75, -0.5), triangular(0.5, 0.75, 1)])
    assert [defuzzify(apart, m) for m in METHODS] == pytest.approx([0, 0, 0, -0.75, 0.75])


shares = st.dictionaries(st.sampled_from(sorted(TERMS)), st.floats(0.01, 1, allow_subnormal=False), min_size=1)


@settings(max_examples=40, deadline=None)
@given(shares, st.sampled_from(["larsen", "mamdani"]), st.sampled_from(AGGREGATIONS))
def test_mirrored_terms_give_mirrored_weights(activations, implication, aggregation):
    straight = aggregate_memberships(activate(activations, implication), aggregation)
    mirrored = aggregate_memberships(
        [
            imply(triangular(*(-x for x in reversed(TERMS[t]))), share, implication)
            for t, share in reversed(activations.items())
        ],
        aggregation,
    )
    for method in ("centroid", "mean_of_maximum"):
        assert defuzzify(mirrored, method) == pytest.approx(-defuzzify(straight, method), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(shares, st.sampled_from(AGGREGATIONS), st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_quantile_leaves_its_share_of_the_area_to_the_left(activations, aggregation, probability):
    membership = aggregate_memberships(activate(activations, "larsen"), aggregation)
    total = membership.areas.sum()
    for x, wanted in zip(membership.quantile(probability), probability, strict=True):
        left = sum(p.integ(lbnd=p.domain[0])(min(max(x, p.domain[0]), p.domain[1])) for p in membership.pieces)
        assert left / total == pytest.approx(wanted, abs=1e-9)


def test_a_grid_moves_a_weight_and_the_membership_does_not():
    activated = activate({"+VL": 3 / 6, "+L": 1 / 6}, "larsen")
    exact = aggregate_memberships(activated)
    # By hand: the triangles less their overlap, which peaks at 1/8 where they cross at 3/16.
    assert exact.areas.sum() == pytest.approx(1 / 16 + 1 / 24 - 1 / 64, abs=1e-15)
    assert defuzzify(exact) == pytest.approx(41 / 272, abs=1e-15)
    grid = aggregate_memberships(activated, universe=np.arange(-1, 1.05, 0.05))
    assert round(defuzzify(grid), 4) == 0.1303


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: triangular(0.5, 0.2, 0.7), "rise"),
        (lambda: triangular(0.5, 0.5, 0.5), "rise"),
        (lambda: piecewise_linear([0, 1], [0, 2]), "degrees"),
        (lambda: piecewise_linear([0], [0]), "two or more points"),
        (lambda: imply(triangular(0, 0.5, 1), 1.5), "strength"),
        (lambda: imply(triangular(0, 0.5, 1), 0.5, "zadeh"), "mamdani"),
        (lambda: aggregate_memberships([]), "no membership"),
        (lambda: aggregate_memberships([triangular(0, 0.5, 1)], "mean"), "hamacher_sum"),
        (lambda: defuzzify(imply(triangular(0, 0.5, 1), 0.0)), "zero everywhere"),
        (lambda: defuzzify(triangular(0, 0.5, 1), "median"), "bisector"),
    ],
)
def test_bad_input_is_refused(call, said):
    with pytest.raises(InputError, match=said):
        call()
