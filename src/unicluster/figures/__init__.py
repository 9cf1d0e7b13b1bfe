"""Figures in one house style, each with its data, its caption and its alternative text."""
