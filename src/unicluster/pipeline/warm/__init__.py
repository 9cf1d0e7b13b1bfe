"""Kernels that begin warm: forked from a process that has already imported what notebooks import."""
