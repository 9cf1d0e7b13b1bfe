"""Say what differs between two runs of a region (`make changed BEFORE=… AFTER=…`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from unicluster.pipeline.comparison import changed


def main() -> int:
    """Print a line a difference; the exit code is 0 if there is none, 1 if there is, 2 if a folder is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path, help="folder of results, as a copy of build/results/akmola")
    parser.add_argument("after", type=Path, help="the folder to compare with it")
    parser.add_argument("--tolerance", type=float, default=1e-9, help="relative difference that counts as none")
    given = parser.parse_args()
    missing = [folder for folder in (given.before, given.after) if not folder.is_dir()]
    for folder in missing:
        print(f"{folder}: there is no such folder; give one like build/results/akmola", file=sys.stderr)
    if missing:
        return 2
    lines = changed(given.before, given.after, given.tolerance)
    print("\n".join(lines) or "nothing differs")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
