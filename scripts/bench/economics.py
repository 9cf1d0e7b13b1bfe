"""Regional indices: one call for a whole table of years, regions and industries against the plain loop.

The loop is the textbook formula written once for each cell, its margins taken beforehand; like the call it
refuses what is not an amount. It is timed on 25 of 500 regions (or industries) of one of 20 years, 1/400 of
the table, and scaled: its time grows in proportion. Of related density, where each cell is itself a sum over
all industries, it is timed on 5 industries of those regions.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np

from unicluster import economics

YEARS, REGIONS, INDUSTRIES = 20, 500, 500
SAMPLE = 25
FEW_INDUSTRIES = 5
TARGET = 100


def rows() -> list[dict]:
    """The ratio of each index, of all together, and the growth of the time with the table."""
    table, later = tables(YEARS, REGIONS, INDUSTRIES)
    plants = np.random.default_rng(2).uniform(0.01, 0.3, (YEARS, INDUSTRIES))
    found, loops, calls = [], 0.0, 0.0
    for name, (call, loop) in indices(table, later, plants).items():
        fast = timed(call, repeats=3)
        slow = timed(loop, repeats=1) * YEARS * REGIONS / SAMPLE
        if name == "related density":
            slow *= INDUSTRIES / FEW_INDUSTRIES
        loops, calls = loops + slow, calls + fast
        found.append(row(f"{name}: loop / call", slow / fast, "ratio", TARGET))
    found.append(
        row("all indices together (related density is most of it): loop / call", loops / calls, "ratio", TARGET)
    )
    found.append(row("all indices", calls, "s", None))
    found.append(growth_with_size())
    return found


def tables(years: int, regions: int, industries: int) -> tuple[np.ndarray, np.ndarray]:
    """Employment at each year and a period later."""
    random = np.random.default_rng(1)
    table = random.integers(1, 1000, (years, regions, industries)).astype(float)
    return table, table * random.uniform(0.8, 1.3, table.shape)


def indices(table: np.ndarray, later: np.ndarray, plants: np.ndarray) -> dict[str, tuple[Callable, Callable]]:
    """For each index the call on everything and the loop over ``SAMPLE`` regions or industries of a year."""
    year, next_year = table[0], later[0]
    area = np.full((len(table), table.shape[1]), 3.0)
    whole, region, industry = year.sum(), year.sum(axis=1), year.sum(axis=0)
    later_whole, later_industry = next_year.sum(), next_year.sum(axis=0)
    n, cells = year.shape[1], range(year.shape[1])

    def each(index: Callable[[int], object]) -> Callable[[], list]:
        return lambda: [index(place) for place in range(SAMPLE)]

    def amount(source: np.ndarray, r: int, i: int) -> float:
        value = source[r, i]
        if not 0 <= value < math.inf:
            raise ValueError(f"region {r}, industry {i} has no amount")
        return value

    def share(r: int, i: int) -> float:
        return amount(year, r, i) / region[r]

    def quotient(r: int, i: int) -> float:
        return share(r, i) / (industry[i] / whole)

    def location_quotient(r: int) -> list[float]:
        return [quotient(r, i) for i in cells]

    def krugman(r: int) -> float:
        return sum(abs(share(r, i) - industry[i] / whole) for i in cells)

    def hachman(r: int) -> float:
        return 1 / sum(share(r, i) ** 2 / (industry[i] / whole) for i in cells)

    def herfindahl(r: int) -> float:
        return sum(share(r, i) ** 2 for i in cells)

    def entropy(r: int) -> float:
        return -sum(s * math.log(s) for s in (share(r, i) for i in cells))

    def theil(r: int) -> float:
        return sum(s * n * math.log(s * n) for s in (share(r, i) for i in cells)) / n

    def gini(r: int) -> float:
        ordered = sorted(amount(year, r, i) for i in cells)
        return sum((2 * (i + 1) - n - 1) * ordered[i] for i in cells) / (n * region[r])

    def gini_specialisation(r: int) -> float:
        below = area_below = 0.0
        for value, weight in sorted((quotient(r, i), industry[i] / whole) for i in cells):
            area_below += weight * (2 * below + weight * value)
            below += weight * value
        return 1 - area_below / below

    def ellison_glaeser(i: int) -> float:
        raw = sum((amount(year, r, i) / industry[i] - region[r] / whole) ** 2 for r in cells)
        room = 1 - sum((region[r] / whole) ** 2 for r in cells)
        return (raw - room * plants[0, i]) / (room * (1 - plants[0, i]))

    def cluster_index(r: int) -> list[float]:
        room = (area[0, r] / area[0].sum()) ** 2
        return [
            (amount(year, r, i) / industry[i]) * (amount(next_year, r, i) / later_industry[i]) / room for i in cells
        ]

    def shift_share(r: int) -> list[tuple[float, float, float]]:
        nation = later_whole / whole - 1
        components = []
        for i in cells:
            start, end = amount(year, r, i), amount(next_year, r, i)
            rate = later_industry[i] / industry[i] - 1
            components.append((start * nation, start * (rate - nation), end - start * (1 + rate)))
        return components

    present = economics.presence(table)
    related = economics.relatedness(economics.co_occurrence(present))

    def relatedness_density(r: int) -> list[float]:
        there, near = present[0, r], related[0]
        return [
            100 * sum(near[i, j] for j in cells if there[j]) / sum(near[i, j] for j in cells)
            for i in range(FEW_INDUSTRIES)
        ]

    return {
        "location quotient": (lambda: economics.location_quotient(table), each(location_quotient)),
        "Krugman": (lambda: economics.krugman_specialisation(table), each(krugman)),
        "Hachman": (lambda: economics.hachman(table), each(hachman)),
        "Herfindahl": (lambda: economics.herfindahl(table), each(herfindahl)),
        "entropy": (lambda: economics.entropy(table), each(entropy)),
        "Theil": (lambda: economics.theil_t(table), each(theil)),
        "Gini": (lambda: economics.gini(table), each(gini)),
        "Gini of specialisation": (
            lambda: economics.gini_specialisation(table),
            each(gini_specialisation),
        ),
        "Ellison-Glaeser": (lambda: economics.ellison_glaeser(table, plants), each(ellison_glaeser)),
        "cluster index": (
            lambda: economics.cluster_index(table, later, area, area),
            each(cluster_index),
        ),
        "shift-share": (lambda: economics.shift_share(table, later), each(shift_share)),
        "related density": (
            lambda: economics.relatedness_density(present, related),
            each(relatedness_density),
        ),
    }


def growth_with_size() -> dict:
    """How the time grows when the table does: 1 is in proportion (least squares on logarithms)."""
    # All larger than the processor's cache: a table that fits in is quicker than in proportion.
    sizes = (10, 20, 40)
    seconds = []
    for years in sizes:
        table, later = tables(years, REGIONS, INDUSTRIES)
        plants = np.full((years, INDUSTRIES), 0.1)
        seconds.append(sum(timed(call, repeats=3) for call, _ in indices(table, later, plants).values()))
    exponent = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
    return row("time grows as the table to the power of", float(exponent), "exponent", 1.2, smaller=True)


def timed(call: Callable[[], object], repeats: int) -> float:
    """The shortest of several runs, in seconds of the processor: what else runs on the machine counts less."""
    seconds = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        seconds.append(time.process_time() - start)
    return min(seconds)


def row(name: str, measured: float, unit: str, target: float | None, smaller: bool = False) -> dict:
    """One row of the table of benchmarks."""
    met = None if target is None else bool(measured <= target if smaller else measured >= target)
    return {"name": f"economics, {name}", "measured": measured, "unit": unit, "target": target, "met": met}
