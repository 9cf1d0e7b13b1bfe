// The map that a state amounts to, and what a run of it says.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.model = (() => {
  const { RANGES } = FcmLab.arithmetic;
  const { number } = FcmLab.dom;
  const { prepare, simulate, findAttractors, randomStarts } = FcmLab.engine;
  const { KEPT, BASELINE, linkKey, fromFragment } = FcmLab.state;

  const MOST_STEPS = 20000;
  const SHOWN_STEPS = 41;
  const STARTS = 200;
  const SEED = 2024;

  /** Weight of each link by its key: the region's and what the student has changed; those of 0 are left out. */
  function weightsOf(data, state) {
    const weights = new Map(data.links.map((link) => [linkKey(link.from, link.to), link.weight]));
    for (const [key, weight] of Object.entries(state.weights)) weights.set(key, weight);
    for (const [key, weight] of weights) if (weight === 0) weights.delete(key);
    return weights;
  }

  /** What the engine is given. */
  function engineInput(data, state) {
    const ids = data.concepts.map((concept) => concept.id);
    const place = new Map(ids.map((id, j) => [id, j]));
    const weights = ids.map(() => new Array(ids.length).fill(0));
    for (const [key, weight] of weightsOf(data, state)) {
      const [from, to] = key.split(".");
      weights[place.get(from)][place.get(to)] = weight;
    }
    const influenced = ids.map((_, j) => weights.some((row) => row[j] !== 0));
    const [low, high] = RANGES[state.transfer];
    const own = data.concepts.map((concept) => concept.start);
    const [random] = randomStarts(own, influenced, state.transfer, 1, state.seed);
    const start = {
      data: own,
      low: own.map((level, j) => (influenced[j] ? low : level)),
      high: own.map((level, j) => (influenced[j] ? high : level)),
      random,
    }[state.start];
    return {
      weights,
      start,
      rule: state.rule,
      transfer: state.transfer,
      slope: state.slope,
      clamp: ids.map((id) => state.hold[id] ?? null),
      holdTransmitters: state.transmitters === "hold",
    };
  }

  /** Run a state: the engine's answer and, for each concept, the lowest and highest level that it ends at. */
  function run(data, state) {
    const input = engineInput(data, state);
    const ended = simulate(input, { maxSteps: MOST_STEPS, keep: SHOWN_STEPS });
    const states = ended.period ? ended.cycle : ended.path.slice(-1);
    const low = data.concepts.map((_, j) => Math.min(...states.map((s) => s[j])));
    const high = data.concepts.map((_, j) => Math.max(...states.map((s) => s[j])));
    return { ...ended, input, low, high, settled: ended.period === 1 };
  }

  /** What the run is compared with: levels that the pipeline computed, or what the student has kept. */
  function comparison(data, state) {
    if (state.compare === KEPT) {
      const kept = run(data, fromFragment(state.kept, data).state);
      return { names: { en: "what I kept" }, levels: kept.settled ? Array.from(kept.state) : null, path: kept.path };
    }
    const scenario = data.scenarios.find((one) => one.id === state.compare);
    const own = { ...FcmLab.state.defaults(data), hold: scenario.hold };
    return { names: scenario.names, levels: scenario.levels, path: run(data, own).path };
  }

  /** Which scenario holds exactly what the state holds, or an empty text. */
  function scenarioOf(data, state) {
    const same = (hold) =>
      Object.keys(hold).length === Object.keys(state.hold).length &&
      Object.entries(hold).every(([id, level]) => state.hold[id] === level);
    return data.scenarios.find((scenario) => same(scenario.hold))?.id ?? "";
  }

  function outcomes(data) {
    return data.concepts.flatMap((concept, j) => (concept.role === "outcome" ? [j] : []));
  }

  function meanOf(levels, positions) {
    return positions.reduce((sum, j) => sum + levels[j], 0) / positions.length;
  }

  /** Level at which a concept ends, in two digits: a word where it does not stay at one. */
  function levelText(run, j) {
    if (run.period === 0) return "?";
    return run.high[j] - run.low[j] < 0.005 ? number(run.low[j], 2) : "cycles";
  }

  /** A bar reaches from the lowest level there is; of a concept that cycles it shows what the level goes through. */
  function barEnds(run, j, lowest) {
    return run.high[j] - run.low[j] < 0.005 ? [lowest, run.high[j]] : [run.low[j], run.high[j]];
  }

  /** Whether one end only is proved. */
  function proof(input) {
    return FcmLab.certifyUniqueness(prepare(input));
  }

  /** Run from many random states of the free concepts, a few at a time so that the page goes on answering. */
  function search(input, done) {
    const { clamp } = prepare(input);
    const starts = randomStarts(input.start, clamp.map(Number.isNaN), input.transfer, STARTS, SEED);
    const slices = Array.from({ length: STARTS / 10 }, (_, k) => starts.slice(10 * k, 10 * k + 10));
    const states = [];
    let stopped = false;
    const step = () => {
      if (stopped) return;
      const slice = slices.shift();
      if (!slice) {
        done(merged(states));
        return;
      }
      states.push(findAttractors(input, slice, { maxSteps: MOST_STEPS }));
      setTimeout(step);
    };
    setTimeout(step);
    return () => {
      stopped = true;
    };
  }

  function merged(parts) {
    const found = [];
    for (const one of parts.flatMap((part) => part.attractors)) {
      const known = found.find(
        (a) => a.period === one.period && a.states.some((s) => FcmLab.ends.distance(s, one.states[0]) <= 1e-6),
      );
      if (known) known.runs += one.runs;
      else found.push({ ...one });
    }
    found.sort((a, b) => b.runs - a.runs || a.period - b.period);
    return { attractors: found, undetermined: parts.reduce((sum, part) => sum + part.undetermined, 0), starts: STARTS };
  }

  return { BASELINE, MOST_STEPS, weightsOf, engineInput, run, comparison, scenarioOf, outcomes, meanOf, levelText, barEnds, proof, search };
})();
