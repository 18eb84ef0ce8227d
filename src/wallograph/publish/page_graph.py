"""One release as the pages read it: labels, sources and lists, each looked up once and kept.

In: a read-only store and the base of its IRIs. Out: names, sources and rows. The object belongs to one
release; what a patch leaves as it is goes over to the object of the next one. What it keeps is bounded.
"""

from collections.abc import Callable, Collection
from importlib.resources import files
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from wallograph.iris import rebase, rebase_iri
from wallograph.publish.labels import Label, Named, choose
from wallograph.publish.page_memory import Memory, Reader, Watched, marks_of_change
from wallograph.publish.page_sources import RuleRef, SourceRef, read_source
from wallograph.vocab import (
    AUTH,
    CLASSIFICATION,
    DCTERMS,
    DEFAULT_BASE,
    FOAF,
    LABEL,
    NAME,
    PREF_LABEL,
    PROJECT_KIND,
)  # fmt: skip

T = TypeVar("T")
Term = Any  # pyoxigraph exports no common type of its terms
_KEEP: Final = 200_000
_LABELS: Final = (PREF_LABEL, LABEL, DCTERMS + "title", NAME, FOAF + "name")


def safe_href(iri: str) -> str | None:
    """The address, if a page may link to it: absolute http(s) with a host, nothing else.

    >>> safe_href("https://ror.org/00afp2z80")
    'https://ror.org/00afp2z80'
    >>> safe_href("JavaScript:alert(1)") is None
    True
    """
    if any(ord(c) <= 32 or c in '"<>\\^`{|}' or ord(c) == 127 for c in iri):
        return None
    try:
        parts = urlsplit(iri)
    except ValueError:
        return None
    return iri if parts.scheme.lower() in ("http", "https") and parts.hostname else None


