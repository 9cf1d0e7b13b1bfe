"""Workers of a build on this machine: forked from it, so that they begin with all that it has imported."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from threading import Thread
from typing import Any

import cloudpickle
from pytask_parallel import ParallelBackend, WorkerType, registry


class ForkedExecutor(ProcessPoolExecutor):
    """Runs tasks in forked processes that end when the build does, in whatever way it ends."""

    def __init__(self, n_workers: int):
        super().__init__(n_workers, mp_context=multiprocessing.get_context("fork"), initializer=_begin)

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """Submit one call."""
        return super().submit(_interruptible, packed(function, *args, **kwargs))


def packed(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> bytes:
    """A call as bytes for another process: pickle alone cannot take functions of task files along."""
    return cloudpickle.dumps((function, args, kwargs))


def call(packed_call: bytes) -> Any:
    """Call what was packed."""
    function, args, kwargs = cloudpickle.loads(packed_call)
    return function(*args, **kwargs)


def register() -> None:
    """Make forked workers the place where pytask runs tasks (``--parallel-backend custom``)."""
    registry.register_parallel_backend(ParallelBackend.CUSTOM, ForkedExecutor, worker_type=WorkerType.PROCESSES)


def _begin() -> None:
    # Ctrl-C goes to all processes of a build; a worker without a task has nothing to interrupt.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_build, daemon=True).start()


def _end_with_build() -> None:
    """End this worker when the build was killed: the queue of tasks, whose other end it holds itself, tells nothing."""
    multiprocessing.parent_process().join()
    os._exit(1)


def _interruptible(packed_call: bytes) -> Any:
    idle = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return call(packed_call)
    finally:
        signal.signal(signal.SIGINT, idle)
