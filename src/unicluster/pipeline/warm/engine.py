"""A papermill engine whose kernels begin warm, and that saves a notebook when it has ended."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine, papermill_engines

from unicluster.pipeline.warm import process
from unicluster.pipeline.warm.provisioner import WarmKernelManager

NAME = "warm"


class WarmEngine(NBClientEngine):
    """Executes as papermill's own engine does, in a kernel forked from the warm process where there can be one."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Execute the notebook that papermill manages."""
        if process.available():
            kwargs["kernel_manager_class"] = WarmKernelManager
        # The whole notebook would be written before and after each cell; however it ends, it is written then.
        target, nb_man.output_path = nb_man.output_path, None
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        finally:
            nb_man.output_path = target


def register() -> str:
    """Make the engine known to papermill; its name."""
    papermill_engines.register(NAME, WarmEngine)
    return NAME
