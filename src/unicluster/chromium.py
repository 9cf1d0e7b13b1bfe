"""Print an HTML document to PDF with the Chromium of this machine, where there is one."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor

from unicluster.escape import as_html

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \()(D:[^)]*)(\))")
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
    header = f'<div style="{_LINE}">{as_html(head)}</div>'
    pages = '<span class="pageNumber"></span> / <span class="totalPages"></span>'
    footer = f'<div style="{_LINE} text-align: right">{pages}</div>'
    # A thread of its own: Playwright refuses to share an event loop that is running, such as a notebook has.
    with ThreadPoolExecutor(max_workers=1) as aside:
        return without_dates(aside.submit(_printed, document, header, footer, program).result())


def _printed(document: str, header: str, footer: str, program: str) -> bytes:
    # Imported only where something is printed.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        try:
            page = opened.new_context(offline=True, java_script_enabled=False).new_page()
            page.set_content(document, wait_until="load")
            return page.pdf(
                prefer_css_page_size=True,
                print_background=True,
                tagged=True,
                outline=True,
                display_header_footer=True,
                header_template=header,
                footer_template=footer,
            )
        finally:
            opened.close()


def without_dates(printed: bytes) -> bytes:
    """A PDF whose dates are all the same, each as long as it was: the file counts its own bytes."""
    return _DATE.sub(lambda told: told[1] + _MOMENT[: len(told[2])].ljust(len(told[2])) + told[3], printed)
