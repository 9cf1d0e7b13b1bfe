"""The warm process as seen from outside: started, shared by the workers of a build, asked for kernels."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from unicluster.pipeline import inputs

START_SECONDS = 30
MEMORY_LIMIT = "UNICLUSTER_MEMORY_GB"
"""Environment variable with the most memory that a kernel may have for data, in gibibytes."""

SHARED = "UNICLUSTER_WARM"
"""Environment variable with the socket of the warm process that all workers of a build share."""

IMPORTED = "library"
"""Name of the file beside a warm process's socket that tells which state of the library it imports."""

_FIXED = ("PYTHON", "UNICLUSTER_ROOT", "OMP_", "OPENBLAS_", "MKL_", "NUMBA_", "MPL")
"""Beginnings of the environment variables that act on import: a warm process serves only one set of them."""


def available() -> bool:
    """Whether kernels can be forked here; on macOS the system's libraries do not survive it."""
    return sys.platform == "linux"


class Forked:
    """A kernel of the warm process, as `subprocess.Popen` would show it."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket):
        self._connection = connection
        self._lines = connection.makefile("r", encoding="utf-8")
        self.returncode: int | None = None
        told, _, number = self._lines.readline().partition(" ")
        if told != "kernel":
            raise OSError("the warm process gave no kernel")
        self.pid = int(number)

    def poll(self) -> int | None:
        """The exit code, None while the kernel runs."""
        if self.returncode is None and select.select([self._connection], [], [], 0)[0]:
            # An empty answer: the warm process itself has ended, and its kernels with it.
            self.returncode = int(self._lines.readline().partition(" ")[2] or -signal.SIGKILL)
            self._lines.close()
            self._connection.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; the exit code."""
        if self.poll() is None:
            if not select.select([self._connection], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            self.poll()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)


def kernel(argv: list[str], environment: dict[str, str], cwd: Path) -> Forked:
    """A kernel of the warm process, listening.

    Parameters
    ----------
    argv : list of str
        Arguments of the kernel's command.
    environment : dict of str to str
    cwd : Path

    Raises
    ------
    OSError
        When there is no warm process to be had, or it gave no kernel.
    """
    connection = _connect(_fixed(environment), _library())
    memory = int(float(environment.get(MEMORY_LIMIT, 0)) * 2**30)
    asked = {"argv": argv, "env": environment, "cwd": str(cwd), "memory": memory}
    connection.sendall(json.dumps(asked).encode() + b"\n")
    return Forked(connection)


def _fixed(environment: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, value) for key, value in environment.items() if key.startswith(_FIXED)))


def _library() -> str:
    """What the library is now, which a warm process may have imported as it was."""
    return hashlib.sha256(json.dumps(inputs.library()).encode()).hexdigest()


def share() -> subprocess.Popen | None:
    """Start a warm process for this one and all that it starts; None where kernels cannot be forked."""
    if not available():
        return None
    process, address = _start(_fixed(dict(os.environ)), _library())
    os.environ[SHARED] = address
    return process


def _connect(fixed: tuple[tuple[str, str], ...], library: str) -> socket.socket:
    """A connection to the shared warm process, else to one of this process's own, started when first needed."""
    shared = os.environ.get(SHARED)
    known = Path(shared).with_name(IMPORTED) if shared else None
    same = known is not None and known.is_file() and known.read_text(encoding="utf-8") == library
    if same and (connection := _reached(shared, lambda: Path(shared).parent.is_dir())):
        return connection
    for _time in range(2):
        process, address = _started(fixed, library)
        if connection := _reached(address, lambda process=process: process.poll() is None):
            return connection
        process.kill()
        _started.cache_clear()
    raise OSError("the warm process does not answer")


def _reached(address: str, hopeful: Callable[[], bool]) -> socket.socket | None:
    """A connection to a warm process, waited for while it starts; None where it has ended."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(address)
            return connection
        except FileNotFoundError:
            connection.close()
        except OSError:
            connection.close()
            return None
        if not hopeful():
            return None
        time.sleep(0.02)
    return None


@cache
def _started(fixed: tuple[tuple[str, str], ...], library: str) -> tuple[subprocess.Popen, str]:
    return _start(fixed, library)


def _start(fixed: tuple[tuple[str, str], ...], library: str) -> tuple[subprocess.Popen, str]:
    """Start a warm process; it ends when this process does, because its standard input closes then."""
    # Addresses of sockets are short: not under the project's folder, which may lie deep.
    folder = Path(tempfile.mkdtemp(prefix="unicluster-warm-"))
    address = folder / "socket"
    address.with_name(IMPORTED).write_text(library, encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith((*_FIXED, "UNICLUSTER_"))}
    process = subprocess.Popen(
        [sys.executable, "-Xfrozen_modules=off", "-m", "unicluster.pipeline.warm.server", str(address)],
        env={**kept, **dict(fixed)},
        stdin=subprocess.PIPE,
    )
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return process, str(address)
