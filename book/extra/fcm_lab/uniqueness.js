// Proof that every run of a map ends at the same fixed point, as `unicluster.fcm.certify_uniqueness` gives it.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.certifyUniqueness = (() => {
  const { RANGES, clip, transferValue, transferDerivative } = FcmLab.arithmetic;
  const { spectralNorm, spectralRadius } = FcmLab.matrices;

  const BOX_STEPS = 500;
  const MARGIN = 1e-9;
  const ROUNDING = 1e-12;

  /** M with net input = M applied to the state, less a constant. */
  function effectiveWeights(run) {
    const factor = run.rule === "rescaled" ? 2 : 1;
    const own = run.rule === "kosko" ? 0 : 1;
    return run.weights.map((row, i) => row.map((w, j) => factor * (w + (i === j ? own : 0))));
  }

  /** Bounds of the net inputs once the start has been forgotten. */
  function boundsOfInputs(run, matrix) {
    const n = matrix.length;
    const [low, high] = RANGES[run.transfer];
    const bound = (end) => run.clamp.map((value) => (Number.isNaN(value) ? end : value));
    let [lower, upper] = [bound(low), bound(high)];
    let [least, most] = [new Float64Array(n), new Float64Array(n)];
    for (let step = 0; step < BOX_STEPS; step += 1) {
      let gain = 0;
      const [nextLower, nextUpper] = [lower.slice(), upper.slice()];
      for (let j = 0; j < n; j += 1) {
        let [down, up, size] = [0, 0, 1];
        for (let i = 0; i < n; i += 1) {
          const w = matrix[i][j];
          down += w * (w > 0 ? lower[i] : upper[i]) - (run.rule === "rescaled" ? w / 2 : 0);
          up += w * (w > 0 ? upper[i] : lower[i]) - (run.rule === "rescaled" ? w / 2 : 0);
          size += Math.abs(w);
        }
        [least[j], most[j]] = [down - ROUNDING * size, up + ROUNDING * size];
        if (!Number.isNaN(run.clamp[j])) continue;
        nextLower[j] = Math.max(lower[j], transferValue(run.transfer, least[j], run.slope) - ROUNDING);
        nextUpper[j] = Math.min(upper[j], transferValue(run.transfer, most[j], run.slope) + ROUNDING);
        gain = Math.max(gain, nextLower[j] - lower[j], upper[j] - nextUpper[j]);
      }
      [lower, upper] = [nextLower, nextUpper];
      if (gain <= ROUNDING) break;
    }
    return [least, most];
  }

  /** Largest mean slope of the transfer function over an interval of net inputs. */
  function steepest(run, least, most) {
    if (run.transfer === "sigmoid" || run.transfer === "tanh") {
      return transferDerivative(run.transfer, clip(0, least, most), run.slope);
    }
    const [first, last] = [least, most].map((x) => transferValue(run.transfer, x, run.slope));
    if (first === last) return 0;
    return run.transfer === "saturation" ? run.slope : Infinity;
  }

  /** Positions of each strongly connected component. */
  function components(block) {
    const n = block.length;
    const reaches = block.map((row, i) => Array.from(row, (w, j) => w !== 0 || i === j));
    for (let k = 0; k < n; k += 1) {
      for (let i = 0; i < n; i += 1) {
        if (reaches[i][k]) for (let j = 0; j < n; j += 1) reaches[i][j] ||= reaches[k][j];
      }
    }
    const parts = new Map();
    for (let i = 0; i < n; i += 1) {
      const first = reaches[i].findIndex((to, j) => to && reaches[j][i]);
      parts.set(first, [...(parts.get(first) ?? []), i]);
    }
    return [...parts.values()];
  }

  /** The factor by which two states come nearer in one update: below 1 proves that there is one end only. */
  return function certifyUniqueness(run) {
    const matrix = effectiveWeights(run);
    const [least, most] = boundsOfInputs(run, matrix);
    const free = Array.from(run.clamp.keys()).filter((j) => Number.isNaN(run.clamp[j]));
    const block = free.map((i) => free.map((j) => matrix[i][j]));
    const everywhere = free.map(() => steepest(run, -Infinity, Infinity));
    const inside = free.map((j) => steepest(run, least[j], most[j]));
    const scaled = (part, slopes) => part.map((i) => Float64Array.from(part, (j) => block[i][j] * slopes[j]));
    const norm = (part, slopes) => (slopes.every(Number.isFinite) ? spectralNorm(scaled(part, slopes)) : Infinity);
    const perron = (slopes) =>
      slopes.every(Number.isFinite) ? spectralRadius(scaled(all, slopes).map((row) => row.map(Math.abs))) : Infinity;
    const all = free.map((_, k) => k);
    const factors = {
      "spectral norm": norm(all, everywhere),
      "weighted maximum norm": perron(everywhere),
      "spectral norm in the box": Math.max(
        0,
        ...components(block).map((part) =>
          part.every((k) => Number.isFinite(inside[k])) ? spectralNorm(scaled(part, inside)) : Infinity,
        ),
      ),
      "weighted maximum norm in the box": perron(inside),
    };
    const method = Object.keys(factors).find((name) => factors[name] < 1 - MARGIN) ?? "";
    return { unique: method !== "", method, factors };
  };
})();
