"""Shift-share: how much of a change is the nation's, the industries' and the region's own.

Tables have shape (..., regions, industries), leading axes being kept; start and end must describe the same
regions and industries (`panel` checks that for labelled tables). Components of one kind add up over
industries and regions; the components of one cell add up to its change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from unicluster.economics.arrays import amount_faults, divide
from unicluster.economics.components import Arcelus, Components, EstebanMarquillas, ShiftShare
from unicluster.faults import Fault, refuse


@dataclass(frozen=True, eq=False)
class _Growth:
    """Checked tables and their growth rates, shaped to broadcast over (..., regions, industries)."""

    start: np.ndarray
    end: np.ndarray
    of_whole: np.ndarray
    of_industry: np.ndarray
    industry_shares: np.ndarray

    @property
    def of_cell(self) -> np.ndarray:
        return divide(self.end - self.start, self.start)

    @property
    def of_region(self) -> np.ndarray:
        first = self.start.sum(axis=-1)
        return divide(self.end.sum(axis=-1) - first, first)[..., :, None]

    @property
    def homothetic(self) -> np.ndarray:
        """What each cell would have if its region had the industries of the whole."""
        return self.start.sum(axis=-1, keepdims=True) * self.industry_shares


def shift_share(
    start: ArrayLike,
    end: ArrayLike,
    reference_start: ArrayLike | None = None,
    reference_end: ArrayLike | None = None,
) -> ShiftShare:
    """Classical shift-share analysis.

    Parameters
    ----------
    start, end : array_like, shape (..., regions, industries)
        Employment or output at both dates, in the same unit and prices.
    reference_start, reference_end : array_like, shape (..., industries), optional
        The whole, the nation for example; the sum of the regions when not given.

    Returns
    -------
    ShiftShare
        With the sum of the regions as reference, mix and regional components add up to 0 over everything.

    Raises
    ------
    InputError
        Missing or negative amounts, shapes that differ, only one of the references, a reference that starts
        empty, or empty in an industry that a region has.

    References
    ----------
    Dunn (1960), "A statistical and analytical technique for regional analysis", *Papers of the Regional
    Science Association* 6, 97-112.
    """
    growth = _growth(start, end, reference_start, reference_end)
    regional = growth.start * -(1 + growth.of_industry)
    regional += growth.end
    return ShiftShare(
        national=growth.start * growth.of_whole,
        mix=growth.start * (growth.of_industry - growth.of_whole),
        regional=regional,
    )


def esteban_marquillas(
    start: ArrayLike,
    end: ArrayLike,
    reference_start: ArrayLike | None = None,
    reference_end: ArrayLike | None = None,
) -> EstebanMarquillas:
    """Shift-share analysis with homothetic employment and an allocation effect.

    Parameters
    ----------
    start, end, reference_start, reference_end
        As in `shift_share`.

    Returns
    -------
    EstebanMarquillas
        Competitive and allocation are missing where a cell starts empty: it has no rate of growth.

    Raises
    ------
    InputError
        As `shift_share`.

    References
    ----------
    Esteban-Marquillas (1972), "A reinterpretation of shift-share analysis", *Regional and Urban Economics*
    2(3), 249-261.
    """
    growth = _growth(start, end, reference_start, reference_end)
    advantage, homothetic = growth.of_cell - growth.of_industry, growth.homothetic
    return EstebanMarquillas(
        national=growth.start * growth.of_whole,
        mix=growth.start * (growth.of_industry - growth.of_whole),
        competitive=homothetic * advantage,
        allocation=(growth.start - homothetic) * advantage,
    )


def arcelus(
    start: ArrayLike,
    end: ArrayLike,
    reference_start: ArrayLike | None = None,
    reference_end: ArrayLike | None = None,
) -> Arcelus:
    """Shift-share analysis with a regional growth effect, split by homothetic employment.

    Parameters
    ----------
    start, end, reference_start, reference_end
        As in `shift_share`.

    Returns
    -------
    Arcelus
        The regional mix components are missing where a cell starts empty, regional ones where a region does.

    Raises
    ------
    InputError
        As `shift_share`.

    References
    ----------
    Arcelus (1984), "An extension of shift-share analysis", *Growth and Change* 15(1), 3-8.
    """
    growth = _growth(start, end, reference_start, reference_end)
    effects = {
        "national": growth.of_whole,
        "mix": growth.of_industry - growth.of_whole,
        "regional": growth.of_region - growth.of_whole,
        "regional_mix": growth.of_cell - growth.of_region - growth.of_industry + growth.of_whole,
    }
    homothetic = growth.homothetic
    further = growth.start - homothetic
    return Arcelus(
        **{f"{name}_expected": homothetic * effect for name, effect in effects.items()},
        **{f"{name}_differential": further * effect for name, effect in effects.items()},
    )


def dynamic_shift_share(
    panel: ArrayLike,
    reference: ArrayLike | None = None,
    method: Callable[..., Components] = shift_share,
) -> Components:
    """Shift-share analysis of every pair of neighbouring dates.

    Parameters
    ----------
    panel : array_like, shape (dates, regions, industries)
        Amounts at each date, two dates at least.
    reference : array_like, shape (dates, industries), optional
        The whole; the sum of the regions when not given.
    method : callable
        `shift_share`, `esteban_marquillas` or `arcelus`.

    Returns
    -------
    Components
        Of shape (dates - 1, regions, industries). ``sum(axis=0)`` gives the dynamic components of the whole
        time, in which the structure of each period counts and not that of the first date alone.

    Raises
    ------
    InputError
        Fewer than two dates; otherwise as ``method``.

    References
    ----------
    Barff and Knight (1988), "Dynamic shift-share analysis", *Growth and Change* 19(2), 1-10.
    """
    panel = np.asarray(panel, dtype=float)
    if panel.ndim != 3 or len(panel) < 2:
        refuse(
            [
                Fault(
                    "must have dates, regions and industries, two dates at least",
                    column="panel",
                    value=f"{panel.shape}",
                )
            ]
        )
    if reference is None:
        return method(panel[:-1], panel[1:])
    reference = np.asarray(reference, dtype=float)
    if reference.shape != (panel.shape[0], panel.shape[2]):
        refuse(
            [
                Fault(
                    "must have dates and industries like the panel",
                    column="reference",
                    value=f"{reference.shape}",
                )
            ]
        )
    return method(panel[:-1], panel[1:], reference[:-1], reference[1:])


def _growth(
    start: ArrayLike,
    end: ArrayLike,
    reference_start: ArrayLike | None,
    reference_end: ArrayLike | None,
) -> _Growth:
    start, end = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    faults = amount_faults(start, "start") + amount_faults(end, "end")
    if start.ndim < 2 or start.shape != end.shape:
        faults.append(
            Fault(
                "start and end must have the same regions and industries, as their last two axes",
                column="end",
                value=f"{start.shape} and {end.shape}",
            )
        )
    if (reference_start is None) != (reference_end is None):
        faults.append(Fault("give the reference at both dates or at neither", column="reference_start"))
    refuse(faults)
    if reference_start is None:
        whole_start, whole_end = start.sum(axis=-2), end.sum(axis=-2)
    else:
        whole_start, whole_end = (np.asarray(r, dtype=float) for r in (reference_start, reference_end))
        faults += amount_faults(whole_start, "reference_start") + amount_faults(whole_end, "reference_end")
        if whole_start.shape != whole_end.shape or whole_start.shape[-1:] != start.shape[-1:]:
            faults.append(
                Fault(f"needs one entry for each of the {start.shape[-1]} industries", column="reference_start")
            )
        elif (whole_start == 0).any() and ((whole_start == 0)[..., None, :] & (start > 0)).any():
            faults.append(Fault("is nil in an industry that a region has", column="reference_start"))
    if not (whole_start.sum(axis=-1) > 0).all():
        faults.append(Fault("the whole has nothing at the start: no growth can be told", column="start"))
    refuse(faults)

    def rate(first: np.ndarray, last: np.ndarray) -> np.ndarray:
        return divide(last - first, first)

    whole = whole_start.sum(axis=-1, keepdims=True)
    return _Growth(
        start=start,
        end=end,
        of_whole=rate(whole, whole_end.sum(axis=-1, keepdims=True))[..., None, :],
        # An industry that the whole lacks at the start has no rate, and no cell of it any amount to grow.
        of_industry=np.nan_to_num(rate(whole_start, whole_end))[..., None, :],
        industry_shares=(whole_start / whole)[..., None, :],
    )
