"""What every test shares."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock

# Notebooks under test write here, so that they neither find nor leave results of a build.
os.environ.setdefault("UNICLUSTER_RESULTS", tempfile.mkdtemp(prefix="unicluster-results-"))

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def book() -> Path:
    """The built HTML book; built first where something changed since."""
    environment = {k: v for k, v in os.environ.items() if k != "UNICLUSTER_RESULTS"}
    (ROOT / "build").mkdir(exist_ok=True)
    with FileLock(ROOT / "build" / "tests.lock"):
        told = subprocess.run(
            [sys.executable, ROOT / "scripts" / "build.py"], env=environment, capture_output=True, text=True
        )
    assert told.returncode == 0, told.stdout + told.stderr
    return ROOT / "_build" / "html"
