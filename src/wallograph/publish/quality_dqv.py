"""The quality of a release as RDF (W3C Data Quality Vocabulary).

In: what was measured. Out: two documents that every format writes: the dataset and its kinds at `/quality`, the
sources at `/quality/sources`. A metric is an entry of our code list, a dimension one of the W3C list of dimensions.
A share is exact to six digits, so a count can be had back from it and from the metric `things`.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from wallograph import vocab
from wallograph.publish.documents import Document
from wallograph.publish.jsonld import Context
from wallograph.publish.labels import Named
from wallograph.publish.media import JSON_LD, Format
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.quality import KindLine, Quality, completeness, freshness, source_counts
from wallograph.vocab import DCTERMS, DQV, FOAF, LANGUAGES, RDFS, SKOS, VOID, XSD

PATH: Final = "/quality"
SOURCES_PATH: Final = "/quality/sources"
LDQD: Final = "http://www.w3.org/2016/05/ldqd#"
MOST_SOURCES: Final = 2000
_CUT: Final = {
    "fr": "{n} sources, qui parlent de moins de choses, sont omises.",
    "nl": "{n} bronnen, die over minder zaken spreken, zijn weggelaten.",
    "de": "{n} Quellen, die von weniger Sachen sprechen, sind weggelassen.",
    "en": "{n} sources, which speak of fewer things, are left out.",
}
_TIMELINESS: Final = frozenset({"dated-pages", "median-age", "pages"})
_CONSISTENCY: Final = frozenset({"warnings", "held-back"})
_CLASSES: Final = {"actor": vocab.ORGANIZATION, "project": vocab.PROJECT, "event": vocab.EVENT}
Said = tuple[str, str, NamedNode | Literal]


def quality_document(graph: PageGraph, quality: Quality) -> Document:
    """The measurements of the dataset as a whole, of each concept, and of each kind."""
    dataset = f"{graph.base}/about#dataset"
    measured = _Measurements(graph, graph.base + PATH)
    whole = {**_whole(quality), "things": sum(found["things"] for found in quality.measured["all"].values())}
    measured.add("dataset", dataset, whole)
    for table in completeness(graph, quality, "en"):
        part = measured.subset(table.concept, dataset, _CLASSES[table.concept], table.total.kind)
        measured.add(table.concept, part, _shares(table.total))
        for line in table.kinds:
            name = f"{table.concept}-{line.code}"
            measured.add(name, measured.subset(name, part, "", line.kind), _shares(line))
    measured.said += [
        (dataset, vocab.TYPE, NamedNode(VOID + "Dataset")),
        (graph.base + PATH, RDFS + "seeAlso", NamedNode(graph.base + SOURCES_PATH)),
    ]
    return measured.document(dataset, graph.base + PATH, quality.edition_date)


def sources_document(graph: PageGraph, quality: Quality) -> Document:
    """The measurements of each page and register: fields that it gives for none of its things are left out."""
    dataset = f"{graph.base}/about#dataset"
    measured = _Measurements(graph, graph.base + SOURCES_PATH)
    lines = source_counts(graph, quality)
    for line in lines[:MOST_SOURCES]:
        values: dict[str, int | Decimal] = {"things": line.things}
        values |= {f"completeness-{m.key}": _share(m.n, m.of) for m in line.measures}
        measured.add(line.key, f"{graph.base}/id/source/{line.key}", values)
    url = graph.base + SOURCES_PATH
    measured.said += [
        (dataset, vocab.TYPE, NamedNode(VOID + "Dataset")),
        (url, RDFS + "seeAlso", NamedNode(graph.base + PATH)),
    ]
    if cut := len(lines[MOST_SOURCES:]):
        texts = (Literal(text.format(n=cut), language=lang) for lang, text in _CUT.items())
        measured.said += [(url, RDFS + "comment", text) for text in texts]
    return measured.document(dataset, graph.base + SOURCES_PATH, quality.edition_date)


def write_sources(found: Document, form: Format) -> bytes:
    """The document of the sources in one format: a long flat list, so its JSON-LD is expanded and not framed."""
    if form is JSON_LD:
        return bytes(serialize(found.triples(), format=RdfFormat.JSON_LD) or b"")
    return found.write(form, Context("", {}, b""))


def _whole(quality: Quality) -> dict[str, int | Decimal]:
    fresh = freshness(quality)
    values: dict[str, int | Decimal] = {
        "pages": fresh.total,
        "warnings": len(quality.measured["warnings"]),
        "held-back": len(quality.held),
    }
    if fresh.total:
        values["dated-pages"] = _share(fresh.dated, fresh.total)
    if fresh.median_days is not None:
        values["median-age"] = fresh.median_days
    return values


def _shares(line: KindLine) -> dict[str, int | Decimal]:
    shares = {f"completeness-{m.key}": _share(m.n, m.of) for m in line.measures}
    return {"things": line.things, **shares}


def _share(n: int, of: int) -> Decimal:
    return (Decimal(n) / Decimal(of)).quantize(Decimal("0.000001")).normalize() if of else Decimal(0)


class _Measurements:
    """Gathers the statements of a document; its own parts are named by fragments, there are no blank nodes."""

    def __init__(self, graph: PageGraph, url: str) -> None:
        self.graph, self.url = graph, url
        self.said: list[Said] = []
        self._metrics: set[str] = set()

    def subset(self, name: str, whole: str, class_iri: str, kind: Named | None) -> str:
        """A part of the dataset: the things of a class or of a kind."""
        part = f"{self.url}#{name}"
        self.said += [
            (part, vocab.TYPE, NamedNode(VOID + "Dataset")),
            (whole, VOID + "subset", NamedNode(part)),
        ]
        if class_iri:
            self.said.append((part, VOID + "class", NamedNode(class_iri)))
        if kind is not None:
            self.said.append((part, vocab.SUBJECT, NamedNode(kind.iri)))
            labels = self.graph.objects(kind.iri, vocab.PREF_LABEL)
            self.said += [(part, vocab.LABEL, label) for label in labels if isinstance(label, Literal)]
        return part

    def add(self, name: str, on: str, values: dict[str, int | Decimal]) -> None:
        """A measurement for each value, on a dataset or a source."""
        for metric, value in values.items():
            node = f"{self.url}#{name}.{metric}"
            kind, text = ("integer", str(value)) if isinstance(value, int) else ("decimal", f"{value:f}")
            self._metrics.add(metric)
            self.said += [
                (on, DQV + "hasQualityMeasurement", NamedNode(node)),
                (node, vocab.TYPE, NamedNode(DQV + "QualityMeasurement")),
                (node, DQV + "isMeasurementOf", NamedNode(self.graph.code("quality-metric", metric))),
                (node, DQV + "computedOn", NamedNode(on)),
                (node, DQV + "value", Literal(text, datatype=NamedNode(XSD + kind))),
            ]

    def _described(self) -> Iterator[Said]:
        """The metrics with their labels, definitions and dimensions."""
        for metric in sorted(self._metrics):
            iri = self.graph.code("quality-metric", metric)
            share = metric.startswith("completeness-") or metric == "dated-pages"
            dimension = (
                "timeliness" if metric in _TIMELINESS else "consistency" if metric in _CONSISTENCY else "completeness"
            )
            yield iri, vocab.TYPE, NamedNode(DQV + "Metric")
            yield iri, DQV + "inDimension", NamedNode(LDQD + dimension)
            yield iri, DQV + "expectedDataType", NamedNode(XSD + ("decimal" if share else "integer"))
            yield LDQD + dimension, vocab.TYPE, NamedNode(DQV + "Dimension")
            for predicate in (vocab.PREF_LABEL, SKOS + "definition"):
                found = self.graph.store.quads(NamedNode(iri), NamedNode(predicate), None, DefaultGraph())
                texts = (q.object for q in found if isinstance(q.object, Literal))
                yield from ((iri, predicate, text) for text in texts if text.language in LANGUAGES)

    def document(self, topic: str, url: str, modified: str) -> Document:
        said: Iterable[Said] = [
            *self.said,
            *self._described(),
            (url, vocab.TYPE, NamedNode(DQV + "QualityMetadata")),
            (url, vocab.TYPE, NamedNode(FOAF + "Document")),
            (url, FOAF + "primaryTopic", NamedNode(topic)),
            *((url, DCTERMS + "modified", _date(text)) for text in (modified,) if text),
        ]
        quads = {Quad(NamedNode(subject), NamedNode(predicate), value) for subject, predicate, value in said}
        prefixes = {"dqv": DQV, "ldqd": LDQD}
        return Document(topic, url, self.graph.base, tuple(sorted(quads, key=str)), prefixes=prefixes)


def _date(text: str) -> Any:
    return Literal(text, datatype=NamedNode(XSD + "date"))
