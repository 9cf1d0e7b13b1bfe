// Choose a pair of concepts and set the weight of the link between them; a list of what was changed.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.links = (() => {
  const { element, options, signed } = FcmLab.dom;
  const { linkKey } = FcmLab.state;
  const { weightsOf } = FcmLab.model;
  const { nameOf } = FcmLab.results;

  function originalOf(data, key) {
    return data.links.find((link) => linkKey(link.from, link.to) === key);
  }

  function told(link) {
    const range = `range ${signed(link.low, 2)} to ${signed(link.high, 2)}`;
    return `In the region's map: ${signed(link.weight, 2)}, ${range}, evidence: ${link.tag}.`;
  }

  /** Listen to the editor; `choose(from, to)` and `change(key, weight)` are called, with null for the original. */
  function make(parts, choose, change) {
    const key = () => linkKey(parts.from.value, parts.to.value);
    parts.from.addEventListener("change", () => choose(parts.from.value, null));
    parts.to.addEventListener("change", () => choose(parts.from.value, parts.to.value));
    parts.weight.addEventListener("input", () => change(key(), Number(parts.weight.value)));
    parts.restore.addEventListener("click", () => change(key(), null));
  }

  function show(parts, view, change) {
    const { data, state, chosen } = view;
    const weights = weightsOf(data, state);
    const key = linkKey(chosen.from, chosen.to);
    const named = (concept, note = "") => {
      const [text, lang] = nameOf(concept.names, state.names);
      return [concept.id, `${text}${note}`, lang];
    };
    options(parts.from, data.concepts.map((concept) => named(concept)), chosen.from);
    const noted = data.concepts.map((concept) => {
      const weight = weights.get(linkKey(chosen.from, concept.id));
      return named(concept, weight === undefined ? "" : ` (${signed(weight, 2)})`);
    });
    noted.sort((a, b) => b[1].endsWith(")") - a[1].endsWith(")"));
    options(parts.to, noted, chosen.to);
    const weight = weights.get(key) ?? 0;
    parts.weight.value = weight;
    parts.weight.setAttribute("aria-valuetext", weight === 0 ? "no link" : signed(weight, 2));
    parts.value.textContent = weight === 0 ? "no link" : signed(weight, 2);
    const original = originalOf(data, key);
    parts.note.textContent = original ? told(original) : "The region's map has no such link.";
    parts.restore.disabled = !(key in state.weights);
    showChanged(parts.changed, view, weights, change);
  }

  function showChanged(list, view, weights, change) {
    const { data, state } = view;
    const name = (id) => nameOf(data.concepts.find((concept) => concept.id === id).names, state.names);
    list.replaceChildren(
      ...Object.keys(state.weights).map((key) => {
        const [from, to] = key.split(".").map(name);
        const now = weights.has(key) ? signed(weights.get(key), 2) : "no link";
        const back = element("button", { type: "button", onclick: () => change(key, null) }, "restore");
        back.setAttribute("aria-label", `restore ${from[0]} → ${to[0]}`);
        const text = element("span", {}, element("span", { lang: from[1] }, from[0]), " → ");
        text.append(element("span", { lang: to[1] }, to[0]), `: ${now}`);
        return element("li", {}, text, " ", back);
      }),
    );
  }

  return { make, show };
})();
