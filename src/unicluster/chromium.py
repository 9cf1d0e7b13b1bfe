"""Print an HTML document to PDF with the Chromium of this machine, where there is one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
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


def print_pdf(document: str, head: str, program: str) -> bytes:
    """An HTML document as tagged PDF, A4, the same bytes for the same document and browser.

    Parameters
    ----------
    document : str
        HTML that needs nothing from elsewhere.
    head : str
        What stands above every page.
    program : str
        From `browser`.
    """

    def show(opened: Any) -> Any:
        page = opened.new_context(offline=True, java_script_enabled=False).new_page()
        page.set_content(document, wait_until="load")
        return page

    return _aside(show, head, program, tagged=True)


def print_file(file: Path, head: str, program: str, tagged: bool = True) -> bytes:
    """A page on disk as PDF, with the pictures and the typesetting of formulas that lie beside it, as `print_pdf`.

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

    return _aside(show, head, program, tagged)


def _aside(show: Callable[[Any], Any], head: str, program: str, tagged: bool) -> bytes:
    header = f'<div style="{_LINE}">{as_html(head)}</div>'
    pages = '<span class="pageNumber"></span> / <span class="totalPages"></span>'
    footer = f'<div style="{_LINE} text-align: right">{pages}</div>'
    # A thread of its own: Playwright refuses to share an event loop that is running, such as a notebook has.
    with ThreadPoolExecutor(max_workers=1) as aside:
        return without_nodes(without_dates(aside.submit(_printed, show, header, footer, program, tagged).result()))


def _printed(show: Callable[[Any], Any], header: str, footer: str, program: str, tagged: bool) -> bytes:
    # Imported only where something is printed.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        try:
            return show(opened).pdf(
                prefer_css_page_size=True,
                print_background=True,
                tagged=tagged,
                outline=tagged,
                display_header_footer=True,
                header_template=header,
                footer_template=footer,
            )
        finally:
            opened.close()


def without_dates(printed: bytes) -> bytes:
    """A PDF whose dates are all the same, each as long as it was: the file counts its own bytes."""
    return _DATE.sub(lambda told: told[1] + _MOMENT[: len(told[2])].ljust(len(told[2])) + told[3], printed)


def without_nodes(printed: bytes) -> bytes:
    """A PDF whose cells of tables are numbered from one: the browser numbers them as it happened to load the page."""
    ranks = {name: number for number, name in enumerate(sorted(set(_NODE.findall(printed))), start=1)}
    return _NODE.sub(lambda told: b"(node%08d)" % ranks[told[1]], printed)
