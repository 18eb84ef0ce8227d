"""The plain values that the stages hand to each other.

Records (what a row says, with a key of its own), statements (one field of a record on one source) and
findings (what is wrong, where, and what to do).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Severity(StrEnum):
    """How bad a finding is (SHACL 2.1.4): a violation holds its statement back, the others are shown."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a finding in the file that was handed in. Lines, columns and rows count from 1.

    `field` is the header or property; `sheet` and `cell` ("C7") are of tables, `pointer` (RFC 6901) of JSON;
    `span` is [start, end) in characters of the decoded text: what a repair replaces. `exact` is False when only
    the place of the thing is known, not that of the value.
    """

    file: str
    line: int | None = None
    field: str | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    pointer: str | None = None
    span: tuple[int, int] | None = None
    exact: bool = True

    def __str__(self) -> str:
        sheet = f"[{self.sheet}]" if self.sheet else ""
        line = f":{self.line}" if self.line else ""
        column = f":{self.column}" if self.line and self.column else ""
        field_ = self.cell if self.cell and not self.field else self.field
        return f"{self.file}{sheet}{line}{column}" + (f" [{field_}]" if field_ else "")


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement in a file that was handed in: `text` takes the place of the span, cell or pointer."""

    where: Where
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A way to mend a finding. `value` is what would stand there, for people; `edits` do it in the file.

    `sure` repairs keep the meaning and are made when all repairs are asked for; the others are proposals that a
    person takes one by one. `link` is the IRI of the thing that is proposed, if it is one.
    """

    code: str
    value: str
    messages: dict[str, str]
    edits: tuple[Edit, ...] = ()
    sure: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Wrong or doubtful data: a code, a place, the value, and a message by language (fr, nl, de, en).

    `name` is the thing in words, `label` its field and `expected` what should stand there, both by language;
    `rule` is the IRI of the shape, `component` the constraint, `graph` the source it is judged in.
    """

    code: str
    severity: Severity
    where: Where | None
    subject: str
    value: str
    messages: dict[str, str]
    graph: str | None = None
    path: str | None = None
    name: str = ""
    label: dict[str, str] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)
    rule: str | None = None
    component: str | None = None
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that may be said of a kind of thing, as the shapes have it: a column, a line of a form.

    `key` is stable and plain (`founding-date`); `path` the property; `scheme` the IRI of the code list of a
    `code`; `relation` a code of `vocab.RELATIONS` when the value is another thing; `inverse` when this thing is
    the object of that relation.
    """

    key: str
    path: str
    labels: dict[str, str]
    help: dict[str, str]
    expects: Literal["text", "link", "integer", "decimal", "year", "date", "boolean", "code", "place", "thing"]
    datatype: str = ""
    scheme: str = ""
    relation: str = ""
    inverse: bool = False
    required: bool = False
    several: bool = True
    pattern: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What may be said of one kind of thing: `concept` as in its IRI (`actor`), its class, labels and fields."""

    concept: str
    class_iri: str
    labels: dict[str, str]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SourceDoc:
    """One source document: the pages it is derived from, and the graph key its statements stand under."""

    key: str
    pages: tuple[str, ...]
    role: Literal["stated", "read", "derived", "register", "proposal", "code-list", "vocabulary"] = "stated"
    publisher: str = ""
    issued: str = ""
    rights: str = ""
    license: str = ""
    copy: bool = False
    rules: tuple[str, ...] = ()
    read_from: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a statement: an IRI, a literal with datatype or language, or a name or record key to be linked."""

    kind: Literal["iri", "literal", "name", "record"]
    text: str
    datatype: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One field of one record, on one source.

    `relation` is a code of `vocab.RELATIONS` when the value is another thing; `dated` says that the statement is
    a dated value; `inverse` that the record is the object of the relation. In tables of relations both ends are
    names: `record` is empty then and `subject_name` is given.
    """

    record: str
    predicate: str
    value: Value
    source: str
    where: Where
    relation: str = ""
    year: str = ""
    dated: bool = False
    inverse: bool = False
    subject_name: str = ""


@dataclass(slots=True)
class Record:
    """What one row says of one thing. `key` is `{table}/{slug}` and stays for ever (design S6)."""

    key: str
    concept: str
    name: str
    where: Where
    kinds: tuple[str, ...] = ()
    names: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    identifiers: dict[str, str] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    parents: set[str] = field(default_factory=set)
    websites: set[str] = field(default_factory=set)
    register: bool = False
    mention: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the register. `within` is the reference of the next larger place."""

    reference: str
    level: str
    labels: dict[str, str]
    within: str
    nis: str = ""
    postcode: str = ""
    latitude: str = ""
    longitude: str = ""
    same_as: tuple[str, ...] = ()
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure. `value` is a plain decimal; `start` and `end` are years or empty.

    `scope` is the reference of a place or the name of an actor, as `scope_kind` says; `source` is the key of
    the page's source document; an empty `qualifier` means exact as stated.
    """

    key: str
    indicator: str
    stated: str
    value: str
    unit: str
    qualifier: str
    start: str
    end: str
    scope_kind: str
    scope: str
    scope_stated: str
    subject_actor: str
    page: str
    source: str
    where: Where
