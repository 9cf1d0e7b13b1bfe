"""Where the oblasts, universities, pilot clusters and members of the article lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from unicluster.figures.cluster_model.layout import wrap
from unicluster.figures.style import GREY, INK, VERMILION, WIDTH, Figure, canvas
from unicluster.language import _, mark

MIDDLE_LATITUDE = 48.0
"""Degrees: a degree of longitude is drawn as long as it is here."""

BORDERS = mark(
    "Borders are those before June 2022, when Abai was split from East Kazakhstan, Zhetysu from Almaty "
    "oblast and Ulytau from Karaganda, and before June 2018, when Shymkent was split from South Kazakhstan "
    "(now Turkistan)."
)


def locator(
    outlines: Mapping[str, Sequence[np.ndarray]],
    oblasts: pd.DataFrame,
    memberships: pd.DataFrame,
    universities: pd.DataFrame,
    cities: pd.DataFrame,
    clusters: pd.DataFrame | None = None,
    names: Mapping[str, str] | None = None,
) -> Figure:
    """Map of the country: named members by oblast, cities of the universities, where outside members work.

    Parameters
    ----------
    outlines : mapping of str to sequence of ndarray
        Rings of each outline, longitude and latitude in degrees.
    oblasts : DataFrame
        As the table ``oblasts``.
    memberships : DataFrame
        From `unicluster.cluster.memberships`.
    universities : DataFrame
        As the table ``universities``: those to mark.
    cities : DataFrame
        As the table ``cities``; a university whose city is not there is left out.
    clusters : DataFrame, optional
        As the table ``clusters``: the pilot clusters.
    names : mapping of str to str, optional
        Names of oblasts that the table ``oblasts`` does not hold: they have no place on the map, and the words of the
        figure say so.
    """
    centres = pd.DataFrame({name: _centre(rings) for name, rings in outlines.items()}).T
    centres = centres.set_axis(["longitude", "latitude"], axis=1)
    away = _works_elsewhere(memberships, oblasts)
    told = _what_to_tell(oblasts, memberships, clusters, away).join(centres, on="outline")
    nowhere = _not_on_the_map(oblasts, memberships, names or {})
    seats = universities.merge(cities, left_on="city_en", right_on="name_en", suffixes=("_university", ""))
    seats = seats.groupby(["name_en", "longitude", "latitude"]).size().reset_index(name="universities")
    with canvas(height=4.3, width=WIDTH) as (drawing, axes):
        for name, rings in outlines.items():
            home = told.loc[told["outline"].eq(name), "members"].gt(0).any()
            for ring in rings:
                axes.fill(*ring.T, facecolor="#CFE6F5" if home else "#F3F3F3", edgecolor=GREY, linewidth=0.6)
        for row in away.itertuples():
            arrow = {"arrowstyle": "-|>", "color": VERMILION, "linestyle": "--"}
            arrow |= {"connectionstyle": "arc3,rad=0.15", "shrinkA": 26, "shrinkB": 0}
            axes.annotate("", centres.loc[row.works_in], centres.loc[row.cluster_of], arrowprops=arrow)
        axes.plot(seats["longitude"], seats["latitude"], "D", color=INK, markersize=5, zorder=3)
        axes.set_aspect(1 / np.cos(np.radians(MIDDLE_LATITUDE)))
        axes.set_axis_off()
        drawing.draw_without_rendering()  # places are only known once the layout is
        heads = centres.loc[away["works_in"]].drop_duplicates()
        labels = _Labels(axes, pd.concat([seats, heads])[["longitude", "latitude"]].to_numpy(float))
        for row in seats.itertuples():
            more = "\n" + _("universities: {n}").format(n=row.universities) if row.universities > 1 else ""
            text = wrap(_(row.name_en), 16) + more
            labels.place(text, (row.longitude, row.latitude), near=8, fontsize=9.5, weight="bold")
        for row in told.sort_values("members", ascending=False, kind="stable").itertuples():
            labels.place(_label(row), (row.longitude, row.latitude), near=0, fontsize=9)
        if len(nowhere):
            axes.set_title(_missing(nowhere), fontsize=10, loc="left", color=INK)
    caption = _(
        "Members named in each oblast, the cities of the universities (diamonds), pilot clusters, and where "
        "members work that are named in another oblast (dashed arrows). {borders}"
    ).format(borders=_(BORDERS))
    alt = " ".join(filter(None, [_alt(told, seats, away), _missing(nowhere)]))
    return Figure(drawing, pd.concat([told, nowhere, seats], ignore_index=True), caption, alt)


class _Labels:
    """Puts labels on a map one after the other so that none covers a mark or an earlier label."""

    def __init__(self, axes: Axes, marks: np.ndarray):
        self._axes = axes
        self._room = axes.figure.bbox
        at = axes.transData.transform(marks)
        self._taken = [Bbox.from_extents(x - 5, y - 5, x + 5, y + 5) for x, y in at]

    def place(self, text: str, at: tuple[float, float], near: float, **look: Any) -> None:
        """Write ``text`` at the free spot nearest to ``at``, at least ``near`` points away from it."""
        back = {"boxstyle": "round,pad=0.1", "facecolor": "white", "alpha": 0.75, "edgecolor": "none"}
        look |= {"ha": "center", "va": "center", "bbox": back, "parse_math": False}
        label = self._axes.annotate(text, at, (0, 0), textcoords="offset points", **look)
        label.set_in_layout(False)
        half = label.get_window_extent().size / 2 * 72 / self._axes.figure.dpi
        least = half + near if near else np.zeros(2)
        for distance in range(0, 120, 3):
            for angle in np.radians([0, 180, 90, 270, 45, 135, 225, 315]):
                label.set_position(np.array([np.cos(angle), np.sin(angle)]) * (least + distance))
                box = label.get_window_extent().padded(2)
                if self._is_free(box):
                    self._taken.append(box)
                    return
        self._taken.append(box)

    def _is_free(self, box: Bbox) -> bool:
        inside = self._room.x0 <= box.x0 and box.x1 <= self._room.x1
        return inside and not any(box.overlaps(taken) for taken in self._taken)


def _centre(rings: Sequence[np.ndarray]) -> np.ndarray:
    """Centre of area of the largest ring."""

    def twice_areas(ring: np.ndarray) -> np.ndarray:
        x, y = ring.T
        return x[:-1] * y[1:] - x[1:] * y[:-1]

    ring = max(rings, key=lambda ring: abs(twice_areas(ring).sum()))
    weights = twice_areas(ring)
    return ((ring[:-1] + ring[1:]) * weights[:, None]).sum(axis=0) / (3 * weights.sum())


def _works_elsewhere(memberships: pd.DataFrame, oblasts: pd.DataFrame) -> pd.DataFrame:
    """Members that work in another outline than that of their cluster."""
    outline = oblasts.set_index("oblast")["outline"]
    rows = memberships[memberships["outside"].astype(bool) & memberships["located"].notna()]
    rows = rows.assign(cluster_of=rows["oblast"].map(outline), works_in=rows["located"].map(outline))
    return rows.loc[rows["cluster_of"].ne(rows["works_in"]), ["name_en", "cluster_of", "works_in"]]


def _what_to_tell(
    oblasts: pd.DataFrame, memberships: pd.DataFrame, clusters: pd.DataFrame | None, away: pd.DataFrame
) -> pd.DataFrame:
    """Outlines with members, with pilot clusters, or where members of other oblasts work."""
    members = memberships.groupby("oblast")["organisation"].nunique()
    rows = oblasts.assign(members=oblasts["oblast"].map(members).fillna(0).astype(int), pilot_clusters="")
    if clusters is not None:
        pilots = clusters.assign(oblast=clusters["oblasts"].str.split(";")).explode("oblast")
        by_oblast = pilots.groupby("oblast")["cluster"].agg(";".join)
        rows["pilot_clusters"] = rows["oblast"].map(by_oblast).fillna("")
    is_target = rows["oblast"].isin(away["works_in"])
    rows = rows[rows["members"].gt(0) | rows["pilot_clusters"].ne("") | is_target]
    return rows.groupby("outline", as_index=False).agg(
        name_en=("name_en", ", ".join),
        members=("members", "sum"),
        pilot_clusters=("pilot_clusters", _different),
    )


def _not_on_the_map(oblasts: pd.DataFrame, memberships: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Oblasts with members that the country's map does not hold, as those of a region elsewhere."""
    members = memberships.groupby("oblast")["organisation"].nunique()
    members = members[~members.index.isin(oblasts["oblast"])]
    return pd.DataFrame({"name_en": [names.get(own, own) for own in members.index], "members": members.to_numpy()})


