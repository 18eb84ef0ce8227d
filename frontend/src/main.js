// The workbench of /sparql: takes over the plain form, runs questions, keeps the address in step.

import { ask, Refused } from "./ask.js";
import { loadTerms } from "./complete.js";
import { declarePrefixes, firstDoubt, goTo, makeEditor, markError, offsetOf, setText, startCompletion } from "./editor.js";
import { showGallery } from "./gallery.js";
import { announce, config, element, text } from "./page.js";
import { showAnswer } from "./results.js";
import { fromAddress, permalink } from "./share.js";

const form = document.querySelector("form.query");
const area = form.querySelector("textarea");
const place = document.getElementById("answer");
const runButton = form.querySelector("button[type=submit]");
const stopButton = element("button", { type: "button", class: "stop", hidden: true, onclick: () => running?.abort() }, text("stop"));
const NARROW = "(max-width: 61.99rem)";
let running = null;
let view = "table";

/** What the form sends beside the query: the dataset, the release. */
let more = [...new FormData(form)].filter(([key, value]) => !["query", "format", "lang"].includes(key) && value);

const editor = makeEditor(area, { run: () => void run(), change: (query) => (area.value = query) });
const query = () => editor.state.doc.toString();

async function run({ remember = true } = {}) {
  running?.abort();
  const mine = (running = new AbortController());
  await loadTerms().catch(() => null);
  declarePrefixes(editor);
  markError(editor, "", []);
  const asked = query();
  waiting(true);
  try {
    const answer = await ask(asked, { more, signal: mine.signal });
    if (mine !== running) return;
    if (remember) history.pushState({ query: asked }, "", permalink(asked, more, view));
    const viewed = (chosen) => {
      view = chosen;
      history.replaceState({ query: asked }, "", permalink(asked, more, view));
    };
    showAnswer(place, answer, { query: asked, more, view, viewed, shownView: () => view });
    show();
  } catch (error) {
    if (mine === running) failed(error);
  } finally {
    if (mine === running) waiting(false);
  }
}

function waiting(on) {
  runButton.disabled = on;
  stopButton.hidden = !on;
  place.setAttribute("aria-busy", String(on));
  if (on) announce(text("running"));
}

function jump(offset, key) {
  if (offset === null) return "";
  const line = editor.state.doc.lineAt(offset);
  const label = text(key, { line: line.number, column: offset - line.from + 1 });
  return element("button", { type: "button", class: "chip", onclick: () => goTo(editor, offset) }, label);
}

/** Scroll so far that the answer is seen, and the end of the question above it. */
function show() {
  const { top } = place.getBoundingClientRect();
  if (top < innerHeight * 0.7) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: top - innerHeight * 0.4, behavior: calm ? "auto" : "smooth" });
}

/** An error in words, with a way to its place in the query. */
function failed(error) {
  if (error.name === "AbortError") {
    place.replaceChildren(element("p", { class: "quiet", role: "status" }, text("stopped")));
    return;
  }
  const known = error instanceof Refused;
  const message = known ? error.message : text("no-answer");
  const offset = known ? offsetOf(editor, error.line, error.column) : null;
  const doubt = offset === null ? null : firstDoubt(editor);
  const sooner = doubt !== null && doubt < offset ? doubt : null;
  markError(editor, message, [sooner, offset].filter((at) => at !== null));
  const parts = [
    element("h2", {}, (known && error.title) || text("error")),
    known && error.line && element("p", {}, element("strong", {}, text("error-at", { line: error.line, column: error.column ?? 1 })), " ", jump(offset, "jump")),
    sooner !== null && element("p", {}, text("error-sooner"), " ", jump(sooner, "jump-sooner")),
    element("p", { class: "error-text" }, element("bdi", {}, message)),
    known && error.hint && element("p", {}, error.hint),
  ];
  place.replaceChildren(element("div", { class: "card query-error", role: "alert" }, ...parts.filter(Boolean)));
  show();
}

function takeOver() {
  document.documentElement.classList.add("with-editor");
  for (const part of document.querySelectorAll("[data-without-script]")) part.remove();
  document.querySelector("h1").textContent = text("title");
  runButton.title = text("run-keys");
  runButton.after(stopButton);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
  for (const label of form.querySelectorAll("label[for=query]")) {
    label.addEventListener("click", () => editor.focus());
  }
  document.querySelector("[data-complete]")?.addEventListener("click", () => {
    editor.focus();
    startCompletion(editor);
  });
  const gallery = document.getElementById("gallery");
  gallery.open = !matchMedia(NARROW).matches;
  void showGallery(document.getElementById("gallery-body"), loadQuestion);
}

function loadQuestion(found) {
  if (matchMedia(NARROW).matches) document.getElementById("gallery").open = false;
  setText(editor, found);
  view = "table";
  void run();
}

addEventListener("popstate", (event) => {
  const found = event.state?.query ?? new URLSearchParams(location.search).get("query");
  if (!found || found === query()) return;
  setText(editor, found);
  void run({ remember: false });
});

takeOver();
const address = fromAddress();
if (address.view) view = address.view;
if (address.query) {
  setText(editor, address.query);
  more = address.more;
}
void loadTerms().catch(() => null);
if (address.query || new URLSearchParams(location.search).has("query")) void run({ remember: false });
editor.dom.dataset.ready = "true";
