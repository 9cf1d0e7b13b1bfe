"""Say everything that is wrong with a region's folder, or with all of them (`make check`)."""

from __future__ import annotations

import sys

from unicluster.regions import check_region, list_regions


def main(names: list[str]) -> int:
    """Print every fault; the exit code is 2 when there is one."""
    chosen = names or list_regions()
    faults = [fault for name in chosen for fault in check_region(name)]
    for fault in faults:
        print(fault)
    told = f"{len(faults)} fault{'s' * (len(faults) != 1)}" if faults else "nothing wrong"
    print(f"{', '.join(chosen)}: {told}")
    return 2 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
