"""Dossiers of a region whose results are a few small tables, and of the article's from the committed copies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import ROOT
from unicluster import dossier, regions

HOSTILE = '=HYPERLINK("x") <script>alert(1)</script> **b** $x$ {{y}} [l](javascript:z) \u202eabc\u0007 R&D'

DESCRIPTION = """\
region: testland
name: {en: Testland, ru: Тестландия}
oblasts: [testland]
universities: [test-university]
names: {test-university: {en: Test University, ru: Тестовый университет}}
currency: KZT
base_year: 2020
plan_year: 2024
price_basis: unknown
"""
APPLICATION = """\
field,item,text_en,text_ru,number,source,tag
cluster-name,1,Test Cluster,Тестовый кластер,,letter,stated
management-posts,1,,,0.25,letter,stated
member-bin,alpha,123,123,,register,stated
"""


class Bench:
    """A region with results that a test chooses."""

    def __init__(self, root: Path):
        self.root = root
        folder = root / "regions" / "testland"
        folder.mkdir(parents=True)
        (folder / "region.yml").write_text(DESCRIPTION, encoding="utf-8")
        (folder / "application.csv").write_text(APPLICATION, encoding="utf-8")
        self.region = regions.load_region("testland", root / "regions")

    def find(self, region: str, chapter: str, name: str) -> Path | None:
        file = self.root / "results" / region / chapter / name
        return file if file.is_file() else None

    def save(self, chapter: str, name: str, frame: pd.DataFrame, region: str = "testland") -> None:
        file = self.root / "results" / region / chapter / f"{name}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        frame.to_csv(file, index=False)

    def build(self, language: str = "en", **changed) -> tuple[dossier.Dossier, str]:
        region = replace(self.region, **changed)
        register = dossier.Register(region.region, self.find)
        return dossier.build(region, language, {"survey": {"confidence": 0.95}}, register=register)


@pytest.fixture
def bench(tmp_path) -> Bench:
    return Bench(tmp_path)


def committed(_region: str, chapter: str, name: str) -> Path | None:
    """The article's results as far as `codecheck/` holds copies of them."""
    file = ROOT / "codecheck" / chapter / name
    return file if file.is_file() else None


@pytest.fixture(scope="session", params=["en", "ru"])
def article(request) -> dossier.Dossier:
    """The dossier of the article's pooled data in each language."""
    register = dossier.Register("kazakhstan", committed)
    return dossier.build(regions.load_region("kazakhstan"), request.param, register=register)[0]


def memberships(name: str = "Alpha") -> pd.DataFrame:
    """Two members as the chapter on members saves them."""
    return pd.DataFrame(
        {
            "oblast": ["Testland"] * 2,
            "organisation": ["alpha", "beta"],
            "universities": ["test-university"] * 2,
            "name_en": [name, "Beta"],
            "outside": [False, True],
            "located": [None, "elsewhere"],
            "mentions": [1, 1],
            "lines": [None, None],
            "kind": ["mining", "geology"],
            "kind_tag": ["stated", "stated"],
            "role": ["Producers", "Suppliers"],
        }
    )
