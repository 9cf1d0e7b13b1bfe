"""Run the tasks of a build on the workers of a Dask scheduler."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import cloudpickle
import distributed
from pytask_parallel import ParallelBackend, WorkerType, registry

from unicluster.faults import Fault, refuse
from unicluster.pipeline.workers import call, packed


class SchedulerExecutor(Executor):
    """Submits tasks to a scheduler; what a lost worker had is run again by another one."""

    def __init__(self, client: distributed.Client):
        self._client = client

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """Submit one call."""
        # Task files are no package that workers could import: they travel by value.
        if "task" in kwargs:
            cloudpickle.register_pickle_by_value(sys.modules[kwargs["task"].function.__module__])
        return self._client.submit(call, packed(function, *args, **kwargs), pure=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the scheduler; its workers stay."""
        self._client.close()


def connect(address: str, seconds: float = 10) -> int:
    """Make a scheduler the place where pytask runs tasks (``--parallel-backend custom``).

    Parameters
    ----------
    address : str
        Such as ``tcp://host:8786``.
    seconds : float
        How long to wait for the scheduler and for its first worker.

    Returns
    -------
    int
        Number of workers, which is how many tasks run at the same time.

    Raises
    ------
    InputError
        When the scheduler does not answer, has no workers, or has workers of several threads.
    """
    try:
        client = distributed.Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError) as error:
        refuse([Fault(f"no Dask scheduler answers within {seconds:g} s ({type(error).__name__})", value=address)])
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError:
        client.close()
        refuse([Fault(f"the Dask scheduler has no workers after {seconds:g} s", value=address)])
    threads = client.nthreads()
    # A notebook's results folder is told through the environment, which threads of a worker share.
    if max(threads.values()) > 1:
        client.close()
        refuse([Fault("workers must have one thread each: start them with --nthreads 1", value=address)])
    registry.register_parallel_backend(
        ParallelBackend.CUSTOM, lambda n_workers: SchedulerExecutor(client), worker_type=WorkerType.PROCESSES
    )
    return len(threads)
