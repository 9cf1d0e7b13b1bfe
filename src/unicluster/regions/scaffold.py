"""A new region's folder, made whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from unicluster import paths, tables
from unicluster.faults import Fault, refuse
from unicluster.regions import examples
from unicluster.regions.csv_text import as_csv
from unicluster.regions.description import ID

BYTE_ORDER_MARK = "\ufeff"
"""At the head of a table, so that Excel takes it as UTF-8 when it is opened by a double click."""

DEFAULTS = {"currency": "KZT", "base_year": 2020, "plan_year": 2024, "price_basis": "unknown"}
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
LONGEST = 40


def new_files(region: str) -> dict[str, str]:
    """The text of every file of a new region's folder, by name.

    Parameters
    ----------
    region : str
        Identifier; where it is that of an oblast of Kazakhstan, names and universities come from the tables of
        oblasts and universities.
    """
    files = {"region.yml": description_text(region), "README.md": readme(region)}
    for file_name, name in tables.region_tables().items():
        comments = [(0, row) for row in examples.comments(file_name)]
        files[file_name] = BYTE_ORDER_MARK + as_csv(examples.columns(tables.table(name)), [], comments)
    return files


def description_text(region: str) -> str:
    """The text of ``region.yml`` with everything that can be known beforehand."""
    known = known_of(region)
    title = region.replace("-", " ").title()
    names = known.get("name", {"en": title, "ru": title, "kk": title})
    universities = known.get("universities", [])
    told = "" if known else "# Put the region's names here."
    values = {"region": region, "name": names, "oblasts": [region], "universities": universities, **DEFAULTS}
    values |= {"context": {"transition": True, "mining": True}, "dictionary": tables.version()}
    comments = {
        "name": told,
        "universities": "# The identifiers of your universities, as the tables use them." if not universities else "",
        "base_year": "# Growth is reckoned between these two years.",
        "price_basis": "# In whose prices the plan is written: current, base-year or unknown.",
        "context": "# Is it a transition economy, and does it live by mining?",
        "dictionary": "# The version of the data dictionary; a program changes it.",
    }
    lines = []
    for key, value in values.items():
        lines += [comments[key]] if comments.get(key) else []
        written = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=1000, sort_keys=False)
        lines.append(f"{key}: {written.removesuffix('...' + chr(10)).strip()}")
    return "\n".join(lines) + "\n"


def known_of(region: str) -> dict[str, Any]:
    """What the tables of oblasts and universities know of a region; nothing where it is no oblast of Kazakhstan."""
    described = tables.load("oblasts").set_index("oblast")
    if region not in described.index:
        return {}
    row = described.loc[region]
    english = row["name_en"] + ("" if any(word in row["name_en"] for word in ("oblast", "city")) else " oblast")
    universities = tables.load("universities").query("oblast == @region")["university"].tolist()
    names = {"en": english, "ru": row["name_ru"], "kk": row["name_kk"]}
    return {"name": names, "oblasts": [region], "universities": universities}


def readme(region: str) -> str:
    """What each file of the folder is, with its columns."""
    lines = [
        f"# {region}",
        "",
        "The data of one region. `region.yml` describes it; the tables below hold its numbers. Every table is",
        "optional: delete it, or leave it without rows, and the chapters that need it say what is missing.",
        "",
        "Rows whose first cell begins with `#` and a space are comments and never data. The first rows of each new",
        "table show an example in this way.",
        "",
        f"`make check REGION={region}` says everything that is wrong; `make region REGION={region}` runs the",
        "notebooks.",
    ]
    for file_name, name in tables.region_tables().items():
        described = tables.table(name)
        lines += ["", f"## {file_name}", "", f"{described.title}. {described.description}", ""]
        for field in described.fields:
            if field.article_only:
                continue
            limits = field.constraints
            needed = "required" if field.required else "may be empty"
            parts = [field.type, *([field.unit] if field.unit else []), needed]
            allowed = f" One of: {', '.join(map(str, limits['enum']))}." if "enum" in limits else ""
            lines.append(f"- `{field.name}` ({', '.join(parts)}): {field.description}{allowed}")
    return "\n".join(lines) + "\n"


def refuse_name(region: str, root: Path) -> None:
    """Refuse a name that cannot be a folder here, or that is taken."""
    if not ID.fullmatch(region) or region in RESERVED or len(region) > LONGEST:
        message = f"'{region}' cannot be a region: use small Latin letters, digits and hyphens, at most {LONGEST}"
        near = tables.suggest(region.casefold(), tables.oblasts())
        refuse([Fault(message + near, rule="name")])
    if os.path.lexists(root / region):
        refuse([Fault("the folder is there already; choose another name or delete it first", f"regions/{region}")])


def create(region: str, files: Mapping[str, str], root: Path | None = None) -> Path:
    """Make a region's folder with these files, all at once.

    The files are written elsewhere first; the folder takes its name only when every one of them is complete.

    Raises
    ------
    InputError
        When the name cannot be one, or the folder exists.
    """
    root = root or paths.REGIONS
    refuse_name(region, root)
    root.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".new-{region}-", dir=root))
    try:
        for name, text in files.items():
            (made / name).write_text(text, encoding="utf-8", newline="")
        made.chmod(0o755)
        refuse_name(region, root)
        made.rename(root / region)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return root / region
