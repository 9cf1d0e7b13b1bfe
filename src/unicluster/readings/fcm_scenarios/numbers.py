"""How changes are written."""

from __future__ import annotations


def signed(value: float, digits: int) -> str:
    """A change with its sign, a true minus among them."""
    return f"{value:+.{digits}f}".replace("-", "−")
