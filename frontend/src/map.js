// The map view: points from ?lat/?long or from places and actors in the answer, over the provinces' outlines.

import L from "leaflet";
import { ask } from "./ask.js";
import { coordinates, placed } from "./can.js";
import { config, element, number, safeHref, text } from "./page.js";
import { shown } from "./terms.js";

const MOST_ASKED = 1000;
const WHERE = `PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
SELECT ?thing ?lat ?long WHERE {
  VALUES ?thing { %THINGS% }
  { ?thing geo:lat ?lat ; geo:long ?long }
  UNION { ?thing <%BASE%/ns/wallograph#municipality> ?place . ?place geo:lat ?lat ; geo:long ?long }
}`;

/** Draw the map of an answer into a place. */
export async function showMap(place, answer, names) {
  const frame = element("div", { class: "map", role: "region", "aria-label": text("map-label") });
  const note = element("p", { class: "quiet" });
  place.append(frame, note);
  const [outlines, points] = await Promise.all([fetch(config.outlines).then((a) => a.json()), pointsOf(answer, names)]);
  const map = L.map(frame, { attributionControl: false, zoomSnap: 0.25, scrollWheelZoom: false, minZoom: 6, maxZoom: 14 });
  const numbers = points.provinces;
  const background = L.geoJSON(outlines, {
    interactive: true,
    style: (f) => ({ className: numbers.has(f.properties.nis) ? "outline outline-found" : "outline" }),
    onEachFeature: (f, layer) => layer.bindTooltip(() => tip([...(numbers.get(f.properties.nis) ?? []), f.properties.name_fr].slice(0, 1)), { sticky: true }),
  }).addTo(map);
  map.fitBounds(background.getBounds(), { padding: [8, 8] });
  for (const point of points.found) mark(point).addTo(map);
  localise(frame);
  note.textContent = text("map-note", { points: number(points.found.length), left: number(points.left) });
}

function localise(frame) {
  frame.querySelector(".leaflet-control-zoom-in")?.setAttribute("aria-label", text("zoom-in"));
  frame.querySelector(".leaflet-control-zoom-out")?.setAttribute("aria-label", text("zoom-out"));
  for (const button of frame.querySelectorAll(".leaflet-control-zoom a")) button.title = button.getAttribute("aria-label");
}

function tip(lines) {
  return element("div", {}, ...lines.map((line) => element("div", {}, element("bdi", {}, line))));
}

function mark({ lat, long, things }) {
  const circle = L.circleMarker([lat, long], { radius: Math.min(26, 6 + 2.2 * Math.sqrt(things.length)), className: "dot" });
  const names = things.map((thing) => thing.name);
  const more = names.length > 8 ? [`+ ${number(names.length - 8)}`] : [];
  circle.bindTooltip(() => tip([...names.slice(0, 8), ...more]));
  circle.bindPopup(() => list(things), { maxHeight: 260 });
  return circle;
}

function list(things) {
  const items = things.slice(0, 200).map(({ iri, name }) => {
    const href = iri && safeHref(iri);
    const label = element("bdi", {}, name);
    return element("li", {}, href ? element("a", { href }, label) : label);
  });
  return element("ul", { class: "map-list" }, ...items);
}

/** The points of an answer, those at one spot together; `left` is how many things have none. */
async function pointsOf(answer, names) {
  const provinces = new Map();
  const named = (iri) => names.get(iri) ?? shown(iri);
  const spots = new Map();
  const put = (lat, long, thing) => {
    if (!(Math.abs(lat) <= 90 && Math.abs(long) <= 180)) return;
    const key = `${lat} ${long}`;
    if (!spots.has(key)) spots.set(key, { lat, long, things: [] });
    const { things } = spots.get(key);
    if (!things.some((other) => other.name === thing.name && other.iri === thing.iri)) things.push(thing);
  };
  const columns = coordinates(answer);
  let left = 0;
  if (columns) {
    for (const row of answer.rows) {
      if (!row[columns.lat] || !row[columns.long]) left += 1;
      else put(Number(row[columns.lat].value), Number(row[columns.long].value), thingOf(row, answer.vars, columns, named));
    }
  } else {
    const { vars, pattern } = placed(answer);
    const iris = new Set(answer.rows.flatMap((row) => vars.map((name) => row[name]?.value).filter((v) => v && pattern.test(v))));
    const asked = [...iris].slice(0, MOST_ASKED);
    const query = WHERE.replace("%BASE%", config.base).replace("%THINGS%", asked.map((iri) => `<${iri}>`).join(" "));
    const found = await ask(query);
    for (const row of found.rows) {
      iris.delete(row.thing.value);
      put(Number(row.lat.value), Number(row.long.value), { iri: row.thing.value, name: named(row.thing.value) });
    }
    for (const iri of iris) {
      const nis = /\/id\/place\/(\d{5})$/.exec(iri)?.[1];
      if (nis?.endsWith("0000") || nis === "20002" || nis === "20001") provinces.set(nis, [named(iri)]);
    }
    left = iris.size - provinces.size;
  }
  return { found: [...spots.values()], left, provinces };
}

/** What a row with coordinates is about: its first thing, named by its first text. */
function thingOf(row, vars, { lat, long }, named) {
  const others = vars.filter((name) => name !== lat && name !== long && row[name]);
  const iri = others.map((name) => row[name]).find((term) => term.type === "uri")?.value ?? null;
  const literal = others.map((name) => row[name]).find((term) => term.type === "literal");
  return { iri, name: literal?.value ?? (iri ? named(iri) : `${row[lat].value}, ${row[long].value}`) };
}
