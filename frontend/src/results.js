// The answer: what came back, when and from which release; its views, as tabs; downloads.

import { namesOf } from "./ask.js";
import { canGraph, canMap } from "./can.js";
import { canChart, showChart } from "./chart.js";
import { element, number, text } from "./page.js";
import { answerAddress, copyButton, openElsewhere, permalink } from "./share.js";
import { showTable } from "./table.js";

const VIEWS = ["table", "chart", "map", "graph", "raw"];
const LONGEST_RAW = 400_000;
const NAMED = 400; // things whose names are fetched for the table

/** Show an answer in a place, beginning with a view if it can be shown. */
export function showAnswer(place, answer, asked) {
  const possible = {
    table: true, raw: true, chart: canChart(answer), map: canMap(answer), graph: canGraph(answer),
  };
  place.replaceChildren(summary(answer));
  if (answer.form === "boolean") {
    place.append(element("p", { class: "big-figure" }, text(answer.value ? "yes" : "no")), links(answer, asked));
    return;
  }
  if (!answer.rows.length) {
    place.append(element("p", { class: "empty" }, text("empty")), links(answer, asked));
    return;
  }
  place.append(tabs(answer, asked, possible), links(answer, asked));
}

function summary(answer) {
  const rows = answer.form === "boolean" ? "" : text(answer.form === "graph" ? "triples" : "rows", { n: number(answer.rows.length) });
  const seconds = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 3 }).format(answer.seconds);
  const said = text("answered", { release: answer.release, seconds });
  return element("p", { class: "answer-summary", role: "status" }, ...[rows && element("strong", {}, rows), rows && " · ", said].filter(Boolean));
}

function tabs(answer, asked, possible) {
  const panel = element("div", { role: "tabpanel", id: "answer-panel", class: "answer-panel" });
  const list = element("div", { role: "tablist", class: "tabs", "aria-label": text("views") });
  const buttons = VIEWS.map((view) => tab(view, possible[view], () => select(view)));
  list.append(...buttons);
  const names = onceNames(answer, asked.more);
  const select = (view) => {
    for (const button of buttons) {
      const chosen = button.dataset.view === view;
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", `tab-${view}`);
    asked.viewed(view);
    void draw(panel, view, answer, names);
  };
  list.addEventListener("keydown", (event) => arrows(event, buttons));
  select(possible[asked.view] ? asked.view : "table");
  return element("div", { class: "answer-views" }, list, panel);
}

function tab(view, possible, choose) {
  return element("button", {
    type: "button", role: "tab", id: `tab-${view}`, "data-view": view, "aria-controls": "answer-panel",
    disabled: !possible, title: possible ? null : text(`why-no-${view}`), onclick: choose,
  }, text(`view-${view}`));
}

/** The arrow keys, Home and End go through the tabs that can be chosen. */
function arrows(event, buttons) {
  const open = buttons.filter((button) => !button.disabled);
  const at = open.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: open.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  const next = open[(to + open.length) % open.length];
  next.focus();
  next.click();
}

/** The names of the things of an answer, fetched when the first view wants them. */
function onceNames(answer, more) {
  let asked = null;
  return () => {
    const iris = () => answer.rows.flatMap((row) => Object.values(row).filter((t) => t.type === "uri").map((t) => t.value));
    asked ??= namesOf(iris(), more).catch(() => new Map());
    return asked;
  };
}

let drawing = 0;

async function draw(panel, view, answer, names) {
  const mine = ++drawing;
  const fresh = element("div", { class: `view view-${view}` });
  panel.replaceChildren(fresh);
  if (view === "raw") return void fresh.append(...raw(answer));
  if (view === "table") return table(fresh, answer, names);
  fresh.append(element("p", { class: "quiet", "data-wait": true }, text("drawing")));
  const [found, drawer] = await Promise.all([names(), drawerOf(view)]);
  if (mine !== drawing) return;
  fresh.replaceChildren();
  try {
    await drawer(fresh, answer, found);
  } catch (error) {
    console.error(error);
    fresh.replaceChildren(element("p", { role: "alert" }, text("view-failed")));
  }
  fresh.dataset.drawn = view;
}

async function drawerOf(view) {
  if (view === "map") return (await import("./map.js")).showMap;
  if (view === "graph") return (await import("./graph.js")).showGraph;
  return showChart;
}

/** The table, with a switch that shows the names of things under their IRIs. */
function table(place, answer, names) {
  const hold = element("div");
  const box = element("input", { type: "checkbox", id: "with-names" });
  const plain = () => {
    hold.replaceChildren();
    showTable(hold, answer, null);
  };
  box.addEventListener("change", async () => {
    hold.classList.toggle("with-names", box.checked);
    if (!box.checked) return plain();
    const found = await names();
    hold.replaceChildren();
    showTable(hold, answer, found);
  });
  const things = answer.rows.slice(0, NAMED).some((row) => Object.values(row).some((t) => t.type === "uri"));
  if (things) place.append(element("p", { class: "choices" }, element("label", { for: "with-names" }, box, " ", text("with-names"))));
  place.append(hold);
  plain();
  place.dataset.drawn = "table";
}

function raw(answer) {
  const pretty = answer.form === "graph" ? answer.raw : JSON.stringify(JSON.parse(answer.raw), null, 1);
  const cut = pretty.length > LONGEST_RAW;
  const shown = element("pre", { class: "raw", tabindex: "0", role: "region", "aria-label": text("view-raw") }, element("code", {}, cut ? pretty.slice(0, LONGEST_RAW) : pretty));
  return [shown, ...(cut ? [element("p", { class: "quiet" }, text("raw-cut"))] : [])];
}

function links(answer, { query, more, shownView }) {
  const formats = answer.form === "graph" ? ["ttl", "jsonld", "nt"] : answer.form === "boolean" ? ["json"] : ["csv", "json", "tsv"];
  const downloads = formats.map((format) => element("a", { class: "chip", href: answerAddress(query, more, format), download: `wallograph.${format}` }, text(`format-${format}`)));
  const link = () => location.origin + permalink(query, more, shownView());
  const elsewhere = element("button", { type: "button", class: "chip", onclick: () => openElsewhere(query, more, answer.form === "graph") }, text("elsewhere"));
  return element("p", { class: "chips answer-links" }, element("span", {}, text("download")), ...downloads, copyButton(text("permalink"), link), answer.cite ? copyButton(text("cite"), answer.cite) : "", elsewhere);
}
