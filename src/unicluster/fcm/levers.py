"""Lever settings as an optimiser sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from unicluster.faults import Fault, refuse
from unicluster.fcm.inference import steady_state
from unicluster.fcm.kernels import RANGES
from unicluster.fcm.map import CognitiveMap
from unicluster.fcm.sensitivity import steady_state_sensitivity

# How far below its target an outcome may stand and still count as reached.
REACHED = 1e-7

Cost = float | tuple[float, float]

# From a state, shape (n,), and its derivatives by the levers, shape (levers, n): values that must
# not be negative, shape (k,), and their derivatives, shape (k, levers).
Constraint = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


class LeverProblem:
    """Lever settings as an optimiser sees them: costs, bounds, and the steady state they cause."""

    def __init__(
        self,
        map: CognitiveMap,
        start: ArrayLike | Mapping[str, float],
        levers: Mapping[str, tuple[float, float]],
        costs: Mapping[str, Cost],
        reference: Mapping[str, float],
        settings: Mapping[str, object],
    ):
        self.map, self.start, self.settings = map, start, settings
        self.names = list(levers)
        self.places = map.positions(self.names, "levers")
        refuse(_faults(levers, costs, reference, settings.get("transfer", "sigmoid")))
        self.low, self.high = np.array(list(levers.values()), dtype=float).T
        prices = np.array([np.broadcast_to(costs.get(name, 1.0), 2) for name in self.names])
        self.down, self.up = prices.T
        self.baseline = steady_state(map, start, **settings)
        stands = [reference.get(name, self.baseline[i]) for name, i in zip(self.names, self.places, strict=True)]
        self.reference = np.clip(stands, self.low, self.high)
        self.known: dict[bytes, tuple[np.ndarray, np.ndarray]] = {}

    def respond(self, setting: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Steady state, shape (n,), and its derivatives by the levers, shape (levers, n)."""
        setting = np.clip(setting, self.low, self.high)
        key = setting.tobytes()
        if key not in self.known:
            clamp = dict(zip(self.names, setting, strict=True))
            found = steady_state_sensitivity(self.map, self.start, clamp=clamp, **self.settings)
            self.known[key] = found.state, found.clamps[self.places]
        return self.known[key]

    def cost(self, setting: np.ndarray) -> np.ndarray:
        """Cost of each lever's change."""
        change = setting - self.reference
        return np.where(change > 0, self.up, self.down) * np.abs(change)

    def points(self, count: int, seed: int) -> list[np.ndarray]:
        """Where to search from: the reference, the middle, and random points."""
        rng = np.random.default_rng(seed)
        random = rng.uniform(self.low, self.high, (max(count - 2, 0), len(self.low)))
        return [self.reference, (self.low + self.high) / 2, *random][: max(count, 1)]

    def highest(self, score: np.ndarray, seeds: list[np.ndarray]) -> np.ndarray:
        """Setting with the highest score found."""

        def loss(setting: np.ndarray) -> tuple[float, np.ndarray]:
            state, slopes = self.respond(setting)
            return -float(state @ score), -(slopes @ score)

        bounds = list(zip(self.low, self.high, strict=True))
        options = {"ftol": 1e-14, "gtol": 1e-10}
        runs = [minimize(loss, seed, jac=True, method="L-BFGS-B", bounds=bounds, options=options) for seed in seeds]
        return min(runs, key=lambda run: run.fun).x

    def cheapest(self, constraint: Constraint, seeds: list[np.ndarray]) -> np.ndarray:
        """Cheapest setting found that meets the constraint, or the one that violates it least."""
        candidates = [self._descend(constraint, seed) for seed in seeds]
        candidates += [self.reference]
        violations = np.array([self._violation(constraint, x)[0] for x in candidates])
        meets = violations <= REACHED**2
        if meets.any():
            return min(
                (x for x, met in zip(candidates, meets, strict=True) if met),
                key=lambda x: (self.cost(x).sum(), x.tolist()),
            )
        bounds = list(zip(self.low, self.high, strict=True))
        runs = [
            minimize(
                lambda x: self._violation(constraint, x),
                seed,
                jac=True,
                method="L-BFGS-B",
                bounds=bounds,
                options={"ftol": 1e-16, "gtol": 1e-12},
            )
            for seed in seeds
        ]
        least = min(run.fun for run in runs)
        # The same shortfall may be had at several prices.
        nearest = (run.x for run in runs if run.fun <= least + REACHED**2)
        return min(nearest, key=lambda x: self.cost(x).sum())

    def _violation(self, constraint: Constraint, setting: np.ndarray) -> tuple[float, np.ndarray]:
        values, gradient = constraint(*self.respond(setting))
        short = np.minimum(values, 0.0)
        return float(short @ short), 2 * short @ gradient

    def _descend(self, constraint: Constraint, seed: np.ndarray) -> np.ndarray:
        # Changes up and down are variables of their own, which makes the cost linear and smooth.
        count = len(seed)
        prices = np.concatenate([self.up, self.down])
        room = np.concatenate([self.high - self.reference, self.reference - self.low])
        change = seed - self.reference

        def setting(z: np.ndarray) -> np.ndarray:
            return self.reference + z[:count] - z[count:]

        def slopes(z: np.ndarray) -> np.ndarray:
            gradient = constraint(*self.respond(setting(z)))[1]
            return np.hstack([gradient, -gradient])

        found = minimize(
            lambda z: prices @ z,
            np.concatenate([change.clip(min=0), (-change).clip(min=0)]),
            jac=lambda z: prices,
            method="SLSQP",
            bounds=[(0.0, limit) for limit in room],
            constraints={
                "type": "ineq",
                "fun": lambda z: constraint(*self.respond(setting(z)))[0],
                "jac": slopes,
            },
            options={"ftol": 1e-12, "maxiter": 200},
        )
        return np.clip(setting(found.x), self.low, self.high)

    def table(self, setting: np.ndarray) -> pd.DataFrame:
        """Settings, changes and costs by lever."""
        columns = {
            "reference": self.reference,
            "setting": setting,
            "change": setting - self.reference,
            "cost": self.cost(setting),
        }
        return pd.DataFrame(columns, index=pd.Index(self.names, name="lever"))


def _faults(
    levers: Mapping[str, tuple[float, float]],
    costs: Mapping[str, Cost],
    reference: Mapping[str, float],
    transfer: str,
) -> list[Fault]:
    low, high = RANGES.get(transfer, (-np.inf, np.inf))
    faults = [] if levers else [Fault("give at least one lever", column="levers")]
    faults += [
        Fault(f"needs (lowest, highest) within {low:g} and {high:g}", None, None, f"levers, {name}", str(bounds))
        for name, bounds in levers.items()
        if not (len(bounds) == 2 and low <= bounds[0] <= bounds[1] <= high)
    ]
    faults += [
        Fault("a cost is a finite number of at least 0", column=f"costs, {name}", value=str(cost))
        for name, cost in costs.items()
        if not np.all(np.isfinite(cost)) or np.min(cost) < 0
    ]
    faults += [
        Fault("is not one of the levers", column=argument, value=name)
        for argument, given in (("costs", costs), ("reference", reference))
        for name in given
        if name not in levers
    ]
    return faults
