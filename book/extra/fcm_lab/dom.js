// Elements made in one line. Text from data only ever becomes text, never markup.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value === true ? "" : String(value));
    }
    node.append(...children.filter((child) => child !== null));
    return node;
  }

  function element(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }

  function shape(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
  }

  /** Options of a select from [value, text, language]; `chosen` is selected. */
  function options(select, entries, chosen) {
    select.replaceChildren(
      ...entries.map(([value, text, lang]) => element("option", { value, lang, selected: value === chosen }, text)),
    );
    select.value = chosen;
  }

  function number(value, digits = 3) {
    return value.toFixed(digits).replace("-", "−");
  }

  /** With its sign; what rounds to nothing has none. */
  function signed(value, digits = 3) {
    const text = number(value, digits);
    return Number(value.toFixed(digits)) > 0 ? `+${text}` : Number(value.toFixed(digits)) === 0 ? text.replace("−", "") : text;
  }

  return { element, shape, options, number, signed };
})();
