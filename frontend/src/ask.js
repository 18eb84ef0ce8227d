// Asks the endpoint: a query comes in, rows, triples, a yes or no, or an error goes out.

import { config } from "./page.js";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, application/problem+json;q=0.5";

/** What the server said instead of an answer. */
export class Refused extends Error {
  constructor(problem, status) {
    super(problem.detail || problem.title || String(status));
    this.title = problem.title ?? "";
    this.line = problem.line ?? null;
    this.column = problem.column ?? null;
    this.hint = problem.hint ?? problem.help ?? "";
    this.status = status;
  }
}

/** Ask a query; `more` are further parameters of the protocol (dataset, release). */
export async function ask(query, { more = [], signal } = {}) {
  const began = performance.now();
  const answer = await fetch(config.endpoint, {
    method: "POST",
    body: new URLSearchParams([["query", query], ...more]),
    headers: { Accept: ACCEPT, "Accept-Language": config.lang },
    signal,
  });
  const body = await answer.text();
  const seconds = (performance.now() - began) / 1000;
  // 202: the release is being made again; it says when to come back.
  if (answer.status !== 200) throw new Refused(parsed(body), answer.status);
  const cite = /<([^>]*)>\s*;\s*rel="?cite-as/.exec(answer.headers.get("Link") ?? "")?.[1] ?? null;
  const said = { seconds, release: answer.headers.get("Wallograph-Release") ?? "", raw: body, cite };
  if ((answer.headers.get("Content-Type") ?? "").startsWith("application/n-triples")) {
    return { ...said, form: "graph", ...fromTriples(body) };
  }
  const found = JSON.parse(body);
  if ("boolean" in found) return { ...said, form: "boolean", value: found.boolean, vars: [], rows: [] };
  return { ...said, form: "table", vars: found.head.vars, rows: found.results.bindings };
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return { detail: body.slice(0, 300) };
  }
}

const LINE = /^(<[^>]*>|_:\S+)\s+<([^>]*)>\s+(?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?)\s*\.\s*$/;

/** N-Triples as rows of three columns, so that every view can show them. */
function fromTriples(body) {
  const rows = [];
  for (const line of body.split("\n")) {
    const m = LINE.exec(line);
    if (!m) continue;
    const object = m[3] !== undefined ? uri(m[3]) : m[4] ? blank(m[4]) : literal(m[5], m[6], m[7]);
    rows.push({ subject: m[1].startsWith("<") ? uri(m[1].slice(1, -1)) : blank(m[1]), predicate: uri(m[2]), object });
  }
  return { vars: ["subject", "predicate", "object"], rows };
}

const uri = (value) => ({ type: "uri", value: unescaped(value) });
const blank = (value) => ({ type: "bnode", value: value.slice(2) });

function literal(value, lang, datatype) {
  const term = { type: "literal", value: unescaped(value) };
  if (lang) term["xml:lang"] = lang;
  if (datatype) term.datatype = datatype;
  return term;
}

const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

function unescaped(value) {
  return value.replace(/\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)/g, (_, short, long, sign) =>
    sign ? (ESCAPES[sign] ?? sign) : String.fromCodePoint(parseInt(short ?? long, 16)),
  );
}

const NAMED = `SELECT ?thing (SAMPLE(?label) AS ?name) WHERE {
  VALUES ?thing { %THINGS% }
  VALUES ?property { <http://www.w3.org/2000/01/rdf-schema#label> <http://www.w3.org/2004/02/skos/core#prefLabel> }
  ?thing ?property ?label FILTER(lang(?label) IN ("", "%LANG%"))
} GROUP BY ?thing`;

/** The names of things in the page's language: a map from IRI to name, as far as there are any. */
export async function namesOf(iris, more = []) {
  const names = new Map();
  const own = [...new Set(iris)].filter((iri) => /^https?:\/\/[^\s<>"{}|\\^`]+$/.test(iri));
  for (let at = 0; at < Math.min(own.length, 1200); at += 400) {
    const things = own.slice(at, at + 400).map((iri) => `<${iri}>`).join(" ");
    const query = NAMED.replace("%THINGS%", things).replace("%LANG%", config.lang);
    const answer = await ask(query, { more: more.filter(([key]) => key === "release") });
    for (const row of answer.rows) if (row.thing) names.set(row.thing.value, row.name.value);
  }
  return names;
}
