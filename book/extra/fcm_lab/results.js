// What a run says: outcomes beside the comparison, how it ends, its course, and the ends that other starts lead to.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.results = (() => {
  const { element, shape, number, signed } = FcmLab.dom;
  const { RANGES } = FcmLab.arithmetic;
  const { outcomes, meanOf, barEnds, MOST_STEPS } = FcmLab.model;

  const [CHART_WIDTH, CHART_HEIGHT, LEFT, BOTTOM] = [320, 170, 30, 30];

  function nameOf(names, language) {
    return names[language] ? [names[language], language] : [names.en, "en"];
  }

  /** In words: how the run ends. */
  function endText(run) {
    if (run.period === 1) return `It settles after ${run.updates} updates.`;
    if (run.period > 1) return `It cycles: the same ${run.period} states come round again and again.`;
    return `It is undetermined: after ${MOST_STEPS} updates it has neither settled nor come round.`;
  }

  /** In words: where the outcomes are, for the status line and for screen readers. */
  function outcomeText(view) {
    const { data, state, run, compared } = view;
    if (!run.settled) return "Levels of a run that does not settle are no result.";
    const positions = outcomes(data);
    const mean = meanOf(run.state, positions);
    const text = `Mean of the outcomes ${number(mean)}`;
    if (!compared.levels) return `${text}; what it is compared with does not settle.`;
    const difference = mean - meanOf(compared.levels, positions);
    const [name] = nameOf(compared.names, state.names);
    if (Math.abs(difference) < 0.0005) return `${text}, as in “${name}”.`;
    return `${text}, ${number(Math.abs(difference))} ${difference > 0 ? "above" : "below"} “${name}”.`;
  }

  function bar(view, j) {
    const [low, high] = RANGES[view.state.transfer];
    const share = (level) => (100 * (Math.min(Math.max(level, low), high) - low)) / (high - low);
    const [first, last] = barEnds(view.run, j, low);
    const level = element("span", { class: "lab-bar-level" });
    level.style.left = `${share(first)}%`;
    level.style.width = `${Math.max(share(last) - share(first), 0.5)}%`;
    const parts = [level];
    if (view.compared.levels) {
      const mark = element("span", { class: "lab-bar-mark" });
      mark.style.left = `${share(view.compared.levels[j])}%`;
      parts.push(mark);
    }
    return element("span", { class: "lab-bar", "aria-hidden": "true" }, ...parts);
  }

  function nowText(run, j) {
    if (run.period === 0) return "not settled";
    const [low, high] = [number(run.low[j]), number(run.high[j])];
    return low === high ? low : `${low} to ${high}`;
  }

  function differenceCell(view, j) {
    const { data, state, run, compared } = view;
    if (data.concepts[j].id in state.hold) return element("td", { class: "number" }, "held");
    if (!run.settled || !compared.levels) return element("td", { class: "number" }, "no result");
    const difference = run.state[j] - compared.levels[j];
    const way = Math.abs(difference) < 0.0005 ? "" : difference > 0 ? "up" : "down";
    return element("td", { class: `number ${way}` }, { up: "▲ ", down: "▼ " }[way] ?? "", signed(difference));
  }

  function drawOutcomes(body, view) {
    const { data, state, run, compared } = view;
    body.replaceChildren(
      ...outcomes(data).map((j) => {
        const [name, lang] = nameOf(data.concepts[j].names, state.names);
        return element(
          "tr",
          {},
          element("th", { scope: "row", lang }, name),
          element("td", { class: "lab-bar-cell" }, bar(view, j)),
          element("td", { class: "number" }, nowText(run, j)),
          element("td", { class: "number" }, compared.levels ? number(compared.levels[j]) : "no result"),
          differenceCell(view, j),
        );
      }),
    );
  }

  /** The course of one concept, or of the mean of the outcomes, update by update. */
  function drawCourse(svg, view, positions) {
    const { state, run, compared } = view;
    const [low, high] = RANGES[state.transfer];
    const steps = Math.max(run.path.length, compared.path.length, 12) - 1;
    const x = (t) => LEFT + (t / steps) * (CHART_WIDTH - LEFT - 8);
    const y = (level) => 8 + ((high - level) / (high - low)) * (CHART_HEIGHT - BOTTOM - 8);
    const line = (path, name) =>
      shape("path", {
        class: `lab-course ${name}`,
        d: path.map((levels, t) => `${t ? "L" : "M"}${x(t).toFixed(1)} ${y(Math.min(Math.max(meanOf(levels, positions), low), high)).toFixed(1)}`).join(""),
      });
    const label = (text, attributes) => {
      const node = shape("text", { class: "lab-axis", ...attributes });
      node.textContent = text;
      return node;
    };
    const ticks = [low, (low + high) / 2, high].flatMap((level) => [
      shape("line", { class: "lab-grid", x1: LEFT, x2: CHART_WIDTH - 8, y1: y(level), y2: y(level) }),
      label(number(level, 1), { x: LEFT - 6, y: y(level) + 4, "text-anchor": "end" }),
    ]);
    const marks = [0, 10, 20, 30, 40]
      .filter((t) => t <= steps)
      .map((t) => label(String(t), { x: x(t), y: CHART_HEIGHT - 14, "text-anchor": "middle" }));
    svg.setAttribute("viewBox", `0 0 ${CHART_WIDTH} ${CHART_HEIGHT}`);
    svg.replaceChildren(
      ...ticks,
      ...marks,
      label("update", { x: CHART_WIDTH - 8, y: CHART_HEIGHT - 1, "text-anchor": "end" }),
      line(compared.path, "compared"),
      line(run.path, "now"),
    );
    const told = run.path.filter((_, t) => t % 10 === 0).map((levels) => number(meanOf(levels, positions), 2));
    svg.setAttribute("aria-label", `Level at updates 0, 10, 20 and so on: ${told.join(", ")}.`);
  }

  function proofText(proof) {
    if (!proof.unique) return "One end only is not proved: other starts may lead elsewhere.";
    return `One end only: every start leads here. Proved by the ${proof.method}, ${number(proof.factors[proof.method])} below 1.`;
  }

  function searchText(found) {
    const count = found.attractors.length;
    const ends = count === 1 ? "one end was found" : `${count} different ends were found`;
    const open = found.undetermined ? `; ${found.undetermined} runs stayed undetermined` : "";
    return `From ${found.starts} random starts ${ends}${open}.`;
  }

  /** One row an end, at most ten. */
  function drawEnds(body, view, found) {
    const positions = outcomes(view.data);
    body.replaceChildren(
      ...found.attractors.slice(0, 10).map((one) => {
        const means = one.states.map((levels) => meanOf(levels, positions));
        const [least, most] = [Math.min(...means), Math.max(...means)];
        return element(
          "tr",
          {},
          element("th", { scope: "row" }, one.period === 1 ? "settled" : `cycle of ${one.period}`),
          element("td", { class: "number" }, `${Math.round((100 * one.runs) / found.starts)} %`),
          element("td", { class: "number" }, one.period === 1 ? number(least) : `${number(least)} to ${number(most)}`),
        );
      }),
    );
  }

  return { nameOf, endText, outcomeText, drawOutcomes, drawCourse, proofText, searchText, drawEnds };
})();
