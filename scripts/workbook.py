"""Write the empty template or a region as a workbook (`make workbook`)."""

from __future__ import annotations

import argparse
import sys

from unicluster import paths
from unicluster.faults import InputError
from unicluster.regions.workbook import region_workbook, template
from unicluster.regions.workbook.layout import LANGUAGES


def main() -> int:
    """Write `build/workbooks/<region>.xlsx`; the exit code is 2 when the region is faulty."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("region", nargs="?", help="a region; the empty template when not given")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of sheet names and headings")
    wanted = parser.parse_args()
    try:
        content = region_workbook(wanted.region, wanted.language) if wanted.region else template(wanted.language)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    name = wanted.region or "template"
    file = paths.BUILD / "workbooks" / f"{name}{'-ru' if wanted.language == 'ru' else ''}.xlsx"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    print(f"wrote {file.relative_to(paths.ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
