// Completion from the graph: the context at the cursor comes in, what the release really has there goes out.

import { contextAt, saidOf, TYPE } from "./context.js";
import { config, number, text } from "./page.js";
import { declared, knownPrefixes, learnPrefixes, missingPrefixes, prefixed, shown, written } from "./terms.js";

const MOST = 120;
const KEYWORDS = ["SELECT", "SELECT DISTINCT", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "OPTIONAL", "FILTER",
  "FILTER NOT EXISTS", "UNION", "MINUS", "GRAPH", "BIND", "VALUES", "GROUP BY", "ORDER BY", "ORDER BY DESC",
  "HAVING", "LIMIT", "OFFSET", "PREFIX", "COUNT(DISTINCT", "SUM(", "AVG(", "MIN(", "MAX(", "SAMPLE(",
  "GROUP_CONCAT(", "STR(", "LANG(", "CONTAINS(", "LCASE(", "REGEX(", "STRSTARTS(", "IF(", "BOUND(", "YEAR("];

let terms = null;
let loading = null;

/** Fetch what the graph offers, once; again when the release is another one. */
export function loadTerms() {
  loading ??= fetch(config.completion).then(async (answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    terms = index(await answer.json());
    learnPrefixes(terms.prefixes);
    return terms;
  });
  return loading;
}

function index(found) {
  const labels = new Map();
  for (const group of [found.classes, found.properties, found.places.entries]) {
    for (const entry of group) labels.set(entry.iri, entry.label);
  }
  for (const [iri, list] of Object.entries(found.lists)) {
    labels.set(iri, list.label);
    for (const entry of list.entries) labels.set(entry.iri, entry.label);
  }
  return { ...found, labels, byIri: new Map(found.properties.map((p) => [p.iri, p])), placeKinds: new Set(found.places.entries.map((p) => p.kind)) };
}

/** The name of an IRI as far as the completion knows it. */
export function labelOf(iri) {
  return terms?.labels.get(iri) ?? "";
}

