// The page of checking: dropping files, jumping between finding and place, editing the text where it stands.
// Everything works without this script; it only makes the ways shorter.

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

/** A drop zone gives its files to the input, and shows that it would take them. */
function drops() {
  for (const zone of document.querySelectorAll("[data-drop]")) {
    const input = zone.querySelector("input[type=file]");
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("over");
      });
    }
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer?.files.length) return;
      const one = new DataTransfer();
      one.items.add(event.dataTransfer.files[0]); // one file is checked at a time
      input.files = one.files;
      input.focus();
    });
  }
}

/** While the answer is awaited the button says so; coming back by the history makes it usable again. */
function waits() {
  const buttons = () => document.querySelectorAll("form[data-checks] button[type=submit]");
  for (const form of document.querySelectorAll("form[data-checks]")) {
    form.addEventListener("submit", (event) => event.submitter?.setAttribute("aria-busy", "true"));
  }
  addEventListener("pageshow", () => buttons().forEach((button) => button.removeAttribute("aria-busy")));
}

/** Mark where we are, in both columns, and bring both into view without moving the page more than needed. */
function marks() {
  const here = (element) => {
    const others = element.matches(".finding") ? ".finding.here" : ".line.here, td.here";
    document.querySelectorAll(others).forEach((other) => other.classList.remove("here"));
    element.classList.add("here");
  };
  const show = (element, box) => {
    here(element);
    if (!box || getComputedStyle(box).position !== "sticky") return element.scrollIntoView({ block: "center", behavior: calm });
    const scroller = element.closest(".lines, .table-scroll");
    const offset = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollBy({ top: offset - scroller.clientHeight / 2.5, behavior: calm });
    const sideways = element.getBoundingClientRect().left - scroller.getBoundingClientRect().left;
    if (sideways < 0 || sideways > scroller.clientWidth - 120) scroller.scrollBy({ left: sideways - 120, behavior: calm });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".finding-place a, .back a, .where-list a");
    if (!link) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    window.history.replaceState(null, "", link.hash);
    const finding = link.closest(".finding");
    if (finding) here(finding);
    if (target.matches(".finding")) {
      here(target);
      target.scrollIntoView({ block: "nearest", behavior: calm });
      target.focus({ preventScroll: true });
      const place = target.dataset.target && document.getElementById(target.dataset.target);
      if (place) here(place);
    } else {
      if (window.wallographEditor && target.id.startsWith("L")) window.wallographEditor(Number(target.id.slice(1)));
      else show(target, target.closest(".handed-in"));
    }
  });
}

/** Of the repairs of one finding only one can be made. */
function oneOfEach() {
  for (const list of document.querySelectorAll(".repairs")) {
    const boxes = [...list.querySelectorAll("input[type=checkbox]")];
    for (const box of boxes) {
      box.addEventListener("change", () => {
        if (box.checked) boxes.filter((other) => other !== box).forEach((other) => (other.checked = false));
      });
    }
  }
}

/** Names of organisations, projects and events are offered while they are typed. */
function things() {
  const form = document.querySelector("form[data-search]");
  const list = document.getElementById("things");
  if (!form || !list) return;
  let waiting = 0;
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[data-things]")) return;
    clearTimeout(waiting);
    const asked = event.target.value.trim();
    if (asked.length < 2) return;
    waiting = setTimeout(async () => {
      const address = new URL(form.dataset.search, location.href);
      address.searchParams.set("q", asked);
      const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!answer?.ok) return;
      const { results } = await answer.json();
      const names = results.filter((result) => ["actor", "project", "event"].includes(result.concept)).map((result) => result.label);
      list.replaceChildren(...[...new Set(names)].slice(0, 12).map((name) => Object.assign(document.createElement("option"), { value: name })));
    }, 180);
  });
}

drops();
things();
waits();
marks();
oneOfEach();
if (document.querySelector("[data-edit]")) void import("./edit.js");
document.documentElement.classList.add("with-script");
