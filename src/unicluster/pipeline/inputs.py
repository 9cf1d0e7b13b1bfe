"""Which files a run depends on."""

from __future__ import annotations

from pathlib import Path

from unicluster import paths
from unicluster.regions import Region

SHARED_DATA = ("paper", "literature", "prices", "fcm", "geometry")


def data_files(region: Region) -> list[Path]:
    """Every data file that a notebook may read for a region: the shared tables and the region's own folder."""
    shared = [p for folder in SHARED_DATA for p in (paths.DATA / folder).rglob("*") if p.is_file()]
    return sorted([paths.DATA / "datapackage.json", *shared, *region.files()])


def library_files() -> list[Path]:
    """Every file of the library that a notebook can depend on; what only reads its results is not among them."""
    package = Path(__file__).resolve().parents[1]
    return sorted(p for p in package.rglob("*.py") if p.parent.name not in ("pipeline", "dossier"))


def dossier_files() -> list[Path]:
    """Every file of the library that only dossiers depend on."""
    return sorted((Path(__file__).resolve().parents[1] / "dossier").glob("*.py"))
