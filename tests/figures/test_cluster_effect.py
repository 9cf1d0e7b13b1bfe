"""Figures on the effect of clusters: nothing overlaps, in either language; what is not given is not drawn."""

from __future__ import annotations

import shutil

import nbformat
import numpy as np
import pandas as pd
import pytest

from tests.figures.looking import cut, latin, overlapping
from unicluster import economics, figures, paths, readings, regions
from unicluster.language import speaking

NAMES = ("slope", "real_growth", "project_effect", "sector_growth", "shares", "plan_outcome", "waterfall")
CHAPTER = figures.cluster_effect


def tables_of(place):
    clusters = place.table("clusters")
    years = (place.base_year, place.plan_year)
    index = economics.price_index(regions.price_indices(place), "cpi", clusters["cluster"])
    return {
        "growth": economics.growth(clusters, years[1] - years[0]).reset_index(),
        "real": economics.growth_by_price_basis(clusters, index, *years).reset_index(),
        "effect": economics.project_effect(clusters).reset_index(),
        "sectors": economics.sector_shift_share(clusters, place.table("sector_growth")),
        "shares": economics.portfolio_shares(clusters).reset_index(),
        "outcomes": economics.plan_outcome(clusters, {80: 80, 92.5: 92.5, 100: 100}).reset_index(),
        "steps": economics.waterfall(50_000, economics.Additionality(25, 10, 25, 5, 1.2)).reset_index(),
    }


@pytest.fixture(
    scope="module", params=[("kazakhstan", "en"), ("kazakhstan", "ru"), ("altynsai", "en"), ("altynsai", "ru")]
)
def drawn(request):
    region, language = request.param
    place = regions.load_region(region)
    names = place.table("clusters").set_index("cluster")["name_en"].to_dict()
    meanings = {key: reading.meaning for key, reading in economics.READINGS.items()}
    found, years = tables_of(place), (place.base_year, place.plan_year)
    with speaking(language, {} if language == "en" else regions.names_in(place, language)):
        figures_of = {
            "slope": CHAPTER.slope(found["growth"], names, *years, found["real"]),
            "real_growth": CHAPTER.real_growth(found["real"], names, *years),
            "project_effect": CHAPTER.project_effect(found["effect"], meanings, names),
            "sector_growth": CHAPTER.sector_growth(found["sectors"], names),
            "shares": CHAPTER.shares(found["shares"], names, *years),
            "plan_outcome": CHAPTER.plan_outcome(found["outcomes"], names),
            "waterfall": CHAPTER.waterfall(found["steps"]),
        }
    return region, language, figures_of


@pytest.mark.parametrize("name", NAMES)
def test_no_label_covers_another_or_is_cut_and_words_are_there(drawn, name):
    region, language, figures_of = drawn
    figure = figures_of[name]
    if (region, name) == ("kazakhstan", "sector_growth"):
        assert figure is None
        return
    assert overlapping(figure) == []
    assert cut(figure) == []
    assert figure.caption.endswith(".") and len(figure.alt) > 60 and len(figure.data)
    if language == "ru":
        # a to d name the readings
        assert latin(figure) == []


def test_the_slope_chart_tells_nominal_and_real_growth(drawn):
    _, _, figures_of = drawn
    data = figures_of["slope"].data.set_index("cluster")
    wanted = figures_of["real_growth"].data.set_index("cluster")["real_percent_in_2024_prices"]
    np.testing.assert_allclose(data["real_percent"], wanted[data.index])
    ends = " ".join(text.get_text() for text in figures_of["slope"].canvas.axes[1].texts)
    for value in data["real_percent"]:
        assert f"({value:+.0f} %)".replace("-", "−") in ends


@pytest.mark.parametrize("change", ["no percentages", "no sectors", "one cluster", "a plan below the base"])
def test_the_chapter_runs_on_other_clusters(change, tmp_path, monkeypatch):
    folder = shutil.copytree(paths.REGIONS / "altynsai", tmp_path / "regions" / "altynsai")
    clusters = pd.read_csv(folder / "clusters.csv")
    if change == "no percentages":
        clusters["project_effect_percent"] = None
        clusters["effect_percent"] = None
    elif change == "no sectors":
        (folder / "sector_growth.csv").unlink()
    elif change == "one cluster":
        clusters = clusters.iloc[[0]]
        sectors = pd.read_csv(folder / "sector_growth.csv")
        sectors.iloc[:2].to_csv(folder / "sector_growth.csv", index=False)
    else:
        clusters["plan_output"] = clusters["base_output"] - 1000
    clusters.to_csv(folder / "clusters.csv", index=False)
    monkeypatch.setattr(paths, "REGIONS", tmp_path / "regions")
    monkeypatch.setenv("UNICLUSTER_RESULTS", str(tmp_path / "results"))
    assert regions.check_region("altynsai") == []
    notebook = nbformat.read(paths.NOTEBOOKS / "cluster_effect.ipynb", as_version=4)
    variables: dict = {}
    for place, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
        exec(cell.source, variables)
        if place == 0:
            variables["region"] = "altynsai"
    words = " ".join(file.read_text(encoding="utf-8") for file in (tmp_path / "results").rglob("*.figure.json"))
    assert "nan" not in words.lower().split()
    assert (tmp_path / "results/altynsai/cluster_effect/project_effect.svg").is_file() == (change != "no percentages")
    assert (tmp_path / "results/altynsai/cluster_effect/sector_growth.svg").is_file() == (change != "no sectors")


def test_without_a_percentage_or_sectors_the_chapter_says_what_is_missing():
    place = regions.load_region("altynsai")
    clusters = place.table("clusters").assign(project_effect_percent=np.nan)
    effect = economics.project_effect(clusters).reset_index()
    assert CHAPTER.project_effect(effect, {}, {}) is None
    assert "`project_effect_percent`" in readings.cluster_effect.project_effect(effect, {}).markdown
    assert "`sector_growth.csv`" in readings.cluster_effect.sector_growth(None, {}, "current").markdown
