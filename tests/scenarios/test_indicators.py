"""From levels to per cent, by hand."""

import pandas as pd
import pytest

from unicluster import scenarios
from unicluster.faults import InputError
from unicluster.scenarios import Scaling

CLUSTERS = pd.DataFrame({"cluster": ["a", "b", "c"], "percent": [10, 20, 30]})


def bands(rows):
    return pd.DataFrame(rows, columns=["scenario", "concept", "effect", "q05", "q95"])


CHANGES = {"programme": (0.2, 0.1, 0.3), "half": (0.1, 0.05, 0.2), "crash": (-0.8, -0.9, -0.7)}
EFFECTS = bands([(s, c, *change) for s, change in CHANGES.items() for c in scenarios.INDICATORS])


def ranges(**options):
    table = scenarios.indicator_ranges(EFFECTS, CLUSTERS, [Scaling("test", "percent", "programme", **options)])
    return table.set_index(["scenario", "indicator"])


def test_the_reference_is_worth_what_the_clusters_show():
    row = ranges().loc[("programme", "output")]
    assert row["middle"] == pytest.approx(20)
    assert row["low"] == pytest.approx(10 / 0.2 * 0.1)
    assert row["high"] == pytest.approx(30 / 0.2 * 0.3)


def test_other_scenarios_scale_in_proportion():
    row = ranges().loc[("half", "output")]
    assert row[["low", "middle", "high"]].tolist() == pytest.approx([2.5, 10, 30])


def test_what_is_not_observed_runs_from_nothing_to_as_much_as_output():
    row = ranges().loc[("half", "employment")]
    assert row[["low", "middle", "high"]].tolist() == pytest.approx([0, 5, 30])
    narrow = ranges(employment=(0.5, 0.5)).loc[("half", "employment")]
    assert narrow[["low", "middle", "high"]].tolist() == pytest.approx([1.25, 5, 15])


def test_nothing_falls_by_more_than_all_of_it():
    row = ranges().loc[("crash", "output")]
    assert row["low"] == -100
    assert row["middle"] == pytest.approx(-80)


def test_every_row_is_called_assumed():
    assert ranges()["tag"].eq("assumed").all()


@pytest.mark.parametrize(
    ("scaling", "told"),
    [
        (Scaling("x", "missing", "programme"), "no cluster has this figure"),
        (Scaling("x", "percent", "nowhere"), "there is no such scenario"),
        (Scaling("x", "percent", "crash"), "does not raise output"),
    ],
)
def test_scalings_that_cannot_be_used_are_refused(scaling, told):
    with pytest.raises(InputError, match=told):
        scenarios.indicator_ranges(EFFECTS, CLUSTERS, [scaling])