def _missing(nowhere: pd.DataFrame) -> str:
    if nowhere.empty:
        return ""
    listed = ", ".join(f"{_(row.name_en)} ({row.members})" for row in nowhere.itertuples())
    return _("Not on the map, with members: {oblasts}.").format(oblasts=listed)


def _different(cells: pd.Series) -> str:
    """Different entries of cells that may hold several."""
    return ", ".join(dict.fromkeys(entry for cell in cells for entry in cell.split(";") if entry))


def _label(row: Any) -> str:
    lines = [wrap(_names(row.name_en), 22)]
    lines += [_("members: {n}").format(n=row.members)] if row.members else []
    if row.pilot_clusters:
        lines.append(wrap(_("pilot: {clusters}").format(clusters=_names(row.pilot_clusters)), 22))
    return "\n".join(lines)


def _alt(told: pd.DataFrame, seats: pd.DataFrame, away: pd.DataFrame) -> str:
    name = told.set_index("outline")["name_en"]
    members = ", ".join(f"{_names(r.name_en)} {r.members}" for r in told[told["members"].gt(0)].itertuples())
    with_pilots = told[told["pilot_clusters"].ne("")].itertuples()
    pilots = ", ".join(f"{_names(r.name_en)}: {_names(r.pilot_clusters)}" for r in with_pilots)
    moves = ", ".join(
        f"{_(r.name_en)}: {_names(name[r.cluster_of])} → {_names(name[r.works_in])}" for r in away.itertuples()
    )
    return _(
        "Map of Kazakhstan. Members by oblast: {members}. Cities: {cities}. Pilot clusters: {pilots}. "
        "Named in one oblast and at work in another: {moves}. {borders}"
    ).format(
        members=members,
        cities=", ".join(map(_, seats["name_en"])) or _("none"),
        pilots=pilots or _("none"),
        moves=moves or _("none"),
        borders=_(BORDERS),
    )


def _names(listed: str) -> str:
    """Several names in one cell, each in the language in use."""
    return ", ".join(_(name) for name in listed.split(", "))
