"""What a form of /submissions sends: fields come in, a filled-in form or a list of what is missing goes out.

Values, years and evidence of one field stand in fields of the same number (`name`, `name.year`, `name.by`,
`name.page`): a browser sends all of them in their order, the empty ones too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wallograph.curation.filled import Filled, Line
from wallograph.curation.model import ORGANISATION, PAGE, Evidence, Kind
from wallograph.publish.page_graph import safe_href

Fields = Mapping[str, Sequence[str]]
LONGEST_PAGE: Final = 2000
_LANGS: Final = frozenset({"fr", "nl", "de", "en"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent. `wrong` are message keys; `wrong_pages` are lines (key, number) whose page is none."""

    filled: Filled
    note: str
    wrong: tuple[str, ...] = ()
    wrong_pages: frozenset[tuple[str, int]] = frozenset()


def one(fields: Fields, name: str) -> str:
    """The first value of a field, without blanks around it."""
    return next(iter(fields.get(name, ())), "").strip()


def evidence_of(by: str, page: str) -> Evidence | None:
    """The evidence that two fields say; None when they say none that can be kept."""
    if by == ORGANISATION:
        return Evidence(ORGANISATION)
    page = page.strip()
    href = safe_href(page) if len(page) <= LONGEST_PAGE and page.isprintable() else None
    return Evidence(PAGE, href) if by == PAGE and href else None


def sent_form(fields: Fields, keys: Sequence[str], kind: Kind, concept: str, thing: str) -> Sent:
    """The form that was sent; `keys` are those of its fields."""
    usual = evidence_of(one(fields, "evidence"), one(fields, "evidence.page"))
    lines: list[Line] = []
    wrong_pages = set()
    for key in keys:
        number = 0
        for place, text in enumerate(fields.get(key, ())):
            if not text.strip():
                continue
            by, page = _at(fields, f"{key}.by", place), _at(fields, f"{key}.page", place)
            evidence = evidence_of(by or (PAGE if page.strip() else ""), page)
            if evidence is None and (by or page.strip()):
                wrong_pages.add((key, number))
            lines.append(Line(key, text, _lang(fields, key, place), _year(_at(fields, f"{key}.year", place)), evidence))
            number += 1
    wrong = [] if usual else ["submission-evidence-missing"]
    if usual is None and one(fields, "evidence") == PAGE:
        wrong = ["submission-evidence-page"]
    if wrong_pages:
        wrong.append("submission-evidence-line")
    filled = Filled(kind, concept, thing, tuple(lines), frozenset(fields.get("drop", ())), usual or Evidence())
    return Sent(filled, one(fields, "note"), tuple(wrong), frozenset(wrong_pages))


def _at(fields: Fields, name: str, place: int) -> str:
    values = fields.get(name, ())
    return values[place] if place < len(values) else ""


def _lang(fields: Fields, key: str, place: int) -> str:
    lang = _at(fields, f"{key}.lang", place)
    return lang if lang in _LANGS else ""


def _year(text: str) -> str:
    text = text.strip()
    return text if len(text) == 4 and text.isascii() and text.isdigit() else ""
