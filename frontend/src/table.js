// The table view: rows in pages, columns that sort, links that are short.

import { labelOf } from "./complete.js";
import { element, number, safeHref, text } from "./page.js";
import { shown } from "./terms.js";

const PAGE = 200;
const NUMERIC = /#(?:integer|decimal|double|float|int|long|short|byte|gYear|(?:non|un)\w+)$/;

/** One term as a cell's content. */
export function cell(term, names) {
  if (!term) return element("span", { class: "quiet" }, "–");
  if (term.type === "uri") {
    const href = safeHref(term.value);
    const name = names?.get(term.value) ?? labelOf(term.value);
    const label = element("bdi", {}, shown(term.value));
    const link = href ? element("a", { href, title: name || term.value }, label) : label;
    return name ? element("span", {}, link, element("span", { class: "cell-name" }, element("bdi", {}, name))) : link;
  }
  if (term.type === "bnode") return element("bdi", {}, `_:${term.value}`);
  const lang = term["xml:lang"];
  const value = element("bdi", { lang, class: isNumber(term) ? "cell-number" : null }, term.value);
  return lang ? element("span", {}, value, " ", element("span", { class: "tag" }, lang)) : value;
}

export function isNumber(term) {
  return term?.type === "literal" && NUMERIC.test(term.datatype ?? "") && !Number.isNaN(Number(term.value));
}

function compare(a, b) {
  if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
  if (isNumber(a) && isNumber(b)) return Number(a.value) - Number(b.value);
  return a.value.localeCompare(b.value, undefined, { numeric: true });
}

/** Draw the table of an answer into a place. */
export function showTable(place, answer, names) {
  const rows = [...answer.rows];
  const body = element("tbody");
  let count = 0;
  const more = element("button", { type: "button", class: "chip", onclick: () => add() });
  const add = () => {
    for (const row of rows.slice(count, count + PAGE)) {
      body.append(element("tr", {}, ...answer.vars.map((name) => element("td", {}, cell(row[name], names)))));
    }
    count = Math.min(count + PAGE, rows.length);
    more.hidden = count >= rows.length;
    more.textContent = text("more-rows", { shown: number(count), total: number(rows.length) });
  };
  const again = () => {
    body.replaceChildren();
    count = 0;
    add();
  };
  const heads = answer.vars.map((name) => head(name, rows, again));
  const table = element("table", { class: "results" }, element("thead", {}, element("tr", {}, ...heads)), body);
  const frame = { class: "table-scroll", tabindex: "0", role: "region", "aria-label": text("view-table") };
  place.append(element("div", frame, table), more);
  add();
}

function head(name, rows, again) {
  const made = element("th", { scope: "col", "aria-sort": "none" });
  const sort = () => {
    const down = made.getAttribute("aria-sort") === "ascending";
    rows.sort((a, b) => (down ? -1 : 1) * compare(a[name], b[name]));
    for (const other of made.parentElement.children) other.setAttribute("aria-sort", "none");
    made.setAttribute("aria-sort", down ? "descending" : "ascending");
    again();
  };
  made.append(element("button", { type: "button", class: "sort", onclick: sort }, name));
  return made;
}