class PageGraph:
    """A release as the pages read it."""

    def __init__(self, store: Reader, base: str, memory: Memory | None = None) -> None:
        self.memory = memory or Memory()
        self.store: Reader = Watched(store, self.memory)
        self.base = base
        self.prefix = urlsplit(base).path.rstrip("/")
        self._labels: dict[str, tuple[tuple[str, str], ...]] = {}
        self._kinds: dict[str, tuple[str, ...]] = {}
        self._kept: dict[object, Any] = {}
        self._queries: dict[str, str] = {}

    def after(self, store: Reader, changed: Collection[Quad]) -> "PageGraph":
        """The next release, which these quads make of this one: the rest need not be looked up again."""
        found = PageGraph(store, self.base, self.memory.after(marks_of_change(changed)))
        found._labels, found._kinds, found._queries = self._labels.copy(), self._kinds.copy(), self._queries
        for quad in changed:
            if isinstance(quad.subject, NamedNode):
                found._labels.pop(quad.subject.value, None)
                found._kinds.pop(quad.subject.value, None)
        return found

    # -- terms

    def own(self, iri: str) -> str:
        """An IRI of the default base (a constant of `vocab`), moved to the base of this release."""
        return rebase_iri(iri, self.base)

    def node(self, iri: str) -> NamedNode:
        return NamedNode(self.own(iri))

    def code(self, scheme: str, notation: str) -> str:
        return self.own(f"{AUTH}{scheme}/{notation}")

    def own_auth(self, scheme: str) -> str:
        """The IRI of a code list."""
        return self.own(f"{AUTH}{scheme}")

    def iri_like(self, text: str) -> bool:
        """Whether a text can be an IRI at all: what a visitor sends often cannot."""
        if safe_href(text) is None:
            return False
        try:
            NamedNode(text)
        except ValueError:
            return False
        return True

    def notation(self, iri: str) -> str:
        """The last part of an IRI: the code of a code-list entry."""
        return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]

    # -- reading

    def rows(self, query: str, **bindings: str) -> list[dict[str, Term]]:
        """The rows of `queries/page_{query}.rq`; bindings are IRIs."""
        if query not in self._queries:
            text = (files("wallograph.publish") / "queries" / f"page_{query}.rq").read_text("utf-8")
            self._queries[query] = rebase(text, self.base)
        return self.store.rows(self._queries[query], **{k: NamedNode(v) for k, v in bindings.items()})

    def objects(self, subject: str, predicate: str) -> list[Term]:
        """The values of a property in the public default graph, in a fixed order."""
        found = self.store.quads(NamedNode(subject), self.node(predicate), None, DefaultGraph())
        return sorted((q.object for q in found), key=str)

    def stated(self, subject: str) -> list[Quad]:
        """All statements on a thing, in the graphs that make them."""
        found = self.store.quads(NamedNode(subject), None, None, None)
        hidden = self.hidden_graphs
        return [q for q in found if not isinstance(q.graph_name, DefaultGraph) and q.graph_name.value not in hidden]

    def known(self, iri: str) -> bool:
        return bool(self.store.quads(NamedNode(iri), None, None, None))

    @property
    def provenance(self) -> str:
        return self.own(f"{DEFAULT_BASE}/id/source/provenance")

    @property
    def hidden_graphs(self) -> frozenset[str]:
        keys = ("provenance", "shapes", "judgements", "catalogue")
        return self.once("hidden", lambda: frozenset(f"{self.base}/id/source/{key}" for key in keys))

    def once(self, key: object, make: Callable[[], T]) -> T:
        """Make something of this release once and keep it."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def lasting(self, key: object, make: Callable[[], T]) -> T:
        """Make something of the graph alone once, and keep it until a release changes what it was made from."""
        return self.memory.once(key, make)

    # -- names

    def href(self, iri: str) -> str | None:
        """Where a page links to: our own things by path (so any port works), others if the address is safe."""
        if not iri.startswith(self.base + "/"):
            return safe_href(iri)
        path = iri[len(self.base) :]
        if path.startswith("/id/"):
            path = "/doc/" + path[4:]
        return None if safe_href("http://h" + path) is None else self.prefix + path

    def label(self, iri: str, lang: str) -> Label | None:
        self._note(iri)
        if iri not in self._labels:
            if len(self._labels) > _KEEP:
                self._labels.clear()
            self._labels[iri] = self._read_labels(iri)
        return choose(self._labels[iri], lang)

    def _read_labels(self, iri: str) -> tuple[tuple[str, str], ...]:
        for predicate in _LABELS:
            found = [o for o in self.objects(iri, predicate) if isinstance(o, Literal)]
            if found:
                return tuple((o.value, o.language or "") for o in found)
        return ()

    def named(self, iri: str, lang: str, *, kind: bool = False) -> Named:
        """A thing as a page names it; `kind` adds what it is, in a word."""
        label = self.label(iri, lang) or Label(iri if not iri.startswith(self.base) else self.notation(iri))
        external = not iri.startswith(self.base + "/")
        word = self.kind_word(iri, lang) if kind else ""
        return Named(iri, label.text, label.lang, label.fallback, self.href(iri), external, word)

    def kind_word(self, iri: str, lang: str) -> str:
        self._note(iri)
        if iri not in self._kinds:
            found = self.objects(iri, CLASSIFICATION) or self.objects(iri, PROJECT_KIND)
            self._kinds[iri] = tuple(o.value for o in found if isinstance(o, NamedNode))
        labels = (self.label(kind, lang) for kind in self._kinds[iri])
        return ", ".join(label.text for label in labels if label)

    def _note(self, iri: str) -> None:
        if self.memory.notes:  # it may be known already, so that the store is not read
            self.memory.note(("subject", NamedNode(iri)))

    # -- sources

    def source(self, graph: str) -> SourceRef:
        """Who says what stands in a graph."""

        def make() -> SourceRef:
            quads = self.store.quads(NamedNode(graph), None, None, NamedNode(self.provenance))
            return read_source(graph, quads, self.base, self.href(graph), self.source, self._rule)

        return self.lasting(("source", graph), make)

    def _rule(self, iri: str) -> RuleRef:
        if not self.iri_like(iri):  # other people's data, where a rule is a text
            return RuleRef(None, ((iri, ""),))
        return RuleRef(self.href(iri), self._read_labels(iri) or ((self.notation(iri), ""),))
