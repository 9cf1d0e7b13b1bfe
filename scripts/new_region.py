"""Make the folder of a new region, from nothing or from a workbook (`make new-region`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from unicluster import paths
from unicluster.faults import InputError
from unicluster.regions import scaffold
from unicluster.regions.telling import as_text


def main() -> int:
    """Make the folder and say what comes next; the exit code is 2 when nothing was made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("region", help="name of the folder: small Latin letters, digits and hyphens")
    parser.add_argument("--workbook", type=Path, help="an .xlsx workbook made by `make workbook` and filled in")
    wanted = parser.parse_args()
    try:
        scaffold.refuse_name(wanted.region, paths.REGIONS)
        if wanted.workbook:
            from unicluster.regions.workbook import read_workbook

            files, report = read_workbook(wanted.workbook, wanted.region)
            if report.notes or report.warnings or report.errors:
                print(as_text(report))
            if report.errors:
                print(f"{wanted.region}: nothing was made; mend the workbook and try again", file=sys.stderr)
                return 2
        else:
            files = scaffold.new_files(wanted.region)
        scaffold.create(wanted.region, files)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"made data/regions/{wanted.region} with {', '.join(files)}")
    print(f"next: make check REGION={wanted.region}, then make region REGION={wanted.region}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
