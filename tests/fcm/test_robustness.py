"""Surviving conclusions against maps where they can be told by eye."""

import numpy as np
import pytest

from unicluster.faults import InputError
from unicluster.fcm import CognitiveMap, simulate
from unicluster.fcm.robustness import structural_robustness

# a helps y twice: directly and through b; z answers to a through one link only.
MAP = CognitiveMap(
    "abyz",
    [[0, 0.5, 0.7, 0.6], [0, 0, 0.6, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
)
START = [0.5] * 4
SCENARIOS = {"baseline": {"a": 0.2}, "a up": {"a": 0.9}}


def test_two_ways_are_sturdier_than_one():
    found = structural_robustness(MAP, SCENARIOS, START, ["y", "z"])
    table = found.conclusions.set_index("outcome")
    assert table["higher"].tolist() == ["a up", "a up"]
    assert table.loc["z", "overturned_by"] == ("a -> z dropped", "a -> z flipped")
    assert table.loc["z", "survived"] == pytest.approx(6 / 8)
    assert table.loc["y", "overturned_by"] == ("a -> y flipped",)
    assert table.loc["y", "survived"] == pytest.approx(7 / 8)
    assert found.conclusions["outcome"].tolist() == ["z", "y"]


def test_differences_are_those_of_single_runs():
    found = structural_robustness(MAP, SCENARIOS, START, ["y"], changes=["flipped"])
    row = found.variants.query("source == 'b'").iloc[0]
    weights = MAP.weights.copy()
    weights[1, 2] *= -1
    ends = [simulate(MAP.with_weights(weights), START, clamp=clamp).state[2] for clamp in SCENARIOS.values()]
    assert row["difference"] == pytest.approx(ends[1] - ends[0], abs=1e-11)
    assert (row["change"], row["survives"], len(found.variants)) == ("flipped", True, 4)


def test_a_concept_that_loses_its_last_link_is_not_held_at_its_start():
    chain = CognitiveMap("ab", [[0, 0.5], [0, 0]])
    found = structural_robustness(chain, SCENARIOS, [0.5, 0.123], ["b"], changes=["dropped"], hold_transmitters=True)
    assert found.variants["difference"].item() == pytest.approx(0, abs=1e-11)


def test_ties_are_no_conclusions():
    found = structural_robustness(MAP, {"one": {"b": 0.1}, "two": {"b": 0.9}}, START, ["z"])
    assert found.conclusions.empty and found.variants.empty
    assert "overturned_by" in found.conclusions and "survives" in found.variants


def test_a_variant_that_cycles_does_not_support_a_conclusion():
    spin = CognitiveMap("abc", [[0, 1, 0.3], [1, 0, 0], [0, 0, 0]])
    found = structural_robustness(
        spin,
        {"low": {"c": -0.5}, "high": {"c": 0.5}},
        [0.5, 0.4, 0.1],
        ["c"],
        rule="kosko",
        transfer="tanh",
        slope=4.0,
    )
    cyclic = found.variants[found.variants["difference"].isna()]
    assert set(cyclic["change"]) == {"flipped"} and not cyclic["survives"].any()
    assert np.isnan(cyclic["difference"]).all() and len(cyclic) == 2


def test_bad_input_is_refused():
    with pytest.raises(InputError, match=r"(?s)changes.*scenarios.*no link"):
        structural_robustness(CognitiveMap("ab", [[0, 0], [0, 0]]), {"x": {}}, [0, 0], ["a"], changes=["halved"])
    with pytest.raises(InputError, match="do not settle on the map itself: free"):
        structural_robustness(
            CognitiveMap("ab", [[0, 1], [-1, 0]]),
            {"free": {}, "held": {"a": 0.5}},
            [0.5, 0.1],
            ["b"],
            rule="kosko",
            transfer="tanh",
            slope=5.0,
        )
