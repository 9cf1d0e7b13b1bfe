"""Other evidence, other rules."""

import numpy as np
import pandas as pd
import pytest

from unicluster import fcm, scenarios
from unicluster.scenarios import ScenarioDefinition


def test_each_variant_drops_what_its_name_says():
    ratings = pd.DataFrame(
        [
            ("a", "b", "article", "article", pd.NA),
            ("a", "c", "Near2000", "source", "near-01"),
            ("b", "c", "Far2001", "source", "far-01"),
            ("c", "d", "Far2001", "source", "far-02;far-01"),
            ("c", "e", "compendium", "assumed", pd.NA),
            ("d", "e", "survey", "survey", pd.NA),
        ],
        columns=["from", "to", "rater", "tag", "statements"],
    )
    statements = pd.DataFrame(
        [("near-01", "direct"), ("far-01", "second-hand"), ("far-02", "direct")], columns=["statement", "reading"]
    )
    sources = pd.DataFrame([("Near2000", "yes"), ("Far2001", "no")], columns=["source", "transition"])
    external = pd.DataFrame(columns=["source", "transition"])
    found = scenarios.evidence_variants(ratings, statements, sources, external)
    pairs = {name: set(rows["from"] + rows["to"]) for name, rows in found.items()}
    assert pairs == {
        "all": {"ab", "ac", "bc", "cd", "ce", "de"},
        "evidenced": {"ab", "ac", "bc", "cd", "de"},
        "first-hand": {"ab", "ac", "cd", "ce", "de"},
        "transition": {"ab", "ac", "ce", "de"},
        "cited": {"ac", "bc", "cd"},
    }


@pytest.mark.parametrize("weight", [0.2, 0.5, 0.9])
def test_beyond_the_tipping_slope_the_neutral_state_no_longer_holds(weight):
    # Two concepts that raise each other: the eigenvalue is the weight itself.
    pair = fcm.CognitiveMap(["x", "y"], [[0, weight], [weight, 0]])
    slope = scenarios.tipping_slope(pair)
    assert slope == pytest.approx(2 / (1 + weight))
    for factor, settles_neutral in ((0.95, True), (1.05, False)):
        run = fcm.simulate(pair, [0.6, 0.6], rule="rescaled", slope=factor * slope)
        assert np.allclose(run.state, 0.5, atol=1e-6) == settles_neutral


def test_a_map_without_feedback_tips_at_two_and_one_without_links_never():
    assert scenarios.tipping_slope(fcm.CognitiveMap(["x", "y"], [[0, 1], [0, 0]])) == 2
    assert scenarios.tipping_slope(fcm.CognitiveMap(["x", "y"], np.zeros((2, 2)))) == np.inf


def test_settings_that_do_not_settle_or_are_not_unique_say_so():
    concepts = [fcm.Concept("x"), fcm.Concept("y", role="outcome"), fcm.Concept("z", role="lever")]
    weights = np.zeros((3, 3))
    weights[0, 1], weights[1, 0], weights[2, 0] = 1, 1, 0.1
    built = fcm.CognitiveMap(concepts, weights)
    start = pd.DataFrame({"concept": built.ids, "level": [0.5, 0.5, 0.5]})
    courses = [
        ScenarioDefinition("inertial", {"en": "As is"}),
        ScenarioDefinition("push", {"en": "Push"}, hold={"z": 1.0}),
    ]
    table = scenarios.setting_effects(
        built, courses, start, [scenarios.Settings(slope=0.5), scenarios.Settings(slope=4.0)]
    )
    assert table["unique"].tolist() == [True, False]
    assert table["rank"].tolist() == [1, 1]
    assert set(scenarios.uniqueness(built, courses, start, scenarios.Settings())["scenario"]) == {"inertial", "push"}


def test_two_concepts_that_raise_each_other_end_high_or_low_beyond_the_tipping_slope():
    concepts = [fcm.Concept("x"), fcm.Concept("y", role="outcome")]
    pair = fcm.CognitiveMap(concepts, [[0, 0.8], [0.8, 0]])
    start = pd.DataFrame({"concept": pair.ids, "level": [0.5, 0.5]})
    below, beyond = (
        scenarios.attractors(pair, start, scenarios.Settings(slope=factor * scenarios.tipping_slope(pair)), 60, 1)
        for factor in (0.8, 1.5)
    )
    assert len(below) == 1
    assert len(beyond) == 2
    # By symmetry one is the other seen from 0.5.
    assert beyond["outcomes"].sum() == pytest.approx(1)
