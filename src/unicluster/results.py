"""The only way in and out of ``build/results``: what a notebook saves and what later stages read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from unicluster import paths
from unicluster.display import FigureView, Reading, TableView
from unicluster.escape import markdown
from unicluster.figures.style import Figure
from unicluster.language import _, use
from unicluster.regions import ID, load_region, names_in

FLOAT_FORMAT = "%.10g"
"""Ten digits: more than anyone reads, fewer than differ between machines."""


@dataclass(frozen=True)
class Run:
    """The results folder of one notebook for one region."""

    region: str
    notebook: str
    folder: Path

    def table(self, name: str, frame: pd.DataFrame | None, caption: str, **view: Any) -> TableView | Reading:
        """Save a tidy table as CSV and show it, or say that it is missing.

        Parameters
        ----------
        name : str
            File name without ending.
        frame : DataFrame or None
            One row an observation, no index; None where the region lacks the data.
        caption : str
            What the table shows.
        **view
            ``columns``, ``labels``, ``names`` and ``digits`` of `unicluster.display.TableView`.
        """
        if frame is None:
            return Reading(_("*Missing for want of data: {what}*").format(what=markdown(_(caption))))
        self._write(f"{name}.csv", to_csv(frame))
        return TableView(frame, caption, name=name, **view)

    def figure(self, name: str, figure: Figure | None) -> FigureView | Reading:
        """Save a figure as SVG with its data, caption and alternative text and show it, or say that it is missing."""
        if figure is None:
            told = _("the figure “{name}”").format(name=name.replace("_", " "))
            return Reading(_("*Missing for want of data: {what}*").format(what=told))
        data = to_csv(figure.data)
        svg = figure.svg()
        self._write(f"{name}.csv", data)
        self._write(f"{name}.svg", svg)
        words = {"caption": figure.caption, "alt": figure.alt, "data_sha256": digest(data)}
        self._write(f"{name}.figure.json", _json(words))
        return FigureView(name, svg, figure.caption, figure.alt, digest(data))

    def numbers(self, **values: Any) -> None:
        """Save headline numbers, each a dict with ``value``, ``unit``, ``tag`` and ``source``."""
        lacking = [k for k, v in values.items() if {"value", "unit", "tag", "source"} - set(v)]
        if lacking:
            raise TypeError(f"numbers without value, unit, tag or source: {', '.join(lacking)}")
        self._write("numbers.json", _json(dict(sorted(values.items()))))

    def _write(self, name: str, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8", newline="\n")


def start(region: str, notebook: str, language: str = "en", names: Mapping[str, str] | None = None) -> Run:
    """Open the results folder that the running notebook writes to, and choose the words of what it shows.

    Parameters
    ----------
    region, notebook : str
        Identifiers; the folder is ``<region>/<notebook>``.
    language : {"en", "ru"}
        Language of the figures and tables that follow; what is saved as data stays in English.
    names : mapping of str to str, optional
        Names in English that come from elsewhere than tables, with what they are called in that language.

    Raises
    ------
    InputError
        When there is no such region or language.
    """
    if not ID.fullmatch(region) or not ID.fullmatch(notebook.replace("_", "-")):
        raise ValueError("region and notebook are small Latin letters, digits and hyphens")
    place = load_region(region)
    use(language, {} if language == "en" else {**names_in(place, language), **(names or {})}, place.currency)
    return Run(region, notebook, paths.results_root() / region / notebook)


def read_table(region: str, notebook: str, name: str) -> pd.DataFrame:
    """Read a table that an earlier notebook saved for a region.

    Raises
    ------
    FileNotFoundError
        When that notebook has not run for that region, with the command that runs it.
    """
    return pd.read_csv(_existing(region, notebook, f"{name}.csv"))


def read_json(region: str, notebook: str, name: str) -> dict[str, Any]:
    """Read a JSON result (``numbers.json``, ``run.json`` or a figure's words) of an earlier notebook."""
    return json.loads(_existing(region, notebook, name).read_text(encoding="utf-8"))


def has(region: str, notebook: str, name: str) -> bool:
    """Whether a result file exists."""
    return any((root / region / notebook / name).is_file() for root in _roots())


def finished(region: str, notebook: str, name: str) -> Path | None:
    """A result file that the build finished, None where there is none.

    For what is made from results after the notebooks: what a notebook run by hand left is not looked at.
    """
    file = paths.BUILD / "results" / region / notebook / name
    return file if file.is_file() else None


def to_csv(frame: pd.DataFrame) -> str:
    """A table as CSV text, the same bytes on every machine."""
    # Adding nothing takes the sign off a zero: a matter of the last bit, which machines differ in.
    frame = frame.assign(**{name: column + 0.0 for name, column in frame.select_dtypes("float").items()})
    return frame.to_csv(index=False, float_format=FLOAT_FORMAT, lineterminator="\n")


def digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _roots() -> list[Path]:
    """Where results are looked for: this run's folder first, then the finished ones."""
    return [paths.results_root(), paths.BUILD / "results"]


def _existing(region: str, notebook: str, name: str) -> Path:
    for root in _roots():
        if (root / region / notebook / name).is_file():
            return root / region / notebook / name
    raise FileNotFoundError(f"no result {region}/{notebook}/{name}: run `make region REGION={region}` first")
