"""Where things are: every folder of the compendium, named once."""

from __future__ import annotations

import os
import sys
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


READS = "UNICLUSTER_READS"
"""Environment variable that names the file to which the data files that are read are noted."""


def note_reads() -> None:
    """Note every file under ``data`` that is opened from now on, where the environment names a file for it.

    The pipeline asks for it in a notebook's kernel, so that only a change of what a notebook read makes it run again.
    """
    target = os.environ.get(READS)
    if not target:
        return
    data, seen = f"{DATA}{os.sep}", set()

    def note(event: str, told: tuple) -> None:
        if event == "open" and str(told[0]).startswith(data) and told[0] not in seen:
            seen.add(told[0])
            with open(target, "a", encoding="utf-8") as file:
                file.write(f"{told[0]}\n")

    sys.addaudithook(note)


def results_root() -> Path:
    """Folder that holds ``<region>/<notebook>/`` results.

    The pipeline points a running notebook elsewhere (``UNICLUSTER_RESULTS``) until it has succeeded, so that a
    failed run never replaces a good one; a notebook opened by hand writes to ``build/by-hand``.
    """
    return Path(os.environ.get("UNICLUSTER_RESULTS", BUILD / "by-hand"))


note_reads()
