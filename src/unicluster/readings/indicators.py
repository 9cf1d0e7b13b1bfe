"""What to read from the pictures of the chapter on jobs, output, exports and support."""

from __future__ import annotations

import math

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown


def paths(rates: pd.DataFrame, project_points: float, without_points: float) -> Reading:
    """How fast each indicator grew, and what the other paths assume."""
    lines = [
        f"- **{markdown(r.name)}** grew by {show(r.yearly_percent)} % a year ({show(r.low)} to {show(r.high)}) over "
        f"{r.years} years."
        for r in rates.itertuples(index=False)
    ]
    return Reading(
        "\n".join(lines),
        f"The paths differ by assumption alone: projects add {show(project_points)} points of growth a year, and "
        f"without the "
        f"cluster it would be {show(without_points)} points less (both `assumed`). The bands tell only how surely the "
        f"trend is "
        "known, not whether it goes on.",
    )


def support(account: pd.DataFrame, jobs: float) -> Reading:
    """What the support costs for each job, and whether the net gains make up for it."""
    value = account.set_index("measure")["value"]
    year = value["Net gains have made up for it after"]
    back = (
        f"discounted net gains have made up for the support after {show(year, 0)} years"
        if math.isfinite(year)
        else "discounted net gains do not make up for the support within these years"
    )
    needed = value["Share of the net gains that would do"]
    share = (
        f"{show(needed, 0)} % of the net gains would do"
        if needed <= 100
        else f"they would have to be {show(needed / 100)} times as large"
    )
    return Reading(
        f"For {show(value['Subsidies in all'], 0)} million the projects bring {show(jobs, 0)} gross jobs: "
        f"{show(value['Gross cost of a job'], 2)} million a job, {show(value['Net cost of a job'], 2)} million a net "
        f"job. Under the "
        f"assumed percentages {back}; {share}."
    )
