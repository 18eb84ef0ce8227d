"""A proposal for what the columns of a table say.

In: a `Table`, the forms. Out: `Mapping` with a score and a reason per column; it also sets the header row of each
sheet. What is not recognised is listed as unknown, never lost; what is about persons is marked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Final

from rapidfuzz import fuzz, process

from wallograph import vocab
from wallograph.intake.tables import headers
from wallograph.intake.tables.headers import fold
from wallograph.intake.tables.mapping import Column, Mapping, SheetMapping, field_of
from wallograph.intake.tables.persons import content_is_personal, header_is_personal, text_is_personal
from wallograph.intake.tables.sheet import Sheet, Table
from wallograph.intake.tables.values import native_when, when
from wallograph.model import Form

DATED: Final = frozenset({"number-of-employees", "researchers", "status", "budget"})
_LOOKED_AT: Final = 25
_NEAR: Final = 88
_SMALL: Final = frozenset({"de", "du", "des", "van", "of", "der"})
_SPECIAL: Final = (headers.IDENTIFIER, headers.CONCEPT, *headers.WEAK_PLACES, headers.IGNORED)


@dataclass(frozen=True, slots=True)
class Words:
    """The words that head the columns of one form: folded -> key, for its labels and for the catalogue."""

    labels: dict[str, str]
    words: dict[str, str]
    langs: dict[str, str]

    def near(self) -> list[str]:
        """The words that a header may nearly be: a relation must not be taken for its inverse."""
        return [w for w, key in (*self.labels.items(), *self.words.items()) if not key.endswith("-inverse")]


def words_for(form: Form) -> Words:
    """Labels go before the words of the catalogue; of two fields with the same word the earlier has it."""
    return _words(tuple((field.key, tuple(field.labels.items())) for field in form.fields))


@lru_cache(maxsize=64)  # the few forms there are, not made again for every file
def _words(fields: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> Words:
    labels: dict[str, str] = {}
    langs: dict[str, str] = {}
    for key, said in fields:
        for lang, label in said:
            labels.setdefault(fold(label), key)
            langs.setdefault(fold(label), lang)
        labels.setdefault(fold(key), key)
    words: dict[str, str] = {}
    keys = [key for key, _ in fields]
    special = _SPECIAL if "location" in keys else tuple(key for key in _SPECIAL if key not in headers.WEAK_PLACES)
    for key in (*keys, *special):
        for word in headers.words_of(key):
            words.setdefault(word, key)
    return Words(labels, words, langs)


def propose_mapping(table: Table, forms: Sequence[Form]) -> Mapping:
    """What the columns of all sheets seem to say. Sets the header row of each sheet."""
    known = {form.concept: words_for(form) for form in forms}
    sheets = []
    for sheet in table.sheets:
        sheet.header = _header_row(sheet, known)
        form, reason = _form_of(sheet, forms, known)
        sheets.append(_propose(sheet, form, known[form.concept], reason))
    return Mapping(table.name, tuple(sheets), table.encoding, table.delimiter, tuple(forms))


def _header_row(sheet: Sheet, known: dict[str, Words]) -> int:
    """The row whose cells most look like headers; the first of several cells when none does."""
    best, most = 0, 0.0
    for index, row in enumerate(islice(sheet.rows, _LOOKED_AT)):
        texts = [text for text in row.texts if text.strip()]
        score = max((sum(_sure(fold(text), words) for text in texts) for words in known.values()), default=0.0)
        score += 0.5 * sum(header_is_personal(text) for text in texts if len(text) < 60)
        if (len(texts) > 1 and score > most + 0.01) or (score > most + 0.01 and not most):
            best, most = index, score
    if most:
        return best
    return next((i for i, row in enumerate(islice(sheet.rows, _LOOKED_AT)) if sum(map(bool, row.texts)) > 1), 0)


def _sure(folded: str, words: Words) -> float:
    if len(folded) > 80:
        return 0.0
    return 1.0 if folded in words.labels else 0.9 if folded in words.words else 0.0


def _form_of(sheet: Sheet, forms: Sequence[Form], known: dict[str, Words]) -> tuple[Form, str]:
    """The kind of thing of a sheet: by its name, else by its headers; organisations when nothing tells."""
    name = fold(sheet.name)
    for form in forms:
        names = {fold(form.concept), *(fold(label) for label in form.labels.values())}
        if name and (name in names or name.removesuffix("s") in names or name.removesuffix("en") in names):
            return form, "sheet"
    hints = {
        "actor": "startup startups entreprises acteurs actors actoren akteure bedrijven unternehmen companies",
        "project": "projets projecten projekte projects", "event": "evenements events evenementen veranstaltungen",
        "place": "lieux plaatsen orte places communes gemeenten",
    }  # fmt: skip
    for form in forms:
        if set(name.split()) & set(hints.get(form.concept, "").split()):
            return form, "sheet"
    scores = []
    for form in forms:
        folded = [fold(header) for header in sheet.headers if header]
        own = {"project": {"projet", "project", "projekt"}, "event": {"evenement", "event", "veranstaltung"}}
        score = sum(_sure(text, known[form.concept]) for text in folded)
        score += sum(bool(set(text.split()) & own.get(form.concept, set())) for text in folded)
        scores.append(score)
    best = max(range(len(forms)), key=lambda i: (scores[i], -i))
    clear = scores[best] > scores[0] + 0.5
    return (forms[best], "headers") if clear else (forms[0], "default")


def _propose(sheet: Sheet, form: Form, words: Words, reason: str) -> SheetMapping:
    columns = [_column(header, form, words) for header in sheet.headers]
    columns = [_by_years(sheet, index, column, words) for index, column in enumerate(columns)]
    columns = _only_once(columns, form)
    columns = [_by_content(sheet, index, column) for index, column in enumerate(columns)]
    columns = _years(columns)
    return SheetMapping(sheet.name, form.concept, tuple(columns), reason, _language(sheet.headers, words))


def _column(header: str, form: Form, words: Words) -> Column:
    """What one header says, best first: a label, a word of the catalogue, persons, nearly one, one within."""
    folded, lang, year = fold(header), "", ""
    if not folded or len(folded) > 120:
        return Column(header)
    if not _sure(folded, words):  # "Spin-off de" ends in no language
        folded, lang = _without_language(folded)
        folded, year = _without_year(folded)
    if folded in words.labels:
        return _made(header, words.labels[folded], 1.0, "label", lang or words.langs.get(folded, ""), year)
    if header_is_personal(header):
        return Column(header, "", "person", 1.0, "header")
    if folded in words.words:
        return _made(header, words.words[folded], 0.95, "words", lang, year)
    if set(folded.split()) & headers.YEAR_WORDS:
        rest = " ".join(word for word in folded.split() if word not in headers.YEAR_WORDS | _SMALL)
        key = words.labels.get(rest) or words.words.get(rest, "")
        if key in DATED or ((field := field_of(form, key)) is not None and field.relation):
            return Column(header, headers.YEAR_OF + key, "year-of", 0.9, "words")
    if len(folded) > 3:
        near = process.extractOne(folded, words.near(), scorer=fuzz.ratio, score_cutoff=_NEAR)
        if near:
            key = words.labels.get(near[0]) or words.words[near[0]]
            return _made(header, key, round(near[1] / 100 * 0.9, 2), "near", lang, year)
    return _inside(header, folded, words, lang, year)


def _inside(header: str, folded: str, words: Words, lang: str, year: str) -> Column:
    """A longer header that begins or ends with a known one of two words, or of one long word."""
    padded = f" {folded} "
    inside = [w for w in words.near() if f" {w} " in padded and (" " in w or len(w) > 6) and len(w) * 2 >= len(folded)]
    if not inside:
        return Column(header)
    longest = max(inside, key=len)
    return _made(header, words.labels.get(longest) or words.words[longest], 0.6, "inside", lang, year)


def _made(header: str, key: str, score: float, reason: str, lang: str, year: str) -> Column:
    if key == headers.IGNORED:
        return Column(header, "", "ignored", score, reason)
    role = key if key in (headers.IDENTIFIER, headers.CONCEPT) else "field"
    return Column(header, key, role, score, reason, lang=lang if key == "description" else "", year=year)


def _without_language(folded: str) -> tuple[str, str]:
    """`description nl` is the description in Dutch."""
    rest, _, last = folded.rpartition(" ")
    if rest and last in headers.LANGUAGE_MARKS:
        return rest.removesuffix(" en").removesuffix(" in"), headers.LANGUAGE_MARKS[last]
    return folded, ""


def _without_year(folded: str) -> tuple[str, str]:
    """`effectif 2021` is the staff in 2021."""
    found = re.fullmatch(r"(.+?) (?:en |in |im )?((?:19|20)\d{2})", folded)
    return (found[1], found[2]) if found else (folded, "")


def _only_once(columns: list[Column], form: Form) -> list[Column]:
    """A field that takes one value keeps its best column; so does the name. The others are unknown."""
    kept: dict[str, int] = {}
    for index, column in enumerate(columns):
        other = kept.get(column.key)
        if column.key and _single(column, form) and (other is None or columns[other].score < column.score):
            kept[column.key] = index
    return [
        replace(column, key="", role="unknown", score=0.0, reason="")
        if kept.get(column.key, index) != index
        else column
        for index, column in enumerate(columns)
    ]


def _single(column: Column, form: Form) -> bool:
    field = field_of(form, column.key) if column.role == "field" else None
    if field is None or column.key in headers.WEAK_PLACES:
        return column.role in ("id", "concept")
    return not field.several or field.key in ("name", "label")


def _by_content(sheet: Sheet, index: int, column: Column) -> Column:
    """Addresses and telephone numbers of persons in a column that no header announces, or in the header itself."""
    if column.role in ("unknown", "ignored"):
        if text_is_personal(column.header) or content_is_personal(row.text(index) for row in sheet.body()):
            return replace(column, key="", role="person", score=0.9, reason="content")
        if not column.header and any(row.text(index).strip() for row in islice(sheet.body(), 2000)):
            return column
        if not column.header:
            return replace(column, role="ignored", reason="header")
    return column


def _by_years(sheet: Sheet, index: int, column: Column, words: Words) -> Column:
    """`Founded` heads years far more often than the organisations that one founded: the cells tell."""
    other = words.words.get(fold(column.header), "")
    if other != "founding-date" or other == column.key or column.role != "field":
        return column
    cells = [(text, row.natives.get(index)) for row in islice(sheet.body(), 200) if (text := row.text(index).strip())]
    if cells and 2 * sum(bool(native_when(native) or when(text)) for text, native in cells) >= len(cells):
        return replace(column, key=other, score=0.9, reason="content")
    return column


def _years(columns: list[Column]) -> list[Column]:
    """`year` right after a dated column is its year."""
    done: list[Column] = []
    for column in columns:
        before = done[-1].key if done else ""
        if column.role == "unknown" and fold(column.header) in headers.YEAR_WORDS and before in DATED:
            column = Column(column.header, headers.YEAR_OF + before, "year-of", 0.7, "near")
        done.append(column)
    return done


def _language(names: Sequence[str], words: Words) -> str:
    """The language of most headers; French when nothing tells."""
    counts = dict.fromkeys(vocab.LANGUAGES, 0)
    for name in names:
        lang = words.langs.get(fold(name))
        if lang:
            counts[lang] += 1
    marks = {"nl": "naam", "de": "unternehmen", "en": "company"}
    for lang, mark in marks.items():
        counts[lang] += any(mark in fold(name) for name in names)
    return max(vocab.LANGUAGES, key=lambda lang: counts[lang])
