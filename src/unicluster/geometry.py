"""Outlines of the oblasts for the locator map (source, licence and borders: ``data/geometry/README.md``)."""

from __future__ import annotations

import json

import numpy as np

from unicluster import paths


def load_outlines() -> dict[str, list[np.ndarray]]:
    """Outer rings of each oblast in the borders before 2018 and 2022.

    Returns
    -------
    dict of str to list of ndarray
        By oblast, sorted: closed rings of shape (points, 2), longitude and latitude in degrees.
    """
    file = paths.DATA / "geometry" / "oblasts.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["oblast"]: [np.array(polygon[0]) for polygon in feature["geometry"]["coordinates"]]
        for feature in features
    }
