"""schema.org for search engines, as it is embedded in pages (JSON-LD): small, plain, in the language of the page.

In: the `schema` profile of a thing, the offer of the catalogue, the way to a page. Out: trees of JSON, and the text
of a data block that HTML can hold (`<` is `\\u003c`: nothing in it ends the block).
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Triple

from wallograph import vocab
from wallograph.publish.catalogue import PATH as CATALOGUE
from wallograph.publish.catalogue import Offer
from wallograph.publish.catalogue_texts import CATALOGUE as CATALOGUE_WORDS
from wallograph.publish.catalogue_texts import DATASET, KEYWORDS
from wallograph.publish.documents import Quads
from wallograph.publish.projection import SCHEMA_ORG, construct, in_brief, profiles_of
from wallograph.vocab import LANGUAGES, SCHEMA, XSD

CONTEXT: Final = "https://schema.org"
_MOST: Final = 20  # values of a property: the document has all of them
_ONE: Final = frozenset({"name", "description", "addressLocality", "addressRegion", "mainEntityOfPage", "url"})
_FIRST: Final = ("@type", "@id", "name", "description")
_ESCAPED: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_WALLONIA: Final = {"@type": "Place", "name": "Wallonie", "sameAs": "https://sws.geonames.org/3337387/"}


def thing_tree(store: Quads, iri: str, url: str, base: str, lang: str) -> dict[str, Any] | None:
    """A thing in schema.org; None when schema.org has no class for it, or it has no name."""
    if SCHEMA_ORG not in profiles_of(store, iri, base):
        return None
    found = construct(SCHEMA_ORG, in_brief(store, iri, base), iri, url, base)
    tree = _tree(found, iri, lang)
    return tree if "name" in tree else None


def crumbs_tree(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way from the start page to a page: (name, address) for each step."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def dataset_tree(offer: Offer, lang: str) -> dict[str, Any]:
    """The dataset as search engines for data read it, with the files of the newest edition."""
    base = offer.base
    publisher: dict[str, Any] = {"@type": "Organization", "name": offer.publisher, "url": f"{base}/about"}
    newest = offer.editions[0] if offer.editions else None
    tree: dict[str, Any] = {
        "@type": "Dataset",
        "@id": f"{base}/about#dataset",
        "name": DATASET.title[lang],
        "description": DATASET.description[lang],
        "url": base + CATALOGUE,
        "identifier": f"{base}/about#dataset",
        "sameAs": f"{base}/.well-known/void",
        "version": newest.date if newest else str(offer.release),
        "dateModified": offer.modified,
        "keywords": list(KEYWORDS[lang]),
        "isAccessibleForFree": True,
        "inLanguage": list(LANGUAGES),
        "creator": publisher,
        "publisher": publisher,
        "spatialCoverage": _WALLONIA,
        "includedInDataCatalog": {
            "@type": "DataCatalog", "@id": f"{base}{CATALOGUE}#catalog", "name": CATALOGUE_WORDS.title[lang],
            "url": base + CATALOGUE,
        },
    }  # fmt: skip
    if offer.license:
        tree["license"] = offer.license
    if offer.since:
        tree["temporalCoverage"] = f"{offer.since}/{offer.modified}"
    if newest:
        tree["distribution"] = [
            {
                "@type": "DataDownload", "name": file.name, "contentUrl": file.url, "encodingFormat": file.media_type,
                "contentSize": f"{file.size} B", "sha256": file.sha256,
            }
            for file in newest.files
        ]  # fmt: skip
    return {name: value for name, value in tree.items() if value not in ("", [])}


def data_block(trees: Iterable[dict[str, Any] | None]) -> str:
    """The text of `<script type="application/ld+json">`; empty when there is nothing to say."""
    found = [tree for tree in trees if tree]
    if not found:
        return ""
    whole = {"@context": CONTEXT, **found[0]} if len(found) == 1 else {"@context": CONTEXT, "@graph": found}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _ESCAPED.items():
        text = text.replace(character, escaped)
    return text


def _tree(triples: Iterable[Triple], iri: str, lang: str) -> dict[str, Any]:
    """The node of `iri`, its neighbours inside it once."""
    nodes: dict[str, dict[str, list[Any]]] = {}
    for triple in sorted(triples, key=str):
        predicate = triple.predicate.value
        if predicate == vocab.TYPE or predicate.startswith(SCHEMA):
            name = "@type" if predicate == vocab.TYPE else predicate.removeprefix(SCHEMA)
            nodes.setdefault(triple.subject.value, {}).setdefault(name, []).append(triple.object)
    return _node(iri, nodes, lang, inside=False)


def _node(iri: str, nodes: dict[str, dict[str, list[Any]]], lang: str, *, inside: bool) -> dict[str, Any]:
    said = nodes.get(iri, {})
    tree: dict[str, Any] = {"@type": _types(said.get("@type", ())), "@id": iri}
    for name, values in said.items():
        if name == "@type":
            continue
        texts = _texts(name, [v for v in values if isinstance(v, Literal)], lang)
        things = [v.value for v in values if isinstance(v, NamedNode) and v.value.startswith(("http://", "https://"))]
        nested: list[Any] = [
            _node(v, nodes, lang, inside=True) if not inside and v in nodes and v != iri else v for v in things
        ]
        found = [*texts, *nested][: 1 if name in _ONE else _MOST]
        if found:
            tree[name] = found[0] if len(found) == 1 else found
    order = [*(name for name in _FIRST if name in tree), *sorted(name for name in tree if name not in _FIRST)]
    return {name: tree[name] for name in order}


def _types(values: Sequence[Any]) -> str | list[str]:
    found = sorted({value.value.removeprefix(SCHEMA) for value in values})
    closer = [name for name in found if name != "Organization"] or found  # the others are organisations as well
    return closer[0] if len(closer) == 1 else closer


def _texts(name: str, values: Sequence[Literal], lang: str) -> list[Any]:
    """Plain values: what is said once in the language of the page, else in French, else in any."""
    if name not in _ONE:
        return list(dict.fromkeys(_plain(value) for value in values))
    order = {code: place for place, code in enumerate(dict.fromkeys((lang, "", *LANGUAGES)))}
    ordered = sorted(values, key=lambda v: (order.get(v.language or "", 9), -len(v.value), v.value))
    return [_plain(value) for value in ordered[:1]]


def _plain(value: Literal) -> Any:
    if value.datatype.value == XSD + "integer":
        return int(value.value)
    if value.datatype.value == XSD + "decimal":
        return float(value.value)
    return value.value
