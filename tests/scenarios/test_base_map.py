"""From ratings to a region's map, on ratings small enough to do by hand."""

import numpy as np
import pandas as pd
import pytest

from unicluster import scenarios
from unicluster.faults import InputError

SCALE = pd.DataFrame(
    [("none", 0, 0, 0.25), ("low", 0, 0.25, 0.5), ("medium", 0.25, 0.5, 0.75), ("high", 0.5, 0.75, 1)],
    columns=["term", "low", "peak", "high"],
)
CONCEPTS = pd.DataFrame(
    [("a", "Lever", "university", "lever"), ("b", "Between", "states", "state"), ("c", "End", "outcomes", "outcome")],
    columns=["concept", "name_en", "group", "role"],
)


def ratings(*rows):
    table = pd.DataFrame(rows, columns=["from", "to", "rater", "sign", "strength", "tag"])
    return table.assign(lines=pd.NA, statements=pd.NA, note=pd.NA)


def build(*rows, changes=None, assumed=True):
    return scenarios.build_map(CONCEPTS, scenarios.region_ratings(ratings(*rows), changes, assumed), SCALE)


def test_one_rater_gives_the_centroid_of_the_term():
    built = build(("a", "b", "article", "+", "medium", "article"), ("b", "c", "article", "-", "high", "article"))
    assert built.weights[0, 1] == pytest.approx(0.5)
    assert built.weights[1, 2] == pytest.approx(-0.75)
    assert np.count_nonzero(built.weights) == 2


def test_the_spread_of_one_rater_is_that_of_the_triangle():
    # A symmetric triangle of half-width h has its 5 % point at h (1 - sqrt(0.1)) from the peak.
    built = build(("a", "b", "article", "+", "medium", "article"))
    assert built.spread[0, 1] == pytest.approx(0.25 * (1 - np.sqrt(0.1)))


def test_raters_who_disagree_widen_the_spread():
    alone = build(("a", "b", "X2000", "+", "high", "source"))
    split = build(("a", "b", "X2000", "+", "high", "source"), ("a", "b", "Y2000", "0", "none", "source"))
    assert split.spread[0, 1] > 2 * alone.spread[0, 1]
    # Two triangles of equal area around 0.75 and 0.
    assert split.weights[0, 1] == pytest.approx(0.375)


def test_assumed_ratings_can_be_left_out():
    rows = [("a", "b", "article", "+", "medium", "article"), ("a", "c", "compendium", "+", "low", "assumed")]
    assert build(*rows).weights[0, 2] > 0
    assert build(*rows, assumed=False).weights[0, 2] == 0


def test_a_region_replaces_or_removes_what_the_base_map_says_of_a_pair():
    rows = [("a", "b", "article", "+", "medium", "article"), ("b", "c", "article", "+", "high", "article")]
    changes = pd.DataFrame(
        [
            ("a", "b", "-", "low", "own study", "source", ""),
            ("b", "c", "0", pd.NA, "no such effect here", "survey", ""),
        ],
        columns=["from", "to", "sign", "strength", "evidence", "tag", "note"],
    )
    built = build(*rows, changes=changes)
    assert built.weights[0, 1] == pytest.approx(-0.25)
    assert built.weights[1, 2] == 0


def test_ratings_of_unknown_concepts_are_refused_together():
    with pytest.raises(InputError) as error:
        build(("a", "nowhere", "article", "+", "medium", "article"), ("nobody", "c", "article", "+", "low", "article"))
    assert {fault.value for fault in error.value.faults} == {"nowhere", "nobody"}


def test_the_link_table_names_the_strongest_evidence():
    rows = ratings(
        ("a", "b", "article", "+", "medium", "article"),
        ("a", "b", "X2000", "+", "high", "source"),
        ("b", "c", "compendium", "+", "low", "assumed"),
    )
    table = scenarios.link_table(scenarios.region_ratings(rows), SCALE, CONCEPTS)
    assert table["tag"].tolist() == ["source", "assumed"]
    assert table["raters"].tolist() == [2, 1]
    assert (table["low"] < table["weight"]).all()
    assert (table["weight"] < table["high"]).all()
