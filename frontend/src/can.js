// Which views an answer can have, without loading what draws them.

import { config } from "./page.js";

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/** The columns of coordinates, if the answer has them. */
export function coordinates(answer) {
  const find = (pattern) => answer.vars.find((name) => pattern.test(name));
  const [lat, long] = [find(/^(.*_)?lat(itude)?$/i), find(/^(.*_)?(long?|lng|longitude)$/i)];
  return lat && long ? { lat, long } : null;
}

/** The columns of things that can have a place: those of this site; and what their IRIs look like. */
export function placed(answer) {
  const base = config.base.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(`^${base}/id/(?:place|actor|project|event)/[^\\s<>"{}|\\\\^\`]+$`);
  const column = (name) => answer.rows.some((row) => row[name]?.type === "uri" && pattern.test(row[name].value));
  return { vars: answer.vars.filter(column), pattern };
}

export function canMap(answer) {
  return answer.rows.length > 0 && (coordinates(answer) !== null || placed(answer).vars.length > 0);
}

/** The edges of an answer: its triples, or pairs of its first two columns of things. */
export function edgesOf(answer, shown) {
  if (answer.form === "graph") {
    return answer.rows
      .filter((row) => row.object.type !== "literal" && row.predicate.value !== TYPE)
      .map((row) => ({ from: row.subject.value, to: row.object.value, label: shown(row.predicate.value) }));
  }
  const columns = answer.vars.filter((name) => answer.rows.some((row) => row[name]?.type === "uri"));
  if (columns.length < 2) return [];
  const [first, second] = columns;
  const both = answer.rows.filter((row) => row[first]?.type === "uri" && row[second]?.type === "uri");
  return both.map((row) => ({ from: row[first].value, to: row[second].value, label: "" }));
}

export function canGraph(answer) {
  return edgesOf(answer, String).length > 0;
}
