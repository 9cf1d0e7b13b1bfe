"""Run the notebooks with their default parameters and keep the outputs in them (`make notebooks`)."""

from __future__ import annotations

import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from unicluster import paths
from unicluster.pipeline.plan import CHAPTERS, Chapter, default_region
from unicluster.pipeline.run import KERNEL_OPTIONS, write_notebook
from unicluster.pipeline.stamp import stamp


def refresh(chapter: Chapter) -> str | None:
    """Run one notebook in place; return what failed, or None. A failing notebook is left as it was."""
    notebook = nbformat.read(chapter.file, as_version=4)
    try:
        place = {"metadata": {"path": str(paths.ROOT)}}
        NotebookClient(notebook, kernel_name="python3", extra_arguments=KERNEL_OPTIONS, resources=place).execute()
    except CellExecutionError as error:
        return f"{chapter.name}: {error.ename}: {error.evalue}"
    write_notebook(stamp(notebook, f"{default_region(chapter)}-{chapter.name}"), chapter.file)
    print(f"{chapter.name} refreshed")
    return None


def main(names: list[str]) -> int:
    """Refresh the named notebooks, or all."""
    chosen = [chapter for chapter in CHAPTERS if not names or chapter.name in names]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        os.environ["UNICLUSTER_RESULTS"] = folder
        failed = list(pool.map(refresh, chosen))
    told = [line for line in failed if line]
    for line in told:
        print(line, file=sys.stderr)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
