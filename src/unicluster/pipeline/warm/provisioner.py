"""How a kernel is started: asked of the warm process, watched and ended like any other."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from unicluster.pipeline.warm import process


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


class WarmKernelManager(AsyncKernelManager):
    """A kernel manager whose kernels begin warm.

    It speaks to them through sockets in a folder of their own: a free port that one worker finds may be taken by
    another one before its kernel listens.
    """

    _folder: tempfile.TemporaryDirectory | None = None

    async def _async_pre_start_kernel(self, **kwargs: Any) -> tuple[list[str], dict[str, Any]]:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or kwargs.get("kernel_id") or os.urandom(16).hex()
            self._folder = tempfile.TemporaryDirectory(prefix="unicluster-kernel-")
            self.transport, self.ip = "ipc", f"{self._folder.name}/socket"
            self.provisioner = WarmProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**kwargs)

    pre_start_kernel = _async_pre_start_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if self._folder and not restart:
            self._folder.cleanup()

    cleanup_resources = _async_cleanup_resources
