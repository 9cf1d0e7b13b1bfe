"""Run every benchmark, print a table and write build/bench.json (`make bench`)."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from unicluster import paths

FOLDER = Path(__file__).with_name("bench")


def main() -> int:
    """Measure, print and write; the exit code is 0 whether or not a target is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help=f"some of: {', '.join(names())}")
    wanted = parser.parse_args().only or names()
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    rows = []
    for name in wanted:
        print(f"measuring {name} …", flush=True)
        rows += load(name)()
    show(rows)
    paths.BUILD.mkdir(exist_ok=True)
    (paths.BUILD / "bench.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return 0


def names() -> list[str]:
    """The benchmarks there are, one file each."""
    return sorted(path.stem for path in FOLDER.glob("*.py"))


def load(name: str) -> Callable[[], list[dict]]:
    """The ``rows`` function of a benchmark."""
    spec = importlib.util.spec_from_file_location(f"bench_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.rows


def show(rows: list[dict]) -> None:
    """Print the rows as a table, with the load of the machine that they were measured under."""
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        target = "" if row["target"] is None else f"target {row['target']:g}"
        met = {True: "met", False: "NOT met", None: ""}[row["met"]]
        print(f"{row['name']:<{width}}  {row['measured']:>12.4g} {row['unit']:<14} {target:<16} {met}")
    if hasattr(os, "getloadavg"):
        print(f"load average of the last minute: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    sys.exit(main())
