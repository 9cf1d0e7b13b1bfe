"""What the ledger of claims tells, and the table in which to search it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import as_html, markdown

VERDICTS = ("exact", "rounding", "underdetermined", "discrepancy", "lost", "not recomputable")

PLACES = {
    "clusters": "cluster_effect.html#from-base-to-plan",
    "literature": "literature_factors.html#every-statement",
    "members": "cluster_model.html#who-is-named",
    "survey": "survey.html#counts-shares-and-intervals",
}
"""Where a chapter works with the claims of a topic."""

SEARCH = """\
<script>
(function () {
  const box = document.getElementById("claims-search"), rows = document.querySelectorAll("#claims-table tbody tr");
  const choices = document.querySelectorAll("#claims-filters select"), told = document.getElementById("claims-shown");
  function apply() {
    const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach(row => {
      const text = row.textContent.toLowerCase();
      const fits = words.every(word => text.includes(word)) &&
        [...choices].every(choice => !choice.value || row.dataset[choice.name] === choice.value);
      row.hidden = !fits;
      shown += fits;
    });
    told.textContent = shown + " of " + rows.length + " claims";
  }
  [box, ...choices].forEach(field => field.addEventListener("input", apply));
  document.getElementById("claims-filters").hidden = false;
  apply();
})();
</script>"""


class LedgerView:
    """Every claim in one table, to be searched and filtered by verdict, section and topic.

    Parameters
    ----------
    ledger : DataFrame
        From `unicluster.claims.ledger`.
    filters : mapping of str to sequence of str
        Columns to filter by, each with its values in order.
    """

    def __init__(self, ledger: pd.DataFrame, filters: Mapping[str, Sequence[str]]):
        self._ledger = ledger
        self._filters = filters

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.text()}

    def text(self) -> str:
        """The verdict on each claim as plain text."""
        return "\n".join(f"{r.id} (line {r.line}): {r.verdict}" for r in self._ledger.itertuples())

    def html(self) -> str:
        """Search field, filters and table; without a script the table stands there whole."""
        choices = "\n".join(
            f'<label>{as_html(name.capitalize())} <select name="{as_html(name)}"><option value="">all</option>'
            + "".join(f"<option>{as_html(value)}</option>" for value in values)
            + "</select></label>"
            for name, values in self._filters.items()
        )
        heads = ("Claim", "Line", "Printed", "Recomputed", "Difference", "Verdict", "Rule")
        head = "".join(f'<th scope="col">{name}</th>' for name in heads)
        body = "\n".join(self._row(row) for row in self._ledger.itertuples())
        return (
            '<div id="claims-filters" role="search" hidden>\n'
            '<label>Search <input id="claims-search" type="search"></label>\n'
            f'{choices}\n<span id="claims-shown" role="status"></span>\n</div>\n'
            '<div class="table-frame" tabindex="0" role="region" aria-label="Every claim">\n'
            f'<table class="result" id="claims-table">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n'
            f"</table>\n</div>\n{SEARCH}"
        )

    def _row(self, row: tuple) -> str:
        data = "".join(f' data-{name}="{as_html(getattr(row, name))}"' for name in self._filters)
        unit = "" if pd.isna(row.unit) else f" {row.unit}"
        words = {"more than": "more than ", "less than": "less than "}.get(row.relation, "")
        printed = "blank or in words" if pd.isna(row.printed) else f"{words}{row.printed}{unit}"
        rule = as_html(row.rule)
        if place := PLACES.get(row.topic):
            rule = f'<a href="{place}">{rule}</a>'
        reason = "" if pd.isna(row.reason) or not row.reason else f"<br><small>{as_html(row.reason)}</small>"
        difference = (
            "" if pd.isna(row.difference) or row.difference == 0 else f"{row.difference:+.3g}".replace("-", "−")
        )
        return (
            f'<tr id="claim-{row.id}"{data}><th scope="row"><a href="#claim-{row.id}">{row.id}</a><br>'
            f"<small>{as_html(row.statement)}</small></th>"
            f'<td class="number">{row.line}</td><td>{as_html(printed)}</td>'
            f"<td>{'' if pd.isna(row.recomputed) else as_html(row.recomputed)}</td>"
            f'<td class="number">{difference}</td><td>{as_html(row.verdict)}{reason}</td>'
            f"<td><code>{rule}</code></td></tr>"
        )


def verdicts(ledger: pd.DataFrame) -> Reading:
    """How many claims follow, how many do not, and how many nobody can check."""
    count = ledger["verdict"].value_counts().reindex(VERDICTS, fill_value=0)
    return Reading(
        f"Of {len(ledger)} claims **{count['exact'] + count['rounding']}** follow from the article's own data, "
        f"{count['rounding']} of them to the printed digit. **{count['discrepancy']}** contradict them. "
        f"For {count['underdetermined']} the text allows several values, {count['lost']} stood in pictures that our "
        f"copy lacks, and {count['not recomputable']} have nothing in the article to be computed from: printed once, "
        f"left blank or not measured. {int(ledger['by_hand'].sum())} verdicts were set by hand, where no rule can."
    )


def percentage_sets(sets: pd.DataFrame, questions: Mapping[str, str]) -> Reading:
    """Whether the percentages of each question can hold every respondent."""
    lines = []
    for question, rows in sets.groupby("question", sort=False):
        first = rows.iloc[0]
        possible = rows.dropna(subset="least")
        told = (
            f"- {markdown(questions[question])}: {first['options']} printed percentages of {first['base']}, "
            f"sum {show(first['percent'])}"
        )
        if possible.empty:
            lines.append(f"{told}. No rounding makes all of them possible.")
            continue
        least, most = possible["least"].min(), possible["most"].max()
        held = f"{least}" if least == most else f"{least} to {most}"
        rounds = ", ".join(possible["rounding"].str.replace("_", " "))
        lines.append(f"{told}. They hold {held} respondents if rounded {rounds}.")
    return Reading("\n".join(lines))


def numerals(index: pd.DataFrame) -> Reading:
    """How many numerals belong to a claim, and what the others are."""
    claimed = index["claim"].notna().sum()
    reasons = index["reason"].dropna().str.replace("-", " ").value_counts()
    listed = ", ".join(f"{markdown(reason)} {count}" for reason, count in reasons.items())
    return Reading(
        f"The article has {len(index)} numerals, in digits or in words. {claimed} belong to a claim. "
        f"The others are none, for a reason given with each: {listed}."
    )
