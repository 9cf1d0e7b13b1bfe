"""How a kernel is started: asked of the warm process, watched and ended like any other."""

from __future__ import annotations

import asyncio
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
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

START_SECONDS = 60
MEMORY_LIMIT = "UNICLUSTER_MEMORY_GB"
"""Environment variable with the most address space of a kernel, in gibibytes."""

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


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel by a fork of the warm process; the ordinary way where that fails."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Launch a kernel with the command that an ordinary one would be launched with."""
        environment = {**kwargs.get("env", os.environ)}
        try:
            connection = await asyncio.to_thread(_connect, _fixed(environment))
            asked = {
                "argv": cmd[cmd.index("ipykernel_launcher") + 1 :],
                "env": environment,
                "cwd": str(kwargs.get("cwd") or Path.cwd()),
                "memory": int(float(environment.get(MEMORY_LIMIT, 0)) * 2**30),
            }
            connection.sendall(json.dumps(asked).encode() + b"\n")
            self.process = await asyncio.to_thread(Forked, connection)
        except (OSError, ValueError):
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info


class WarmKernelManager(AsyncKernelManager):
    """A kernel manager whose kernels begin warm."""

    async def _async_pre_start_kernel(self, **kwargs: Any) -> tuple[list[str], dict[str, Any]]:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or kwargs.get("kernel_id") or os.urandom(16).hex()
            self.provisioner = WarmProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**kwargs)

    pre_start_kernel = _async_pre_start_kernel


def _fixed(environment: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, value) for key, value in environment.items() if key.startswith(_FIXED)))


def _connect(fixed: tuple[tuple[str, str], ...]) -> socket.socket:
    """A connection to the warm process of this one, started when first needed and again where it has ended."""
    for _time in range(2):
        process, address = _started(fixed)
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(address)
            return connection
        except OSError:
            connection.close()
            process.kill()
            _started.cache_clear()
    raise OSError("the warm process does not answer")


@cache
def _started(fixed: tuple[tuple[str, str], ...]) -> tuple[subprocess.Popen, str]:
    """Start the warm process; it ends when this process does, because its standard input closes then."""
    # Addresses of sockets are short: not under the project's folder, which may lie deep.
    folder = Path(tempfile.mkdtemp(prefix="unicluster-warm-"))
    address = folder / "socket"
    kept = {key: value for key, value in os.environ.items() if not key.startswith((*_FIXED, "UNICLUSTER_"))}
    process = subprocess.Popen(
        [sys.executable, "-Xfrozen_modules=off", "-m", "unicluster.pipeline.warm.server", str(address)],
        env={**kept, **dict(fixed)},
        stdin=subprocess.PIPE,
    )
    until = time.monotonic() + START_SECONDS
    while not address.exists():
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            shutil.rmtree(folder, ignore_errors=True)
            raise OSError("the warm process does not start")
        time.sleep(0.02)
    with suppress(OSError):
        process.stdin.flush()
    return process, str(address)
