// The rules and transfer functions, one formula each, as `unicluster.fcm.kernels` has them: the same roundings in the
// same order, so that a run has the same bits here as there.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.arithmetic = (() => {
  const RULES = ["rescaled", "modified_kosko", "kosko"];
  const TRANSFERS = ["sigmoid", "tanh", "bivalent", "trivalent", "saturation"];
  const RANGES = { sigmoid: [0, 1], tanh: [-1, 1], bivalent: [0, 1], trivalent: [-1, 1], saturation: [0, 1] };

  const bits = new DataView(new ArrayBuffer(8));

  /** 2 ** k, exact for every exponent of a normal number. */
  function powerOfTwo(k) {
    bits.setInt32(0, (k + 1023) << 20);
    bits.setInt32(4, 0);
    return bits.getFloat64(0);
  }

  /** The parts p, q and s of exp(x) = s (q + p) / (q - p), by the approximation of the Cephes library. */
  function exponentialParts(x) {
    const k = x * 1.4426950408889634 + 6755399441055744.0 - 6755399441055744.0;
    const r = x - k * 6.93145751953125e-1 - k * 1.42860682030941723212e-6;
    const rr = r * r;
    const p = r * ((1.26177193074810590878e-4 * rr + 3.02994407707441961300e-2) * rr + 1.0);
    let q = 3.00198505138664455042e-6 * rr + 2.52448340349684104192e-3;
    q = (q * rr + 2.27265548208155028766e-1) * rr + 2.0;
    return [p, q, powerOfTwo(k)];
  }

  function clip(x, low, high) {
    return x < low ? low : x > high ? high : x;
  }

  /** Transfer function f(slope * x). */
  function transferValue(transfer, x, slope) {
    const z = slope * x;
    if (transfer === "sigmoid") {
      const [p, q, s] = exponentialParts(clip(-z, -700, 700));
      return (q - p) / (q - p + s * (q + p));
    }
    if (transfer === "tanh") {
      const [p, q, s] = exponentialParts(clip(2 * z, -700, 700));
      return ((s - 1) * q + (s + 1) * p) / ((s + 1) * q + (s - 1) * p);
    }
    if (transfer === "bivalent") return z > 0 ? 1 : 0;
    if (transfer === "trivalent") return Math.sign(z);
    return clip(z, 0, 1);
  }

  /** Derivative of f(slope * x) with respect to x; 0 where f is flat or steps. */
  function transferDerivative(transfer, x, slope) {
    const value = transferValue(transfer, x, slope);
    if (transfer === "sigmoid") return slope * value * (1 - value);
    if (transfer === "tanh") return slope * (1 - value) * (1 + value);
    if (transfer === "saturation") return value > 0 && value < 1 ? slope : 0;
    return 0;
  }

  /** What the transfer function is applied to: a W, a + a W or (2a - 1) + (2a - 1) W; rows of `weights` are sources. */
  function netInput(rule, weights, state) {
    const base = rule === "rescaled" ? state.map((a) => 2 * a - 1) : state;
    const total = rule === "kosko" ? new Float64Array(base.length) : Float64Array.from(base);
    for (let i = 0; i < base.length; i += 1) {
      const row = weights[i];
      for (let j = 0; j < base.length; j += 1) total[j] += base[i] * row[j];
    }
    return total;
  }

  return { RULES, TRANSFERS, RANGES, clip, transferValue, transferDerivative, netInput };
})();
