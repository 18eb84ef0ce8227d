// The editor: a text area comes in, a CodeMirror in its place goes out. Esc lets Tab leave it.

import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap, completionStatus, selectedCompletionIndex, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, ensureSyntaxTree, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { fromGraph } from "./complete.js";
import { announce, text } from "./page.js";
import { missingPrefixes } from "./terms.js";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.modifier], color: "var(--ed-keyword)", fontWeight: "600" },
  { tag: [tags.variableName, tags.definition(tags.variableName), tags.special(tags.variableName)], color: "var(--ed-variable)", whiteSpace: "nowrap" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--ed-string)" },
  { tag: [tags.number, tags.bool, tags.integer, tags.float], color: "var(--ed-number)" },
  { tag: [tags.url, tags.link], color: "var(--ed-iri)" },
  { tag: [tags.namespace, tags.typeName, tags.propertyName, tags.labelName, tags.className, tags.atom, tags.name], color: "var(--ed-name)" },
  { tag: [tags.annotation, tags.brace], color: "var(--ed-name)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--ed-comment)", fontStyle: "italic" },
]);

const look = EditorView.theme({
  "&": { fontSize: "1rem", color: "var(--ink)", backgroundColor: "var(--card)" },
  "&.cm-focused": { outline: "3px solid var(--ed-focus)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "SF Mono", "DejaVu Sans Mono", Consolas, monospace', lineHeight: "1.5", minHeight: "18rem", maxHeight: "34rem" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".6rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--soft)", color: "var(--quiet)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--ed-line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--ed-selection)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--yellow-soft)", outline: "1px solid var(--ed-focus)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "8px", boxShadow: "0 6px 24px #0003" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "20rem", minWidth: "min(22rem, 80vw)", maxWidth: "min(46rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".28rem .6rem", lineHeight: "1.4", display: "flex", flexWrap: "wrap", gap: "0 .7rem", alignItems: "baseline" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--green)", color: "var(--on-green)" },
  ".cm-completionDetail": { marginLeft: "auto", fontStyle: "normal", color: "var(--quiet)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionIcon": { display: "none" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-panels": { backgroundColor: "var(--soft)", color: "var(--ink)" },
  ".cm-panels button, .cm-panels input, .cm-panels label": { fontSize: "1rem" },
  ".cm-diagnostic": { fontFamily: "inherit", fontSize: "1rem", padding: ".4rem .8rem" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--warn) 2px", backgroundColor: "var(--warn-soft)" },
  ".cm-lint-marker-error": { content: '""', width: ".9em", height: ".9em", borderRadius: "50%", backgroundColor: "var(--warn)", marginTop: ".35em" },
});

/** After Esc the next Tab moves on instead of indenting, until the editor is entered again. */
function leave(view) {
  view.setTabFocusMode(true);
  announce(text("left-editor"));
  return true;
}

/** Enter on an offer that nobody asked for (nothing is typed yet, nothing was chosen) stays a new line. */
function newLine(view) {
  const { head } = view.state.selection.main;
  const typed = /\S/.test(view.state.sliceDoc(Math.max(0, head - 1), head));
  if (completionStatus(view.state) === "active" && !typed && selectedCompletionIndex(view.state) === 0) closeCompletion(view);
  return false;
}

/** Text over a selection is put in here: the browser would keep the look of what it replaces as an inline style. */
function overSelection(event, view) {
  const { from, to, empty } = view.state.selection.main;
  if (event.inputType !== "insertText" || event.data === null || empty || view.composing) return false;
  event.preventDefault();
  const insert = () => view.state.update({ ...view.state.replaceSelection(event.data), userEvent: "input.type", scrollIntoView: true });
  const handled = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, event.data, insert));
  if (!handled) view.dispatch(insert());
  return true;
}

/** Put an editor in the place of a text area. `run` is called for Ctrl-Enter, `change` after each change. */
export function makeEditor(area, { run, change }) {
  const commands = [
    { key: "Mod-Enter", run: () => (run(), true) },
    { key: "Enter", run: newLine },
    { key: "Tab", run: (view) => completionStatus(view.state) === "active" && acceptCompletion(view) },
  ];
  const view = new EditorView({
    state: EditorState.create({
      doc: area.value,
      extensions: [
        Prec.highest(keymap.of(commands)),
        lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), history(), drawSelection(),
        indentOnInput(), bracketMatching(), closeBrackets(), highlightSelectionMatches(), lintGutter(),
        sparql(), syntaxHighlighting(colours), look, EditorView.lineWrapping,
        autocompletion({ override: [fromGraph], icons: false, activateOnTypingDelay: 60, maxRenderedOptions: 120 }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab, { key: "Escape", run: leave }]),
        EditorState.phrases.of(phrases()),
        EditorView.contentAttributes.of({ "aria-label": text("query"), "aria-describedby": "editor-help", "aria-multiline": "true", spellcheck: "false" }),
        EditorView.updateListener.of((update) => update.docChanged && change(update.state.doc.toString())),
        EditorView.domEventHandlers({ beforeinput: overSelection, blur: (_, target) => target.setTabFocusMode(false) }),
      ],
    }),
  });
  area.before(view.dom);
  area.hidden = true;
  return view;
}

function phrases() {
  return { Completions: text("completions"), Find: text("find"), Replace: text("replace"), next: text("next"), previous: text("previous"), close: text("close") };
}

/** Put another text into the editor. */
export function setText(view, query) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: query } });
}

/** Declare what the query uses of the known prefixes and does not declare. */
export function declarePrefixes(view) {
  const lines = missingPrefixes(view.state.doc.toString());
  if (lines) view.dispatch({ changes: { from: 0, insert: lines } });
}

/** The offset of a line and column that count from 1; null when there is no such line. */
export function offsetOf(view, line, column) {
  const { doc } = view.state;
  if (!line || line > doc.lines) return null;
  const at = doc.line(line);
  return Math.min(at.from + Math.max(0, (column ?? 1) - 1), at.to);
}

/** Where the editor's own grammar stops understanding: often nearer to the slip than what the server names. */
export function firstDoubt(view) {
  let found = null;
  ensureSyntaxTree(view.state, view.state.doc.length, 300)?.iterate({
    enter: (node) => {
      if (node.type.isError && found === null) found = node.from;
      return found === null;
    },
  });
  return found;
}

/** Mark the places of an error, given as offsets; none: all marks go. */
export function markError(view, message, offsets) {
  const { doc } = view.state;
  const marks = offsets.map((offset) => {
    const line = doc.lineAt(offset);
    const word = /^\S+/.exec(doc.sliceString(offset, line.to));
    const from = word ? offset : Math.max(line.from, offset - 1);
    return { from, to: word ? offset + word[0].length : offset, severity: "error", message };
  });
  view.dispatch(setDiagnostics(view.state, marks));
}

/** Put the cursor at an offset and show it. */
export function goTo(view, offset) {
  view.dispatch({ selection: { anchor: offset }, scrollIntoView: true });
  view.focus();
}

export { startCompletion };
