"""What a person would see at once: labels that cover each other or leave the drawing."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import combinations

from matplotlib.text import Text
from matplotlib.transforms import Bbox


def boxes(figure) -> list[tuple[str, Bbox]]:
    """Every label of a figure with the room it takes, its frame included."""
    figure.canvas.draw_without_rendering()
    labels = [text for legend in figure.canvas.legends for text in legend.get_texts()]
    for axes in figure.canvas.axes:
        labels += [text for text in axes.texts if text.get_text()]
        if axes.axison:
            for number, ticks in enumerate((axes.get_xticklabels(), axes.get_yticklabels())):
                low, high = sorted((axes.get_xlim(), axes.get_ylim())[number])
                # matplotlib keeps labels beyond the limits and does not draw them
                drawn = [t for t in ticks if low <= t.get_position()[number] <= high]
                labels += [tick for tick in drawn if tick.get_visible() and tick.get_text()]
    framed = [label.get_bbox_patch() or label for label in labels]
    return [(label.get_text(), box.get_window_extent()) for label, box in zip(labels, framed, strict=True)]


def overlapping(figure) -> list[tuple[str, str]]:
    """Pairs of labels that cover each other by more than half a pixel."""
    shrunk = [(text, box.padded(-0.5)) for text, box in boxes(figure)]
    return [(a[0], b[0]) for a, b in combinations(shrunk, 2) if a[1].overlaps(b[1])]


def cut(figure) -> list[str]:
    """Labels, titles and words of legends that leave the drawing to the left or to the right."""
    width, around = figure.canvas.bbox.x1, []
    labels = boxes(figure)
    for axes in figure.canvas.axes:
        around += [axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label]
    around += [legend.get_title() for legend in figure.canvas.legends]
    labels += [(text.get_text(), text.get_window_extent()) for text in around if text.get_text()]
    return [text for text, box in labels if box.x0 < -1 or box.x1 > width + 1]


def latin(figure, allowed: Collection[str] = ()) -> list[str]:
    """Words of two and more Latin letters in the drawing, the caption or the alternative text."""
    figure.canvas.draw_without_rendering()
    drawn = [text.get_text() for text in figure.canvas.findobj(Text)]
    return sorted(words(" ".join((*drawn, figure.caption, figure.alt))) - set(allowed))


def words(text: str) -> set[str]:
    """Words of two and more Latin letters; single ones are symbols."""
    return set(re.findall(r"[A-Za-z]{2,}", text))
