// Permalinks, downloads and the same question in other tools.

import { config, element, text } from "./page.js";

const LONGEST = 7000; // characters of an address that servers and spreadsheets still take

/** The address of this question and its view in the editor. A long query goes behind the #, which no server sees. */
export function permalink(query, more, view) {
  const fields = new URLSearchParams([["query", query], ...more]);
  if (config.keep) fields.set("lang", config.keep);
  const address = `${config.endpoint}?${fields}`;
  const tail = view === "table" ? "" : `#view=${view}`;
  if (address.length <= LONGEST) return address + tail;
  return `${config.endpoint}${config.keep ? `?lang=${config.keep}` : ""}#${new URLSearchParams([["query", query], ...more, ["view", view]])}`;
}

/** What an address says: the query and the view, as far as they stand behind the #. */
export function fromAddress() {
  const after = new URLSearchParams(location.hash.slice(1));
  return { query: after.get("query"), view: after.get("view"), more: [...after].filter(([k]) => !["query", "view"].includes(k)) };
}

/** The address of the answer in a format. */
export function answerAddress(query, more, format) {
  return `${location.origin}${config.endpoint}?${new URLSearchParams([["query", query], ...more, ["format", format]])}`;
}

const quoted = (value) => `'${value.replaceAll("'", `'\\''`)}'`;
const MEDIA = { csv: "text/csv", ttl: "text/turtle" };

function snippets(query, more, graph) {
  const endpoint = location.origin + config.endpoint;
  const format = graph ? "ttl" : "csv";
  const address = answerAddress(query, more, format);
  const extra = more.map(([k, v]) => ` \\\n  --data-urlencode ${quoted(`${k}=${v}`)}`).join("");
  const fields = more.map(([k, v]) => `, ${JSON.stringify(k)}: ${JSON.stringify(v)}`).join("");
  const text3 = query.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"');
  const curl = `curl ${quoted(endpoint)} -H 'Accept: ${MEDIA[format]}'${extra} \\\n  --data-urlencode ${quoted(`query=${query}`)}`;
  const python = graph
    ? `import rdflib\n\ngraph = rdflib.Graph().parse(${JSON.stringify(address)}, format="turtle")\nprint(len(graph))`
    : `from urllib.parse import urlencode\n\nimport pandas\n\nquery = """${text3}"""\nfields = {"query": query, "format": "csv"${fields}}\nframe = pandas.read_csv("${endpoint}?" + urlencode(fields))\nprint(frame)`;
  const r = graph
    ? `graph <- readLines(${JSON.stringify(address)}, encoding = "UTF-8")`
    : `query <- ${JSON.stringify(query)}\nfields <- list(query = query, format = "csv"${more.map(([k, v]) => `, \`${k}\` = ${JSON.stringify(v)}`).join("")})\nparts <- paste0(names(fields), "=", sapply(unlist(fields), URLencode, reserved = TRUE))\nframe <- read.csv(paste0(${JSON.stringify(endpoint + "?")}, paste(parts, collapse = "&")), encoding = "UTF-8")\nhead(frame)`;
  return { curl, Python: python, R: r, [text("spreadsheet")]: address, "SPARQL": query };
}

/** Copy a text; true when it worked. */
export async function copy(value) {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    const area = element("textarea", { class: "hidden" });
    area.value = value;
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** A button's text says for a moment that the copy is done. */
export function copyButton(label, value) {
  const button = element("button", { type: "button", class: "chip" }, label);
  button.addEventListener("click", async () => {
    button.textContent = (await copy(typeof value === "function" ? value() : value)) ? text("copied") : text("not-copied");
    setTimeout(() => (button.textContent = label), 1800);
  });
  return button;
}

/** The dialog "use elsewhere": a tool is chosen, its text is shown and copied. */
export function openElsewhere(query, more, graph) {
  const all = snippets(query, more, graph);
  const names = Object.keys(all);
  const area = element("textarea", { readonly: true, rows: "12", "aria-label": text("elsewhere-text"), spellcheck: "false" });
  const select = element("select", { id: "elsewhere-tool" }, ...names.map((name) => element("option", { value: name }, name)));
  const note = element("p", { class: "quiet" });
  const show = () => {
    area.value = all[select.value];
    note.textContent = select.value === text("spreadsheet") ? text("spreadsheet-help") : "";
  };
  select.addEventListener("change", show);
  const close = element("button", { type: "button", class: "chip", onclick: () => dialog.close() }, text("close"));
  const dialog = element(
    "dialog", { class: "elsewhere", "aria-labelledby": "elsewhere-title" },
    element("h2", { id: "elsewhere-title" }, text("elsewhere-title")),
    element("p", { class: "choices" }, element("label", { for: "elsewhere-tool" }, text("elsewhere-tool"), " "), select),
    area, note,
    element("p", { class: "choices" }, copyButton(text("copy"), () => area.value), close),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  show();
  dialog.showModal();
}
