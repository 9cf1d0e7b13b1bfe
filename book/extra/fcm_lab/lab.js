// The lab: what the student does changes the state, and every change of the state is run and shown.
"use strict";

window.FcmLab = window.FcmLab || {};

(() => {
  const { element, options } = FcmLab.dom;
  const { RULES, TRANSFERS } = FcmLab.arithmetic;
  const states = FcmLab.state;
  const { model, results, levers, links } = FcmLab;

  const QUIET = 600;
  const RULE_NAMES = { rescaled: "rescaled", modified_kosko: "modified Kosko", kosko: "Kosko" };
  const TITLES = { course: "Courses", "barrier-removed": "A barrier removed", "barrier-worsened": "A barrier worsened" };
  const LANGUAGES = { en: "English", ru: "Русский", kk: "Қазақша" };

  let regions = [];
  const loaded = new Map();
  const waiting = new Map();
  let parts = {};
  let rows = new Map();
  let view = null;
  let drawn = 0;
  let timer = 0;
  let stopSearch = () => {};

  /** The data scripts call this: a page on disk may not read JSON. */
  FcmLab.given = (kind, content) => {
    if (kind === "regions") regions = content;
    else {
      loaded.set(content.region, content);
      waiting.get(content.region)?.(content);
    }
  };

  function load(region) {
    if (loaded.has(region)) return Promise.resolve(loaded.get(region));
    return new Promise((done, failed) => {
      waiting.set(region, done);
      document.head.append(element("script", { src: `fcm_lab/${region}.js`, onerror: failed }));
    });
  }

  function find() {
    const names = [...document.querySelectorAll("#fcm-lab [id^='lab-']")].map((node) => node.id.slice(4));
    parts = Object.fromEntries(names.map((name) => [name, document.getElementById(`lab-${name}`)]));
  }

  async function open(fragment) {
    const wanted = states.regionOf(fragment);
    const known = regions.map((one) => one.region);
    const region = known.includes(wanted) ? wanted : known[0];
    const data = await load(region);
    const { state, faults } = states.fromFragment(fragment, data);
    const strongest = [...data.links].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))[0];
    const changed = Object.keys(state.weights).at(-1) ?? states.linkKey(strongest.from, strongest.to);
    const [from, to] = changed.split(".");
    view = { data, state, chosen: { from, to } };
    parts.faults.textContent = faults.length ? `Left out of the link, because this map has no such thing: ${faults.join("; ")}.` : "";
    parts.json.href = `fcm_lab/${region}.json`;
    parts.fictitious.hidden = !data.fictitious;
    rows = levers.make(parts.levers, data, hold);
    refresh();
  }

  function hold(id, level) {
    if (level === null) delete view.state.hold[id];
    else view.state.hold[id] = level;
    refresh();
  }

  function setWeight(key, weight) {
    const original = view.data.links.find((link) => states.linkKey(link.from, link.to) === key)?.weight ?? 0;
    if (weight === null || weight === original) delete view.state.weights[key];
    else view.state.weights[key] = weight;
    refresh();
  }

  function choose(from, to) {
    const next = view.data.links.find((link) => link.from === from);
    view.chosen = { from, to: to ?? next?.to ?? view.data.concepts.find((concept) => concept.id !== from).id };
    refresh();
  }

  /** Run and draw once before the next picture, however many changes came since the last. */
  function refresh() {
    cancelAnimationFrame(drawn);
    drawn = requestAnimationFrame(draw);
  }

  function draw() {
    const { data, state } = view;
    view.run = model.run(data, state);
    view.compared = model.comparison(data, state);
    showChoices();
    levers.show(rows, view);
    links.show(parts, view, setWeight);
    results.drawOutcomes(parts.outcomes, view);
    FcmLab.drawMap(parts.map, view, choose);
    drawCourse();
    parts.end.textContent = results.endText(view.run);
    parts.end.dataset.end = view.run.end;
    parts.summary.textContent = results.outcomeText(view);
    const fragment = states.toFragment(state, data);
    if (location.hash.slice(1) !== fragment) history.replaceState(null, "", `#${fragment}`);
    parts.link.value = location.href;
    stopSearch();
    parts.proof.textContent = "…";
    parts.found.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(afterwards, QUIET);
  }

  /** What takes longer waits until the student pauses: the announcement, the proof and the search for other ends. */
  function afterwards() {
    parts.announced.textContent = `${results.endText(view.run)} ${results.outcomeText(view)}`;
    const proof = model.proof(view.run.input);
    parts.proof.textContent = results.proofText(proof);
    parts.ends.closest("table").hidden = proof.unique;
    if (proof.unique) return;
    parts.found.textContent = "Trying random starts …";
    stopSearch = model.search(view.run.input, (found) => {
      parts.found.textContent = results.searchText(found);
      results.drawEnds(parts.ends, view, found);
    });
  }

  function drawCourse() {
    const j = view.data.concepts.findIndex((concept) => concept.id === view.state.course);
    results.drawCourse(parts.chart, view, j < 0 ? model.outcomes(view.data) : [j]);
  }

  function scenarioGroups(select, first, chosen) {
    const { data, state } = view;
    options(select, first, chosen);
    for (const [kind, label] of Object.entries(TITLES)) {
      const group = element("optgroup", { label });
      for (const scenario of data.scenarios.filter((one) => one.kind === kind)) {
        const [text, lang] = results.nameOf(scenario.names, state.names);
        group.append(element("option", { value: scenario.id, lang }, text));
      }
      if (group.children.length) select.append(group);
    }
    select.value = chosen;
  }

  function showChoices() {
    const { data, state } = view;
    const scenario = model.scenarioOf(data, state);
    options(parts.region, regions.map((one) => [one.region, ...results.nameOf(one.names, state.names)]), state.region);
    scenarioGroups(parts.scenario, scenario ? [] : [["", "my own mix"]], scenario);
    scenarioGroups(parts.compare, state.kept ? [[states.KEPT, "what I kept"]] : [], state.compare);
    options(parts.rule, RULES.map((rule) => [rule, RULE_NAMES[rule]]), state.rule);
    options(parts.transfer, TRANSFERS.map((transfer) => [transfer, transfer]), state.transfer);
    const languages = Object.keys(LANGUAGES).filter((code) => data.concepts.some((concept) => concept.names[code]));
    options(parts.names, languages.map((code) => [code, LANGUAGES[code], code]), state.names);
    parts.start.value = state.start;
    parts.slope.value = state.slope;
    parts["slope-value"].textContent = state.slope.toFixed(2);
    parts.transmitters.checked = state.transmitters === "hold";
    const courses = data.concepts.map((concept) => [concept.id, ...results.nameOf(concept.names, state.names)]);
    options(parts.course, [["", "mean of the outcomes"], ...courses], state.course);
    const usual = ["rule", "transfer", "slope"].every((name) => state[name] === data.settings[name]);
    const { rule, transfer, slope } = data.settings;
    parts.settings.textContent =
      usual || state.compare === states.KEPT
        ? ""
        : `The saved scenarios were computed with the ${RULE_NAMES[rule]} rule, ${transfer}, slope ${slope}: the difference mixes the setting with the levers.`;
  }

  function listen() {
    const on = (name, event, act) => parts[name].addEventListener(event, act);
    const set = (name) => on(name, "change", () => {
      view.state[name] = parts[name].value;
      if (name === "start" && view.state.start === "random") view.state.seed = 1 + Math.floor(Math.random() * 999999);
      states.cutToRange(view.state);
      refresh();
    });
    ["rule", "transfer", "start", "compare", "names", "course"].forEach(set);
    on("region", "change", () => open(`region=${parts.region.value}`));
    on("scenario", "change", () => {
      const scenario = view.data.scenarios.find((one) => one.id === parts.scenario.value);
      if (scenario) view.state.hold = { ...scenario.hold };
      refresh();
    });
    on("slope", "input", () => {
      view.state.slope = Number(parts.slope.value);
      refresh();
    });
    on("transmitters", "change", () => {
      view.state.transmitters = parts.transmitters.checked ? "hold" : "free";
      refresh();
    });
    on("keep", "click", () => {
      view.state.kept = states.toFragment({ ...view.state, kept: "", compare: states.BASELINE }, view.data);
      view.state.compare = states.KEPT;
      refresh();
    });
    on("reset", "click", () => open(`region=${view.state.region}`));
    on("copy", "click", copy);
    links.make(parts, choose, setWeight);
    for (const button of document.querySelectorAll("[data-lab-try]")) {
      button.addEventListener("click", async () => {
        await open(`region=${view.state.region}&${button.dataset.labTry}`);
        document.getElementById("fcm-lab").scrollIntoView();
        parts.scenario.focus({ preventScroll: true });
      });
    }
    window.addEventListener("hashchange", () => open(location.hash.slice(1)));
  }

  async function copy() {
    parts.link.select();
    try {
      await navigator.clipboard.writeText(parts.link.value);
      parts.copied.textContent = "Copied.";
    } catch {
      parts.copied.textContent = "The link is selected: copy it with the keys of your system.";
    }
  }

  document.addEventListener("DOMContentLoaded", async () => {
    find();
    listen();
    try {
      await open(location.hash.slice(1));
      document.getElementById("fcm-lab").dataset.ready = "yes";
    } catch {
      parts.faults.textContent = "The data of this region could not be loaded: they lie in the folder fcm_lab beside this page.";
    }
  });
})();
