/* Terms of the glossary: their meaning shows on hover and focus (CSS); here it is kept on the screen, and Escape closes it. */
(() => {
  "use strict";
  const MARGIN = 8;

  const place = (box) => {
    const meaning = box.querySelector(".term-meaning");
    meaning.style.left = "0px";
    const { left, right } = meaning.getBoundingClientRect();
    const over = right + MARGIN - document.documentElement.clientWidth;
    meaning.style.left = `${-Math.min(Math.max(over, 0), Math.max(left - MARGIN, 0))}px`;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const boxes = [...document.querySelectorAll(".term-box")];
    boxes.forEach((box) => {
      ["mouseenter", "focusin"].forEach((event) => box.addEventListener(event, () => place(box)));
      ["mouseleave", "focusout"].forEach((event) => box.addEventListener(event, () => box.classList.remove("closed")));
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") boxes.forEach((box) => box.classList.add("closed"));
    });
  });
})();
