"""The steps of creating a cluster: who acts at each."""

from __future__ import annotations

import pandas as pd

from unicluster.faults import refuse

ACTORS = {
    "state": ("state",),
    "enterprises": ("enterprises",),
    "university": ("university",),
    "university-and-enterprises": ("enterprises", "university"),
    "all": ("state", "enterprises", "university"),
}
"""The parties that each entry of the column ``actor`` stands for."""


def step_actors(steps: pd.DataFrame) -> pd.DataFrame:
    """One row for each party that acts in each step.

    Parameters
    ----------
    steps : DataFrame
        As the table ``creation_steps``.

    Returns
    -------
    DataFrame
        Columns ``step``, ``party``, ``alone`` (whether no other party acts in the step), ``action_en``,
        ``input_en``, ``output_en``, ``line`` and ``tag``, in the order of the steps.

    Raises
    ------
    InputError
        When the steps are not numbered 1, 2, 3 … without gap.
    """
    ordered = steps.sort_values("step", ignore_index=True)
    if ordered["step"].tolist() != list(range(1, len(ordered) + 1)):
        refuse([f"steps must be numbered from 1 without gap; found {', '.join(map(str, ordered['step']))}"])
    parties = ordered["actor"].map(ACTORS)
    rows = ordered.assign(party=parties, alone=parties.map(len).eq(1)).explode("party", ignore_index=True)
    return rows[["step", "party", "alone", "action_en", "input_en", "output_en", "line", "tag"]]


def share_of_steps(actors: pd.DataFrame) -> pd.DataFrame:
    """In how many steps each party acts: ``party``, ``steps``, ``alone``.

    Parameters
    ----------
    actors : DataFrame
        From `step_actors`.
    """
    grouped = actors.groupby("party").agg(steps=("step", "size"), alone=("alone", "sum"))
    return grouped.reindex(list(ACTORS["all"]), fill_value=0).rename_axis("party").reset_index()
