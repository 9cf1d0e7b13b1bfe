"""Kernels that begin warm: forked from a process that has already imported what notebooks import."""

from unicluster.pipeline.warm.engine import NAME, register

__all__ = ["NAME", "register"]
