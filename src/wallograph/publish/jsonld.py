"""Readable JSON-LD: the triples of a document come in, one tree framed around its thing goes out as bytes.

The frame is fixed: the thing on top, its neighbours inside it once, the relations and dated values on it
under `@reverse`, all the rest under `@included`. Nothing is left out: it carries the same graph as the other formats.
PyLD compacts with the shipped context; it never loads anything over the network.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pyld import jsonld
from pyoxigraph import BlankNode, Literal, Triple

from wallograph import vocab
from wallograph.vocab import DEFAULT_BASE

CONTEXT_PATH: Final = "/ns/context/v1.jsonld"
_PLAIN: Final = frozenset({vocab.XSD + "string", vocab.RDF + "langString"})


@dataclass(frozen=True)
class Context:
    """The shipped context on the base of a release: its address, its terms, its bytes."""

    url: str
    terms: dict[str, Any]
    body: bytes


def load_context(folder: Path, base: str) -> Context:
    """Read `context/v1.jsonld` of the ontology and move it to `base`."""
    text = (folder / "context" / "v1.jsonld").read_text(encoding="utf-8").replace(f'"{DEFAULT_BASE}/', f'"{base}/')
    return Context(base + CONTEXT_PATH, json.loads(text)["@context"], text.encode())


def write_jsonld(triples: Iterable[Triple], *, iri: str, url: str, context: Context) -> bytes:
    """The triples as one compacted tree around `iri`."""
    tree = _frame(_nodes(triples), iri, url)
    compacted = jsonld.compact(tree, {"@context": context.terms}, {"documentLoader": _refuse, "graph": False})
    ordered = {"@context": context.url}
    ordered |= {key: compacted[key] for key in sorted(compacted, key=_last) if key != "@context"}
    return json.dumps(ordered, ensure_ascii=False, indent=1).encode() + b"\n"


def _last(key: str) -> int:
    return {"@reverse": 1, "@included": 2}.get(key, 0)


def _refuse(address: str, options: dict[str, Any]) -> Any:
    raise jsonld.JsonLdError(f"no context is loaded over the network: {address}", "jsonld.LoadDocumentError", options)


def _nodes(triples: Iterable[Triple]) -> dict[str, dict[str, Any]]:
    """Expanded node objects by identifier, in the order of their first triple."""
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        name = _name(triple.subject)
        node = nodes.setdefault(name, {"@id": name})
        if triple.predicate.value == vocab.TYPE and not isinstance(triple.object, Literal):
            node.setdefault("@type", []).append(_name(triple.object))
        else:
            node.setdefault(triple.predicate.value, []).append(_value(triple.object))
    return nodes


def _name(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(term.value)


def _value(term: Any) -> dict[str, Any]:
    if not isinstance(term, Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value in _PLAIN:
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}


def _frame(nodes: dict[str, dict[str, Any]], iri: str, url: str) -> dict[str, Any]:
    """Hang the nodes into one tree: each node once, everywhere else its identifier."""
    root = nodes.pop(iri, {"@id": iri})
    reverse = _reverse(nodes, iri)
    root = _embed(root, nodes)
    if reverse:
        root["@reverse"] = {end: [_embed(node, nodes) for node in found] for end, found in reverse.items()}
    rest = []
    while nodes:
        name = url if url in nodes else next(iter(nodes))
        rest.append(_embed(nodes.pop(name), nodes))
    if rest:
        root["@included"] = rest
    return root


def _reverse(nodes: dict[str, dict[str, Any]], iri: str) -> dict[str, list[dict[str, Any]]]:
    """Take out the relations and dated values on the thing, by the end at which it stands."""
    found: dict[str, list[dict[str, Any]]] = {}
    for end in (vocab.ST_SUBJECT, vocab.ST_OBJECT):
        for name in [name for name, node in nodes.items() if node.get(end) == [{"@id": iri}]]:
            node = nodes.pop(name)
            del node[end]
            found.setdefault(end, []).append(node)
    return found


def _embed(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """One level of neighbours inside a node; blank nodes all the way down."""
    tree = {}
    for predicate, values in node.items():
        if predicate.startswith("@"):
            tree[predicate] = values
            continue
        tree[predicate] = [
            _nested(nodes.pop(value["@id"]), nodes) if value.get("@id") in nodes else value for value in values
        ]
    return tree


def _nested(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if any(isinstance(v, dict) and str(v.get("@id", "")).startswith("_:") for vs in node.values() for v in vs):
        return _embed(node, nodes)
    return node