function fold(value) {
  return value.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

function option(iri, label, count, type, rank) {
  const name = written(iri);
  return {
    label: name,
    displayLabel: prefixed(iri) ?? shown(iri),
    detail: [label, count === null ? "" : number(count)].filter(Boolean).join(" · "),
    type,
    sought: fold(`${name} ${label}`),
    boost: rank,
    apply: applyWithPrefix,
  };
}

/** Insert a term; declare its prefix at the top if the query does not. */
function applyWithPrefix(view, chosen, from, to) {
  const lines = missingPrefixes(view.state.doc.toString(), chosen.label);
  const insert = chosen.label + (/^[?$]/.test(chosen.label) || chosen.label.endsWith("(") ? "" : " ");
  view.dispatch({
    changes: [...(lines ? [{ from: 0, insert: lines }] : []), { from, to, insert }],
    selection: { anchor: from + lines.length + insert.length },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

/** The properties that the things of a subject have, with how many of them have each. */
function propertiesFor(subject, facts) {
  const said = saidOf(subject, facts);
  let classes = said.classes.filter((c) => terms.classes.some((known) => known.iri === c));
  if (!classes.length && said.properties.length) {
    // No class is said: the classes whose things have all properties that are used so far.
    const fitting = terms.classes.filter(({ iri }) =>
      said.properties.every((p) => !terms.byIri.has(p) || terms.byIri.get(p).classes[iri]),
    );
    return offered(terms.properties, (p) => Math.max(0, ...fitting.map(({ iri }) => p.classes[iri] ?? 0)));
  }
  if (!classes.length) return offered(terms.properties, (p) => p.n);
  return offered(terms.properties, (p) => Math.min(...classes.map((c) => p.classes[c] ?? 0)));
}

function offered(properties, count) {
  const counted = properties.filter((p) => p.iri !== TYPE).map((p) => [p, count(p)]).filter(([, n]) => n > 0);
  counted.sort((a, b) => b[1] - a[1]);
  return counted.map(([p, n], i) => option(p.iri, p.label, n, "property", -i));
}

/** What a property's values are: entries of its lists, places. */
function valuesOf(predicate) {
  if (predicate === TYPE) return terms.classes.map((c, i) => option(c.iri, c.label, c.n, "class", -i));
  const property = terms.byIri.get(predicate);
  const ranges = property ? property.values : [];
  const entries = ranges.filter((r) => r in terms.lists).flatMap((r) => terms.lists[r].entries);
  const found = entries.map((e, i) => option(e.iri, e.label, e.n, "enum", -i));
  if (ranges.includes(terms.places.class)) {
    const kinds = ranges.filter((range) => terms.placeKinds.has(range));
    const fitting = terms.places.entries.filter((p) => !kinds.length || kinds.includes(p.kind));
    found.push(...fitting.map((p) => option(p.iri, [p.label, labelOf(p.kind)].filter(Boolean).join(", "), null, "constant", 0)));
  }
  return found;
}

/** Things by name, asked from the server: for values that no list holds. */
async function namesLike(word) {
  const sought = word.replace(/^.*:/, "");
  if (sought.length < 2) return [];
  const answer = await fetch(`${config.names}?${new URLSearchParams({ q: sought })}`);
  if (!answer.ok) return [];
  const { names } = await answer.json();
  return names.map((n, i) => ({ ...option(n.iri, n.label, null, "constant", -i), sought: fold(`${word} ${n.label}`) }));
}

function variables(context) {
  return context.variables.map((name) => ({ label: name, type: "variable", sought: name.toLowerCase(), boost: 50 }));
}

function keywords() {
  return KEYWORDS.map((word) => ({
    label: word, type: "keyword", sought: word.toLowerCase(), boost: 0, apply: applyWithPrefix,
  }));
}

function prefixLines() {
  return Object.entries(knownPrefixes()).map(([name, iri]) => ({
    label: `${name}: <${iri}>`, type: "namespace", sought: name, boost: 0,
  }));
}

/** The variable whose VALUES are being written, if they are. */
function valuesVariable(before) {
  return /\bVALUES\s+[?$](\w+)\s*\{[^{}]*$/i.exec(before)?.[1] ?? null;
}

async function candidates(context, query) {
  if (/^prefix$/i.test(context.before)) return prefixLines();
  const before = query.slice(0, context.from);
  const inValues = valuesVariable(before);
  if (inValues) {
    const fact = context.facts.find((f) => f[2] === `?${inValues}` && !f[1].startsWith("?"));
    const values = fact ? valuesOf(fact[1]) : [];
    return values.length ? values : namesLike(context.text);
  }
  if (context.depth === 0 || context.round > 0) return [...variables(context), ...keywords()];
  if (context.position === "predicate") {
    const type = { label: "a", detail: text("completion-type"), type: "keyword", sought: "a rdf:type", boost: 99, apply: applyWithPrefix };
    return [type, ...propertiesFor(context.subject, context.facts)];
  }
  if (context.position === "object") {
    const values = valuesOf(context.predicate);
    const names = values.length ? [] : await namesLike(context.text);
    return [...values, ...names, ...variables(context)];
  }
  return [...variables(context), ...keywords(), ...(await namesLike(context.text))];
}

/** The completion source for CodeMirror. */
export async function fromGraph(request) {
  await loadTerms().catch(() => null);
  if (!terms) return null;
  const query = request.state.doc.toString();
  const context = contextAt(query, request.pos, { ...knownPrefixes(), ...declared(query) });
  if (!context) return null;
  const wanted = context.position === "predicate" || context.position === "object";
  if (!request.explicit && !context.text && !(wanted && /\s$/.test(query.slice(0, request.pos)))) return null;
  if (!request.explicit && /^[?$]\w*$/.test(context.text) && context.position === "subject") return null;
  const all = await candidates(context, query);
  return request.aborted ? null : fitting(all, context.from, context.text);
}

/** What fits the word so far. While the word grows it is looked through again, without asking anew. */
function fitting(all, from, word) {
  const sought = fold(word);
  const options = all
    .map((found) => ({ ...found, score: score(found.sought, sought) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || b.boost - a.boost)
    .slice(0, MOST);
  const update = (_, start, end, { state }) => {
    const longer = state.sliceDoc(start, end);
    return /^[\w:.-]+$/.test(longer) && longer.startsWith(word) ? fitting(all, start, longer) : null;
  };
  return options.length ? { from, options, filter: false, update } : null;
}

/** How well a text fits: its beginning, the beginning of a word in it, anywhere; 0 when not at all. */
function score(candidate, sought) {
  if (!sought) return 1;
  if (candidate.startsWith(sought)) return 4;
  const at = candidate.indexOf(sought);
  if (at < 0) return 0;
  return /[\s:./-]/.test(candidate[at - 1]) ? 3 : 2;
}
