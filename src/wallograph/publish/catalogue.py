"""The catalogue (DCAT-AP 3): what is published, where, in which formats and on which terms.

In: an `Offer`, plain facts of the installation and its editions. Out: one document that every RDF format writes.
Literals have the datatypes DCAT-AP asks for (`xsd:nonNegativeInteger`, `xsd:hexBinary`): it is written from the parsed
terms, no store touches it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.publish import catalogue_texts as texts
from wallograph.publish.documents import Document
from wallograph.vocab import DCAT, DCTERMS, FOAF, LANGUAGES, XSD

PATH: Final = "/catalog"
_EU: Final = "http://publications.europa.eu/resource/authority/"
_SPDX: Final = "http://spdx.org/rdf/terms#"
_VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
_AVAILABILITY: Final = "http://data.europa.eu/r5r/availability"
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_EU_LANGUAGES: Final = {"fr": "FRA", "nl": "NLD", "de": "DEU", "en": "ENG"}
_THEMES: Final = ("TECH", "REGI", "ECON")
_WALLONIA: Final = "https://sws.geonames.org/3337387/"  # the region, as the register of places (REFNIS) links it
_FORMATS: Final = {
    "nq": "RDF_N_QUADS", "nt": "RDF_N_TRIPLES", "ttl": "RDF_TURTLE", "trig": "RDF_TRIG", "rdf": "RDF_XML",
    "jsonld": "JSON_LD", "csv": "CSV", "xlsx": "XLSX", "jsonl": "JSON", "parquet": "PARQUET", "txt": "TXT",
}  # fmt: skip
_PUBLISHER_TYPE: Final = "http://purl.org/adms/publishertype/"
_PREFIXES: Final = {"dcat": DCAT, "spdx": _SPDX, "vcard": _VCARD, "dcatap": "http://data.europa.eu/r5r/"}


@dataclass(frozen=True, slots=True)
class File:
    """One file of an edition."""

    name: str
    size: int
    sha256: str
    media_type: str
    url: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: its key in addresses, its day, its files."""

    key: str
    date: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A service on the data: a key with texts in `catalogue_texts`, its address, its description, its standard."""

    key: str
    url: str
    description: str
    conforms_to: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What the catalogue says. `editions` are the latest first; `contact` is a mail address, a URL or empty;
    `publisher_type` a code of the ADMS list; `since` the first year that statements are made for, or empty."""

    base: str
    modified: str
    release: int
    license: str | None
    publisher: str
    contact: str
    publisher_type: str
    since: str
    editions: tuple[Edition, ...]
    services: tuple[Service, ...]


def catalogue(offer: Offer) -> Document:
    """The whole catalogue as one document at `{base}/catalog`."""
    url = offer.base + PATH
    said = list(_Catalogue(offer).statements())
    said.append((url, [
        (vocab.TYPE, _iri(FOAF + "Document")), (FOAF + "primaryTopic", _iri(f"{url}#catalog")),
        (vocab.VERSION, Literal(str(offer.release))),
    ]))  # fmt: skip
    quads = {Quad(_iri(subject), _iri(predicate), value) for subject, pairs in said for predicate, value in pairs}
    return Document(f"{url}#catalog", url, offer.base, tuple(sorted(quads, key=str)), prefixes=_PREFIXES)


_Pairs = list[tuple[str, Any]]


