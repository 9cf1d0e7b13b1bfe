// Run a map forward, and find the ends that it has from many starts. Agrees with `unicluster.fcm.simulate`.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.engine = (() => {
  const { RULES, TRANSFERS, RANGES } = FcmLab.arithmetic;
  const { runToEnd, cycleStates, distance } = FcmLab.ends;

  const SAME = 1e-6;

  /** A run from {weights, start, rule, transfer, slope, clamp, holdTransmitters}; `clamp` has null where free. */
  function prepare(given) {
    const n = given.start.length;
    const [low, high] = RANGES[given.transfer] ?? [];
    const sound =
      RULES.includes(given.rule) &&
      TRANSFERS.includes(given.transfer) &&
      given.slope > 0 &&
      given.weights.length === n &&
      given.weights.every((row) => row.length === n && row.every((w) => Math.abs(w) <= 1)) &&
      [...given.start, ...given.clamp.filter((c) => c !== null)].every((a) => a >= low && a <= high);
    if (!sound) throw new RangeError("a rule, transfer, slope, weight, start or clamp is out of range");
    const clamp = Float64Array.from(given.clamp, (value) => value ?? NaN);
    if (given.holdTransmitters) {
      for (let j = 0; j < n; j += 1) {
        if (Number.isNaN(clamp[j]) && given.weights.every((row) => row[j] === 0)) clamp[j] = given.start[j];
      }
    }
    const start = Float64Array.from(given.start, (value, j) => (Number.isNaN(clamp[j]) ? value : clamp[j]));
    const weights = given.weights.map((row) => Float64Array.from(row));
    return { rule: given.rule, transfer: given.transfer, slope: given.slope, weights, clamp, start };
  }

  function endName(period) {
    return period === 0 ? "undetermined" : period === 1 ? "fixed_point" : "limit_cycle";
  }

  /**
   * Run a map to its end.
   *
   * Returns `state`, `end`, `period`, `residual`, `updates`, `cycle` (the states of the attractor), `held` (positions)
   * and `path` (the first `keep` states, the start first).
   */
  function simulate(given, { maxSteps = 100000, keep = 0 } = {}) {
    const run = prepare(given);
    const path = [];
    const ended = runToEnd(run, run.start, maxSteps, (state) => {
      if (path.length < keep) path.push(state);
    });
    return {
      ...ended,
      end: endName(ended.period),
      cycle: cycleStates(run, ended.state, ended.period),
      held: Array.from(run.clamp.keys()).filter((j) => !Number.isNaN(run.clamp[j])),
      path,
    };
  }

  /** Run from each of `starts` and list the different ends, those that most starts lead to first. */
  function findAttractors(given, starts, { maxSteps = 100000 } = {}) {
    const found = [];
    let undetermined = 0;
    for (const start of starts) {
      const { state, period, end, cycle } = simulate({ ...given, start }, { maxSteps });
      const known = found.find((a) => a.period === period && a.states.some((s) => distance(s, state) <= SAME));
      if (period === 0) undetermined += 1;
      else if (known) known.runs += 1;
      else found.push({ end, period, states: cycle, runs: 1 });
    }
    found.sort((a, b) => b.runs - a.runs || a.period - b.period);
    return { attractors: found, undetermined, starts: starts.length };
  }

  /** Numbers in [0, 1) that the same seed repeats (mulberry32). */
  function generator(seed) {
    let a = seed >>> 0;
    return () => {
      a = (a + 0x6d2b79f5) >>> 0;
      let t = Math.imul(a ^ (a >>> 15), a | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  /** Starts with every free concept anywhere in its range; the others as in `start`. */
  function randomStarts(start, free, transfer, count, seed) {
    const [low, high] = RANGES[transfer];
    const next = generator(seed);
    return Array.from({ length: count }, () =>
      start.map((value, j) => (free[j] ? low + (high - low) * next() : value)),
    );
  }

  return { prepare, simulate, findAttractors, randomStarts };
})();
