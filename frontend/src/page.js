// What the page hands over: addresses, the language and the texts. No text of ours stands in a script.

const workbench = document.querySelector("[data-workbench]");
export const config = workbench ? JSON.parse(workbench.dataset.workbench) : null;

/** The text of a key, with {name} replaced. */
export function text(key, values = {}) {
  const found = config.texts[key] ?? key;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A number as the language writes it. */
export function number(value) {
  return new Intl.NumberFormat(config.lang).format(value);
}

/** An element with properties and children; strings become text, never markup. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element. */
export function drawn(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Only http(s) addresses become links. */
export function safeHref(iri) {
  return /^https?:\/\/[^\s\\<>"]+$/i.test(iri) ? iri : null;
}

/** The colour of a custom property, for canvases. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Say something to people who listen to the page. */
export function announce(message) {
  const place = document.getElementById("editor-said");
  if (place) place.textContent = message;
}
