/* Tables of results: sort by a click on a heading, and filter those that are long. Without this script they stay as they are. */
(() => {
  "use strict";
  const LONG = 12;
  const russian = document.documentElement.lang === "ru";
  const words = russian
    ? { filter: "Отобрать строки", sort: "Сортировать по столбцу", shown: "строк показано" }
    : { filter: "Filter rows", sort: "Sort by column", shown: "rows shown" };

  const asNumber = (text) => {
    const plain = text.replace(/[\s\u00a0\u202f%]/g, "").replace("\u2212", "-").replace(",", ".");
    return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
  };

  const compare = (one, other) => {
    const [a, b] = [asNumber(one), asNumber(other)];
    if (a !== null && b !== null) return a - b;
    if (a !== null || b !== null) return a !== null ? -1 : 1;
    return one.localeCompare(other, document.documentElement.lang, { numeric: true });
  };

  const sortable = (table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      button.title = words.sort;
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "ascending" : "descending");
        const rows = [...body.rows];
        rows.sort((a, b) => compare(a.cells[place].textContent.trim(), b.cells[place].textContent.trim()));
        body.append(...(down ? rows : rows.reverse()));
      });
    });
  };

  const filterable = (table, frame) => {
    const rows = [...table.tBodies[0].rows];
    const label = document.createElement("label");
    const field = document.createElement("input");
    const told = document.createElement("span");
    label.className = "filter";
    field.type = "search";
    told.setAttribute("role", "status");
    label.append(`${words.filter} `, field, " ", told);
    frame.before(label);
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLocaleLowerCase();
      rows.forEach((row) => { row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted); });
      const left = rows.filter((row) => !row.hidden).length;
      told.textContent = wanted ? `${left} / ${rows.length} ${words.shown}` : "";
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".table-frame table.result").forEach((table) => {
      const same = [...table.rows].every((row) => row.cells.length === table.rows[0].cells.length);
      if (!table.tHead || !same || table.tBodies[0].rows.length < 3) return;
      sortable(table);
      if (table.tBodies[0].rows.length > LONG) filterable(table, table.closest(".table-frame"));
    });
  });
})();
