"""The article's clusters as a portfolio."""

import pytest

from unicluster.economics import portfolio_concentration, portfolio_shares


def test_flour_leads_and_grows(clusters):
    table = portfolio_shares(clusters)
    assert table["base_percent"].sum() == pytest.approx(100)
    assert table["plan_percent"].sum() == pytest.approx(100)
    assert table["change_points"].sum() == pytest.approx(0, abs=1e-9)
    assert round(table.loc["flour", "base_percent"], 1) == 41.9


def test_concentration_by_hand(clusters):
    table = portfolio_concentration(clusters)
    # Sums of squares of the outputs over the squares of 264 893 and 441 190.
    base = 66740**2 + 15568**2 + 28663**2 + 20895**2 + 110899**2 + 22128**2
    plan = 89160**2 + 29170**2 + 41160**2 + 39100**2 + 206100**2 + 36500**2
    assert table.loc["herfindahl", "base"] == pytest.approx(base / 264893**2)
    assert table.loc["herfindahl", "plan"] == pytest.approx(plan / 441190**2)
    assert table.loc["herfindahl"].round(3).tolist()[:2] == [0.267, 0.287]
    assert table.loc["largest share", "plan"] == pytest.approx(206100 / 441190)
    assert table.loc["three largest shares", "base"] == pytest.approx((110899 + 66740 + 28663) / 264893)
    assert (table["change"] == table["plan"] - table["base"]).all()


def test_few_clusters_have_a_concentration_too(clusters):
    assert portfolio_concentration(clusters.head(2)).loc["three largest shares", "base"] == pytest.approx(1)
