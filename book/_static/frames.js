/* Figures: on a narrow screen a drawing keeps its size and scrolls in a frame of its own, by keyboard too. */
(() => {
  "use strict";
  const russian = document.documentElement.lang === "ru";

  const framed = (image) => {
    const frame = document.createElement("div");
    frame.className = "figure-frame";
    image.before(frame);
    frame.append(image);
    return frame;
  };

  const adapt = (frame) => {
    const scrolls = frame.scrollWidth > frame.clientWidth + 1;
    if (!scrolls) {
      ["tabindex", "role", "aria-label"].forEach((name) => frame.removeAttribute(name));
      return;
    }
    const named = frame.closest("figure").querySelector(".caption-number")?.textContent.trim() ?? "";
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", `${named} ${russian ? "прокручивается вбок" : "scrolls sideways"}`.trim());
  };

  document.addEventListener("DOMContentLoaded", () => {
    const frames = [...document.querySelectorAll("article figure > img")].map(framed);
    const all = () => frames.forEach(adapt);
    window.addEventListener("load", all);
    window.addEventListener("resize", all);
  });
})();
