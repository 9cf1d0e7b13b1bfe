"""Do the coders of answers in words agree?"""

from __future__ import annotations

import pandas as pd

from unicluster.faults import Fault, refuse
from unicluster.language import mark
from unicluster.survey.coding import code_presence, coder_table, krippendorff_alpha
from unicluster.survey.respondents.study import or_reason

EVERY_CODE = mark("all codes")


@or_reason
def coder_agreement(codings: pd.DataFrame | None) -> pd.DataFrame:
    """Krippendorff's alpha of all codes together and of each code apart.

    Parameters
    ----------
    codings : DataFrame or None
        Table ``survey_codings``: ``unit``, ``coder``, ``code``.

    Returns
    -------
    DataFrame
        One row for all codes and one for each: ``code``, ``alpha``, ``units`` (coded by two or more), ``agree`` (of
        those,
        how many all coders judge alike), ``used`` (times the code was given), ``coders``.
    """
    if codings is None or codings.empty:
        refuse([Fault(mark("no codes have been supplied (survey_codings.csv)"))])
    several = codings.duplicated(["unit", "coder"], keep=False).any()
    rows = [] if several else [_row(EVERY_CODE, coder_table(codings), len(codings))]
    read = codings.groupby(["unit", "coder"]).size().unstack().notna()
    for code, used in codings["code"].value_counts().sort_index().items():
        rows.append(_row(code, code_presence(codings, code).astype(object).where(read), int(used)))
    return pd.DataFrame(rows).assign(coders=codings["coder"].nunique())


def _row(code: str, table: pd.DataFrame, used: int) -> dict[str, object]:
    twice = table[table.notna().sum(axis=1) >= 2]
    alike = twice.nunique(axis=1).eq(1).sum()
    return {"code": code, "alpha": krippendorff_alpha(table), "units": len(twice), "agree": int(alike), "used": used}
