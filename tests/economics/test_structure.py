"""A region among the territories of its country, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from unicluster import economics
from unicluster.faults import InputError

TERRITORIES = pd.DataFrame(
    {
        "territory": ["a", "b", "c"],
        "name_en": ["A", "B", "C"],
        "area": [10.0, 20.0, 70.0],
        "population": [100, 100, 800],
        "own": [False, True, True],
    }
)


def rows(cells: dict[tuple[str, str, int], tuple[int, object]]) -> pd.DataFrame:
    table = [(*key, key[1].title(), *value) for key, value in cells.items()]
    columns = ["territory", "industry", "year", "industry_en", "employment", "firms"]
    return pd.DataFrame(table, columns=columns).astype({"firms": "Int64"})


CELLS = {
    ("a", "mining", 2020): (10, 1), ("a", "farming", 2020): (90, 9),
    ("b", "mining", 2020): (30, 3), ("b", "farming", 2020): (20, 2),
    ("c", "mining", 2020): (20, 2), ("c", "farming", 2020): (30, 3),
    ("a", "mining", 2024): (10, 1), ("a", "farming", 2024): (80, 8),
    ("b", "mining", 2024): (50, 5), ("b", "farming", 2024): (20, 2),
    ("c", "mining", 2024): (30, 3), ("c", "farming", 2024): (10, 1),
}  # fmt: skip


@pytest.fixture
def region():
    return economics.structure(rows(CELLS), TERRITORIES, "Ours")


def test_own_territories_are_one_region_that_comes_first(region):
    assert region.jobs.regions == ("own", "a")
    assert region.jobs.industries == ("farming", "mining")
    assert region.last.tolist() == [[30, 80], [80, 10]]
    assert region.area.tolist() == [90, 10]
    assert region.names == {"own": "Ours", "a": "A", "b": "B", "c": "C", "mining": "Mining", "farming": "Farming"}


def test_location_quotient_and_cluster_index_by_hand(region):
    table = economics.specialisation(region).set_index("industry")
    assert list(table.index) == ["mining", "farming"]
    assert table.loc["mining", "location_quotient"] == pytest.approx((80 / 110) / (90 / 200))
    # (80/90) (8/9) / ((90/100) (900/1000))
    assert table.loc["mining", "cluster_index"] == pytest.approx((80 / 90) * (8 / 9) / (0.9 * 0.9))
    assert (table["low"] < table["location_quotient"]).all() and (table["location_quotient"] < table["high"]).all()


def test_without_firms_there_is_no_interval(region):
    cells = {key: (jobs, pd.NA if key[0] == "a" else firms) for key, (jobs, firms) in CELLS.items()}
    table = economics.specialisation(economics.structure(rows(cells), TERRITORIES, "Ours"))
    assert table[["low", "high", "cluster_index"]].isna().all(axis=None)
    assert table["location_quotient"].notna().all()
    without = economics.industry_concentration(economics.structure(rows(cells), TERRITORIES, "Ours"))
    assert without["ellison_glaeser"].isna().all()


def test_classical_components_by_hand_and_all_add_up(region):
    table = economics.shift_share_table(region)
    mining = table[table["industry"].eq("mining") & table["method"].eq("classical")].set_index("component")["jobs"]
    # The country stays at 200; mining grows from 60 to 90, here from 50 to 80.
    assert mining.to_dict() == pytest.approx({"national": 0.0, "mix": 50 * 0.5, "regional": 30 - 25})
    for _, part in table.groupby(["method", "industry"]):
        assert part["jobs"].sum() == pytest.approx(part["change"].iloc[0], abs=1e-4)
    assert set(table["method"]) == {"classical", "dynamic", "esteban-marquillas", "arcelus"}


def test_measures_of_territories_by_hand(region):
    table = economics.territory_specialisation(region).set_index("territory")
    # shares 30/110 and 80/110 against 110/200 and 90/200
    assert table.loc["own", "krugman"] == pytest.approx(2 * abs(80 / 110 - 0.45))
    assert table.loc["own", "herfindahl"] == pytest.approx((30 / 110) ** 2 + (80 / 110) ** 2)


def test_a_country_of_one_structure_is_special_in_nothing():
    even = {
        (t, i, y): (jobs * (1 + (t == "b")), 2) for t in "abc" for i, jobs in (("x", 10), ("y", 30)) for y in (1, 2)
    }
    region = economics.structure(rows(even), TERRITORIES, "Ours")
    assert economics.specialisation(region)["location_quotient"].to_numpy() == pytest.approx([1, 1])
    assert economics.industry_concentration(region)["krugman"].to_numpy() == pytest.approx([0, 0], abs=1e-12)
    assert np.abs(economics.shift_share_table(region)["jobs"]).max() == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda e, t: (e, t.assign(own=False)), "mark the region's own territories"),
        (lambda e, t: (e, t.assign(own=True)), "mark the region's own territories"),
        (lambda e, t: (e[e["territory"].ne("c")], t), "has no employment"),
        (lambda e, t: (e[e["year"].eq(2020)], t), "two years or more"),
        (lambda e, t: (e[~(e["territory"].eq("a") & e["year"].eq(2020))], t), "missing in"),
    ],
)
def test_what_cannot_be_compared_is_refused(change, told):
    with pytest.raises(InputError, match=told):
        economics.structure(*change(rows(CELLS), TERRITORIES), "Ours")
