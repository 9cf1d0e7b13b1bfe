"""Compare two builds byte for byte and name the first difference (`make same BEFORE=… AFTER=…`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from unicluster.pipeline import same


def main() -> int:
    """Print the first difference; the exit code is 0 where there is none, 1 where there is, 2 without two folders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path, help="folder of a compendium that was built")
    parser.add_argument("after", type=Path, help="folder of another")
    wanted = parser.parse_args()
    absent = [str(folder) for folder in (wanted.before, wanted.after) if not folder.is_dir()]
    if absent:
        print(f"no such folder: {', '.join(absent)}", file=sys.stderr)
        return 2
    told = same.first_difference(wanted.before, wanted.after)
    print(told or "The two builds are the same, byte for byte, but for the times of their runs.")
    return int(told is not None)


if __name__ == "__main__":
    sys.exit(main())
