"""Rows become records and statements.

In: a card, its claims, the gazetteer, the theme mapping. Out: `Harvest` — records, statements, findings.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from wallograph import vocab
from wallograph.ingest import values
from wallograph.ingest.claims import Claim
from wallograph.ingest.documents import SourceBook, host
from wallograph.ingest.messages import messages
from wallograph.ingest.places import Gazetteer
from wallograph.ingest.tables import elements
from wallograph.iris import thing
from wallograph.model import Finding, Record, Severity, Statement, Value, Where

PROJECT_KINDS = frozenset({"research-project", "programme", "initiative", "good-practice"})
PROPERTIES = {
    "foundingDate": vocab.FOUNDING_DATE, "startDate": vocab.START_DATE, "endDate": vocab.END_DATE, "date": vocab.DATE,
    "description": vocab.DESCRIPTION, "clientsAbroad": vocab.CLIENTS_ABROAD, "employees": vocab.EMPLOYEES,
    "researchers": vocab.RESEARCHERS, "budget": vocab.BUDGET,
}  # fmt: skip


@dataclass(slots=True)
class Harvest:
    """What ingest hands on: records by key, statements in the order read, findings, and the input rows.

    `used` are rows that give no statement of their own: they date or type another one.
    """

    records: dict[str, Record] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)

    def warn(self, code: str, where: Where, subject: str, value: str, severity: Severity = Severity.VIOLATION) -> None:
        """Note a finding. A violation says that the value was not carried on."""
        self.findings.append(Finding(code, severity, where, subject, value, messages(code, value, where.field or "")))


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns claims into statements; what it needs to know is given once."""

    harvest: Harvest
    book: SourceBook
    gazetteer: Gazetteer
    themes: dict[tuple[str, str], str]

    def read(self, record: Record, claim: Claim) -> None:
        """Add what a claim says of a record."""
        _READERS[claim.column.kind](self, record, claim)

    def add(self, record: Record, claim: Claim, predicate: str, value: Value | str, **more: object) -> None:
        """Add one statement; a `str` for a value is the code of the finding that says why there is none."""
        if isinstance(value, str):
            self.harvest.warn(value, claim.where, record.name, claim.value)
            return
        source = str(more.pop("source", claim.source))
        self.harvest.statements.append(
            Statement(record.key, predicate, value, source, claim.where, **more)  # type: ignore[arg-type]
        )


def _name(reader: Reader, record: Record, claim: Claim) -> None:
    record.names.add(claim.value)
    reader.add(record, claim, vocab.NAME, values.text(claim.value))


def _acronym(reader: Reader, record: Record, claim: Claim) -> None:
    record.acronyms.add(claim.value)
    reader.add(record, claim, vocab.ACRONYM, values.text(claim.value))


def _kind(reader: Reader, record: Record, claim: Claim) -> None:
    code = claim.column.options["codes"].get(claim.value)
    if code is None:
        reader.harvest.warn("unknown-code", claim.where, record.name, claim.value)
    elif code in PROJECT_KINDS:
        reader.add(record, claim, vocab.PROJECT_KIND, Value("iri", vocab.code("project-kind", code)))
    elif code:
        reader.add(record, claim, vocab.CLASSIFICATION, Value("iri", vocab.code("actor-kind", code)))
    else:  # the kind is the class of the thing itself (an event)
        reader.harvest.used.add((claim.where.file, claim.where.line or 0))


def _place(reader: Reader, record: Record, claim: Claim) -> None:
    name = claim.value
    if name.startswith("province "):
        _province(reader, record, Claim(claim.column, name.removeprefix("province "), claim.source, claim.where))
        return
    reference = reader.gazetteer.find(name)
    if reference is None and name.endswith(")") and "near" not in name:
        outer, _, inner = name.removesuffix(")").partition(" (")
        reference = reader.gazetteer.find(inner) or reader.gazetteer.find(outer)
    if reference is None:
        reader.harvest.warn("place-outside-register", claim.where, record.name, name, Severity.INFO)
        reader.add(record, claim, vocab.PLACE_NAME, values.text(name))
        return
    record.places.add(reference)
    source = reader.book.reading(claim.source, "inferred-place") if claim.inferred else claim.source
    reader.add(record, claim, vocab.PLACE, Value("iri", thing("place", reference)), source=source)


