"""Where things are: every folder of the compendium, named once."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(os.environ.get("UNICLUSTER_ROOT", Path(__file__).resolve().parents[2]))
DATA = ROOT / "data"
REGIONS = DATA / "regions"
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"
GENERATED = BOOK / "generated"
BUILD = ROOT / "build"
HTML = ROOT / "_build" / "html"
FCM_LAB = BUILD / "fcm_lab"


def results_root() -> Path:
    """Folder that holds ``<region>/<notebook>/`` results.

    The pipeline points a running notebook elsewhere (``UNICLUSTER_RESULTS``) until it has succeeded, so that a
    failed run never replaces a good one; a notebook opened by hand writes to ``build/by-hand``.
    """
    return Path(os.environ.get("UNICLUSTER_RESULTS", BUILD / "by-hand"))
