"""How a kernel is started: asked of the warm process, watched and ended like any other, without idle waiting."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Type

from unicluster.pipeline.warm import process

POLL = 0.01
"""Seconds between two looks at whether a kernel that was asked to end has ended."""


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel by a fork of the warm process; the ordinary way where that fails."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Launch a kernel with the command that an ordinary one would be launched with."""
        environment = {**kwargs.get("env", os.environ)}
        cwd = Path(kwargs.get("cwd") or Path.cwd())
        try:
            argv = cmd[cmd.index("ipykernel_launcher") + 1 :]
            self.process = await asyncio.to_thread(process.kernel, argv, environment, cwd)
        except (OSError, ValueError):
            return await super().launch_kernel(cmd, **kwargs)
        self.cwd = cwd
        self.pid = self.pgid = self.process.pid
        return self.connection_info


class PromptKernelClient(AsyncKernelClient):
    """A client that is ready as soon as its kernel is.

    The one that it extends waits, before the first cell, until nothing has come for a fifth of a second. Here all that
    belongs to one request has come, the answer and what is broadcast, which shows the same: both channels work, and
    nothing is left in them.
    """

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        until = float("inf") if timeout is None else time.monotonic() + timeout
        while True:
            asked = self.kernel_info()
            try:
                self._handle_kernel_info_reply(await self._async_recv_reply(asked, timeout=1))
                while not _ends(asked, await self.get_iopub_msg(timeout=0.2)):
                    pass
                return
            except (Empty, TimeoutError):
                # What was broadcast before this client was connected is lost: ask again.
                pass
            if not await self.is_alive():
                raise RuntimeError("the kernel ended before it answered")
            if time.monotonic() > until:
                raise RuntimeError(f"the kernel did not answer within {timeout:g} seconds")

    wait_for_ready = _async_wait_for_ready


def _ends(asked: str, told: dict[str, Any]) -> bool:
    """Whether a broadcast message is the last one that belongs to a request."""
    return told["parent_header"].get("msg_id") == asked and told["content"].get("execution_state") == "idle"


class WarmKernelManager(AsyncKernelManager):
    """A kernel manager whose kernels begin warm.

    It speaks to them through sockets in a folder of their own: a free port that one worker finds may be taken by
    another one before its kernel listens.
    """

    client_factory = Type(PromptKernelClient, klass=AsyncKernelClient)
    _folder: tempfile.TemporaryDirectory | None = None

    async def _async_pre_start_kernel(self, **kwargs: Any) -> tuple[list[str], dict[str, Any]]:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or kwargs.get("kernel_id") or os.urandom(16).hex()
            self._folder = tempfile.TemporaryDirectory(prefix="unicluster-kernel-")
            self.transport, self.ip = "ipc", f"{self._folder.name}/socket"
            self.provisioner = WarmProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**kwargs)

    pre_start_kernel = _async_pre_start_kernel

    async def _async_finish_shutdown(
        self, waittime: float | None = None, pollinterval: float = POLL, restart: bool = False
    ) -> None:
        await super()._async_finish_shutdown(waittime, pollinterval, restart)

    finish_shutdown = _async_finish_shutdown

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if self._folder and not restart:
            self._folder.cleanup()

    cleanup_resources = _async_cleanup_resources
