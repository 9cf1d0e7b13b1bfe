"""The claims of the article that a chapter works with, shown at the chapter's end."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from unicluster.escape import as_html


def section(ledger: pd.DataFrame, topics: Collection[str]) -> str:
    """A section that lists the claims of some topics with their verdicts, each leading to its row in the ledger.

    Parameters
    ----------
    ledger : DataFrame
        From `unicluster.claims.ledger`.
    topics : collection of str
        Topics of the chapter.

    Returns
    -------
    str
        Markdown.
    """
    rows = ledger[ledger["topic"].isin(topics)]
    counts = ", ".join(f"{count} {verdict}" for verdict, count in rows["verdict"].value_counts().items())
    body = "\n".join(
        f'<tr><th scope="row"><a href="claims.html#claim-{row.id}">{row.id}</a></th>'
        f"<td>{as_html(row.statement)}</td><td>{row.verdict}</td></tr>"
        for row in rows.itertuples()
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Claim", "Statement", "Verdict"))
    return (
        "## Claims of the article tested here\n\n"
        f"The article makes {len(rows)} claims on what this chapter works with: {counts}. "
        "Each is recomputed in [Every number of the article](claims.ipynb).\n\n"
        '<div class="table-frame" tabindex="0" role="region" aria-label="Claims tested here">\n'
        f'<table class="result">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>\n'
    )
