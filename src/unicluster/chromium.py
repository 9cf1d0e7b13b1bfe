"""Print HTML documents to PDF with the Chromium of this machine, where there is one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from unicluster.escape import as_html

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 300_000
"""Milliseconds that a large document may take."""
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \()(D:[^)]*)(\))")
_NODE = re.compile(rb"\(node([0-9A-Fa-f]{8})\)")
_MOMENT = b"D:20240101000000+00'00'"
_LINE = "font: 7pt 'DejaVu Sans', sans-serif; width: 100%; padding: 0 14mm; color: #595959;"


def browser() -> str | None:
    """Path of a Chromium, None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def print_pdfs(documents: Sequence[tuple[str, str]], program: str) -> list[bytes]:
    """HTML documents as tagged PDF, A4, the same bytes for the same document and browser.

    Parameters
    ----------
    documents : sequence of (str, str)
        HTML that needs nothing from elsewhere, and what stands above every page of it. To start the browser takes
        longer than to print: give all that there is to print.
    program : str
        From `browser`.
    """

    def shown(document: str) -> Callable[[Any], Any]:
        def show(opened: Any) -> Any:
            page = opened.new_context(offline=True, java_script_enabled=False).new_page()
            page.set_content(document, wait_until="load")
            return page

        return show

    return _aside([(shown(document), head) for document, head in documents], program, tagged=True)


def print_file(file: Path, head: str, program: str, tagged: bool = True) -> bytes:
    """A page on disk as PDF, with the pictures and the typesetting of formulas that lie beside it, as `print_pdfs`.

    Parameters
    ----------
    file : Path
        HTML; it may load files, and nothing from a network.
    head : str
        What stands above every page.
    program : str
        From `browser`.
    tagged : bool
        Whether the PDF tells a screen reader what is a heading or a table, and has an outline; to do so takes time.
    """

    def show(opened: Any) -> Any:
        page = opened.new_context(offline=True).new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(file.resolve().as_uri(), wait_until="load")
        page.evaluate("window.MathJax?.startup?.promise?.then(() => true)")
        return page

    [printed] = _aside([(show, head)], program, tagged)
    return printed


def _aside(pages: Sequence[tuple[Callable[[Any], Any], str]], program: str, tagged: bool) -> list[bytes]:
    # A thread of its own: Playwright refuses to share an event loop that is running, such as a notebook has.
    with ThreadPoolExecutor(max_workers=1) as aside:
        return [without_nodes(without_dates(made)) for made in aside.submit(_printed, pages, program, tagged).result()]


def _printed(pages: Sequence[tuple[Callable[[Any], Any], str]], program: str, tagged: bool) -> list[bytes]:
    # Imported only where something is printed.
    from playwright.sync_api import sync_playwright

    numbers = '<span class="pageNumber"></span> / <span class="totalPages"></span>'
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        try:
            return [
                show(opened).pdf(
                    prefer_css_page_size=True,
                    print_background=True,
                    tagged=tagged,
                    outline=tagged,
                    display_header_footer=True,
                    header_template=f'<div style="{_LINE}">{as_html(head)}</div>',
                    footer_template=f'<div style="{_LINE} text-align: right">{numbers}</div>',
                )
                for show, head in pages
            ]
        finally:
            opened.close()


def without_dates(printed: bytes) -> bytes:
    """A PDF whose dates are all the same, each as long as it was: the file counts its own bytes."""
    return _DATE.sub(lambda told: told[1] + _MOMENT[: len(told[2])].ljust(len(told[2])) + told[3], printed)


def without_nodes(printed: bytes) -> bytes:
    """A PDF whose cells of tables are numbered from one: the browser numbers them as it happened to load the page."""
    ranks = {name: number for number, name in enumerate(sorted(set(_NODE.findall(printed))), start=1)}
    return _NODE.sub(lambda told: b"(node%08d)" % ranks[told[1]], printed)
