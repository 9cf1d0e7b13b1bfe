"""From gross to net effect: deadweight, leakage, displacement, substitution and multiplier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import pandas as pd

from unicluster.faults import Fault, refuse

DEDUCTIONS = ("deadweight", "leakage", "displacement", "substitution")


@dataclass(frozen=True)
class Additionality:
    """What has to be taken off a gross effect, and what it sets off.

    All are assumptions unless an evaluation has measured them, so none has a default.

    Parameters
    ----------
    deadweight : float
        Percent of the gross effect that would have come about anyway (the reference case).
    leakage : float
        Percent of the rest that goes to others than those it was meant for, outside the region for example.
    displacement : float
        Percent of what then remains that is taken from others in the region: markets, labour, land.
    substitution : float
        Percent of what then remains that replaces what the supported firms did before.
    multiplier : float
        Further rounds in the region, purchases and incomes: 1 for none.

    Raises
    ------
    InputError
        Percentages outside 0 to 100, a multiplier below 0; all in one message.

    References
    ----------
    English Partnerships (2008), *Additionality Guide*, 3rd ed., ch. 5: AI = [GI (1-L)(1-Dp)(1-S) M] -
    [GI* (1-L*)(1-Dp*)(1-S*) M*], here with the reference case GI* a share of GI under the same adjustments.
    """

    deadweight: float
    leakage: float
    displacement: float
    substitution: float
    multiplier: float

    def __post_init__(self) -> None:
        faults = [
            Fault("must be a percentage from 0 to 100", column=name, value=f"{getattr(self, name)}")
            for name in DEDUCTIONS
            if not 0 <= getattr(self, name) <= 100
        ]
        if not 0 <= self.multiplier < float("inf"):
            faults.append(
                Fault(
                    "must be zero or more; 1 is no multiplier",
                    column="multiplier",
                    value=f"{self.multiplier}",
                )
            )
        refuse(faults)

    @property
    def net_share(self) -> float:
        """Net effect for one unit of gross effect."""
        share = self.multiplier
        for name in DEDUCTIONS:
            share *= 1 - getattr(self, name) / 100
        return share


def waterfall(gross: float, additionality: Additionality) -> pd.DataFrame:
    """Steps from a gross to a net effect.

    Parameters
    ----------
    gross : float
        Gross effect, in any unit; may be negative.
    additionality : Additionality

    Returns
    -------
    DataFrame
        Indexed by ``step`` (gross, the four deductions, multiplier, net): ``change``, the height of the
        step, and ``level``, what is left after it, both in the unit of ``gross``. The changes of all steps
        but net add up to net.

    Raises
    ------
    InputError
        A gross effect that is not a number.
    """
    if not abs(gross) < float("inf"):
        refuse([Fault("must be a number", column="gross", value=f"{gross}")])
    factors = [1 - getattr(additionality, name) / 100 for name in DEDUCTIONS] + [additionality.multiplier]
    level = float(gross)
    rows = [("gross", level, level)]
    for step, factor in zip((*DEDUCTIONS, "multiplier"), factors, strict=True):
        change = level * (factor - 1)
        level += change
        rows.append((step, change, level))
    rows.append(("net", level, level))
    return pd.DataFrame(rows, columns=["step", "change", "level"]).set_index("step")


def net_effect(gross: float, assumptions: Mapping[str, Additionality]) -> pd.DataFrame:
    """Net effect under several sets of assumptions.

    Parameters
    ----------
    gross : float
        Gross effect, in any unit.
    assumptions : mapping of str to Additionality
        Name of the set to its parameters; low, central and high for example.

    Returns
    -------
    DataFrame
        Indexed by ``assumption``: the parameters, ``net`` (unit of ``gross``) and ``net_percent`` of gross.

    Raises
    ------
    InputError
        A gross effect that is not a number, no assumptions.
    """
    faults = []
    if not abs(gross) < float("inf"):
        faults.append(Fault("must be a number", column="gross", value=f"{gross}"))
    if not assumptions:
        faults.append(Fault("give at least one set", column="assumptions"))
    refuse(faults)
    rows = {
        name: {
            **{f.name: getattr(held, f.name) for f in fields(held)},
            "net": gross * held.net_share,
            "net_percent": 100 * held.net_share,
        }
        for name, held in assumptions.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("assumption")
