"""A dossier as a page of the book (MyST Markdown with tables in HTML)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat

from unicluster.dossier.model import Cell, Dossier, Part, Picture, Table, Text
from unicluster.escape import markdown, seen, seen_html
from unicluster.language import _, speaking

CLASSES = {"plain": "dossier-text", "open": "dossier-open", "warning": "dossier-warning"}


def page(dossier: Dossier, links: str, pictures: str, missing: str = "") -> str:
    """The text of the page.

    Parameters
    ----------
    dossier : Dossier
    links : str
        Links to the files and to the same dossier in other languages, HTML.
    pictures : str
        Folder of the figures (`drawings`), relative to the page.
    missing : str
        What to say of a form that could not be made.
    """
    with speaking(dossier.language):
        parts = [f"# {markdown(dossier.title)}", banner(dossier), f'<p class="dossier-links">{links}</p>']
        parts += [markdown(missing), *(_part(part, dossier, pictures) for part in dossier.parts)]
        return "\n\n".join(part for part in parts if part) + "\n"


def drawings(dossier: Dossier) -> dict[str, str]:
    """Every figure of a dossier as SVG, by the name of its file without ending."""
    with speaking(dossier.language):
        blocks = [block for part in dossier.parts for block in part.blocks if isinstance(block, Picture)]
        return {figure_file(dossier, picture): picture.svg for picture in blocks}


def banner(dossier: Dossier) -> str:
    """What is said under the title of a region that does not exist."""
    return f'<div class="dossier-warning">{seen_html(dossier.fictitious)}</div>' if dossier.fictitious else ""


def table_html(table: Table, links: Mapping[str, str] | None = None) -> str:
    """A table as HTML without an empty line, every cell escaped and its source beside it."""
    caption = seen_html(table.caption)
    numeric = table.numeric
    head = "".join(
        f'<th scope="col"{_class(number, False)}>{seen_html(heading)}</th>'
        for heading, number in zip(table.headings, numeric, strict=True)
    )
    body = "\n".join(
        "<tr>" + "".join(map(_cell, row, numeric, table.headings if table.stacked else repeat(""))) + "</tr>"
        for row in table.rows
    )
    note = f'<p class="dossier-note">{seen_html(table.note)}</p>\n' if table.note else ""
    framed = (
        f'<div class="table-frame" tabindex="0" role="region" aria-label="{caption}">\n'
        f'<table class="result dossier{" stacked" if table.stacked else ""}">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )
    named = f'<p class="table-caption">{caption} {source_html(table.sources, links)}</p>\n{note}'
    if table.long and links is not None:
        rows = seen_html(_("Show {n} rows").format(n=len(table.rows)))
        return f"{named}<details><summary>{rows}</summary>\n{framed}\n</details>"
    return named + framed


def source_html(sources: tuple[str, ...], links: Mapping[str, str] | None) -> str:
    """The identifiers of sources, each leading to the page behind it where there is one."""
    if not sources:
        return ""
    told = ", ".join(
        f'<a href="{seen_html(links[source])}">{source}</a>' if links and source in links else source
        for source in sources
    )
    return f'<span class="dossier-source">[{told}]</span>'


def text_html(text: Text) -> str:
    """A paragraph as HTML."""
    return f'<p class="{CLASSES[text.kind]}">{seen_html(text.text)}</p>'


def heading(part: Part) -> str:
    """A part's title with its number."""
    return part.title if part.number is None else f"{part.number}. {part.title}"


def figure_file(dossier: Dossier, picture: Picture) -> str:
    """How the file of a figure is called, without ending."""
    return f"{picture.name}-{dossier.language}"


def tagged_caption(picture: Picture) -> str:
    """A figure's caption with its tag and its sources."""
    return f"{seen(picture.figure.caption)} ({_(picture.tag)}; {', '.join(picture.sources)})"


def _part(part: Part, dossier: Dossier, pictures: str) -> str:
    blocks = [f"## {markdown(heading(part))}"]
    if part.content:
        blocks.append(f'<p class="dossier-content">{seen_html(part.content)}</p>')
    for block in part.blocks:
        if isinstance(block, Picture):
            blocks.append(_figure(block, dossier, pictures))
        elif isinstance(block, Table):
            blocks.append(table_html(block, dossier.links))
        else:
            blocks.append(text_html(block))
    return "\n\n".join(blocks)


def _figure(picture: Picture, dossier: Dossier, pictures: str) -> str:
    name = f"fig-{dossier.region}-dossier-{figure_file(dossier, picture)}"
    alt = seen(picture.figure.alt)
    return (
        f"```{{figure}} {pictures}{figure_file(dossier, picture)}.svg\n:name: {name}\n:alt: {alt}\n\n"
        f"{markdown(tagged_caption(picture))}\n```"
    )


def _cell(cell: Cell, number: bool, label: str) -> str:
    named = f' data-label="{seen_html(label)}"' if label else ""
    source = f' data-source="{seen_html(cell.source)}"' if cell.source else ""
    tag = f' data-tag="{cell.tag}"' if cell.tag else ""
    return f"<td{_class(number, cell.open)}{named}{source}{tag}>{seen_html(cell.text)}</td>"


def _class(number: bool, is_open: bool) -> str:
    names = " ".join(name for name, holds in (("number", number), ("open", is_open)) if holds)
    return f' class="{names}"' if names else ""
