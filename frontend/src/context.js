// Where the cursor is in a query: a text and an offset come in; the position in a triple, its subject and its
// predicate, and what the query says of the types of things, go out.

const TOKEN = new RegExp(
  [
    /#[^\n]*/, // comment
    /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/, // string
    /<[^<>"{}|^`\\\s]*>/, // IRI
    /[?$]\w*/, // variable
    /@[A-Za-z][\w-]*|\^\^/, // language, datatype
    /[A-Za-z_][\w-]*(?:\.[\w-]+)*:(?:[\w%-]|\.(?=[\w%-]))*|:[\w-]*/, // prefixed name
    /[A-Za-z_][\w-]*/, // word
    /[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, // number
    /&&|\|\||[!<>]?=|[{}()[\].;,|/^*+?!<>=-]/, // sign
  ]
    .map((part) => part.source)
    .join("|"),
  "g",
);

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const KEYWORD =
  /^(select|construct|describe|ask|where|optional|filter|union|minus|graph|service|bind|values|group|order|having|limit|offset|by|distinct|reduced|from|named|prefix|base|as|exists|not|in|undef|silent|asc|desc|separator)$/i;

/** The word before an offset that is being written, with its start; null inside strings and comments. */
function wordBefore(query, at, tokens) {
  const inside = tokens.find((t) => t.from < at && at <= t.to);
  if (!inside) return { text: "", from: at };
  if (inside.text.startsWith("#") || /^["']/.test(inside.text)) return null;
  if (/^[\w?$:@<]/.test(inside.text)) return { text: query.slice(inside.from, at), from: inside.from };
  return { text: "", from: at };
}

function tokensOf(query) {
  return [...query.matchAll(TOKEN)].map((m) => ({ text: m[0], from: m.index, to: m.index + m[0].length }));
}

/** Expand a term with the prefixes given; variables stay as they are. */
function expand(token, prefixes) {
  if (token === "a") return TYPE;
  if (token.startsWith("<")) return token.slice(1, -1);
  if (/^[?$]/.test(token)) return "?" + token.slice(1);
  const colon = token.indexOf(":");
  const namespace = colon >= 0 ? prefixes[token.slice(0, colon)] : undefined;
  return namespace === undefined ? token : namespace + token.slice(colon + 1);
}

/** A walk over the triples of a query: who has which predicate and value. */
class Walk {
  constructor(prefixes) {
    this.prefixes = prefixes;
    this.facts = []; // [subject, predicate, object]
    this.stack = [];
    this.clear();
  }

  clear() {
    this.subject = null;
    this.predicate = null;
    this.path = false;
    this.position = "subject";
    this.round = 0;
  }

  state() {
    const { subject, predicate, position, path, round } = this;
    return { subject, predicate: path ? null : predicate, position, round };
  }

  take(text) {
    if (text.startsWith("#")) return;
    if (this.round > 0) return this.inRound(text);
    if (text === "(") {
      this.round = 1;
      return;
    }
    if (text === "{") {
      this.stack.push({ ...this.state(), braces: true });
      this.clear();
    } else if (text === "}") {
      this.stack.pop();
      this.clear();
    } else if (text === "[") {
      this.stack.push({ ...this.state(), braces: false });
      this.clear();
      this.subject = `_:${this.facts.length}-${this.stack.length}`;
      this.position = "predicate";
    } else if (text === "]") {
      const outer = this.stack.pop();
      if (outer) Object.assign(this, { subject: outer.subject, predicate: outer.predicate, position: "end" });
    } else if (text === ".") this.clear();
    else if (text === ";") Object.assign(this, { position: "predicate", predicate: null, path: false });
    else if (text === ",") this.position = "object";
    else if (/^[/|^*+!?]$/.test(text) && this.position !== "subject") {
      this.path = true;
      if (text === "/" || text === "|") this.position = "predicate";
    } else if (KEYWORD.test(text)) this.clear();
    else if (/^[\w?$:<"'+-]/.test(text)) this.term(text);
  }

  inRound(text) {
    if (text === "(") this.round += 1;
    if (text === ")") this.round -= 1;
  }

  term(text) {
    const term = expand(text, this.prefixes);
    if (this.position === "subject") {
      this.subject = term;
      this.position = "predicate";
    } else if (this.position === "predicate") {
      this.predicate = term;
      this.position = "object";
    } else if (this.position === "object") {
      if (!this.path) this.facts.push([this.subject, this.predicate, term]);
      this.position = "end";
    }
  }
}

/** What stands at an offset of a query. */
export function contextAt(query, at, prefixes) {
  const tokens = tokensOf(query);
  const word = wordBefore(query, at, tokens);
  if (!word) return null;
  const here = new Walk(prefixes);
  for (const token of tokens) if (token.to <= word.from) here.take(token.text);
  const before = tokens.filter((t) => t.to <= word.from).at(-1)?.text ?? "";
  const whole = new Walk(prefixes);
  for (const token of tokens) if (token.to <= word.from || token.from > at) whole.take(token.text);
  const depth = tokens.filter((t) => t.to <= word.from).reduce((n, t) => n + (t.text === "{") - (t.text === "}"), 0);
  return { ...here.state(), ...word, before, depth, facts: whole.facts, variables: variables(tokens, word.from) };
}

function variables(tokens, except) {
  const names = tokens.filter((t) => /^[?$]\w/.test(t.text) && t.from !== except).map((t) => "?" + t.text.slice(1));
  return [...new Set(names)];
}

/** The classes that a query says a subject has, and the properties it already has. */
export function saidOf(subject, facts) {
  const about = facts.filter((fact) => fact[0] === subject);
  return {
    classes: about.filter((fact) => fact[1] === TYPE && !fact[2].startsWith("?")).map((fact) => fact[2]),
    properties: about.map((fact) => fact[1]).filter((p) => p !== TYPE && !p.startsWith("?")),
  };
}

export { TYPE };
