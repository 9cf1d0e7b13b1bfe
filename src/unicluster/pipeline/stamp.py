"""Make an executed notebook the same on every machine and ready for the book."""

from __future__ import annotations

import re
from typing import Any

from nbformat import NotebookNode

from unicluster.escape import markdown
from unicluster.pipeline.provenance import link_tables, where_from

_HIDDEN = {"parameters": "hide-cell", "injected-parameters": "remove-cell"}


FICTITIOUS = (
    "```{admonition} A region that does not exist\n:class: warning\n"
    "This region is invented for teaching. Everything on this page that is said of it is `synthetic`; only the "
    "literature and what is said of the article are real.\n```"
)


def stamp(
    notebook: NotebookNode,
    label: str,
    title_of: str | None = None,
    fictitious: bool = False,
    folder: str | None = None,
) -> NotebookNode:
    """Remove what differs between runs and give every figure its caption, label and alternative text.

    Parameters
    ----------
    notebook : NotebookNode
        An executed notebook; changed in place.
    label : str
        Prefix that makes figure labels unique in the book, ``<region>-<notebook>``.
    title_of : str, optional
        Name of the region, added to the title where the page is not of the article's pooled data.
    fictitious : bool
        Whether the page must say under its title that the region does not exist.
    folder : str, optional
        Where the page finds its results (`provenance.results_path`), to which figures and tables then lead.

    Returns
    -------
    NotebookNode
        The same notebook.
    """
    version = notebook.metadata.get("language_info", {}).get("name", "python")
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(display_name="Python 3", language="python", name="python3"),
        language_info=NotebookNode(name=version),
    )
    if title_of:
        heading, _, rest = notebook.cells[0].source.partition("\n")
        notebook.cells[0].source = f"{heading}: {markdown(title_of)}\n{rest}"
    if fictitious:
        heading, _, rest = notebook.cells[0].source.partition("\n")
        notebook.cells[0].source = f"{heading}\n\n{FICTITIOUS}\n{rest}"
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"
        tags = [tag for tag in cell.metadata.get("tags", []) if tag not in ("hide-input", *_HIDDEN.values())]
        cell["metadata"] = NotebookNode()
        if cell.cell_type == "code":
            hide = next((_HIDDEN[tag] for tag in tags if tag in _HIDDEN), "hide-input")
            tags.append(hide)
            _stamp_outputs(cell, label, folder)
        if tags:
            cell.metadata["tags"] = tags
    return notebook


def _stamp_outputs(cell: NotebookNode, label: str, folder: str | None) -> None:
    for output in cell.outputs:
        words = output.get("metadata", {}).get("unicluster")
        if words:
            cell.metadata["mystnb"] = _figure_options(words, label, folder)
        if folder and "text/html" in output.get("data", {}):
            output["data"]["text/html"] = link_tables(output["data"]["text/html"], folder)
        if "execution_count" in output:
            output["execution_count"] = cell.execution_count


def _figure_options(words: dict[str, Any], label: str, folder: str | None) -> NotebookNode:
    name = re.sub(r"[^a-z0-9]+", "-", f"fig-{label}-{words['name']}".lower())
    caption = markdown(words["caption"]) + (f" {where_from(words['name'], folder)}" if folder else "")
    return NotebookNode(
        figure=NotebookNode(name=name, caption=caption),
        image=NotebookNode(alt=words["alt"], align="center"),
    )
