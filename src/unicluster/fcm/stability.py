"""How firmly and how fast a map settles where a run has ended."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from unicluster.faults import InputError
from unicluster.fcm.convergence import UNDETERMINED, jacobian
from unicluster.fcm.inference import Simulation


@dataclass(frozen=True, eq=False)
class Stability:
    """What becomes of a small deviation from a fixed point or limit cycle.

    Attributes
    ----------
    spectral_radius : float
        Factor by which the slowest deviation shrinks in one update (on a limit cycle, the
        geometric mean over a period).
    attracting : bool
        Whether the factor is below 1.
    half_life : float
        Updates until the slowest deviation has halved; infinite if it does not shrink.
    rotation : float
        Updates in which the slowest deviation swings round once; infinite if it does not swing.
    settled_after : int
        Updates after which this run stayed within 0.001 of its end.
    jacobian : ndarray, shape (n, n)
        ``[i, j]``: derivative of concept j after one period with respect to concept i before it.
    """

    spectral_radius: float
    attracting: bool
    half_life: float
    rotation: float
    settled_after: int
    jacobian: np.ndarray = field(repr=False)


def assess_stability(run: Simulation) -> Stability:
    """Judge the end of a run by the eigenvalues of the Jacobian there.

    Parameters
    ----------
    run : Simulation
        Ended at a fixed point or on a limit cycle.

    Raises
    ------
    InputError
        If its end is undetermined.

    References
    ----------
    Strogatz, S. H. (2015). Nonlinear Dynamics and Chaos, 2nd ed., section 10.1.
    """
    if run.end == UNDETERMINED:
        raise InputError("the run has no end to judge: let it run longer, or look at its path")
    product = np.eye(run.runs.n)
    for state in run.cycle:
        product = product @ jacobian(run.runs, state[None])[0]
    eigenvalues = np.linalg.eigvals(product)
    leading = eigenvalues[np.argmax(np.abs(eigenvalues))]
    radius = float(np.abs(leading) ** (1 / run.period))
    angle = abs(np.angle(leading))
    with np.errstate(divide="ignore"):
        half_life = float(np.log(0.5) / np.log(radius)) if radius < 1 else np.inf
    return Stability(
        spectral_radius=radius,
        attracting=radius < 1,
        half_life=half_life,
        rotation=float(2 * np.pi * run.period / angle) if angle > 0 else np.inf,
        settled_after=_settled_after(run),
        jacobian=product,
    )


def _settled_after(run: Simulation) -> int:
    distances = np.abs(run.path[:, None, :] - run.cycle[None]).max(axis=2).min(axis=1)
    away = np.flatnonzero(distances > 1e-3)
    return int(away[-1]) + 1 if len(away) else 0
