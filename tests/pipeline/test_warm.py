"""Warm kernels: the same outputs as ordinary ones, nothing left from one to the next, and ends noticed."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from unicluster.pipeline.warm import engine as warm
from unicluster.pipeline.warm import process

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not process.available(), reason="kernels cannot be forked here"),
]
warm.register()
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
SHOWN = """\
import os, sys, pandas as pd, matplotlib, matplotlib.pyplot as plt
print(matplotlib.get_backend(), os.getcwd(), os.environ["GIVEN"], sys.flags.hash_randomization)
print("told", file=sys.stderr)
plt.plot([0, 1], [1, 0]);"""
CHANGES = """\
import builtins, os, random, numpy as np, pandas as pd, matplotlib, unicluster.economics as economics
pd.set_option("display.max_rows", 3); matplotlib.rcParams["lines.linewidth"] = 99
os.environ["LEFT"] = "behind"; os.chdir("/"); builtins.left = 1; economics.READINGS["x"] = None
np.random.seed(1); random.seed(1)"""
LOOKS = """\
import builtins, os, random, numpy as np, pandas as pd, matplotlib, unicluster.economics as economics
print(pd.get_option("display.max_rows"), matplotlib.rcParams["lines.linewidth"], "LEFT" in os.environ,
      os.getcwd() == "/", hasattr(builtins, "left"), sorted(economics.READINGS))"""
DRAWS = "import random, numpy as np\nprint(random.random(), np.random.random())"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("GIVEN", "to the kernel")

    def run(*cells, engine=warm.NAME, **options):
        notebook = new_notebook(
            cells=[new_code_cell(cell, id=f"c{n}") for n, cell in enumerate(cells)], metadata=KERNEL
        )
        nbformat.write(notebook, tmp_path / "in.ipynb")
        done = papermill.execute_notebook(
            tmp_path / "in.ipynb",
            tmp_path / "out.ipynb",
            engine_name=engine,
            kernel_name="python3",
            progress_bar=False,
            cwd=tmp_path,
            extra_arguments=["--log-level=ERROR"],
            **options,
        )
        return [cell.outputs for cell in done.cells]

    return run


def test_the_outputs_are_those_of_an_ordinary_kernel(run):
    cells = (SHOWN, "pd.DataFrame({'a': [1, 2.5]})", "%time 1 + 1;", "[*globals()][:0], __name__, _")
    forked, ordinary = run(*cells), run(*cells, engine=None)
    for cell, outputs in enumerate(forked):
        if cell != 2:
            assert outputs == ordinary[cell]
    assert [output.output_type for output in forked[0]] == ["stream", "stream", "display_data"]


def test_an_error_is_that_of_an_ordinary_kernel(run):
    told = []
    for engine in (warm.NAME, None):
        with pytest.raises(PapermillExecutionError) as failed:
            run("def f():\n    return 1 / 0\nf()", engine=engine)
        told.append((failed.value.ename, failed.value.evalue, len(failed.value.traceback)))
    assert told[0] == told[1]


def test_nothing_is_left_from_one_notebook_to_the_next(run):
    before = run(LOOKS)
    run(CHANGES)
    assert run(LOOKS) == before
    assert "False False False" in before[0][0].text


def test_two_kernels_do_not_draw_the_same_by_chance(run):
    assert run(DRAWS) != run(DRAWS)


def test_a_notebook_is_written_when_it_ends_and_not_after_each_cell(run, tmp_path):
    shown = run("print('to' + 'ken')", "print('to' + 'ken' in open('out.ipynb').read())")
    assert shown[1][0].text == "False\n"
    assert "token" in (tmp_path / "out.ipynb").read_text(encoding="utf-8")


def test_a_kernel_that_is_killed_is_noticed_and_the_next_one_works(run, tmp_path):
    with pytest.raises(DeadKernelError):
        run("print('to' + 'ken')", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert "token" in (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    assert run("1 + 1")[0][0].data == {"text/plain": "2"}


def test_a_warm_process_that_is_killed_is_started_again(run):
    run("1")
    with pytest.raises(DeadKernelError):
        run("import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL); time.sleep(30)")
    assert run("1 + 1")[0][0].data == {"text/plain": "2"}


def test_a_kernel_gets_no_more_memory_than_allowed(run, monkeypatch):
    monkeypatch.setenv("UNICLUSTER_MEMORY_GB", "8")
    with pytest.raises(PapermillExecutionError) as failed:
        run("import numpy as np\nnp.ones(2 * 2**30)")
    assert "MemoryError" in failed.value.ename


def test_kernels_take_no_ports_and_leave_no_folder(run):
    """Two workers may find the same port free before one of their kernels listens on it."""
    code = (
        "import json, ipykernel; told = json.load(open(ipykernel.get_connection_file())); told['transport'], told['ip']"
    )
    (shown,) = run(code)
    transport, address = ast.literal_eval(shown[0]["data"]["text/plain"])
    assert transport == "ipc"
    assert not Path(address).parent.exists()
