"""A papermill engine whose kernels begin warm."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine, papermill_engines

from unicluster.pipeline.warm import process
from unicluster.pipeline.warm.provisioner import WarmKernelManager

NAME = "warm"


class WarmEngine(NBClientEngine):
    """Executes as papermill's own engine does, in a kernel forked from the warm process."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Execute the notebook that papermill manages."""
        return super().execute_managed_notebook(nb_man, kernel_name, kernel_manager_class=WarmKernelManager, **kwargs)


def register() -> str | None:
    """Make the engine known to papermill; its name, or None where kernels cannot be forked."""
    if not process.available():
        return None
    papermill_engines.register(NAME, WarmEngine)
    return NAME
