"""Remove what an earlier build of the book left, so that the same inputs give the same bytes.

Sphinx builds again only the pages that changed. It keeps pages of documents that are gone, images that no page shows
any more and words that no page holds, and marks a file by its checksum only if the file was there when the page was
written.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

CHECKSUM = re.compile(r"(?<=\.css)\?v=[0-9a-f]+|(?<=\.js)\?v=[0-9a-f]+")
IMAGE = re.compile(r"_images/([^\"'?#>]+)")
INDEX = "searchindex.js"
BEFORE, AFTER = "Search.setIndex(", ")"
OWN_PAGES = ("index", "genindex", "search")
"""Pages that no document is behind."""


def remove(folder: Path) -> None:
    """Change a book to what a first build would have made.

    Parameters
    ----------
    folder : Path
        HTML as Sphinx left it; changed in place.
    """
    text = (folder / INDEX).read_text(encoding="utf-8")
    index = json.loads(text.removeprefix(BEFORE).removesuffix(AFTER))
    for kind in ("terms", "titleterms"):
        index[kind] = {word: pages for word, pages in index[kind].items() if pages != []}
    (folder / INDEX).write_text(f"{BEFORE}{json.dumps(index)}{AFTER}", encoding="utf-8", newline="\n")
    documents = {*index["docnames"], *OWN_PAGES}
    _documents(folder / "_sources", documents)
    shown = _documents(folder, documents)
    for image in sorted((folder / "_images").glob("*")):
        if image.name not in shown:
            image.unlink()


def _documents(folder: Path, kept: set[str]) -> set[str]:
    """Remove the pages of a folder that are of no document; the names of the images that the others show."""
    shown: set[str] = set()
    for file in sorted(folder.rglob("*")):
        place = file.relative_to(folder)
        if not file.is_file() or place.parts[0].startswith("_"):
            continue
        if file.suffix in (".html", ".ipynb", ".md") and place.with_suffix("").as_posix() not in kept:
            file.unlink()
        elif file.suffix == ".html":
            page = file.read_text(encoding="utf-8")
            shown |= {unquote(name) for name in IMAGE.findall(page)}
            if (clean := CHECKSUM.sub("", page)) != page:
                file.write_text(clean, encoding="utf-8", newline="\n")
    return shown
