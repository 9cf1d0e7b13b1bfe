"""The lab's engine, run in a browser, against the library's."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest

from unicluster import fcm
from unicluster.fcm.kernels import RANGES, RULES, TRANSFERS
from unicluster.paths import BOOK

pytestmark = pytest.mark.slow

ENGINE = [BOOK / "extra" / "fcm_lab" / f"{name}.js" for name in ("arithmetic", "matrices", "ends", "engine")]
UNIQUENESS = BOOK / "extra" / "fcm_lab" / "uniqueness.js"
MOST_STEPS = 3000
REPEATS = 6
TOLERANCE = 1e-9


def generated_cases() -> list[dict]:
    """Every rule with every transfer function, with and without clamps and held transmitters, some of each."""
    rng = np.random.default_rng(20240917)
    cases = []
    for rule, transfer, clamped, held, _ in itertools.product(
        RULES, TRANSFERS, (False, True), (False, True), range(REPEATS)
    ):
        n = int(rng.integers(2, 16))
        weights = rng.uniform(-1, 1, (n, n)) * (rng.random((n, n)) < rng.uniform(0.15, 0.9))
        weights[:, rng.random(n) < 0.2] = 0
        low, high = RANGES[transfer]
        start = rng.uniform(low, high, n)
        names = rng.permutation(n)[: int(rng.integers(1, 3))] if clamped else []
        ends = np.array([low, high, (low + high) / 2, rng.uniform(low, high)])
        cases.append(
            {
                "rule": rule,
                "transfer": transfer,
                "slope": float(rng.choice([0.3, 0.5, 1.0, 2.0, 5.0, 12.0])),
                "weights": weights.tolist(),
                "start": start.tolist(),
                "clamp": {f"c{j}": float(rng.choice(ends)) for j in sorted(names)},
                "hold_transmitters": held,
            }
        )
    return cases


def hard_cases() -> list[dict]:
    """Runs that creep, nearly cycle, never return, or stop where an update's derivative is singular."""
    turn = [[np.cos(1), np.sin(1)], [-np.sin(1), np.cos(1)]]
    given = [
        ([[-1]], [0.9], "kosko", "tanh", 0.9999),
        ([[-1]], [0.9], "kosko", "tanh", 1.01),
        ([[0, 1], [-1, 0]], [0.9, 0.2], "kosko", "tanh", 0.9995),
        ([[0, 0.5], [0, -0.5]], [0, 0.5], "modified_kosko", "tanh", 1.0),
        ([[0, 0.5, 0], [0, -0.5, 0.3], [0, 0.2, 0.1]], [0, 1, 1], "modified_kosko", "tanh", 0.999),
        ([[0, 0.4], [0, -0.002]], [0, 0.9], "modified_kosko", "tanh", 1.0),
        ([[0.999]], [1], "kosko", "saturation", 1.0),
        (turn, [0.3, 0.1], "kosko", "tanh", 1.05),
        ([[1]], [1e-13], "kosko", "tanh", 1.02),
    ]
    keys = ("weights", "start", "rule", "transfer", "slope")
    return [dict(zip(keys, case, strict=True)) | {"clamp": {}, "hold_transmitters": False} for case in given]


def in_python(case: dict):
    map = fcm.CognitiveMap([f"c{j}" for j in range(len(case["start"]))], case["weights"])
    options = {key: value for key, value in case.items() if key not in ("weights", "start")}
    return map, options


def for_the_browser(case: dict) -> dict:
    clamp = [case["clamp"].get(f"c{j}") for j in range(len(case["start"]))]
    return {**case, "clamp": clamp, "holdTransmitters": case["hold_transmitters"]}


@pytest.fixture(scope="module")
def lab(chromium):
    page = chromium.new_page()
    for script in (*ENGINE, UNIQUENESS):
        page.add_script_tag(path=script)
    yield page
    page.close()


