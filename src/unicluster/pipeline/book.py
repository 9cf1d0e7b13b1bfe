"""Build the HTML book and put it in place only when it is whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from unicluster import paths
from unicluster.pipeline import downloads, leftovers, policy, weight

# Jupyter Book leaves a page without title, language and encoding where a reader begins.
FIRST_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>unicluster</title>
<meta http-equiv="refresh" content="0; url=intro.html">
</head>
<body><p><a href="intro.html">unicluster</a></p></body>
</html>
"""
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class BookError(RuntimeError):
    """Jupyter Book failed or warned; the message names the log and its first complaints."""


def build() -> None:
    """Run Jupyter Book with warnings as errors on ``book/`` and replace ``_build/html`` on success.

    Raises
    ------
    BookError
        When Jupyter Book fails or warns; the earlier book stays as it was.
    """
    work = paths.BUILD / "book"
    work.mkdir(parents=True, exist_ok=True)
    program = [sys.executable, "-c", "import unicluster.pipeline; from jupyter_book.cli.main import main; main()"]
    command = [*program, "build", str(paths.BOOK), "--path-output", str(work)]
    command += ["--config", str(paths.ROOT / "_config.yml"), "--toc", str(paths.GENERATED / "_toc.yml")]
    command += ["-n", "-W", "--keep-going"]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
    log = work / "build.log"
    with log.open("w", encoding="utf-8") as out:
        ended = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, env=environment, cwd=paths.ROOT)
    if ended.returncode:
        text = ANSI.sub("", log.read_text(encoding="utf-8")).replace(f"{paths.ROOT}/", "")
        told = re.findall(r"^.*(?:WARNING|ERROR|CRITICAL|Error):.*$", text, flags=re.MULTILINE)
        first = "; ".join(told[:3]) or "see the log"
        raise BookError(f"the book could not be built: {first} (log: {log.relative_to(paths.ROOT).as_posix()})")
    _put_in_place(work / "_build" / "html")


def _put_in_place(built: Path) -> None:
    """Swap the finished book in, with the results and dossiers that its pages lead to."""
    fresh = paths.HTML.with_name("html.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(built, fresh, ignore=shutil.ignore_patterns(".buildinfo*", "reports", "*webpack-macros.html"))
    leftovers.remove(fresh)
    (fresh / "index.html").write_text(FIRST_PAGE, encoding="utf-8", newline="\n")
    for page in fresh.rglob("*-ru.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace('<html lang="en"', '<html lang="ru"', 1), encoding="utf-8", newline="\n")
    downloads.copy(fresh)
    if paths.FCM_LAB.is_dir():
        shutil.copytree(paths.FCM_LAB, fresh / "fcm_lab", dirs_exist_ok=True)
    dossiers = paths.BUILD / "dossiers"
    if dossiers.is_dir():
        shutil.copytree(dossiers, fresh / "dossiers")
    weight.lighten(fresh)
    policy.write(fresh)
    shutil.rmtree(paths.HTML, ignore_errors=True)
    fresh.replace(paths.HTML)
