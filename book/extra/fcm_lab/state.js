// What the student has chosen, and the same as a link: only what differs from the region's own settings is written.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.state = (() => {
  const { RULES, TRANSFERS, RANGES, clip } = FcmLab.arithmetic;

  const BASELINE = "inertial";
  const KEPT = "kept";
  const STARTS = ["data", "low", "high", "random"];
  const LANGUAGES = ["en", "ru", "kk"];
  const SLOPES = [0.05, 10];
  const SEEDS = [1, 999999];

  function defaults(data) {
    return {
      region: data.region,
      ...data.settings,
      transmitters: "hold",
      start: "data",
      seed: 1,
      hold: {},
      weights: {},
      compare: BASELINE,
      kept: "",
      names: "en",
      course: "",
    };
  }

  function linkKey(from, to) {
    return `${from}.${to}`;
  }

  /** The choices as the part of an address after `#`. */
  function toFragment(state, data) {
    const usual = defaults(data);
    const written = new URLSearchParams({ region: state.region });
    for (const name of ["rule", "transfer", "slope", "transmitters", "start", "seed", "compare", "kept", "names", "course"]) {
      if (state[name] !== usual[name]) written.set(name, state[name]);
    }
    for (const [id, level] of Object.entries(state.hold)) written.set(`hold.${id}`, level);
    for (const [key, weight] of Object.entries(state.weights)) written.set(`link.${key}`, weight);
    return written.toString();
  }

  function regionOf(fragment) {
    return new URLSearchParams(fragment).get("region");
  }

  /** The choices of a link, and what in it does not fit this map, one text each. */
  function fromFragment(fragment, data) {
    const state = defaults(data);
    const faults = [];
    const ids = new Set(data.concepts.map((concept) => concept.id));
    const scenarios = data.scenarios.map((scenario) => scenario.id);
    const given = new URLSearchParams(fragment);
    const choices = {
      rule: RULES,
      transfer: TRANSFERS,
      transmitters: ["hold", "free"],
      start: STARTS,
      compare: [...scenarios, KEPT],
      names: LANGUAGES,
      course: ["", ...ids],
    };
    const refuse = (name, value) => faults.push(`${name} = ${value}`);
    const numberIn = (name, value, [low, high]) => {
      const number = value.trim() === "" ? NaN : Number(value);
      if (number >= low && number <= high) return number;
      refuse(name, value);
      return null;
    };
    // The transfer function comes first because it says which levels there are.
    const transfer = given.get("transfer");
    if (TRANSFERS.includes(transfer)) state.transfer = transfer;
    for (const [name, value] of given) {
      const [kind, first, second] = name.split(".");
      if (name === "region") {
        if (value !== data.region) refuse(name, value);
      } else if (name in choices) {
        if (choices[name].includes(value)) state[name] = value;
        else refuse(name, value);
      } else if (name === "slope") state.slope = numberIn(name, value, SLOPES) ?? state.slope;
      else if (name === "seed") state.seed = Math.round(numberIn(name, value, SEEDS) ?? state.seed);
      else if (name === "kept") state.kept = value;
      else if (kind === "hold" && ids.has(first) && second === undefined) {
        const level = numberIn(name, value, RANGES[state.transfer]);
        if (level !== null) state.hold[first] = level;
      } else if (kind === "link" && ids.has(first) && ids.has(second)) {
        const weight = numberIn(name, value, [-1, 1]);
        if (weight !== null) state.weights[linkKey(first, second)] = weight;
      } else refuse(name, value);
    }
    if (state.compare === KEPT && !state.kept) state.compare = BASELINE;
    return { state, faults };
  }

  /** Cut held levels to the range of the transfer function, after that was changed. */
  function cutToRange(state) {
    const [low, high] = RANGES[state.transfer];
    for (const id of Object.keys(state.hold)) state.hold[id] = clip(state.hold[id], low, high);
  }

  return { BASELINE, KEPT, SLOPES, defaults, linkKey, toFragment, regionOf, fromFragment, cutToRange };
})();
