// The text of a result as an editor. In: the text area that carries it. Out: an editor with the findings marked.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";

const look = EditorView.theme({
  "&": { fontSize: "1rem", color: "var(--ink)", backgroundColor: "var(--card)", maxHeight: "80vh" },
  "&.cm-focused": { outline: "3px solid #b96b00", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "SF Mono", "DejaVu Sans Mono", Consolas, monospace', lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--soft)", color: "var(--quiet)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--yellow-soft)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--error) 2px", backgroundColor: "var(--error-soft)" },
  ".cm-lintRange-warning, .cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline wavy var(--warn) 2px" },
  ".cm-lint-marker-error, .cm-lint-marker-warning, .cm-lint-marker-info": { content: '""', width: ".9em", height: ".9em", borderRadius: "50%", backgroundColor: "var(--error)", marginTop: ".35em" },
  ".cm-lint-marker-warning, .cm-lint-marker-info": { backgroundColor: "var(--warn)", borderRadius: "0" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "8px", maxWidth: "32rem" },
  ".cm-diagnostic": { fontFamily: "inherit", fontSize: "1rem" },
});

/** The text becomes an editor: mend it where it stands, check again. The lines of the page stay for those who stay. */
function edits(source) {
  const { text, texts } = JSON.parse(source.dataset.edit);
  const form = source.closest("form");
  const lines = document.querySelector("[data-lines]");
  const view = new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), lintGutter(), highlightActiveLine(), highlightActiveLineGutter(), history(), drawSelection(),
        keymap.of([...historyKeymap, ...defaultKeymap]), look,
        EditorView.contentAttributes.of({ "aria-label": texts.label, "aria-multiline": "true", spellcheck: "false" }),
      ],
    }),
  });
  lines.before(view.dom);
  lines.hidden = true;
  form.hidden = false;
  form.addEventListener("submit", () => (form.querySelector("textarea").value = view.state.doc.toString()));
  const severities = { violation: "error", warning: "warning", info: "info" };
  const found = [];
  for (const finding of document.querySelectorAll(".finding[data-target^=L]")) {
    const number = Number(finding.dataset.target.slice(1));
    if (number > view.state.doc.lines) continue;
    const line = view.state.doc.line(number);
    const marked = [...document.querySelectorAll(`#${finding.dataset.target} mark`)].map((mark) => mark.textContent);
    const at = marked.length ? line.text.indexOf(marked[0]) : -1;
    const from = at >= 0 ? line.from + at : line.from + (/^\s*/.exec(line.text)?.[0].length ?? 0);
    const to = at >= 0 ? from + marked[0].length : line.to;
    const message = finding.querySelector(".finding-text")?.textContent ?? "";
    found.push({ from, to: Math.max(from, to), severity: severities[finding.dataset.severity] ?? "info", message });
  }
  view.dispatch(setDiagnostics(view.state, found));
  window.wallographEditor = (number) => {
    const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
    view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
    view.focus();
  };
  view.dom.dataset.ready = "true";
}

edits(document.querySelector("[data-edit]"));
