// A slider and a switch for every concept, in groups that open and close.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.levers = (() => {
  const { element, number } = FcmLab.dom;
  const { RANGES, clip } = FcmLab.arithmetic;
  const { levelText } = FcmLab.model;
  const { nameOf } = FcmLab.results;

  const OPEN = ["university", "enterprises", "state"];

  function row(concept, change) {
    const id = `lab-level-${concept.id}`;
    const name = element("label", { for: id });
    const slider = element("input", { type: "range", id, step: 0.01 });
    const held = element("input", { type: "checkbox", id: `lab-hold-${concept.id}` });
    const level = element("output", { for: id });
    slider.addEventListener("input", () => change(concept.id, Number(slider.value)));
    held.addEventListener("change", () => change(concept.id, held.checked ? Number(slider.value) : null));
    const node = element(
      "div",
      { class: "lab-lever" },
      name,
      element("span", { class: "lab-switch" }, held, element("label", { for: held.id }, "hold")),
      slider,
      level,
    );
    return { node, name, slider, held, level };
  }

  /** Make the sliders; `change(id, level)` is called with null when a concept is let go. */
  function make(place, data, change) {
    const rows = new Map();
    const groups = [...new Set(data.columns.flat(2).map((id) => data.concepts.find((c) => c.id === id).group))];
    place.replaceChildren(
      ...groups.map((group) => {
        const members = data.concepts.filter((concept) => concept.group === group);
        for (const concept of members) rows.set(concept.id, row(concept, change));
        return element(
          "details",
          { class: "lab-group-of-levers", open: OPEN.includes(group) },
          element("summary", {}, data.groups[group].name, element("span", { class: "lab-count" })),
          ...members.map((concept) => rows.get(concept.id).node),
        );
      }),
    );
    return rows;
  }

  /** Show where every concept stands: held ones at their level, the others where the run ends. */
  function show(rows, view) {
    const { data, state, run } = view;
    const [low, high] = RANGES[state.transfer];
    data.concepts.forEach((concept, j) => {
      const { node, name, slider, held, level } = rows.get(concept.id);
      const [text, lang] = nameOf(concept.names, state.names);
      const isHeld = concept.id in state.hold;
      const now = isHeld ? state.hold[concept.id] : clip(run.state[j], low, high);
      const told = isHeld ? number(now, 2) : levelText(run, j);
      name.textContent = text;
      name.lang = lang;
      [slider.min, slider.max] = [low, high];
      slider.value = now;
      slider.setAttribute("aria-valuetext", `${told}, ${isHeld ? "held" : "free"}`);
      held.checked = isHeld;
      held.setAttribute("aria-label", `hold: ${text}`);
      level.textContent = told;
      node.classList.toggle("held", isHeld);
    });
    for (const group of document.querySelectorAll(".lab-group-of-levers")) {
      const count = group.querySelectorAll(".lab-lever.held").length;
      group.querySelector(".lab-count").textContent = count ? ` ${count} held` : "";
    }
  }

  return { make, show };
})();
