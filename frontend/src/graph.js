// The graph view: the things of an answer as nodes, its triples or pairs of columns as edges.

import cytoscape from "cytoscape";
import { edgesOf } from "./can.js";
import { colour, config, element, number, safeHref, text } from "./page.js";
import { shown } from "./terms.js";

const MOST_EDGES = 600;
// cytoscape adds an inline style sheet unless an element with this id exists; the page allows none.
const SHEET = "__________cytoscape_stylesheet";

/** Draw the graph of an answer into a place. */
export function showGraph(place, answer, names) {
  if (!document.getElementById(SHEET)) document.head.append(element("meta", { id: SHEET }));
  const all = distinct(edgesOf(answer, shown));
  const edges = all.slice(0, MOST_EDGES);
  const frame = element("div", { class: "graph", role: "img", "aria-label": text("graph-label", { edges: number(edges.length) }) });
  const zoom = element("p", { class: "choices" });
  const chosen = element("p", { class: "graph-chosen", "aria-live": "polite" }, text("graph-choose"));
  const note = all.length > edges.length ? element("p", { class: "quiet" }, text("graph-first", { n: MOST_EDGES, total: number(all.length) })) : null;
  place.append(...[zoom, legend(edges), frame, chosen, note].filter(Boolean));
  const graph = cytoscape({
    container: frame,
    elements: elementsOf(edges, names),
    style: styles(),
    layout: { name: "cose", animate: false, nodeDimensionsIncludeLabels: true, idealEdgeLength: 70, nodeRepulsion: 9000, randomize: true, padding: 44 },
    userZoomingEnabled: false,
    minZoom: 0.1,
    maxZoom: 3,
  });
  const button = (key, factor) => element("button", { type: "button", class: "chip", onclick: () => factor ? graph.zoom({ level: graph.zoom() * factor, renderedPosition: { x: frame.clientWidth / 2, y: frame.clientHeight / 2 } }) : graph.fit(undefined, 44) }, text(key));
  zoom.append(button("zoom-in", 1.4), button("zoom-out", 1 / 1.4), button("fit", 0));
  graph.on("tap", "node", ({ target }) => choose(graph, target, chosen));
  graph.on("zoom", () => readable(graph));
  readable(graph);
  frame.dataset.nodes = String(graph.nodes().length);
}

/** Names and nodes keep their size on the screen, however far away the graph is. */
function readable(graph) {
  const scale = Math.min(2.4, Math.max(0.7, 1 / graph.zoom()));
  graph.nodes().style({ "font-size": 14 * scale, width: 16 * scale, height: 16 * scale, "text-max-width": 130 * scale });
  graph.edges().style({ "font-size": 11 * scale, width: 1.4 * scale });
}

function distinct(edges) {
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to} ${edge.label}`, edge])).values()];
}

function concept(iri) {
  return iri.startsWith(`${config.base}/`) ? (/\/(?:id|auth)\/([a-z-]+)/.exec(iri.slice(config.base.length))?.[1] ?? "other") : "other";
}

const COLOURS = { actor: "--node-actor", project: "--node-project", place: "--node-place", theme: "--node-theme", source: "--node-source" };

function colourOf(kind) {
  return colour(COLOURS[kind] ?? "--node-other");
}

function legend(edges) {
  const kinds = [...new Set(edges.flatMap((e) => [concept(e.from), concept(e.to)]))].sort();
  const sample = (kind) => element("span", { class: `node-sample node-${kind in COLOURS ? kind : "other"}`, "aria-hidden": "true" });
  return element("ul", { class: "legend" }, ...kinds.map((kind) => element("li", {}, sample(kind), kind in COLOURS ? text(`kind-${kind}`) : kind === "other" ? text("kind-other") : kind)));
}

function elementsOf(edges, names) {
  const nodes = new Map();
  for (const { from, to } of edges) {
    for (const iri of [from, to]) {
      const label = names.get(iri) ?? shown(iri);
      nodes.set(iri, { data: { id: iri, label: label.length > 34 ? `${label.slice(0, 33)}…` : label, full: label, colour: colourOf(concept(iri)) } });
    }
  }
  return [...nodes.values(), ...edges.map((e, i) => ({ data: { id: `edge ${i}`, source: e.from, target: e.to, label: e.label } }))];
}

function styles() {
  const ink = colour("--ink");
  return [
    { selector: "node", style: { "background-color": "data(colour)", label: "data(label)", color: ink, "font-size": 13, "text-valign": "bottom", "text-margin-y": 4, width: 20, height: 20, "text-wrap": "wrap", "text-max-width": 130, "text-background-color": colour("--card"), "text-background-opacity": 0.75, "border-width": 1, "border-color": ink } },
    { selector: "edge", style: { width: 1.5, "line-color": colour("--ed-edge"), "target-arrow-color": colour("--ed-edge"), "target-arrow-shape": "triangle", "arrow-scale": 0.9, "curve-style": "bezier", label: "data(label)", "font-size": 10, color: colour("--quiet"), "text-rotation": "autorotate", "text-background-color": colour("--card"), "text-background-opacity": 0.8 } },
    { selector: ".away", style: { opacity: 0.18 } },
    { selector: ".near", style: { "border-width": 3 } },
  ];
}

/** A chosen node: its neighbours stay, the others fade; its name is a link. */
function choose(graph, node, place) {
  graph.elements().removeClass("away near");
  graph.elements().difference(node.closedNeighborhood()).addClass("away");
  node.addClass("near");
  const href = safeHref(node.id());
  const name = element("bdi", {}, node.data("full"));
  place.replaceChildren(href ? element("a", { href }, name) : name, " ", element("code", {}, shown(node.id())));
}
