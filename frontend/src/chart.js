// The chart view: one column of names or years and one of numbers, as bars or as a line, drawn as SVG.

import { drawn, element, number, text } from "./page.js";
import { shown } from "./terms.js";

const MOST_BARS = 60;
const ROW = 34;

/** The columns of an answer that hold numbers, and the others. */
export function columns(answer) {
  const numeric = (name) => {
    const values = answer.rows.map((row) => row[name]).filter(Boolean);
    return values.length > 0 && values.every((term) => term.type === "literal" && term.value.trim() !== "" && !Number.isNaN(Number(term.value)));
  };
  const numbers = answer.vars.filter(numeric);
  return { numbers, others: answer.vars.filter((name) => !numbers.includes(name)) };
}

const isYear = (name, rows) => rows.every((row) => !row[name] || /^-?\d{4}(-\d\d){0,2}$/.test(row[name].value));

/** True when there is something to draw. */
export function canChart(answer) {
  return answer.form === "table" && answer.rows.length > 0 && columns(answer).numbers.length > 0 && answer.vars.length > 1;
}

/** Draw the chart with its two choices into a place. */
export function showChart(place, answer, names) {
  const { numbers } = columns(answer);
  const value = choice("chart-value", numbers, numbers.at(-1));
  const across = choice("chart-across", answer.vars, firstAcross(answer, numbers, value.select.value));
  const figure = element("figure", { class: "chart" });
  const draw = () => figure.replaceChildren(...picture(answer, across.select.value, value.select.value, names, Math.min(960, Math.max(300, place.clientWidth))));
  for (const { select } of [across, value]) select.addEventListener("change", draw);
  place.append(element("p", { class: "choices" }, across.label, value.label), figure);
  draw();
}

/** What to name the bars after: a column of names before one of IRIs, then a year. */
function firstAcross(answer, numbers, value) {
  const rest = answer.vars.filter((name) => name !== value);
  const literal = rest.find((name) => !numbers.includes(name) && answer.rows.some((row) => row[name]?.type === "literal"));
  return literal ?? rest.find((name) => isYear(name, answer.rows)) ?? rest[0];
}

function choice(key, options, chosen) {
  const select = element("select", {}, ...options.map((name) => element("option", { value: name, selected: name === chosen }, name)));
  return { select, label: element("label", {}, text(key), " ", select) };
}

function picture(answer, across, value, names, width) {
  const points = answer.rows
    .filter((row) => row[value])
    .map((row) => ({ name: nameOf(row[across], names), value: Number(row[value].value) }));
  const years = isYear(across, answer.rows) && new Set(points.map((p) => p.name)).size === points.length;
  const label = text("chart-label", { value, across });
  if (years && points.length > 1) return [line(points.sort((a, b) => a.name.localeCompare(b.name)), label, width)];
  const most = points.slice(0, MOST_BARS);
  const note = points.length > MOST_BARS ? element("figcaption", {}, text("chart-first", { n: MOST_BARS, total: number(points.length) })) : null;
  return [bars(most, label, width), note].filter(Boolean);
}

function nameOf(term, names) {
  if (!term) return "–";
  return term.type === "uri" ? (names.get(term.value) ?? shown(term.value)) : term.value;
}

function short(name, length) {
  return name.length > length ? `${name.slice(0, length - 1)}…` : name;
}

function svg(width, height, label, ...children) {
  return drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label, class: "chart-picture" }, ...children);
}

function bars(points, label, width) {
  const side = Math.min(300, width * 0.45);
  const low = Math.min(0, ...points.map((p) => p.value));
  const high = Math.max(0, ...points.map((p) => p.value)) || 1;
  const x = (v) => side + ((v - low) / (high - low)) * (width - side - 80);
  const parts = points.flatMap((p, i) => {
    const top = i * ROW + 6;
    const end = Math.max(x(p.value), x(0));
    return [
      drawn("text", { x: side - 10, y: top + 16, class: "chart-name" }, drawn("title", {}, p.name), short(p.name, Math.floor(side / 9.8))),
      drawn("rect", { x: Math.min(x(0), x(p.value)), y: top, width: Math.max(1, Math.abs(x(p.value) - x(0))), height: ROW - 12, rx: 3, class: "chart-bar" }),
      drawn("text", { x: end + 8, y: top + 16, class: "chart-value" }, number(p.value)),
    ];
  });
  return svg(width, points.length * ROW + 8, label, ...parts);
}

function line(points, label, width) {
  const height = 380;
  const high = Math.max(...points.map((p) => p.value), 0) || 1;
  const low = Math.min(...points.map((p) => p.value), 0);
  const year = (p) => parseInt(p.name, 10);
  const [first, last] = [year(points[0]), year(points.at(-1))];
  const x = (p) => 90 + ((year(p) - first) / (last - first || 1)) * (width - 130);
  const y = (v) => 330 - ((v - low) / (high - low)) * 290;
  const grid = [low, (low + high) / 2, high].flatMap((v) => [
    drawn("line", { x1: 80, x2: width - 20, y1: y(v), y2: y(v), class: "chart-grid" }),
    drawn("text", { x: 72, y: y(v) + 5, class: "chart-name" }, number(v)),
  ]);
  const dots = points.map((p) => drawn("circle", { cx: x(p), cy: y(p.value), r: 5, class: "chart-dot" }, drawn("title", {}, `${p.name}: ${number(p.value)}`)));
  const step = Math.ceil(points.length / (width / 80));
  const under = points.filter((_, i) => i % step === 0).map((p) => drawn("text", { x: x(p), y: 362, class: "chart-under" }, p.name));
  const path = points.map((p, i) => `${i ? "L" : "M"}${x(p)} ${y(p.value)}`).join("");
  return svg(width, height, label, ...grid, drawn("path", { d: path, class: "chart-line" }), ...dots, ...under);
}
