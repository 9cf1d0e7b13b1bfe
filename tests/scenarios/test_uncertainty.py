"""Bands, ranks and decisive links on a small map."""

import numpy as np
import pandas as pd
import pytest

from unicluster import scenarios
from unicluster.scenarios import ScenarioDefinition

SCALE = pd.DataFrame(
    [("none", 0, 0, 0.25), ("low", 0, 0.25, 0.5), ("high", 0.5, 0.75, 1)], columns=["term", "low", "peak", "high"]
)
CONCEPTS = pd.DataFrame(
    [
        ("strong", "Strong", "university", "lever"),
        ("weak", "Weak", "state", "lever"),
        ("between", "Between", "states", "state"),
        ("end", "End", "outcomes", "outcome"),
        ("other", "Other", "outcomes", "outcome"),
    ],
    columns=["concept", "name_en", "group", "role"],
)
LINKS = [
    ("strong", "between", "+", "high"),
    ("weak", "between", "+", "low"),
    ("between", "end", "+", "high"),
    ("between", "other", "-", "low"),
]
SETTINGS = scenarios.Settings()
COURSES = [
    ScenarioDefinition("inertial", {"en": "As is"}),
    ScenarioDefinition("both", {"en": "Both"}, hold={"strong": 1.0, "weak": 1.0}),
    ScenarioDefinition("strong-only", {"en": "Strong"}, hold={"strong": 1.0}),
    ScenarioDefinition("weak-only", {"en": "Weak"}, hold={"weak": 1.0}),
]
OBJECTIVE = {"end": 1.0}


@pytest.fixture(scope="module")
def small():
    table = pd.DataFrame(LINKS, columns=["from", "to", "sign", "strength"])
    table = table.assign(rater="article", tag="article", lines=pd.NA, statements=pd.NA, note=pd.NA)
    ratings = scenarios.region_ratings(table)
    return scenarios.build_map(CONCEPTS, ratings, SCALE), scenarios.elicit(ratings, SCALE)


@pytest.fixture(scope="module")
def start():
    return pd.DataFrame({"concept": CONCEPTS["concept"], "level": 0.5, "spread": 0.1})


def draw(small, start, seed=1, draws=400):
    return scenarios.draw_scenarios(*small, COURSES, start, SETTINGS, draws, seed)


def test_the_same_seed_gives_the_same_draws(small, start):
    np.testing.assert_array_equal(draw(small, start).states, draw(small, start).states)
    assert not np.array_equal(draw(small, start).states, draw(small, start, seed=2).states)


def test_bands_hold_the_effect_and_follow_the_sign_of_the_only_path(small, start):
    levels = dict(zip(start["concept"], start["level"], strict=True))
    results = scenarios.run_scenarios(small[0], COURSES, levels, SETTINGS)
    bands = scenarios.effect_bands(draw(small, start), results)
    assert (bands["q05"] < bands["effect"]).all() and (bands["effect"] < bands["q95"]).all()
    up = bands.set_index(["scenario", "concept"])["probability_up"]
    assert up["both", "end"] == 1
    assert up["both", "other"] == 0


def test_ranks_are_shares_and_more_levers_beat_fewer(small, start):
    table = scenarios.course_ranks(draw(small, start), COURSES[1:], OBJECTIVE)
    shares = table[["rank_1", "rank_2", "rank_3"]]
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert table["scenario"].tolist() == ["both", "strong-only", "weak-only"]
    assert table["rank_1"].tolist() == [1, 0, 0]
    # The triangles of high and low only touch at 0.5: the strong lever always beats the weak one.
    assert table["beats_next"].iloc[1] == 1


def test_the_least_sure_neighbours_are_found():
    ranks = pd.DataFrame({"scenario": ["a", "b", "c"], "beats_next": [0.99, 0.55, np.nan]})
    courses = [ScenarioDefinition(name, {"en": name}) for name in "abc"]
    assert [course.id for course in scenarios.closest_pair(ranks, courses)] == ["b", "c"]


def test_levers_alone_are_ranked_by_their_strength(small, start):
    alone = scenarios.lever_scenarios(small[0])
    assert [scenario.hold for scenario in alone] == [{"strong": 1.0}, {"weak": 1.0}]
    drawn = scenarios.draw_scenarios(*small, [COURSES[0], *alone], start, SETTINGS, 300, 1)
    table = scenarios.lever_ranks(drawn, alone, OBJECTIVE)
    assert table["lever"].tolist() == ["strong", "weak"]
    assert table["probability_best"].tolist() == [1, 0]


def test_mean_effects_are_those_of_the_objective(small, start):
    drawn = draw(small, start)
    table = scenarios.mean_effect_bands(drawn, {"end": 0.5, "other": 0.5}).set_index("scenario")
    by_hand = sum(drawn.values("both", c) - drawn.values("inertial", c) for c in ("end", "other")) / 2
    assert table.loc["both", "effect"] == pytest.approx(by_hand.mean())
    assert "inertial" not in table.index


def test_derivatives_of_the_lead_agree_with_finite_differences(small, start):
    built = small[0]
    table = scenarios.decisive_links(built, COURSES[1], COURSES[3], start, SETTINGS)
    levels = dict(zip(start["concept"], start["level"], strict=True))

    def lead(weights):
        results = scenarios.run_scenarios(built.with_weights(weights), COURSES, levels, SETTINGS)
        mean = results[results["role"].eq("outcome")].groupby("scenario")["level"].mean()
        return mean["both"] - mean["weak-only"]

    assert table["lead"].iloc[0] == pytest.approx(lead(built.weights))
    for row in table.to_dict("records"):
        step = np.zeros_like(built.weights)
        step[built.index(row["from"]), built.index(row["to"])] = 1e-5
        slope = (lead(built.weights + step) - lead(built.weights - step)) / 2e-5
        assert row["derivative"] == pytest.approx(slope, abs=1e-8)
    assert table["swing"].abs().is_monotonic_decreasing
