"""Results for machines: a SHACL validation report in Turtle and JSON-LD, and plain values for JSON.

In: `Result`s. Out: bytes, or dictionaries of strings, numbers and lists.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from wallograph.iris import rebase_iri
from wallograph.model import Severity
from wallograph.validate.engine import Result
from wallograph.validate.shapes import SHAPES_NS
from wallograph.vocab import DCTERMS, DEFAULT_BASE, RDF, SH, XSD

_TYPE: Final = NamedNode(RDF + "type")
_SEVERITY: Final = {
    Severity.VIOLATION: NamedNode(SH + "Violation"),
    Severity.WARNING: NamedNode(SH + "Warning"),
    Severity.INFO: NamedNode(SH + "Info"),
}


def counts(results: Iterable[Result]) -> dict[str, dict[str, int]]:
    """How many results of each severity (all three are always told) and of each shape."""
    found = list(results)
    by_severity = Counter(result.severity.value for result in found)
    by_shape = Counter(result.source_shape for result in found)
    return {
        "severity": {severity.value: by_severity[severity.value] for severity in Severity},
        "shape": dict(sorted(by_shape.items())),
    }


def report_dict(results: Sequence[Result]) -> dict[str, Any]:
    """A report fit for JSON. `conforms` as SHACL has it: true only when there is no result at all."""
    return {
        "conforms": not results,
        "counts": counts(results),
        "results": [result_dict(result) for result in results],
    }


def result_dict(result: Result) -> dict[str, Any]:
    """One result fit for JSON."""
    return {
        "focus": result.focus, "path": result.path, "value": result.value, "severity": result.severity.value,
        "component": result.component, "shape": result.source_shape, "graph": result.graph,
        "messages": dict(sorted(result.messages.items())),
    }  # fmt: skip


def report_turtle(results: Sequence[Result], base: str = DEFAULT_BASE) -> bytes:
    """A `sh:ValidationReport`. The source graph of a result that is judged per source is its `dcterms:source`."""
    report = BlankNode("report")
    conforms = Literal(str(not results).lower(), datatype=NamedNode(XSD + "boolean"))
    triples = [
        Triple(report, _TYPE, NamedNode(SH + "ValidationReport")),
        Triple(report, NamedNode(SH + "conforms"), conforms),
    ]
    for number, result in enumerate(results, start=1):
        node = BlankNode(f"r{number}")
        triples.append(Triple(report, NamedNode(SH + "result"), node))
        triples += _result_triples(node, result)
    prefixes = {"sh": SH, "xsd": XSD, "dcterms": DCTERMS, "shapes": rebase_iri(SHAPES_NS, base)}
    text = serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes)
    assert text is not None
    return text


def report_jsonld(results: Sequence[Result], base: str = DEFAULT_BASE) -> dict[str, Any]:
    """The same `sh:ValidationReport` as JSON-LD, fit for JSON."""
    links = ("resultPath", "sourceShape", "sourceConstraintComponent", "resultSeverity", "focusNode")
    context: dict[str, Any] = {"sh": SH, "xsd": XSD, "dcterms": DCTERMS, "shapes": rebase_iri(SHAPES_NS, base)}
    context |= {name: {"@id": f"sh:{name}", "@type": "@id"} for name in links}
    context |= {
        "ValidationReport": "sh:ValidationReport", "ValidationResult": "sh:ValidationResult",
        "conforms": {"@id": "sh:conforms", "@type": "xsd:boolean"}, "value": "sh:value",
        "result": {"@id": "sh:result", "@container": "@set"}, "source": {"@id": "dcterms:source", "@type": "@id"},
        "resultMessage": {"@id": "sh:resultMessage", "@container": "@set"},
    }  # fmt: skip
    told = [_result_jsonld(result) for result in results]
    return {"@context": context, "@type": "ValidationReport", "conforms": not results, "result": told}


def _result_jsonld(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "ValidationResult",
        "focusNode": result.focus,
        "resultSeverity": _SEVERITY[result.severity].value,
        "sourceConstraintComponent": result.component,
        "sourceShape": result.source_shape,
        "resultPath": result.path,
        "value": None if result.value is None else _value_jsonld(_term(result.value)),
        "source": result.graph,
        "resultMessage": [
            {"@value": text} | ({"@language": lang} if lang else {}) for lang, text in sorted(result.messages.items())
        ],
    }
    return {key: value for key, value in told.items() if value is not None and value != []}


def _value_jsonld(term: NamedNode | BlankNode | Literal) -> dict[str, str]:
    """A value object with its text as handed in: JSON's own numbers would lose it."""
    if not isinstance(term, Literal):
        return {"@id": term.value if isinstance(term, NamedNode) else str(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    plain = term.datatype.value == XSD + "string"
    return {"@value": term.value} | ({} if plain else {"@type": term.datatype.value})


def _result_triples(node: BlankNode, result: Result) -> list[Triple]:
    said: list[tuple[str, NamedNode | BlankNode | Literal]] = [
        (SH + "focusNode", _node(result.focus)),
        (SH + "resultSeverity", _SEVERITY[result.severity]),
        (SH + "sourceConstraintComponent", NamedNode(result.component)),
        (SH + "sourceShape", _node(result.source_shape)),
    ]
    if result.path is not None:
        said.append((SH + "resultPath", NamedNode(result.path)))
    if result.value is not None:
        said.append((SH + "value", _term(result.value)))
    if result.graph is not None:
        said.append((DCTERMS + "source", _node(result.graph)))
    for lang, text in sorted(result.messages.items()):
        said.append((SH + "resultMessage", Literal(text, language=lang or None)))
    return [
        Triple(node, _TYPE, NamedNode(SH + "ValidationResult")),
        *(Triple(node, NamedNode(predicate), value) for predicate, value in said),
    ]


def _node(name: str) -> NamedNode | BlankNode:
    return BlankNode(name[2:]) if name.startswith("_:") else NamedNode(name)


def _term(text: str) -> NamedNode | BlankNode | Literal:
    """Read a term in N-Triples form back."""
    if text.startswith("_:"):
        return BlankNode(text[2:])
    line = f"<a:s> <a:p> {text} ."  # lenient: what was handed in may be an IRI that no other file could hold
    quad: Quad = next(iter(parse(line.encode(), format=RdfFormat.N_TRIPLES, lenient=True)))
    value = quad.object
    assert isinstance(value, NamedNode | BlankNode | Literal)
    return value
