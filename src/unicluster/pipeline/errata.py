"""The errata page and the exported ledger: what is made from the results of the chapter on claims."""

from __future__ import annotations

import json
import re

import pandas as pd

from unicluster import claims, paths, results
from unicluster.display import show
from unicluster.escape import markdown
from unicluster.regions import DEFAULT

WEIGHTS = {
    "much": ("matters much", "существенно"),
    "some": ("matters somewhat", "умеренно"),
    "slight": ("slight", "незначительно"),
}
PARTS = {
    "printed": ("Printed", "Напечатано"),
    "follows": ("What follows", "Что следует из данных статьи"),
    "repair": ("Smallest repair", "Минимальное исправление"),
    "matters": ("Why it matters", "Значение"),
}
FIELD = re.compile(r"\{([a-z0-9-]+)\.(printed|recomputed|low|high)\}")
TEXT = ["id", "printed", "recomputed", "half_up", "half_even", "truncated"]


def ledger() -> pd.DataFrame:
    """The ledger as the chapter on claims saved it."""
    file = paths.BUILD / "results" / DEFAULT / "claims" / "claims.csv"
    return pd.read_csv(file, dtype=dict.fromkeys(TEXT, "string"))


def errata_page(errata: pd.DataFrame, ledger: pd.DataFrame) -> str:
    """The errata in English and Russian, those that matter most first.

    Parameters
    ----------
    errata : DataFrame
        The table ``errata``.
    ledger : DataFrame
        From `unicluster.claims.ledger`.
    """
    values = ledger.set_index("id")
    order = sorted(errata.itertuples(), key=lambda row: list(WEIGHTS).index(row.weight))
    parts = [
        "# Errata\n\nFor the authors and the journal. Each entry says what is printed, what follows from the article's "
        "own data, the smallest change that would repair it, and how much it matters. Lines are those of the "
        "plain-text copy. The numbers come from the [ledger of claims](claims.ipynb).\n\n"
        "Для авторов и редакции. Английский текст, затем русский.\n"
    ]
    for row in order:
        links = ", ".join(f'<a href="claims.html#claim-{name}">{name}</a>' for name in row.claims.split(";"))
        parts.append(f"## {markdown(row.title_en)}\n\n*{WEIGHTS[row.weight][0]}*; claims: {links}\n")
        parts += [f"- **{en}.** {fill(getattr(row, f'{key}_en'), values)}" for key, (en, _) in PARTS.items()]
        parts.append(f'\n<div lang="ru">\n\n**{markdown(row.title_ru)}** (*{WEIGHTS[row.weight][1]}*)\n')
        parts += [f"- **{ru}.** {fill(getattr(row, f'{key}_ru'), values)}" for key, (_, ru) in PARTS.items()]
        parts.append("\n</div>\n")
    return "\n".join(parts)


def fill(text: str, values: pd.DataFrame) -> str:
    """Markdown of a text in which ``{claim.printed}`` and the like stand for what the ledger has.

    Raises
    ------
    KeyError
        When the ledger has no such claim.
    """
    return markdown(FIELD.sub(lambda match: _shown(values.loc[match[1], match[2]]), text))


def export() -> None:
    """Copy the ledger to ``build/claims.csv`` and ``build/claims.json``, for other work to cite."""
    table = ledger()
    rows = claims.export(table)
    paths.BUILD.mkdir(exist_ok=True)
    (paths.BUILD / "claims.csv").write_text(results.to_csv(table), encoding="utf-8", newline="\n")
    text = json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False)
    (paths.BUILD / "claims.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _shown(value: object) -> str:
    """A value of the ledger for reading: a long decimal to one place."""
    try:
        number = float(value)
    except ValueError:
        return str(value)
    return show(int(number)) if number == int(number) else show(number)
