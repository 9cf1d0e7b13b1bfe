"""The code keeps the rules that pyproject.toml sets."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT


def test_ruff_finds_nothing():
    for command in (["check"], ["format", "--check"]):
        ended = subprocess.run([sys.executable, "-m", "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stdout
