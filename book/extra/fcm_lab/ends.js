// Where a run ends: a fixed point, a limit cycle with its period, or undetermined at the cap. The method and its limits
// are those of `unicluster.fcm.convergence`, for one run.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.ends = (() => {
  const { RANGES, clip, transferValue, transferDerivative, netInput } = FcmLab.arithmetic;
  const { zeros, identity, multiply, spectralRadius, solve } = FcmLab.matrices;

  const SETTLED = 1e-14;
  const RETURNED = 1e-12;
  const TOLERANCE = 1e-12;
  const FIRST_PHASE = 32;
  const NEWTON_FROM = 480;
  const NEWTON_STEPS = 60;
  const CLEARLY_MOVING = 1e-3;
  const NEAR = 1e-9;
  const WITHIN_REACH = 0.1;
  const MARGINAL = 1 + 1e-12;

  function distance(one, other) {
    let largest = 0;
    for (let j = 0; j < one.length; j += 1) largest = Math.max(largest, Math.abs(one[j] - other[j]));
    return largest;
  }

  /** State after one update; a run is {rule, transfer, slope, weights, clamp} with NaN in `clamp` where free. */
  function update(run, state) {
    const input = netInput(run.rule, run.weights, state);
    for (let j = 0; j < input.length; j += 1) {
      input[j] = Number.isNaN(run.clamp[j]) ? transferValue(run.transfer, input[j], run.slope) : run.clamp[j];
    }
    return input;
  }

  /** Derivative [i][j] of the next value of concept j with respect to the present one of concept i. */
  function jacobian(run, state) {
    const n = state.length;
    const input = netInput(run.rule, run.weights, state);
    const factor = run.rule === "rescaled" ? 2 : 1;
    const own = run.rule === "kosko" ? 0 : 1;
    const matrix = zeros(n, n);
    for (let j = 0; j < n; j += 1) {
      if (!Number.isNaN(run.clamp[j])) continue;
      const gain = transferDerivative(run.transfer, input[j], run.slope);
      for (let i = 0; i < n; i += 1) matrix[i][j] = factor * (run.weights[i][j] + (i === j ? own : 0)) * gain;
    }
    return matrix;
  }

  /** At most `steps` updates; with `stop` the run ends when it has settled or is back where it began. */
  function advance(run, start, steps, stop, seen) {
    let state = start;
    let previous = 0;
    let period = 0;
    let made = steps;
    for (let t = 1; t <= steps; t += 1) {
      const next = update(run, state);
      const change = distance(next, state);
      const settled = change <= Math.min(previous, SETTLED);
      const returned = t > 1 && distance(next, start) <= RETURNED;
      previous = change;
      state = next;
      seen(state);
      if (stop && (settled || returned)) {
        period = settled ? 1 : t;
        made = t;
        break;
      }
    }
    return { state, period, updates: made, residual: distance(update(run, state), state) };
  }

  /** `state` and the next ones until it returns. */
  function cycleStates(run, state, period) {
    const states = [];
    for (let k = 0, at = state; k < period; k += 1, at = update(run, at)) states.push(at);
    return states;
  }

  /** Run until the end is decided; `seen` is called with every state. */
  function runToEnd(run, start, maxSteps, seen = () => {}) {
    let state = start;
    let made = 0;
    let phase = FIRST_PHASE;
    let progress = { state, period: 0, residual: NaN };
    let updates = 0;
    seen(start);
    while (made < maxSteps && !progress.period) {
      phase = Math.min(phase, maxSteps - made);
      progress = advance(run, state, phase, true, seen);
      if (progress.period > 1) progress = { ...progress, ...confirmed(run, progress) };
      if (!progress.period && progress.updates < phase) {
        const more = advance(run, progress.state, phase - progress.updates, false, seen);
        progress = { ...more, updates: phase };
      }
      made += phase;
      if (made >= NEWTON_FROM && !progress.period) progress = { ...progress, ...arrived(run, state, progress, phase) };
      updates += progress.updates;
      state = progress.state;
      phase *= 2;
    }
    return { state, period: progress.period, residual: progress.residual, updates };
  }

  /** What a return was: a cycle, slow creeping towards a shorter one that attracts, or nothing (period 0). */
  function confirmed(run, progress) {
    const period = progress.period;
    const orbit = cycleStates(run, progress.state, period + 1);
    const divisors = properDivisors(period);
    const shortest = Math.min(...divisors.map((q) => distance(orbit[q], orbit[0])));
    if (shortest >= CLEARLY_MOVING) return { residual: distance(orbit[period], orbit[0]) };
    for (const q of [...divisors, period]) {
      if (distance(orbit[q], orbit[0]) >= CLEARLY_MOVING) continue;
      const found = newton(run, orbit[0], q);
      if (found.radius < 1 && distance(found.state, orbit[0]) <= WITHIN_REACH) {
        return { state: found.state, residual: found.residual, period: leastPeriod(run, found.state, q) };
      }
    }
    return { period: 0 };
  }

  /** The fixed point that a creeping run is on its way to, if it attracts and the run comes nearer fast enough. */
  function arrived(run, before, progress, steps) {
    if (progress.residual >= WITHIN_REACH) return {};
    const now = progress.state;
    const { state, residual, radius } = newton(run, now, 1);
    const [first, last] = [distance(before, state), distance(now, state)];
    const rate = Math.min(Math.max(radius, spectralRadius(jacobian(run, now))), 1);
    const approaching = last < first && last <= first * rate ** (steps / 2);
    const there = last <= NEAR || (last <= WITHIN_REACH && approaching);
    return there && radius <= MARGINAL ? { state, residual, period: 1 } : {};
  }

  function properDivisors(p) {
    return Array.from({ length: Math.floor(p / 2) }, (_, k) => k + 1).filter((q) => p % q === 0);
  }

  function leastPeriod(run, state, period) {
    let image = state;
    for (let k = 1; k < period; k += 1) {
      image = update(run, image);
      if (distance(image, state) <= TOLERANCE) return k;
    }
    return period;
  }

  /** A point that `period` updates leave where it is, by Newton's method, and how strongly it attracts. */
  function newton(run, start, period) {
    const [low, high] = RANGES[run.transfer];
    const n = start.length;
    let state = start;
    for (let k = 0; k < NEWTON_STEPS; k += 1) {
      const { image, product } = imageOf(run, state, period);
      const matrix = identity(n);
      for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) matrix[i][j] -= product[j][i];
      const step = solve(matrix, image.map((value, j) => value - state[j]));
      state = state.map((value, j) => clip(value + step[j], low, high));
      if (!(Math.max(...step.map(Math.abs)) > 1e-15)) break;
    }
    const { image, product } = imageOf(run, state, period);
    const residual = distance(image, state);
    return { state, residual, radius: residual <= TOLERANCE ? spectralRadius(product) : Infinity };
  }

  function imageOf(run, state, period) {
    let image = update(run, state);
    let product = jacobian(run, state);
    for (let k = 1; k < period; k += 1) {
      product = multiply(product, jacobian(run, image));
      image = update(run, image);
    }
    return { image, product };
  }

  return { runToEnd, cycleStates, distance };
})();
