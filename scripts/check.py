"""Say everything that is wrong with a region's folder, or with all of them (`make check`)."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from unicluster.regions import Report, examine_region, list_regions
from unicluster.regions.telling import as_text

EXIT = 2


def main() -> int:
    """Print every error, warning and note; the exit code is 2 when there is an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("regions", nargs="*", help="names of regions; all when none is given")
    parser.add_argument("--json", action="store_true", help="print it for a program to read")
    wanted = parser.parse_args()
    reports = [examine_region(name) for name in wanted.regions or list_regions()]
    if wanted.json:
        print(json.dumps([_told(report) for report in reports], ensure_ascii=False, indent=1))
    else:
        print("\n".join(as_text(report) for report in reports))
    return EXIT if any(report.errors for report in reports) else 0


def _told(report: Report) -> dict:
    kinds = {"errors": report.errors, "warnings": report.warnings, "notes": report.notes}
    return {"region": report.region, **{kind: [asdict(fault) for fault in found] for kind, found in kinds.items()}}


if __name__ == "__main__":
    sys.exit(main())
