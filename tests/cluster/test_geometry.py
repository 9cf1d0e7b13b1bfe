"""Outlines and places of the locator map, against published areas and each other."""

import numpy as np
import pytest
from matplotlib.path import Path

from unicluster import geometry, paths, tables

EARTH_RADIUS = 6371.0088
"""Kilometres, mean radius (IUGG)."""

PUBLISHED_AREAS = {
    "aktobe": 300_629,
    "akmola": 146_219,
    "east-kazakhstan": 283_226,
    "karaganda": 427_982,
    "kostanay": 196_001,
    "north-kazakhstan": 97_993,
    "pavlodar": 124_800,
}
"""Square kilometres, statistics agency of Kazakhstan, borders before 2022."""


@pytest.fixture(scope="module")
def outlines():
    return geometry.load_outlines()


def area(rings) -> float:
    """Area on the sphere: Lambert's cylindrical projection keeps areas, so the shoelace formula serves."""
    total = 0.0
    for ring in rings:
        x, y = np.radians(ring[:, 0]), np.sin(np.radians(ring[:, 1]))
        total += abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2
    return total * EARTH_RADIUS**2


def test_the_country_has_its_published_area(outlines):
    """2 724 900 square kilometres."""
    assert sum(area(rings) for rings in outlines.values()) == pytest.approx(2_724_900, rel=0.02)


@pytest.mark.parametrize("oblast", sorted(PUBLISHED_AREAS))
def test_an_oblast_has_its_published_area(outlines, oblast):
    assert area(outlines[oblast]) == pytest.approx(PUBLISHED_AREAS[oblast], rel=0.03)


def test_rings_are_closed_and_within_the_country(outlines):
    for rings in outlines.values():
        for ring in rings:
            assert np.array_equal(ring[0], ring[-1])
            assert (ring.min(axis=0) >= [46.4, 40.5]).all() and (ring.max(axis=0) <= [87.4, 55.5]).all()


def test_oblasts_of_today_lie_in_an_outline(outlines):
    rows = tables.load("oblasts")
    assert set(rows["outline"]) == set(outlines)
    kept = rows[rows["since"].isna()]
    assert (kept["oblast"] == kept["outline"]).all()
    split = rows.dropna(subset="since").set_index("oblast")["outline"].to_dict()
    assert split == {
        "abai": "east-kazakhstan", "shymkent": "turkistan", "ulytau": "karaganda", "zhetysu": "almaty-oblast",
    }  # fmt: skip


def test_oblasts_are_those_of_the_dictionary():
    field = next(field for field in tables.table("members").fields if field.name == "oblast")
    assert tables.load("oblasts")["oblast"].tolist() == field.constraints["enum"]


def test_every_city_lies_in_its_oblast(outlines):
    for row in tables.load("cities").itertuples():
        inside = [
            name
            for name, rings in outlines.items()
            if any(Path(r).contains_point((row.longitude, row.latitude)) for r in rings)
        ]
        assert inside == [row.oblast]


def test_every_university_has_its_city():
    universities = tables.load("universities")
    cities = tables.load("cities").set_index("name_en")
    assert (universities["city_en"].map(cities["oblast"]) == universities["oblast"]).all()
    assert (universities["city_en"].map(cities["name_ru"]) == universities["city_ru"]).all()


def test_the_file_is_small():
    assert (paths.DATA / "geometry" / "oblasts.geojson").stat().st_size < 150_000
