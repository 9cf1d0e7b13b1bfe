"""Regenerate every item of codecheck.yml in a clean folder and compare it byte by byte (`make codecheck`)."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from unicluster import paths
from unicluster.regions import DEFAULT

SOURCES = ("data", "notebooks", "scripts", "src", "book", "pyproject.toml", "_config.yml")
IGNORED = shutil.ignore_patterns("__pycache__", "generated", ".ipynb_checkpoints")


def items(root: Path = paths.ROOT) -> list[Path]:
    """The files of the manifest, relative to the project."""
    manifest = yaml.safe_load((root / "codecheck.yml").read_text(encoding="utf-8"))["manifest"]
    return [Path(item["file"]) for item in manifest]


def regenerate(folder: Path) -> Path:
    """Run the article's chapters on a copy of the sources and return where their results are."""
    for name in SOURCES:
        source = paths.ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=IGNORED)
        else:
            shutil.copy(source, folder / name)
    environment = {k: v for k, v in os.environ.items() if k != "UNICLUSTER_RESULTS"}
    environment |= {"UNICLUSTER_ROOT": str(folder), "PYTHONPATH": str(folder / "src")}
    command = [sys.executable, str(folder / "scripts" / "build.py"), "--region", DEFAULT]
    if subprocess.run(command, env=environment, cwd=folder).returncode:
        raise SystemExit("a chapter failed: see above")
    return folder / "build" / "results" / DEFAULT


def compare(made: Path, write: bool) -> int:
    """Compare each item with its committed copy, or write the copies; the number of items that differ."""
    differing = 0
    for item in items():
        chapter, name = item.parts[1:]
        fresh, committed = made / chapter / name, paths.ROOT / item
        if write and fresh.is_file():
            committed.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(fresh, committed)
        if not fresh.is_file():
            told = "NOT MADE"
        elif not committed.is_file():
            told = "NO COPY TO COMPARE WITH"
        else:
            told = "same" if fresh.read_bytes() == committed.read_bytes() else "DIFFERS"
        differing += told != "same"
        print(f"{told:9} {item.as_posix()}")
    return differing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the committed copies by what was made")
    write = parser.parse_args().write
    with tempfile.TemporaryDirectory() as folder:
        differing = compare(regenerate(Path(folder)), write)
    print(f"{len(items()) - differing} of {len(items())} items are the same, byte by byte")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
