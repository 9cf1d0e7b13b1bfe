"""The roles of the law's definition that named members fill."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.patches import Rectangle

from unicluster.figures.cluster_model.layout import WIDTH, wrap
from unicluster.figures.style import GREY, INK, Figure, canvas
from unicluster.language import _, mark

BY_TEXT, BY_GUESS = (
    mark("a member whose kind is stated or shown by its name"),
    mark("only members whose kind is our guess"),
)
OPEN, NOBODY = mark("at most a member of unknown kind"), mark("nobody")
ALL = mark("All together")
LOOKS = {
    BY_TEXT: ("#A9DCC9", ""),
    BY_GUESS: ("#F8DFA9", "//"),
    OPEN: ("#EDEDED", ".."),
    NOBODY: ("white", ""),
}


def roles_by_oblast(composition: pd.DataFrame, oblasts: Mapping[str, str], roles: Mapping[str, str]) -> Figure:
    """How many members fill each role in each oblast, and how surely.

    Parameters
    ----------
    composition : DataFrame
        From `unicluster.cluster.composition`.
    oblasts : mapping of str to str
        Name of each oblast.
    roles : mapping of str to str
        Heading of each role.
    """
    places = list(dict.fromkeys(composition["oblast"]))
    cells = composition.assign(filled_by=composition.apply(_filled_by, axis=1))
    with canvas(height=4.6, width=WIDTH) as (drawing, axes):
        for row in cells.itertuples():
            x, y = places.index(row.oblast), list(roles).index(row.role)
            axes.add_patch(_square(x, y, row.filled_by))
            text = f"{row.members}" if row.at_most == row.members else f"{row.members}–{row.at_most}"
            back = {"boxstyle": "round,pad=0.15", "facecolor": LOOKS[row.filled_by][0], "edgecolor": "none"}
            axes.text(x, y, text, ha="center", va="center", bbox=back)
        below_law = composition["named_by_law"].sum() / len(places) - 0.5
        axes.plot([-0.5, len(places) - 0.5], [below_law, below_law], color=INK, linewidth=1.5)
        axes.set_xlim(-0.5, max(len(places), 3) - 0.5)
        axes.set_ylim(len(roles) - 0.5, -0.5)
        axes.set_xticks(range(len(places)), [wrap(_(oblasts.get(place, ALL)), 10) for place in places])
        axes.set_yticks(range(len(roles)), [_(role) for role in roles.values()])
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        used = [look for look in LOOKS if cells["filled_by"].eq(look).any()]
        drawing.legend(
            [_square(0, 0, look) for look in used],
            [_(look) for look in used],
            loc="outside lower left",
            ncols=1,
            title=_("Filled by"),
            alignment="left",
        )
    told = "; ".join(
        f"{_(oblasts.get(place, ALL))}: " + ", ".join(f"{_(roles[r.role])} {r.members}" for r in part.itertuples())
        for place, part in composition.groupby("oblast", sort=False)
    )
    caption = _(
        "Named members by role in the law's definition. Above the line are the roles that the law names "
        "one by one. A range ends where every member whose kind is not known would fill that role."
    )
    return Figure(drawing, cells, caption, _("Grid of roles by oblast. {told}.").format(told=told))


def _filled_by(row: pd.Series) -> str:
    if row["role"] == "unknown":
        return OPEN if row["members"] else NOBODY
    if row["by_text"]:
        return BY_TEXT
    if row["by_guess"]:
        return BY_GUESS
    return OPEN if row["at_most"] else NOBODY


def _square(x: float, y: float, look: str) -> Rectangle:
    face, hatch = LOOKS[look]
    return Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, facecolor=face, hatch=hatch, edgecolor=GREY, linewidth=0.5)
