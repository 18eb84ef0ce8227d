// The gallery of example questions: chosen, filled in with values, loaded into the editor and run.

import { config, element, number, text } from "./page.js";

/** Fill the place of the gallery; `load` is called with the query of a question. */
export async function showGallery(place, load) {
  const answer = await fetch(config.questions);
  if (!answer.ok) return;
  const { questions } = await answer.json();
  if (!questions.length) return;
  const sought = element("input", { type: "search", id: "gallery-find", autocomplete: "off" });
  const none = element("p", { class: "quiet", hidden: true, role: "status" }, text("gallery-none"));
  const items = questions.map((question) => item(question, load));
  const groups = grouped(items);
  sought.addEventListener("input", () => {
    const words = plain(sought.value).split(/\s+/);
    for (const { row, words: has } of items) row.hidden = !words.every((word) => has.includes(word));
    for (const { part, rows } of groups) part.hidden = rows.every((row) => row.hidden);
    none.hidden = items.some(({ row }) => !row.hidden);
  });
  const find = element("p", { class: "gallery-find" }, element("label", { for: "gallery-find" }, text("gallery-find")), sought);
  place.replaceChildren(find, none, ...groups.map(({ part }) => part));
  place.closest("details")?.querySelector("[data-count]")?.replaceChildren(number(questions.length));
}

function plain(value) {
  return value.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();
}

/** The questions under the headings of their groups, in the order in which the groups first come. */
function grouped(items) {
  const names = [...new Set(items.map(({ group }) => group))];
  return names.map((name) => {
    const rows = items.filter(({ group }) => group === name).map(({ row }) => row);
    const heading = name ? element("h3", {}, name) : null;
    return { rows, part: element("section", {}, ...[heading, element("ul", { class: "gallery-list" }, ...rows)].filter(Boolean)) };
  });
}

function item(question, load) {
  const body = element("div");
  const details = element("details", { name: "question", "data-question": question.code }, element("summary", {}, question.label), body);
  details.addEventListener("toggle", () => {
    if (details.open && !body.childElementCount) void fill(body, question, load, {});
  });
  return { row: element("li", {}, details), group: question.group, words: plain(`${question.label} ${question.description} ${question.group}`) };
}

/** The parameters of a question as drop-downs. A choice may change what the later ones offer, so it asks again. */
async function fill(body, question, load, given, focus = null) {
  const [address, fields] = config.questions.split("?");
  const answer = await fetch(`${address}/${encodeURIComponent(question.code)}?${new URLSearchParams([...new URLSearchParams(fields), ...Object.entries(given)])}`);
  if (!answer.ok) return void body.replaceChildren(element("p", { role: "alert" }, text("no-answer")));
  const found = await answer.json();
  const run = element("button", { type: "button", class: "load", onclick: () => load(found.text, question) }, text("gallery-load"));
  const labels = found.parameters.map((parameter, at) => {
    const options = parameter.values.map(({ key, label }) => element("option", { value: key, selected: key === parameter.chosen }, label));
    const select = element("select", { name: parameter.variable }, ...options);
    select.addEventListener("change", () => {
      run.disabled = true; // its text is that of the former choice
      const earlier = found.parameters.slice(0, at).map((p) => [p.variable, p.chosen]);
      const later = found.parameters.slice(at + 1).map((p) => [p.variable, p.chosen]);
      void fill(body, question, load, Object.fromEntries([...earlier, [parameter.variable, select.value], ...later]), parameter.variable);
    });
    return element("label", { class: "parameter" }, parameter.label, " ", select);
  });
  const said = question.description && question.description !== question.label ? element("p", { class: "quiet" }, question.description) : null;
  body.replaceChildren(...[said, ...labels, run].filter(Boolean));
  if (focus) body.querySelector(`select[name="${focus}"]`)?.focus();
}
