"""What terms are called: things, fields, values and sources, as plain values with a text for each language.

In: what is known, what stands, the statements of a proposal. Out: names for pages and for the API. Nothing is chosen
here: a page takes the text of its language.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.curation.filled import term_of
from wallograph.curation.layers import Standing
from wallograph.curation.model import Change, Evidence
from wallograph.iris import parse
from wallograph.pipeline.known import Known
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_values import form_of

Texts = dict[str, str]


class Words:
    """Names for the difference of one proposal."""

    def __init__(self, known: Known, standing: Standing, changes: Sequence[Change]) -> None:
        self.known, self.standing, self.base = known, standing, known.base
        self._graph = PageGraph(standing.store, known.base)
        self._proposed: dict[str, str] = {}
        for change in changes:
            term = term_of(change.object) if change.predicate in (vocab.NAME, vocab.LABEL) else None
            if change.op == "add" and term is not None:
                self._proposed.setdefault(change.subject, term.value)
        self._names: dict[str, Texts] = {}

    def name(self, iri: str) -> Texts:
        """What a thing, code or place is called, by language ("" for a name without one)."""
        if iri not in self._names:
            self._names[iri] = self._name(iri)
        return self._names[iri]

    def _name(self, iri: str) -> Texts:
        found = self.known.labels(iri)
        if not found and iri.startswith(f"{self.base}/id/") and _is_iri(iri):
            labels = self.standing.quads(NamedNode(iri), NamedNode(vocab.LABEL))
            found = {q.object.language or "": q.object.value for q in labels if isinstance(q.object, Literal)}
        if not found and iri in self._proposed:
            found = {"": self._proposed[iri]}
        return found or {"": iri.rpartition("/")[2] if iri.startswith(self.base) else iri}

    def named(self, iri: str) -> dict[str, Any]:
        """A thing: its IRI and names, and whether it is only proposed."""
        found = parse(iri, self.base)
        known = not found or self._is_there(iri)
        return {"iri": iri, "names": self.name(iri), "concept": found.concept if found else "", "new": not known}

    def _is_there(self, iri: str) -> bool:
        return _is_iri(iri) and bool(self.standing.quads(NamedNode(iri), NamedNode(vocab.TYPE)))

    def field(self, path: str, concept: str, *, inverse: bool) -> tuple[str, Texts, int]:
        """The key, the label and the place in the form of a field."""
        return self._fields.get((concept, path, inverse)) or (
            path.rpartition("#")[2].rpartition("/")[2], self.known.labels(path) or {"": path}, 1000,
        )  # fmt: skip

    @cached_property
    def _fields(self) -> dict[tuple[str, str, bool], tuple[str, Texts, int]]:
        return {
            (form.concept, field.path, field.inverse): (field.key, field.labels, place)
            for form in self.known.forms
            for place, field in enumerate(form.fields)
        }

    def value(self, term: object) -> dict[str, Any]:
        """A value: text and form (iri, boolean, number, year, text), language, and of a thing its names."""
        if isinstance(term, NamedNode):
            return {"iri": term.value, "text": "", "lang": "", "form": "iri", "names": self.name(term.value)}
        if isinstance(term, Literal):
            lang = term.language or ""
            return {"iri": "", "text": term.value, "lang": lang, "form": form_of(term), "names": {}}
        return {"iri": "", "text": str(term), "lang": "", "form": "text", "names": {}}

    def value_of(self, text: str) -> dict[str, Any]:
        """A value that is written as in N-Quads; the text itself when it is no term."""
        return self.value(term_of(text) or Literal(text))

    def source(self, graph: str) -> dict[str, Any]:
        """Who says what stands in a graph."""
        found = self._graph.source(graph)
        return {
            "iri": graph, "role": found.role, "publisher": found.short or found.publisher, "date": found.date,
            "pages": list(found.pages),
        }  # fmt: skip

    def sources(self, quads: Iterable[Quad]) -> list[dict[str, Any]]:
        """The sources of the same statement."""
        graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
        return [self.source(graph) for graph in sorted(graphs)]


def evidence_values(evidence: Evidence) -> dict[str, str]:
    """Who says so, of a proposed statement."""
    return {"kind": evidence.kind, "page": evidence.page}


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