class _Catalogue:
    """The statements, grouped by what they are on."""

    def __init__(self, offer: Offer) -> None:
        self.offer, self.base = offer, offer.base
        self.here = f"{offer.base}{PATH}#"
        self.dataset = f"{offer.base}/about#dataset"

    def statements(self) -> Iterator[tuple[str, _Pairs]]:
        yield self.here + "catalog", self._catalog()
        yield self.here + "publisher", [
            (vocab.TYPE, _iri(FOAF + "Agent")), (FOAF + "name", Literal(self.offer.publisher)),
            (FOAF + "homepage", _iri(f"{self.base}/about")),
            (DCTERMS + "type", _iri(_PUBLISHER_TYPE + self.offer.publisher_type)),
        ]  # fmt: skip
        yield self.here + "contact", self._contact()
        yield self.dataset, [
            *self._dataset(texts.DATASET),
            *((DCTERMS + "hasVersion", _iri(self._edition(edition))) for edition in self.offer.editions),
            *((DCAT + "distribution", _iri(self._file(e, f))) for e in self.offer.editions[:1] for f in e.files),
        ]
        yield from self._editions()
        for day in sorted({self.offer.modified, *(edition.date for edition in self.offer.editions)} - {""}):
            yield self._period(day), self._until(day)
        for service in self.offer.services:
            yield self.here + service.key, self._service(service)

    def _editions(self) -> Iterator[tuple[str, _Pairs]]:
        if not self.offer.editions:
            return
        yield self.here + "editions", [
            (vocab.TYPE, _iri(DCAT + "DatasetSeries")), *_texts(texts.SERIES), *self._common(),
            (DCTERMS + "accrualPeriodicity", _iri(_EU + "frequency/IRREG")),
            (DCTERMS + "spatial", _iri(_WALLONIA)),
            (DCTERMS + "issued", _date(self.offer.editions[-1].date)),
            (DCTERMS + "modified", _date(self.offer.editions[0].date)),
        ]  # fmt: skip
        older = [*self.offer.editions[1:], None]
        for edition, before in zip(self.offer.editions, older, strict=True):
            pairs = [
                *self._dataset(texts.EDITION, edition.date),
                (DCAT + "inSeries", _iri(self.here + "editions")),
                (DCTERMS + "isVersionOf", _iri(self.dataset)),
                (DCTERMS + "identifier", Literal(f"{self.base}/dump/{edition.key}/")),
                (DCAT + "version", Literal(edition.date)),
                *((DCAT + "distribution", _iri(self._file(edition, file))) for file in edition.files),
            ]
            if before:
                pairs.append((DCAT + "prev", _iri(self._edition(before))))
            yield self._edition(edition), pairs
            for file in edition.files:
                yield self._file(edition, file), self._distribution(edition, file)
                yield self._file(edition, file) + "-sha256", [
                    (vocab.TYPE, _iri(_SPDX + "Checksum")),
                    (_SPDX + "algorithm", _iri(_SPDX + "checksumAlgorithm_sha256")),
                    (_SPDX + "checksumValue", Literal(file.sha256, datatype=_iri(XSD + "hexBinary"))),
                ]

    def _edition(self, edition: Edition) -> str:
        return f"{self.here}edition-{edition.key}"

    def _file(self, edition: Edition, file: File) -> str:
        return f"{self._edition(edition)}-{file.name}"

    def _common(self) -> _Pairs:
        who = [(DCTERMS + "publisher", "publisher"), (DCAT + "contactPoint", "contact")]
        return [(predicate, _iri(self.here + name)) for predicate, name in who]

    def _terms(self) -> _Pairs:
        return [(vocab.LICENSE, _iri(self.offer.license))] if self.offer.license else []

    def _languages(self) -> _Pairs:
        return [(DCTERMS + "language", _iri(f"{_EU}language/{_EU_LANGUAGES[lang]}")) for lang in LANGUAGES]

    def _catalog(self) -> _Pairs:
        first = self.offer.editions[-1].date if self.offer.editions else self.offer.modified
        found = [
            (vocab.TYPE, _iri(DCAT + "Catalog")), *_texts(texts.CATALOGUE), *self._common(), *self._terms(),
            *self._languages(), (FOAF + "homepage", _iri(f"{self.base}/")),
            (DCTERMS + "issued", _date(first)), (DCTERMS + "modified", _date(self.offer.modified)),
            (DCTERMS + "spatial", _iri(_WALLONIA)), (DCAT + "themeTaxonomy", _iri(_EU + "data-theme")),
            (DCAT + "dataset", _iri(self.dataset)),
            *((DCAT + "dataset", _iri(self._edition(edition))) for edition in self.offer.editions),
            *((DCAT + "service", _iri(self.here + service.key)) for service in self.offer.services),
        ]  # fmt: skip
        if self.offer.editions:
            found.append((DCAT + "dataset", _iri(self.here + "editions")))
        return found

    def _contact(self) -> _Pairs:
        contact = self.offer.contact or f"{self.base}/about"
        address = contact.startswith(("http://", "https://"))
        return [
            (vocab.TYPE, _iri(_VCARD + "Organization")),
            (vocab.TYPE, _iri(_VCARD + "Kind")),
            (_VCARD + "fn", Literal(self.offer.publisher)),
            (_VCARD + "hasURL", _iri(contact)) if address else (_VCARD + "hasEmail", _iri(f"mailto:{contact}")),
        ]

    def _dataset(self, words: texts.Words, date: str = "") -> _Pairs:
        return [
            (vocab.TYPE, _iri(DCAT + "Dataset")), *_texts(words, date), *self._common(), *self._terms(),
            *self._languages(), *_keywords(),
            *((DCAT + "theme", _iri(f"{_EU}data-theme/{theme}")) for theme in _THEMES),
            (DCAT + "landingPage", _iri(f"{self.base}/dump/")),
            (DCTERMS + "accessRights", _iri(_EU + "access-right/PUBLIC")),
            (DCTERMS + "accrualPeriodicity", _iri(_EU + "frequency/IRREG")),
            (DCTERMS + "spatial", _iri(_WALLONIA)),
            (DCTERMS + "modified", _date(date or self.offer.modified)),
            (DCTERMS + "temporal", _iri(self._period(date or self.offer.modified))),
        ]  # fmt: skip

    def _period(self, date: str) -> str:
        return f"{self.here}until-{date}"

    def _until(self, date: str) -> _Pairs:
        found: _Pairs = [(vocab.TYPE, _iri(DCTERMS + "PeriodOfTime")), (DCAT + "endDate", _date(date))]
        if self.offer.since:
            found.append((DCAT + "startDate", Literal(self.offer.since, datatype=_iri(XSD + "gYear"))))
        return found

    def _distribution(self, edition: Edition, file: File) -> _Pairs:
        stem = file.name.removesuffix(".gz")
        suffix = stem.rpartition(".")[2]
        found = [
            (vocab.TYPE, _iri(DCAT + "Distribution")), *self._terms(),
            (DCTERMS + "title", Literal(file.name)), *_descriptions(texts.file_words(stem), edition.date),
            (DCAT + "accessURL", _iri(f"{self.base}/dump/{edition.key}/")), (DCAT + "downloadURL", _iri(file.url)),
            (DCAT + "byteSize", Literal(str(file.size), datatype=_iri(XSD + "nonNegativeInteger"))),
            (DCTERMS + "format", _iri(f"{_EU}file-type/{_FORMATS.get(suffix, 'TXT')}")),
            (DCAT + "mediaType", _iri(_IANA + file.media_type)),
            (DCTERMS + "issued", _date(edition.date)), (_AVAILABILITY, _iri(_EU + "planned-availability/STABLE")),
            (_SPDX + "checksum", _iri(self._file(edition, file) + "-sha256")),
        ]  # fmt: skip
        if file.name.endswith(".gz"):
            found.append((DCAT + "compressFormat", _iri(_IANA + "application/gzip")))
        return found

    def _service(self, service: Service) -> _Pairs:
        return [
            (vocab.TYPE, _iri(DCAT + "DataService")), *_texts(texts.SERVICES[service.key]), *self._common(),
            *self._terms(), *_keywords(),
            *((DCAT + "theme", _iri(f"{_EU}data-theme/{theme}")) for theme in _THEMES),
            (DCAT + "endpointURL", _iri(service.url)), (DCAT + "endpointDescription", _iri(service.description)),
            (DCTERMS + "conformsTo", _iri(service.conforms_to)), (DCAT + "servesDataset", _iri(self.dataset)),
            (DCTERMS + "accessRights", _iri(_EU + "access-right/PUBLIC")),
        ]  # fmt: skip


def _iri(text: str | None) -> NamedNode:
    return NamedNode(text or "")


def _date(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + "date"))


def _texts(words: texts.Words, date: str = "") -> _Pairs:
    titles = [(DCTERMS + "title", _in(words.title, lang, date)) for lang in LANGUAGES]
    return titles + _descriptions(words.description, date)


def _descriptions(words: dict[str, str], date: str) -> _Pairs:
    return [(DCTERMS + "description", _in(words, lang, date)) for lang in LANGUAGES if lang in words]


def _keywords() -> _Pairs:
    return [(DCAT + "keyword", Literal(word, language=lang)) for lang in LANGUAGES for word in texts.KEYWORDS[lang]]


def _in(words: dict[str, str], lang: str, date: str) -> Literal:
    return Literal(words[lang].format(date=date), language=lang)

