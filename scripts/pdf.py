"""Print the whole built book to PDF, where there is a Chromium (`make pdf`)."""

from __future__ import annotations

import sys

import yaml

from unicluster import chromium, paths
from unicluster.pipeline import downloads, printed_book


def main() -> int:
    """Print the book that lies in ``_build/html``; the exit code is 0 when it was printed."""
    program = chromium.browser()
    if program is None:
        print("no Chromium on this machine: the book cannot be printed", file=sys.stderr)
        return 1
    if not (paths.HTML / "index.html").is_file():
        print("there is no book to print: run `make book` first", file=sys.stderr)
        return 2
    title = printed_book.title_page(yaml.safe_load(downloads.CITATION.read_text(encoding="utf-8")))
    toc = (paths.GENERATED / "_toc.yml").read_text(encoding="utf-8")
    printed_book.put_in_place(printed_book.print_book(paths.HTML, toc, title, program))
    print(f"The PDF is {(paths.HTML / printed_book.FILE).relative_to(paths.ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
