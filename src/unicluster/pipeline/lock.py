"""One build at a time in a folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from unicluster import paths

try:
    import fcntl
except ImportError:  # Windows has none; there two builds at once are up to the user.
    fcntl = None

FILE = paths.BUILD / "lock"


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
    if fcntl is None:
        yield
        return
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with FILE.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            told = f"another build is at work here ({file.read().strip()}); wait for its end or stop it"
            raise HeldError(told) from None
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {time.strftime('%H:%M:%S')}")
        file.flush()
        yield
