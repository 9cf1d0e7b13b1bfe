"""Reproduce, audit and extend Taikulakova et al. (2024) on regional universities and mining clusters."""

__version__ = "0.1.0"
