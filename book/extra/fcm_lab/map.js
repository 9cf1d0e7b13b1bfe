// The map as a drawing: boxes with levels, arrows with weights. What it shows is also in the tables and sliders.
"use strict";

window.FcmLab = window.FcmLab || {};

FcmLab.drawMap = (() => {
  const { shape, signed } = FcmLab.dom;
  const { RANGES } = FcmLab.arithmetic;
  const { weightsOf, levelText, barEnds } = FcmLab.model;

  const [WIDTH, HEIGHT, GAP, STEP, HEADING, MARGIN] = [158, 50, 41, 58, 26, 30];
  const LETTERS = { en: 22, ru: 19, kk: 19 };
  const STRONG = 0.6;

  /** Top left corner of each box, and of each group's heading; short columns are spread along the longest. */
  function layout(data) {
    const boxes = new Map();
    const headings = [];
    const most = Math.max(...data.columns.map((column) => STEP * column.flat().length + HEADING * column.length));
    data.columns.forEach((column, k) => {
      const x = k * (WIDTH + GAP);
      const step = (most - HEADING * column.length) / Math.max(column.flat().length, 1);
      let y = 0;
      for (const group of column) {
        if (!group.length) continue;
        const inset = (step - HEIGHT) / 2;
        headings.push({ x, y: y + HEADING - 6 + inset, group: data.concepts.find((c) => c.id === group[0]).group });
        y += HEADING;
        for (const id of group) {
          boxes.set(id, { x, y: y + inset });
          y += step;
        }
      }
    });
    return { boxes, headings, width: data.columns.length * (WIDTH + GAP) - GAP, height: most };
  }

  /** A name in at most three lines, broken at spaces and hyphens. */
  function lines(name, letters) {
    const rows = [""];
    for (const word of name.split(/(?<=\s|-)/)) {
      if ((rows.at(-1) + word).trimEnd().length <= letters || rows.at(-1) === "") rows[rows.length - 1] += word;
      else rows.push(word);
    }
    const shown = rows.slice(0, 3).map((row) => row.trimEnd());
    if (rows.length > 3) shown[2] = `${shown[2].slice(0, letters - 1)}…`;
    return shown.map((row) => (row.length > letters + 2 ? `${row.slice(0, letters + 1)}…` : row));
  }

  function arrow(from, to, offset) {
    const [out, into] = to.x > from.x ? [1, -1] : to.x < from.x ? [-1, 1] : [1, 1];
    const [x0, x1] = [from.x + (out > 0 ? WIDTH : 0), to.x + (into > 0 ? WIDTH : 0)];
    const [y0, y1] = [from.y + HEIGHT / 2 + offset, to.y + HEIGHT / 2 + offset];
    const reach = 26 + 0.14 * Math.abs(x1 - x0) + (out === into ? 0.05 * Math.abs(y1 - y0) : 0);
    return `M${x0} ${y0} C${x0 + out * reach} ${y0} ${x1 + into * (reach + 5)} ${y1} ${x1 + into * 5} ${y1}`;
  }

  function tip(colour) {
    const attributes = { id: `lab-tip-${colour}`, viewBox: "0 0 8 8", refX: 4, refY: 4, orient: "auto" };
    const size = { markerWidth: 7, markerHeight: 7, markerUnits: "userSpaceOnUse", class: `lab-tip ${colour}` };
    return shape("marker", { ...attributes, ...size }, shape("path", { d: "M0 0L8 4L0 8z" }));
  }

  function drawLink(data, key, weight, boxes, chosen, assumed, choose) {
    const [from, to] = key.split(".");
    const near = key === `${chosen.from}.${chosen.to}`;
    const classes = ["lab-link", weight > 0 ? "raises" : "lowers"];
    if (near) classes.push("chosen");
    else if (chosen.from === from || chosen.from === to) classes.push("near");
    else if (Math.abs(weight) < STRONG) classes.push("weak");
    if (assumed.has(key)) classes.push("assumed");
    const hash = [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7);
    const d = arrow(boxes.get(from), boxes.get(to), ((hash % 9) - 4) * 3.6);
    const title = shape("title");
    const name = (id) => data.concepts.find((concept) => concept.id === id).names.en;
    title.textContent = `${name(from)} → ${name(to)}: ${signed(weight, 2)}`;
    return shape(
      "g",
      { class: classes.join(" "), onclick: () => choose(from, to) },
      title,
      shape("path", { d, class: "lab-reach" }),
      shape("path", {
        d,
        class: "lab-line",
        "stroke-width": (near ? 1.5 : 0.5) + 2.6 * Math.abs(weight) ** 1.5,
        "marker-end": `url(#lab-tip-${weight > 0 ? "raises" : "lowers"})`,
      }),
    );
  }

  function drawBox(view, concept, j, box, choose) {
    const { state, run, compared } = view;
    const [low, high] = RANGES[state.transfer];
    const along = (level) => box.x + 8 + ((level - low) / (high - low)) * (WIDTH - 64);
    const held = concept.id in state.hold;
    const classes = ["lab-box", held ? "held" : "", view.chosen.from === concept.id ? "chosen" : ""].join(" ");
    const text = shape("text", { x: box.x + 8, class: "lab-name" });
    const language = concept.names[state.names] ? state.names : "en";
    const rows = lines(concept.names[language], LETTERS[language]);
    if (rows.length > 2) text.classList.add("long");
    const [top, between] = { 1: [20, 0], 2: [15, 14], 3: [12.5, 11.5] }[rows.length];
    rows.forEach((row, k) => {
      const span = shape("tspan", { x: box.x + 8, y: box.y + top + between * k, lang: language });
      span.textContent = row;
      text.append(span);
    });
    const value = shape("text", { x: box.x + WIDTH - 6, y: box.y + HEIGHT - 5, class: "lab-value" });
    const moved = compared.levels && run.settled && !held ? run.state[j] - compared.levels[j] : 0;
    const sign = Math.abs(moved) < 0.0005 ? "" : moved > 0 ? "▲ " : "▼ ";
    value.textContent = sign + levelText(run, j);
    if (sign) value.classList.add(moved > 0 ? "up" : "down");
    const y = box.y + HEIGHT - 10;
    const [first, last] = barEnds(run, j, low);
    const marks = [
      shape("rect", { x: along(low), y, width: WIDTH - 64, height: 5, class: "lab-track" }),
      shape("rect", { x: along(first), y, width: Math.max(along(last) - along(first), 1.5), height: 5, class: "lab-level" }),
    ];
    if (compared.levels) {
      const level = Math.min(Math.max(compared.levels[j], low), high);
      marks.push(shape("rect", { x: along(level) - 1, y: y - 3, width: 2, height: 11, class: "lab-mark" }));
    }
    const frame = { x: box.x, y: box.y, width: WIDTH, height: HEIGHT, rx: 6 };
    const edge = view.data.groups[concept.group]?.colour ?? "#767676";
    return shape(
      "g",
      { class: classes, onclick: () => choose(concept.id, null) },
      shape("rect", { ...frame, class: "lab-frame", style: `stroke:${/^#[0-9a-f]{6}$/i.test(edge) ? edge : "#767676"}` }),
      text,
      ...marks,
      value,
    );
  }

  /** Draw into `svg`; `choose(from, to)` is called when a box or an arrow is clicked. */
  return function drawMap(svg, view, choose) {
    const { data, state } = view;
    const { boxes, headings, width, height } = layout(data);
    svg.setAttribute("viewBox", `-4 0 ${width + MARGIN + 8} ${height}`);
    const assumed = new Set(data.links.filter((l) => l.tag === "assumed").map((l) => `${l.from}.${l.to}`));
    for (const key of Object.keys(state.weights)) assumed.delete(key);
    const order = ([key, weight]) => {
      const [from, to] = key.split(".");
      const near = view.chosen.from === from || view.chosen.from === to;
      return Math.abs(weight) + (near ? 2 : 0) + (view.chosen.from === from && view.chosen.to === to ? 4 : 0);
    };
    const links = [...weightsOf(data, state)].sort((a, b) => order(a) - order(b));
    svg.replaceChildren(
      shape("defs", {}, tip("raises"), tip("lowers")),
      ...headings.map(({ x, y, group }) => {
        const text = shape("text", { x: x + 2, y, class: "lab-group" });
        text.textContent = data.groups[group]?.name ?? group;
        return text;
      }),
      ...links.map(([key, weight]) => drawLink(data, key, weight, boxes, view.chosen, assumed, choose)),
      ...data.concepts.map((concept, j) => drawBox(view, concept, j, boxes.get(concept.id), choose)),
    );
  };
})();
