"""Bring the folder of a region, or of all, to the present data dictionary (`make upgrade`)."""

from __future__ import annotations

import sys

from unicluster.faults import InputError
from unicluster.regions import list_regions
from unicluster.regions.upgrades import upgrade


def main(names: list[str]) -> int:
    """Say what was changed; the exit code is 2 when a folder cannot be upgraded."""
    code = 0
    for name in names or list_regions():
        try:
            changes = upgrade(name)
        except InputError as error:
            print(f"{name}: not upgraded\n{error}", file=sys.stderr)
            code = 2
            continue
        print("\n".join([f"{name}: {'upgraded' if changes else 'up to date'}", *(f"  {text}" for text in changes)]))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
