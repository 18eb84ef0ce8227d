// IRIs and prefixed names, with the prefixes that the graph's editor knows.

let known = {};
let byLength = [];

/** Learn the prefixes: an object of prefix -> namespace. */
export function learnPrefixes(prefixes) {
  known = prefixes;
  byLength = Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length);
}

export function knownPrefixes() {
  return known;
}

// A safe part of what SPARQL allows in a local name; anything else is written as <IRI>.
const LOCAL = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/;

/** The prefixed name of an IRI, or null. */
export function prefixed(iri) {
  for (const [prefix, namespace] of byLength) {
    if (iri.startsWith(namespace)) {
      const local = iri.slice(namespace.length);
      if (LOCAL.test(local)) return `${prefix}:${local}`;
    }
  }
  return null;
}

/** How an IRI is written in a query. */
export function written(iri) {
  return prefixed(iri) ?? `<${iri}>`;
}

/** How an IRI is shown: prefixed, else without its scheme. */
export function shown(iri) {
  return prefixed(iri) ?? iri.replace(/^https?:\/\/(www\.)?/, "");
}

const DECLARED = /\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>/gi;

/** The prefixes that a query declares. */
export function declared(query) {
  const code = query.replace(/^[^<\n"']*#[^\n]*$/gm, (line) => line.split("#")[0]); // comment lines declare nothing
  return Object.fromEntries([...code.matchAll(DECLARED)].map((found) => [found[1], found[2]]));
}

/** The declarations that a query needs and lacks, as lines; only prefixes that are known. */
export function missingPrefixes(query, more = "") {
  const has = declared(query);
  const code = (query + " " + more).replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"\s]*>|#[^\n]*/g, " ");
  const used = new Set([...code.matchAll(/(?<![\w?$@:-])([A-Za-z][\w-]*):/g)].map((found) => found[1]));
  const lines = [...used].filter((p) => !(p in has) && p in known).map((p) => `PREFIX ${p}: <${known[p]}>\n`);
  return lines.join("");
}
