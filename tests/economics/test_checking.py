"""One message with every fault of a table of clusters, its totals and its price index."""

import pandas as pd
import pytest

from unicluster.economics import check_clusters, panel
from unicluster.faults import InputError


def test_a_sound_table_passes(clusters):
    check_clusters(
        clusters.assign(currency="KZT", unit="mn", prices="current"),
        percent=["project_effect_percent"],
        totals={"base_output": 264900, "plan_output": 441200},
        total_unit=100,
        index=pd.Series({2020: 1.0, 2024: 2.0}),
        years=[2020, 2024],
    )


def test_everything_wrong_is_told_at_once(clusters):
    clusters.loc[0, "base_output"] = -1
    clusters.loc[1, "plan_output"] = None
    clusters.loc[2, "cluster"] = "furniture"
    with pytest.raises(InputError) as error:
        check_clusters(
            clusters.assign(currency=["KZT", "USD"] * 3, prices=["current", "constant"] * 3),
            totals={"base_output": 300000, "exports": 5},
            index=pd.Series({2020: 1.0}),
            years=[2020, 2024],
        )
    message = str(error.value)
    assert len(error.value.faults) == 8
    for part in (
        "'construction': growth needs a base above zero",
        "no output for cluster 'furniture'",
        "there twice",
        "KZT, USD",
        "constant, current",
        "the parts add up to 198152",
        "exports",
        "no value for 2024",
    ):
        assert part in message


def test_text_among_the_outputs_is_told(clusters):
    with pytest.raises(InputError, match="'milk'"):
        check_clusters(clusters.astype({"plan_output": object}).replace({"plan_output": {39100: "n/a"}}))


def long_table():
    return pd.DataFrame(
        [
            (year, region, industry, 1.0 + place)
            for place, (year, region, industry) in enumerate(
                (y, r, i) for y in (2024, 2020) for r in ("west", "east") for i in ("ore", "coal")
            )
        ],
        columns=["year", "region", "industry", "value"],
    )


def test_a_panel_is_sorted_and_its_frame_returns_the_table():
    table = long_table()
    found = panel(table)
    assert (found.years, found.regions, found.industries) == ((2020, 2024), ("east", "west"), ("coal", "ore"))
    back = found.frame(found.values).sort_values(["year", "region", "industry"], ignore_index=True)
    pd.testing.assert_frame_equal(back, table.sort_values(["year", "region", "industry"], ignore_index=True))


def test_nothing_and_less_than_one_are_amounts_too():
    table = long_table()
    table["value"] = [0.0, 0.5] * 4
    assert panel(table).values.sum() == 2


def test_a_missing_cell_of_a_known_region_and_industry_is_nil():
    table = long_table()
    found = panel(table.drop(index=0))
    assert found.values[1, 1, 1] == 0 and found.values.sum() == table["value"].sum() - 1


def test_every_fault_of_a_panel_at_once():
    table = long_table()
    table = table[~((table["year"] == 2024) & (table["region"] == "west"))]
    table = pd.concat([table, table.tail(1)])
    table["unit"] = ["jobs"] * (len(table) - 1) + ["firms"]
    table.iloc[0, 3] = None
    table.iloc[1, 3] = -1
    with pytest.raises(InputError) as error:
        panel(table)
    message = str(error.value)
    assert len(error.value.faults) == 5
    for part in ("'west' is missing in 2024", "is there twice", "firms, jobs", "no number", "negative"):
        assert part in message


def test_columns_and_rows_must_be_there():
    with pytest.raises(InputError) as error:
        panel(pd.DataFrame({"year": [], "region": []}), value="jobs")
    assert [fault.column for fault in error.value.faults] == ["industry", "jobs", None]
    with pytest.raises(InputError, match="a row has none"):
        panel(long_table().replace({"region": {"west": None}}))
