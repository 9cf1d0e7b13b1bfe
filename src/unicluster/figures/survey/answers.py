"""All answers of a survey at a glance."""

from __future__ import annotations

import pandas as pd
from matplotlib.lines import Line2D

from unicluster.display import group
from unicluster.figures.style import BLUE, GREY, INK, ORANGE, PALE, Figure, legend_outside
from unicluster.figures.survey.rows import labelled_rows
from unicluster.language import _


def answers(table: pd.DataFrame, residuals: pd.DataFrame, confidence: float) -> Figure:
    """Every question's options with shares, intervals and bounds, and the answers not accounted for.

    Parameters
    ----------
    table : DataFrame
        From `unicluster.survey.tabulate`.
    residuals : DataFrame
        From `unicluster.survey.residuals`.
    confidence : float
        Level of the intervals shown.
    """
    lines = _lines(table, residuals)
    labels = [_("no answer known") if line["kind"] == "missing" else _(line["label"]) for line in lines]
    with labelled_rows(labels, [_(line["title"]) for line in lines], legend_rows=2) as (drawing, axes, heights):
        for height, line in zip(heights, lines, strict=True):
            _draw_line(axes, height, line)
        axes.set_xlim(0, 100)
        axes.set_xlabel(_("Share of respondents asked, %"))
        legend_outside(drawing, 2, handles=_legend(confidence))
    shown = table[
        [
            "question",
            "option",
            "label",
            "count",
            "low",
            "high",
            "base",
            "share",
            "share_low",
            "share_high",
            "wilson_low",
            "wilson_high",
            "tag",
        ]
    ]
    caption = _(
        "Answers to every closed question, with {level} % Wilson intervals. An open bar is a range that the text "
        "allows; a grey bar is respondents for whom no answer is known."
    ).format(level=f"{100 * confidence:.0f}")
    return Figure(drawing, shown, caption, _alt(table, residuals))


def _lines(table: pd.DataFrame, residuals: pd.DataFrame) -> list[dict]:
    lines: list[dict] = []
    for question in residuals.to_dict("records"):
        rows = table[table["question"] == question["question"]].to_dict("records")
        lines += [{**row, "kind": "option", "title": question["title"]} for row in rows]
        if _missing(question):
            lines.append({**question, "kind": "missing"})
    return lines


def _draw_line(axes, y: float, line: dict) -> None:
    if line["kind"] == "missing":
        end = line["missing_high_share"]
        axes.barh(y, end, height=0.5, color=PALE, edgecolor=GREY, hatch="////", linewidth=0.5)
        axes.text(end + 1, y, _missing(line), va="center", fontsize=8, color=INK)
        return
    if pd.isna(line["count"]):
        width = line["share_high"] - line["share_low"]
        axes.barh(y, width, left=line["share_low"], height=0.5, facecolor="none", edgecolor=ORANGE, linewidth=1.4)
        text, end = _range(line["low"], line["high"]), line["share_high"]
    else:
        axes.plot([line["wilson_low"], line["wilson_high"]], [y, y], color=BLUE, linewidth=1.6, solid_capstyle="butt")
        axes.plot(line["share"], y, "o", color=BLUE, markersize=5)
        text, end = group(str(line["count"])), line["wilson_high"]
    axes.text(end + 1, y, text, va="center", fontsize=8, color=INK)


def _missing(question: dict) -> str:
    """The respondents without a known answer as words; empty where there are none or the question allows several."""
    low, high = question["missing_low"], question["missing_high"]
    if pd.isna(high) or high == 0:
        return ""
    return str(high) if low == high else _range(low, high)


def _range(low: object, high: object) -> str:
    return _("{low} to {high}").format(low=low, high=high)


def _legend(confidence: float) -> list:
    known = _("known count, {level} % Wilson interval").format(level=f"{100 * confidence:.0f}")
    return [
        Line2D([], [], color=BLUE, marker="o", markersize=5, label=known),
        Line2D(
            [], [], color=ORANGE, marker="s", markerfacecolor="none", linestyle="none", label=_("only bounds are known")
        ),
        Line2D([], [], color=GREY, marker="s", markerfacecolor=PALE, linestyle="none", label=_("no answer known")),
    ]


def _alt(table: pd.DataFrame, residuals: pd.DataFrame) -> str:
    parts = []
    for question in residuals.to_dict("records"):
        rows = table[table["question"] == question["question"]].to_dict("records")
        told = ", ".join(
            f"{_(r['label'])} {_range(r['low'], r['high']) if pd.isna(r['count']) else r['count']}" for r in rows
        )
        without = _("{n} without a known answer").format(n=_missing(question))
        left = f"; {without}" if _missing(question) else ""
        asked = _("{question} ({n} asked): {answers}")
        parts.append(asked.format(question=_(question["title"]), n=question["base"], answers=told + left) + ".")
    return _("Dot plot of counts and intervals.") + " " + " ".join(parts)
