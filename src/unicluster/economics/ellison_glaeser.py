"""Agglomeration beyond what a dartboard would do: Ellison and Glaeser's indices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from unicluster.economics.arrays import amount_faults, amounts, divide, shares
from unicluster.faults import Fault, refuse


@dataclass(frozen=True, eq=False)
class Agglomeration:
    """Ellison and Glaeser's index and what it is made of.

    Attributes
    ----------
    gamma : ndarray, shape (..., industries)
        0: as a dartboard would place the plants; above 0.05 is usually called very agglomerated; below 0
        dispersed. Missing where one plant is the whole industry.
    raw : ndarray, shape (..., industries)
        G, the sum of squared differences between the industry's and the whole's shares of regions.
    expected : ndarray, shape (..., industries)
        What G would be on average on the dartboard: (1 - sum of squared regional shares) H.
    """

    gamma: np.ndarray
    raw: np.ndarray
    expected: np.ndarray


def ellison_glaeser(x: ArrayLike, plant_herfindahl: ArrayLike, region_total: ArrayLike | None = None) -> Agglomeration:
    """Index of agglomeration of each industry.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
        Employment.
    plant_herfindahl : array_like, shape (..., industries)
        `herfindahl` of the sizes of each industry's plants.
    region_total : array_like, shape (..., regions), optional
        Employment of all industries; the sum of the industries when not given.

    Returns
    -------
    Agglomeration

    Raises
    ------
    InputError
        Missing or negative amounts, a Herfindahl index above 1, shapes that do not fit.

    References
    ----------
    Ellison and Glaeser (1997), "Geographic concentration in U.S. manufacturing industries: a dartboard
    approach", *Journal of Political Economy* 105(5), 889-927.
    """
    x, plants, of_region = _agglomeration_input(x, plant_herfindahl, region_total)
    raw = _raw_concentration(x, of_region)
    room = 1 - (of_region**2).sum(axis=-1)[..., None]
    expected = room * plants
    return Agglomeration(divide(raw - expected, room * (1 - plants)), raw, expected)


def coagglomeration(x: ArrayLike, plant_herfindahl: ArrayLike, region_total: ArrayLike | None = None) -> np.ndarray:
    """Index of coagglomeration of a group of industries.

    Parameters
    ----------
    x : array_like, shape (..., regions, industries)
        Employment of the industries of the group.
    plant_herfindahl : array_like, shape (..., industries)
    region_total : array_like, shape (..., regions), optional
        Employment of all industries, of the group or not; the sum of the group when not given.

    Returns
    -------
    ndarray, shape (...)
        0: the industries agglomerate each for itself; up to 1: all of their agglomeration is shared.

    Raises
    ------
    InputError
        As `ellison_glaeser`.

    Notes
    -----
    REAT's ``ellison.c`` adds up the industries' shares of regions where the paper takes the shares of the
    group, and does not weigh each industry's own index; its values are not those of the paper.

    References
    ----------
    Ellison and Glaeser (1997): [G/(1 - sum x_r^2) - H - sum gamma_i w_i^2 (1 - H_i)] / (1 - sum w_i^2).
    """
    x, plants, of_region = _agglomeration_input(x, plant_herfindahl, region_total)
    weight = shares(x.sum(axis=-2))
    room = 1 - (of_region**2).sum(axis=-1)
    group = ((shares(x.sum(axis=-1)) - of_region) ** 2).sum(axis=-1)
    # gamma_i (1 - H_i) = G_i / room - H_i, which stands also where one plant is the whole industry.
    own = weight**2 * (divide(_raw_concentration(x, of_region), room[..., None]) - plants)
    shared = divide(group, room) - (weight**2 * plants).sum(axis=-1) - own.sum(axis=-1)
    return divide(shared, 1 - (weight**2).sum(axis=-1))


def ellison_glaeser_from_plants(plants: pd.DataFrame, region_total: pd.Series | None = None) -> pd.DataFrame:
    """Index of agglomeration from a list of plants, with its test against the dartboard.

    Parameters
    ----------
    plants : DataFrame
        One row a plant: ``industry``, ``region``, ``employment``.
    region_total : Series, indexed by region, optional
        Employment of all industries; the sum of the plants when not given.

    Returns
    -------
    DataFrame
        Indexed by ``industry`` in alphabetical order: ``plants``, ``herfindahl``, ``raw``, ``gamma`` and
        ``z``, the standardised difference of raw concentration from its dartboard mean.

    Raises
    ------
    InputError
        Missing columns or names, employment that is not positive, plants in a region without a total.

    References
    ----------
    Ellison and Glaeser (1997), the index and the variance of G on the dartboard.
    """
    faults = [
        Fault("the column is missing; add it", column=column)
        for column in ("industry", "region", "employment")
        if column not in plants
    ]
    refuse(faults)
    size = plants["employment"].to_numpy(dtype=float, na_value=np.nan)
    faults += amount_faults(size, "employment")
    if (size == 0).any():
        faults.append(Fault("a plant has no employment; remove it", column="employment"))
    faults += [
        Fault("a plant has none; give it", column=column)
        for column in ("industry", "region")
        if plants[column].isna().any()
    ]
    if region_total is not None:
        unknown = sorted(set(plants["region"].dropna()) - set(region_total.index))
        faults += [Fault("no total for this region; add it", column="region_total", value=r) for r in unknown]
    refuse(faults)

    table = plants.pivot_table(index="region", columns="industry", values="employment", aggfunc="sum", fill_value=0)
    if region_total is not None:
        table = table.reindex(sorted(region_total.index), fill_value=0)
        region_total = region_total.loc[table.index].to_numpy(dtype=float)
    by_industry = plants["employment"].astype(float).groupby(plants["industry"])
    part = plants["employment"].astype(float) / by_industry.transform("sum")
    powers = pd.DataFrame({"second": part**2, "fourth": part**4}).groupby(plants["industry"]).sum()

    index = ellison_glaeser(table.to_numpy(), powers["second"].to_numpy(), region_total)
    of_region = shares(table.to_numpy().sum(axis=1) if region_total is None else region_total)
    second, third = (of_region**2).sum(), (of_region**3).sum()
    variance = 2 * (
        powers["second"] ** 2 * (second - 2 * third + second**2)
        - powers["fourth"] * (second - 4 * third + 3 * second**2)
    )
    return pd.DataFrame(
        {
            "plants": by_industry.size(),
            "herfindahl": powers["second"],
            "raw": index.raw,
            "gamma": index.gamma,
            "z": divide(index.raw - index.expected, np.sqrt(np.maximum(variance, 0))),
        }
    )


def _raw_concentration(x: np.ndarray, of_region: np.ndarray) -> np.ndarray:
    """Sum over regions of squared differences between the shares of each industry and of the whole."""
    difference = shares(x, axis=-2)
    difference -= of_region[..., :, None]
    return np.einsum("...ri,...ri->...i", difference, difference)


def _agglomeration_input(
    x: ArrayLike, plant_herfindahl: ArrayLike, region_total: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x, plants, total = amounts(x=x, plant_herfindahl=plant_herfindahl, region_total=region_total)
    faults = []
    if x.ndim < 2:
        faults.append(Fault("must have regions and industries as its last two axes", column="x"))
    else:
        if plants.shape[-1:] != x.shape[-1:]:
            faults.append(
                Fault("needs one entry for each industry", column="plant_herfindahl", value=f"{plants.shape}")
            )
        if total is not None and total.shape[-1:] != x.shape[-2:-1]:
            faults.append(Fault("needs one entry for each region", column="region_total", value=f"{total.shape}"))
    if (plants > 1 + 1e-12).any():
        faults.append(Fault("a Herfindahl index is at most 1", column="plant_herfindahl"))
    refuse(faults)
    return x, plants, shares(x.sum(axis=-1) if total is None else total)