@pytest.fixture(scope="module")
def compared(lab) -> list[tuple[dict, fcm.Simulation, dict]]:
    cases = generated_cases() + hard_cases()
    seen = lab.evaluate(
        """([cases, maxSteps]) => cases.map((given) => {
            const run = FcmLab.engine.simulate(given, { maxSteps, keep: 50 });
            const [cycle, path] = [run.cycle, run.path].map(states => states.map(s => [...s]));
            return { ...run, state: [...run.state], cycle, path };
        })""",
        [[for_the_browser(case) for case in cases], MOST_STEPS],
    )
    expected = []
    for case in cases:
        map, options = in_python(case)
        expected.append(fcm.simulate(map, case["start"], **options, max_steps=MOST_STEPS))
    return list(zip(cases, expected, seen, strict=True))


def test_there_are_many_maps_and_every_kind_of_end(compared):
    assert len(compared) >= 200
    ends = Counter((case["transfer"], run.end) for case, run, _ in compared)
    assert {end for _, end in ends} == {"fixed_point", "limit_cycle", "undetermined"}
    periods = {run.period for _, run, _ in compared}
    assert {1, 2, 3, 4} <= periods and max(periods) > 6


def test_ends_and_periods_agree(compared):
    assert [(run.end, run.period) for _, run, _ in compared] == [(s["end"], s["period"]) for *_, s in compared]


def test_states_agree(compared):
    far = [
        (case["rule"], case["transfer"], run.end)
        for case, run, seen in compared
        if np.abs(run.state - seen["state"]).max() > TOLERANCE or abs(run.residual - seen["residual"]) > TOLERANCE
    ]
    assert not far


def test_cycles_agree(compared):
    cycles = [(run.cycle, np.array(seen["cycle"])) for _, run, seen in compared if run.period]
    assert max(np.abs(one - other).max() for one, other in cycles) <= TOLERANCE


def test_paths_agree_from_the_start_on(compared):
    for _, run, seen in compared:
        path = np.array(seen["path"])
        assert len(path) == min(50, len(run.path))
        assert np.abs(run.path[: len(path)] - path).max() <= TOLERANCE


def test_held_concepts_agree(compared):
    for _, run, seen in compared:
        assert run.held == tuple(f"c{j}" for j in seen["held"])


def test_proofs_of_uniqueness_agree(lab):
    cases = generated_cases()[::3]
    seen = lab.evaluate(
        """(cases) => cases.map((given) => {
            const told = FcmLab.certifyUniqueness(FcmLab.engine.prepare(given));
            return { ...told, factors: Object.fromEntries(Object.entries(told.factors).map(([k, v]) => [k, `${v}`])) };
        })""",
        [for_the_browser(case) for case in cases],
    )
    proofs = 0
    for case, told in zip(cases, seen, strict=True):
        map, options = in_python(case)
        certificate = fcm.certify_uniqueness(map, case["start"], **options)
        proofs += certificate.unique
        assert (told["unique"], told["method"]) == (certificate.unique, certificate.method)
        for name, factor in certificate.factors.items():
            assert float(told["factors"][name].replace("Infinity", "inf")) == pytest.approx(factor, rel=1e-9, abs=1e-9)
    assert 20 < proofs < len(cases)


def test_many_starts_lead_to_the_same_ends(lab):
    for case in generated_cases()[1::30]:
        map, options = in_python(case)
        low, high = RANGES[case["transfer"]]
        starts = np.random.default_rng(0).uniform(low, high, (60, map.n))
        del options["hold_transmitters"]
        expected = fcm.find_attractors(map, 60, 0, **options, max_steps=MOST_STEPS)
        seen = lab.evaluate(
            "([given, starts, maxSteps]) => FcmLab.engine.findAttractors(given, starts, { maxSteps })",
            [{**for_the_browser(case), "holdTransmitters": False}, starts.tolist(), MOST_STEPS],
        )
        assert sorted((a.period, a.runs) for a in expected.attractors) == sorted(
            (a["period"], a["runs"]) for a in seen["attractors"]
        )
        assert seen["undetermined"] == round(60 * expected.undetermined)
