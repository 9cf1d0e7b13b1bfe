"""One build at a time in a folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from unicluster import paths

FILE = paths.BUILD / "lock"
HOLDER = paths.BUILD / "lock-holder.txt"


class HeldError(RuntimeError):
    """Another build holds the lock; the message names its process and since when."""


@contextmanager
def held() -> Iterator[None]:
    """Hold the build's lock for a while.

    The system gives it back when the process ends, in whatever way: there is no stale lock to remove.

    Raises
    ------
    HeldError
        When another build holds it.
    """
    FILE.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(FILE).acquire(blocking=False)
    except Timeout:
        who = HOLDER.read_text(encoding="utf-8") if HOLDER.is_file() else "its process is not known"
        raise HeldError(f"another build is at work here ({who}); wait for its end or stop it") from None
    with lock:
        HOLDER.write_text(f"process {os.getpid()}, since {time.strftime('%H:%M:%S')}", encoding="utf-8")
        yield
