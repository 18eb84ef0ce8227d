"""Published figures: a number that a page states of the ecosystem, with unit, qualifier, period and scope.

In: the folder of the source (`rows.csv`) and a function from a page to the key of its source document.
Out: figures, and findings for rows without a number, rows that say the same twice, and unreadable cells.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wallograph.ingest import values
from wallograph.ingest.messages import messages
from wallograph.ingest.tables import Row, read_rows
from wallograph.iris import digest
from wallograph.model import Figure, Finding, Severity, Value, Where

STATED: Final = (
    "indicator_stated", "value_stated", "unit_stated", "year_stated", "scope_stated", "source_url",
)  # fmt: skip
READ: Final = (
    "indicator", "value", "unit", "qualifier", "period_start", "period_end", "scope_kind", "scope",
    "subject_actor", "note",
)  # fmt: skip
QUALIFIERS: Final = frozenset(
    {"", "exact", "about", "more-than", "less-than", "at-least", "at-most", "up-to", "announced"}
)
SCOPE_KINDS: Final = frozenset({"place", "actor", "other"})

MESSAGES: Final = {
    "figure-without-number": {
        "fr": "La page ne donne pas de nombre (« {value} ») ; aucun chiffre n’est publié pour cette ligne.",
        "nl": "De pagina geeft geen getal (‘{value}’); voor deze rij wordt geen cijfer gepubliceerd.",
        "de": "Die Seite nennt keine Zahl („{value}“); für diese Zeile wird keine Zahl veröffentlicht.",
        "en": "The page gives no number ('{value}'); no figure is published for this row.",
    },
    "figure-twice": {
        "fr": "La ligne redit le chiffre « {value} » d’une autre ligne de la même page ; il est publié une fois.",
        "nl": "De rij herhaalt het cijfer ‘{value}’ van een andere rij van dezelfde pagina; het wordt één "
        "keer gepubliceerd.",
        "de": "Die Zeile wiederholt die Zahl „{value}“ einer anderen Zeile derselben Seite; sie wird einmal "
        "veröffentlicht.",
        "en": "The row repeats the figure '{value}' of another row on the same page; it is published once.",
    },
}


@dataclass(frozen=True, slots=True)
class FigureRows:
    """All figures in the order of the file, and what was found on the way."""

    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]


def read_figures(folder: Path, source_of: Callable[[str], str]) -> FigureRows:
    """Read `rows.csv`. `source_of` gives the key of the source document of a page."""
    path = folder / "rows.csv"
    read: dict[str, list[Figure]] = {}
    findings: list[Finding] = []
    for row in read_rows(path, STATED + READ):
        file = f"{folder.name}/{path.name}"
        faults = _faults(row, file)
        findings += faults
        if not faults:
            figure = _figure(row, file, source_of)
            read.setdefault(figure.key, []).append(figure)
    figures = []
    for same in read.values():
        kept = next((figure for figure in same if figure.qualifier not in ("", "exact")), same[0])
        figures.append(kept)  # of two readings of one figure the more careful one ("about") stays
        findings += [_twice(figure) for figure in same if figure is not kept]
    return FigureRows(tuple(figures), tuple(findings))


def figure_key(row: Row, value: str) -> str:
    """A key of what a figure says and where it stands; another wording or qualifier does not change it."""
    about = ("indicator", "unit", "period_start", "period_end", "scope_kind", "scope", "scope_stated",
             "subject_actor", "source_url")  # fmt: skip
    return digest(value, *(row[column] for column in about))


def _figure(row: Row, file: str, source_of: Callable[[str], str]) -> Figure:
    value = _decimal(row["value"]).text
    return Figure(
        key=figure_key(row, value),
        indicator=row["indicator"],
        stated=row["indicator_stated"],
        value=value,
        unit=row["unit"],
        qualifier=row["qualifier"],
        start=row["period_start"],
        end=row["period_end"],
        scope_kind=row["scope_kind"],
        scope=row["scope"],
        scope_stated=row["scope_stated"],
        subject_actor=row["subject_actor"],
        page=row["source_url"],
        source=source_of(row["source_url"]),
        where=Where(file, row.line),
    )


def _decimal(text: str) -> Value:
    number = values.decimal(text)
    assert isinstance(number, Value), "_faults has held this row back"
    return number


def _faults(row: Row, file: str) -> list[Finding]:
    """Why a row gives no figure: no number (told, not wrong), or cells that cannot be read (held back)."""
    if not row["value"]:
        return [_own("figure-without-number", file, row.line, row["indicator_stated"], row["value_stated"])]
    checks = [
        ("value", values.decimal(row["value"])),
        *((name, values.year(row[name])) for name in ("period_start", "period_end") if row[name]),
        ("qualifier", "" if row["qualifier"] in QUALIFIERS else "unknown-code"),
        ("scope_kind", "" if row["scope_kind"] in SCOPE_KINDS else "unknown-code"),
        *((name, "" if row[name] else "unknown-code") for name in ("indicator", "unit")),
        ("scope", "" if bool(row["scope"]) == (row["scope_kind"] != "other") else "unknown-code"),
    ]
    return [
        Finding(
            code=code,
            severity=Severity.VIOLATION,
            where=Where(file, row.line, field),
            subject=row["indicator_stated"],
            value=row[field],
            messages=messages(code, row[field], field),
        )
        for field, code in checks
        if isinstance(code, str) and code
    ]


def _twice(figure: Figure) -> Finding:
    return _own("figure-twice", figure.where.file, figure.where.line, figure.stated, figure.value)


def _own(code: str, file: str, line: int | None, subject: str, value: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.INFO,
        where=Where(file, line, "value"),
        subject=subject,
        value=value,
        messages={lang: text.format(value=value) for lang, text in MESSAGES[code].items()},
    )
