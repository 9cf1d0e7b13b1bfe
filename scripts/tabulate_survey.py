"""Fill in a region's counts from its respondents' rows (`python scripts/tabulate_survey.py REGION`).

List the options in `survey_counts.csv` with `low` 0 and `high` the number of rows; this fills in `count`, `low` and
`high`,
and `base` and `residual` in `survey_questions.csv`. Nothing is written when something is wrong with the rows.
"""

from __future__ import annotations

import sys

from unicluster import survey
from unicluster.faults import InputError
from unicluster.regions import load_region

CHAPTER = "survey_responses"
MISSING_CODES = {"98": "does not know", "99": "refused"}


def main(region: str) -> int:
    """Write both tables anew; the exit code is 2 when the rows have a fault."""
    try:
        place = load_region(region)
        rows, questions, options = (place.table(f"survey_{name}") for name in ("responses", "questions", "counts"))
        if rows is None or questions is None or options is None:
            print(f"{region}: survey_questions.csv, survey_counts.csv and survey_responses.csv are needed")
            return 2
        codes = place.parameters.get(CHAPTER, {}).get("missing_codes", MISSING_CODES)
        responses = survey.code_responses(rows, questions, options, codes)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    questions, counts = survey.counts_from_responses(responses, questions, options)
    for name, table in (("survey_questions.csv", questions), ("survey_counts.csv", counts)):
        used = table.dropna(axis="columns", how="all")
        used.to_csv(place.folder / name, index=False, lineterminator="\n")
    print(f"{region}: counts of {len(questions)} questions from {len(rows)} rows")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python scripts/tabulate_survey.py REGION")
    sys.exit(main(sys.argv[1]))
