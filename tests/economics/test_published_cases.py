"""Published cases at their stated tolerances: REAT and EconGeo help pages, Farhauer and Kröll."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from unicluster import economics as ec

CASES = Path(__file__).parents[1] / "cases" / "economics"


def case(name):
    return json.loads((CASES / f"{name}.json").read_text())


def economy(own, total):
    """A table of two columns whose first is given and whose rows add up to the totals."""
    own, total = np.asarray(own), np.asarray(total)
    return np.stack([own, total - own], axis=-1)


REAT = case("reat_indices_doc")
IN = REAT["inputs"]
INDICES = {
    "locq": lambda: ec.location_quotient(
        economy([IN["locq"][0]], [IN["locq"][1]]), economy(IN["locq"][2], IN["locq"][3])
    )[0, 0],
    "gini": lambda: ec.gini(IN["sales"]),
    "gini_std": lambda: ec.gini(IN["sales"], normalised=True),
    "gini_gdp": lambda: ec.gini(IN["gdp"]),
    "gini_weighted": lambda: ec.gini(IN["income"], weights=IN["class_size"]),
    "herf": lambda: ec.herfindahl(IN["sales"]),
    "herf_std": lambda: ec.herfindahl(IN["sales"], normalised=True),
    "herf_eq": lambda: ec.numbers_equivalent(IN["sales"]),
    "herf_gdp": lambda: ec.herfindahl(IN["gdp"]),
    "theil": lambda: ec.mean_log_deviation(IN["theil"]),
    "krugman": lambda: ec.krugman_specialisation(IN["krugman"], reference="rest")[0],
    "gini_conc": lambda: ec.locational_gini(economy(*IN["gini_conc"]), weighted=False)[0],
}


@pytest.mark.parametrize("name", REAT["expected"])
def test_reat_indices(name):
    assert INDICES[name]() == pytest.approx(REAT["expected"][name], abs=REAT["tolerance"][name])


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("lq", ec.location_quotient),
        ("krugman", ec.krugman_specialisation),
        ("spec", ec.specialisation_coefficient),
        ("herfindahl", ec.herfindahl),
        ("hachman", ec.hachman),
    ],
)
def test_econgeo_matrix(name, function):
    published = case("econgeo_lq")
    np.testing.assert_allclose(
        function(published["inputs"]["matrix"]),
        published["expected"][name],
        rtol=0,
        atol=published["tolerance"][name],
    )


@pytest.mark.parametrize("region", ["A", "B", "C"])
def test_shift_share_of_farhauer_and_kroell(region):
    published = case("reat_shift_farhauer_kroell")
    start, end = published["inputs"][region]
    found = ec.shift_share([start], [end], *published["inputs"]["nation"]).sum(axis=-1)
    np.testing.assert_allclose(
        np.concatenate([found.change, found.national, found.mix, found.regional]),
        published["expected"][region],
        atol=published["tolerance"][region],
    )


def test_theil_t_where_reat_prints_the_mean_log_deviation():
    # The note of the case gives Theil's T of the same vector.
    assert ec.theil_t(IN["theil"]) == pytest.approx(0.2502012, abs=6e-8)


def test_reat_help_krugman_of_more_than_two():
    regions = [  # Sweden, Norway, Denmark, Finland, Iceland
        [45000, 15000, 32000, 10000, 30000],
        [35000, 12000, 30000, 8000, 22000],
        [40000, 10000, 25000, 9000, 18000],
        [30000, 11000, 18000, 3000, 13000],
        [40000, 6000, 11000, 2000, 12000],
    ]
    assert ec.krugman_specialisation(regions, reference="mean")[0] == pytest.approx(0.1595, abs=5e-5)
    industries = [  # chemistry, social services, electronics, wood, mining
        [20000, 11000, 31000, 8000, 20000],
        [40000, 10000, 25000, 9000, 16000],
        [10000, 11000, 14000, 14000, 13000],
        [7000, 7500, 11000, 1500, 36000],
        [4320, 7811, 3900, 2300, 47560],
    ]
    found = ec.krugman_concentration(np.transpose(industries), reference="mean")
    assert found[4] == pytest.approx(0.8619, abs=5e-5)


def test_reat_help_gini_of_specialisation():
    region, nation = [700, 600, 500, 10000, 40000], [30000, 15000, 10000, 60000, 50000]
    assert ec.gini_specialisation([region], nation, weighted=False)[0] == pytest.approx(0.6222222, abs=6e-8)


def test_reat_help_litzenberger():
    found = ec.cluster_index(
        employment=[[1743], [5740 - 1743]],
        firms=[[35], [53 - 35]],
        area=[50, 526],
        population=[488, 4621 - 488],
    )
    assert found[0, 0] == pytest.approx(21.87491, abs=6e-6)


def test_reat_help_ellison_glaeser():
    plants = pd.DataFrame(
        {
            "industry": "steel",
            "region": ["Wien"] * 5 + ["Linz"] * 4 + ["Graz"],
            "employment": [200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000],
        }
    )
    totals = pd.Series({"Wien": 500000, "Linz": 400000, "Graz": 100000})
    found = ec.ellison_glaeser_from_plants(plants, totals)
    assert found.loc["steel", "gamma"] == pytest.approx(0.05990628, abs=6e-9)


def test_econgeo_help_hoover():
    # 30 % of the population produce half of the output: 100 * half the sum of differences is 25.
    output, population = [0, 10, 10, 30, 50], [10, 15, 20, 25, 30]
    assert 100 * ec.hoover(output, population) == pytest.approx(25)
    # Half the sum of absolute cross products of shares over all pairs: the Gini of output a head.
    share, people = np.array(output) / 100, np.array(population) / 100
    pairs = np.abs(np.subtract.outer(share / people, share / people)) * np.outer(people, people)
    assert ec.locational_gini(economy(output, np.array(population) * 10))[0] == pytest.approx(pairs.sum() / 2)
