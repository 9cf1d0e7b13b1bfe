"""Where a page and each of its results come from: links to the data, and a panel to make the page again."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from typing import Any

from unicluster.escape import as_html

ANCHOR = "where-this-page-comes-from"
TABLE = re.compile(
    r'(<p class="table-caption">)(.*?)(</p>\s*<div class="table-frame"[^>]* data-result="([a-z0-9_-]+)")'
)


def results_path(region: str, chapter: str) -> str:
    """The folder of a chapter's results in the built book, as seen from its page."""
    return f"../../results/{region}/{chapter}"


def where_from(name: str, folder: str) -> str:
    """Links of one result as HTML: the data behind it, and how the page was made.

    Parameters
    ----------
    name : str
        Result as the notebook saved it.
    folder : str
        From `results_path`.
    """
    data = f'<a href="{folder}/{as_html(name)}.csv" download title="The data as CSV">data</a>'
    run = f'<a href="#{ANCHOR}" title="Notebook, parameters, inputs and the command that makes it again">run</a>'
    return f'<span class="where-from">{data} · {run}</span>'


def link_tables(html: str, folder: str) -> str:
    """HTML of a table output with the links of every result in it beside its caption."""
    return TABLE.sub(lambda found: f"{found[1]}{found[2]} {where_from(found[4], folder)}{found[3]}", html)


def panel(record: dict[str, Any], saved: Iterable[str], folder: str) -> str:
    """The last section of a page as Markdown: what made it, from what, and the command that makes it again.

    Parameters
    ----------
    record : dict
        The run record (``run.json``).
    saved : iterable of str
        Names of the files that the notebook saved.
    folder : str
        From `results_path`.
    """
    given = record["parameters"]
    notebook = f"notebooks/{record['notebook']}.ipynb"
    told = " ".join(f"-p {key} {shlex.quote(str(value))}" for key, value in given.items())
    commit = record["commit"] or "not known: no git here"
    packages = ", ".join(f"{name} {version}" for name, version in record["packages"].items())
    facts = [
        ("Region", as_html(given["region"])),
        ("Notebook", f"<code>{notebook}</code>"),
        ("Parameters", as_html("; ".join(f"{k} = {v}" for k, v in given.items()))),
        ("Commit", f"<code>{as_html(commit)}</code>"),
        ("Software", as_html(f"Python {record['python']}, {packages}")),
        ("Make it again", f"<code>make region REGION={as_html(given['region'])}</code>"),
        ("This notebook alone", f"<code>papermill {notebook} out.ipynb {as_html(told)}</code>"),
    ]
    links = [f'<a href="{folder}/{as_html(n)}" download>{as_html(n)}</a>' for n in sorted(saved) if n.endswith(".csv")]
    links.append(f'<a href="{folder}/run.json" download>run.json</a> (run record)')
    facts.append(("Results", ", ".join(links)))
    rows = "\n".join(f'<tr><th scope="row">{key}</th><td>{value}</td></tr>' for key, value in facts)
    hashes = "\n".join(
        f'<tr><th scope="row"><code>{as_html(file)}</code></th><td><code>{digest[:16]}</code></td></tr>'
        for file, digest in record["inputs"].items()
    )
    return (
        "## Where this page comes from\n\n"
        f'<table class="result facts">\n<tbody>\n{rows}\n</tbody>\n</table>\n\n'
        f'<details class="inputs"><summary>Inputs and the beginning of their SHA-256</summary>\n'
        f'<table class="result facts">\n<tbody>\n{hashes}\n</tbody>\n</table>\n</details>\n'
    )
