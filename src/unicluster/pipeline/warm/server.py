"""The warm process: it imports what notebooks import and then forks a kernel for each request.

Run as ``python -m unicluster.pipeline.warm.server <socket>``. A request is one line of JSON on a connection to the
socket: ``argv`` of the kernel, ``env``, ``cwd`` and ``memory``. The answers are lines too: ``kernel <process number>``
when it listens, and ``exit <code>`` when it has ended. When standard input closes, whoever started this process has
ended, and it ends with all its kernels.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import resource
import selectors
import signal
import socket
import sys
from contextlib import suppress

from unicluster import paths

MODULES = (
    "IPython",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib_inline.backend_inline",
    "networkx",
    "numba",
    "numpy",
    "pandas",
    "scipy.optimize",
    "scipy.stats",
    "seaborn",
    "statsmodels.api",
    "unicluster.claims",
    "unicluster.cluster",
    "unicluster.economics",
    "unicluster.fcm",
    "unicluster.figures",
    "unicluster.literature",
    "unicluster.readings",
    "unicluster.results",
    "unicluster.scenarios",
    "unicluster.survey",
)
"""What every kernel finds imported; none of it starts a thread or opens a socket on import that a fork would break."""

INLINE = "module://matplotlib_inline.backend_inline"


def main() -> None:
    """Import, then listen until standard input closes."""
    # Interrupts of the terminal go to the whole group; what asked for the kernels decides what becomes of them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # An ordinary kernel sets this before a notebook imports Matplotlib.
    os.environ.setdefault("MPLBACKEND", INLINE)
    for name in MODULES:
        importlib.import_module(name)
    # What is there now is never freed: left out of collections, its memory stays shared with the kernels.
    gc.collect()
    gc.freeze()
    Server(sys.argv[1]).run()


class Server:
    """Listens, forks, and tells each kernel's end."""

    def __init__(self, address: str):
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(address)
        self.listening.listen(64)
        self.kernels: dict[int, socket.socket] = {}
        self.woken, self.waking = os.pipe()
        os.set_blocking(self.woken, False)
        os.set_blocking(self.waking, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.waking, warn_on_full_buffer=False)

    def run(self) -> None:
        """Serve until standard input closes, then kill the kernels that are left."""
        with selectors.DefaultSelector() as ready:
            for source in (self.listening, self.woken, sys.stdin.buffer):
                ready.register(source, selectors.EVENT_READ)
            while True:
                for key, _events in ready.select():
                    if key.fileobj is self.listening:
                        self.serve(self.listening.accept()[0])
                    elif key.fileobj == self.woken:
                        self.reap()
                    else:
                        for kernel in self.kernels:
                            with suppress(ProcessLookupError):
                                os.killpg(kernel, signal.SIGKILL)
                        return

    def serve(self, connection: socket.socket) -> None:
        """Fork the kernel that a connection asks for."""
        with connection.makefile("r", encoding="utf-8") as lines:
            asked = json.loads(lines.readline())
        kernel = os.fork()
        if kernel == 0:
            code = 1
            try:
                self.leave()
                code = be_kernel(asked, connection)
            finally:
                os._exit(code)
        self.kernels[kernel] = connection

    def leave(self) -> None:
        """Drop in a fork what belongs to the server."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for held in (self.listening, *self.kernels.values()):
            held.close()
        os.close(self.woken)
        os.close(self.waking)

    def reap(self) -> None:
        """Tell the end of every kernel that has ended."""
        with suppress(BlockingIOError):
            while os.read(self.woken, 1024):
                pass
        while self.kernels:
            kernel, status = os.waitpid(-1, os.WNOHANG)
            if kernel == 0:
                return
            connection = self.kernels.pop(kernel)
            with suppress(OSError):
                connection.sendall(f"exit {os.waitstatus_to_exitcode(status)}\n".encode())
            connection.close()


def be_kernel(asked: dict, connection: socket.socket) -> int:
    """Turn this fork into the kernel that was asked for, as a process of its own would be; its exit code."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.environ.clear()
    # The kernel ends when this process does, not the one that asked.
    os.environ.update({**asked["env"], "MPLBACKEND": INLINE, "JPY_PARENT_PID": str(os.getppid())})
    os.chdir(asked["cwd"])
    if asked["memory"]:
        # Not the address space: libraries reserve more of it the more processors there are, and never touch it.
        resource.setrlimit(resource.RLIMIT_DATA, (asked["memory"], asked["memory"]))
    seed_anew()
    paths.note_reads()
    # Read from the environment on import, which was before the fork.
    sys.argv = ["ipykernel_launcher", *asked["argv"], f"--IPKernelApp.parent_handle={os.getppid()}"]
    try:
        from ipykernel import kernelapp

        kernel = kernelapp.IPKernelApp.instance()
        kernel.initialize()
        show_figures()
        # Only now: a client that connects before the kernel listens waits a tenth of a second and tries again.
        connection.sendall(f"kernel {os.getpid()}\n".encode())
        connection.close()
        kernel.start()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def show_figures() -> None:
    """Let a notebook's own figures appear under its cells: Matplotlib looks for IPython on import, and found none."""
    import matplotlib.pyplot as plt
    from matplotlib_inline.backend_inline import _enable_matplotlib_integration

    plt.install_repl_displayhook()
    _enable_matplotlib_integration()


def seed_anew() -> None:
    """Generators seeded by chance on import would otherwise draw the same in every kernel."""
    import numpy as np

    random.seed()
    np.random.seed()


if __name__ == "__main__":
    main()
