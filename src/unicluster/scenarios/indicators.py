"""From a change of level to a range of per cent: an assumption, to be switched on knowingly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from unicluster.faults import Fault, refuse

INDICATORS = ("output", "employment", "exports")
LEAST = -100.0
"""Per cent: nothing can fall by more than all of it, which a straight line does not know."""


@dataclass(frozen=True)
class Scaling:
    """What a change of one level is said to be worth.

    The observed effects of the six pilot clusters, in per cent of base output, are taken for what a cluster
    programme brings. The scenario ``reference`` stands for such a programme: its change of the output concept is set
    equal to those effects, and every other change is scaled in proportion.

    Attributes
    ----------
    name : str
    column : str
        Column of the clusters' table that holds the effects, in per cent.
    reference : str
        Scenario that stands for the programme.
    employment, exports : (float, float)
        Lowest and highest elasticity: per cent of employment or exports for one per cent of output, at equal change
        of level. The article observes neither.
    """

    name: str
    column: str
    reference: str = "state-supported"
    employment: tuple[float, float] = (0.0, 1.0)
    exports: tuple[float, float] = (0.0, 1.0)


SCALINGS = {
    "project-effect": Scaling("project-effect", "project_effect_percent"),
    "whole-growth": Scaling("whole-growth", "effect_percent"),
    "real-growth": Scaling("real-growth", "real_percent"),
}
"""Alternatives: the effect printed for the clusters' projects; all planned growth; that growth in constant prices."""


def indicator_ranges(effects: pd.DataFrame, clusters: pd.DataFrame, scalings: Iterable[Scaling]) -> pd.DataFrame:
    """Range of per cent for output, employment and exports in every scenario.

    Parameters
    ----------
    effects : DataFrame
        From `unicluster.scenarios.effect_bands`.
    clusters : DataFrame
        One row a cluster with the columns of the scalings.
    scalings : iterable of Scaling

    Returns
    -------
    DataFrame
        One row a scaling, scenario and indicator: ``scaling``, ``scenario``, ``indicator``, ``low``, ``middle``,
        ``high`` (per cent of the base year), ``tag`` (always ``assumed``). ``middle`` is the median cluster at the
        map's own weights and the middle elasticity; ``low`` and ``high`` the extremes over clusters and elasticities
        at the ends of the effect's band. None is below `LEAST`.

    Raises
    ------
    InputError
        No cluster with the column, an unknown reference scenario, or one that does not raise output.
    """
    scalings = list(scalings)
    change = effects.set_index(["scenario", "concept"])
    refuse(fault for scaling in scalings for fault in _faults(scaling, change, clusters))
    return pd.DataFrame([row for scaling in scalings for row in _rows(scaling, change, clusters)])


def _rows(scaling: Scaling, change: pd.DataFrame, clusters: pd.DataFrame) -> Iterator[dict[str, object]]:
    observed = clusters[scaling.column].dropna().to_numpy(float)
    least, middle, most = (
        np.array([observed.min(), np.median(observed), observed.max()])
        / change.at[(scaling.reference, "output"), "effect"]
    )
    for scenario in change.index.unique("scenario"):
        for indicator in INDICATORS:
            row = change.loc[(scenario, indicator)]
            elasticity = (1.0, 1.0) if indicator == "output" else getattr(scaling, indicator)
            corners = np.multiply.outer(np.outer((least, most), elasticity), [row["q05"], row["effect"], row["q95"]])
            values = (corners.min(), middle * np.mean(elasticity) * row["effect"], corners.max())
            low, middle_value, high = (max(float(value), LEAST) for value in values)
            yield {
                "scaling": scaling.name,
                "scenario": scenario,
                "indicator": indicator,
                "low": low,
                "middle": middle_value,
                "high": high,
                "tag": "assumed",
            }


def _faults(scaling: Scaling, change: pd.DataFrame, clusters: pd.DataFrame) -> list[Fault]:
    faults = []
    if scaling.column not in clusters or clusters[scaling.column].dropna().empty:
        faults.append(Fault("no cluster has this figure", "clusters", None, scaling.column))
    at = (scaling.reference, "output")
    if at not in change.index:
        faults.append(Fault("there is no such scenario", column="reference", value=scaling.reference))
    elif change.at[at, "effect"] <= 0:
        message = "does not raise output, so that nothing can be scaled by it"
        faults.append(Fault(message, column="reference", value=scaling.reference))
    return faults