def _province(reader: Reader, record: Record, claim: Claim) -> None:
    reference = reader.gazetteer.province(claim.value)
    if reference is None:
        _place(reader, record, claim)
        return
    reader.add(record, claim, vocab.PROVINCE, Value("iri", thing("place", reference)))


def _year(reader: Reader, record: Record, claim: Claim) -> None:
    reader.add(record, claim, PROPERTIES[claim.column.options["property"]], values.year(claim.value))


def _text(reader: Reader, record: Record, claim: Claim) -> None:
    options = claim.column.options
    reader.add(record, claim, PROPERTIES[options["property"]], values.text(claim.value, options.get("lang", "")))


def _theme(reader: Reader, record: Record, claim: Claim) -> None:
    source = reader.book.reading(claim.source, "themes")
    for code in elements(claim.value):
        theme = reader.themes.get((claim.column.options["list"], code))
        if theme is None:
            reader.harvest.warn("unknown-code", claim.where, record.name, code)
        else:
            reader.add(record, claim, vocab.SUBJECT, Value("iri", vocab.code("theme", theme)), source=source)


def _keywords(reader: Reader, record: Record, claim: Claim) -> None:
    for word in elements(claim.value):
        reader.add(record, claim, vocab.KEYWORDS, values.text(word))


def _market(reader: Reader, record: Record, claim: Claim) -> None:
    source = reader.book.reading(claim.source, "market")
    known = claim.value in ("b2b", "b2c", "both")
    value = Value("iri", vocab.code("market", claim.value)) if known else "unknown-code"
    reader.add(record, claim, vocab.MARKET, value, source=source)


def _boolean(reader: Reader, record: Record, claim: Claim) -> None:
    reader.add(record, claim, PROPERTIES[claim.column.options["property"]], values.boolean(claim.value))


def _number(convert: Callable[[str], Value | str]) -> Callable[[Reader, Record, Claim], None]:
    def read(reader: Reader, record: Record, claim: Claim) -> None:
        predicate = PROPERTIES[claim.column.options["property"]]
        reader.add(record, claim, predicate, convert(claim.value), dated=True, year=claim.year)

    return read


def _status(reader: Reader, record: Record, claim: Claim) -> None:
    known = claim.value in ("active", "acquired", "closed")
    value = Value("iri", vocab.code("status", claim.value)) if known else "unknown-code"
    reader.add(record, claim, vocab.STATUS, value, dated=True, year=claim.year)


def _relation(reader: Reader, record: Record, claim: Claim) -> None:
    options = claim.column.options
    kind = options["relation"]
    for name in elements(claim.value):
        if kind == "part-of":
            record.parents.add(name)
        reader.add(
            record, claim, vocab.RELATIONS[kind], Value("name", name), relation=kind,
            inverse=options.get("inverse", False),
        )  # fmt: skip


def _website(reader: Reader, record: Record, claim: Claim) -> None:
    address = claim.value
    if not address.startswith(("http://", "https://")):
        reader.harvest.warn("website-completed", claim.where, record.name, address, Severity.INFO)
        address = f"http://{address}"
    value = values.website(address)
    if isinstance(value, Value):
        record.websites.add(host(address) + urlsplit(address).path.rstrip("/"))
    reader.add(record, claim, vocab.HOMEPAGE, value)


def _enterprise_number(reader: Reader, record: Record, claim: Claim) -> None:
    value = values.enterprise_number(claim.value)
    if isinstance(value, Value):
        record.identifiers["enterprise"] = value.text
    reader.add(record, claim, vocab.ENTERPRISE_NUMBER, value)


_READERS: dict[str, Callable[[Reader, Record, Claim], None]] = {
    "name": _name, "acronym": _acronym, "kind": _kind, "place": _place, "province": _province, "year": _year,
    "text": _text, "theme": _theme, "keywords": _keywords, "market": _market, "boolean": _boolean,
    "integer": _number(values.integer), "decimal": _number(values.decimal), "status": _status,
    "relation": _relation, "website": _website, "enterprise-number": _enterprise_number,
}  # fmt: skip
