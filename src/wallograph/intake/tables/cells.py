"""A cell becomes terms: what its field expects decides how its text is read.

In: a `Field`, the text of a cell (or its typed value), a `Lookup`, the names in the file. Out: `Understood` terms with
their part of the cell, and `Problem`s with what was expected and what may be meant.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from wallograph import vocab
from wallograph.intake.lookup import Lookup
from wallograph.intake.tables import pieces, values
from wallograph.intake.tables.headers import WEAK_PLACES, fold
from wallograph.intake.tables.mapping import Column
from wallograph.intake.tables.messages import expected
from wallograph.intake.tables.persons import text_is_personal
from wallograph.intake.tables.pieces import Part, Term, code_key, cut, iri, spellings, trimmed, typed
from wallograph.model import Field

REGISTERS: Final = frozenset({"enterprise-number", "establishment-number", "vat-id", "ror-id", "isni"})
WHOLE: Final = frozenset({"name", "label", "description"})
_NEAR: Final = 70.0
_FOUND: Final = 99.0
_PROPOSED: Final = 3


@dataclass(frozen=True, slots=True)
class Understood:
    """One value: its term, its part of the cell, and its plain form when the cell writes it in another."""

    term: Term
    part: Part
    plain: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One value that was not understood, or could be read otherwise. `proposals` are (text, IRI or "")."""

    code: str
    text: str
    part: Part
    expected: Mapping[str, str] = field(default_factory=dict)
    proposals: tuple[tuple[str, str], ...] = ()
    read: str = ""


Found = Understood | Problem


@dataclass(slots=True)
class Reader:
    """Reads the cells of one sheet. `names` are the things of the file by folded name, `iris` the names by thing."""

    lookup: Lookup
    lang: str
    names: Mapping[str, str]
    iris: Mapping[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    _codes: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    _places: dict[str, Sequence[tuple[str, str, float]]] = field(default_factory=dict)
    _things: dict[str, Sequence[tuple[str, str, float]]] = field(default_factory=dict)

    def read(self, asked: Field, column: Column, text: str, native: object = None) -> Iterator[Found]:
        """All that a cell says."""
        by_type = self._native(asked, native, len(text))
        if by_type is not None:
            yield by_type
            return
        for start, end in self._parts(asked, column, text):
            piece = text[start:end]
            if piece.startswith("'") and piece[1:2] in ("=", "+", "-", "@"):
                start, piece = start + 1, piece[1:]  # as we write it ourselves, so that no program computes it
            if values.is_nothing(piece):
                continue
            yield from self._guarded(asked, column, piece, (start, end))

    def _guarded(self, asked: Field, column: Column, piece: str, part: Part) -> Iterator[Found]:
        """Whatever names a person is left out before anything else can repeat it."""
        if asked.expects == "text" and asked.key not in REGISTERS and text_is_personal(piece):
            yield Problem("person-left-out", "", part)
            return
        for found in self._one(asked, column, piece, part):
            kept = not isinstance(found, Understood) or (asked.key in REGISTERS and found.plain is None)
            if kept and text_is_personal(piece):
                found = Problem("person-left-out", "", part)
            yield found

    # -- several values in a cell

    def _parts(self, asked: Field, column: Column, text: str) -> list[Part]:
        if asked.key in WHOLE or not asked.several:
            return trimmed(text, [(0, len(text))])
        if column.separator:
            return cut(text, re.escape(column.separator))
        parts = cut(text, r"[;|\n\r]+")
        if asked.key == "keywords" or asked.key in REGISTERS:
            return [piece for part in parts for piece in cut(text, r",", part)]
        if asked.expects in ("code", "place", "thing", "link"):
            return [piece for part in parts for piece in self._looser(asked, text, part)]
        return parts

    def _looser(self, asked: Field, text: str, part: Part) -> list[Part]:
        """Commas and slashes cut only where the whole means nothing and the pieces do."""
        if self._known(asked, text[part[0] : part[1]]):
            return [part]
        for separator in (r",", r"(?<![:/])/(?!/)", r" (?:et|en|und|and|&|\+) "):
            if asked.expects == "link" and separator != ",":
                break
            pieces = cut(text, separator, part)
            if len(pieces) > 1 and sum(self._known(asked, text[a:b]) for a, b in pieces) * 2 >= len(pieces):
                return [piece for one in pieces for piece in self._looser(asked, text, one)]
        return [part]

    def _known(self, asked: Field, piece: str) -> bool:
        if len(piece) > 300:
            return False
        if asked.expects == "code":
            return len(self._code_index(asked.scheme).get(code_key(piece), ())) == 1
        if asked.expects == "link":
            return values.address(piece) is not None
        if asked.expects == "place":
            return self._place(piece) is not None
        return self._end(asked, piece) is not None

    # -- one value

    def _one(self, asked: Field, column: Column, piece: str, part: Part) -> Iterator[Found]:
        if asked.expects == "text":
            yield self._text(asked, column, piece, part)
        elif asked.expects in ("integer", "decimal"):
            yield from self._number(asked, piece, part)
        elif asked.expects in ("year", "date"):
            yield self._when(asked, piece, part, values.when(piece))
        elif asked.expects == "boolean":
            truth = values.yes_or_no(piece)
            known = Understood(typed("true" if truth else "false", "boolean"), part)
            yield known if truth is not None else self._not(asked, piece, part)
        elif asked.expects == "link":
            yield self._link(asked, piece, part)
        elif asked.expects == "code":
            yield self._code(asked, piece, part)
        elif asked.expects == "place":
            yield self._place_or(asked, column, piece, part)
        else:
            yield self._thing(asked, piece, part)

    def _native(self, asked: Field, native: object, length: int) -> Found | None:
        """What a typed cell says of a field that expects its type."""
        if native is None:
            return None
        whole = (0, length)
        if isinstance(native, bool):
            return Understood(typed(str(native).lower(), "boolean"), whole) if asked.expects == "boolean" else None
        if asked.expects in ("year", "date") and (said := values.native_when(native)):
            if isinstance(native, date) or asked.expects == "year":
                return self._when(asked, str(native), whole, said)
        elif asked.expects in ("integer", "decimal") and isinstance(native, int | float):
            return self._plain(asked, Decimal(str(native)), str(native), whole)
        return None

    def _text(self, asked: Field, column: Column, piece: str, part: Part) -> Found:
        if asked.key in REGISTERS:
            plain = values.register_number(asked.key, piece)
            return Understood(Literal(plain), part, plain if plain != piece else None)
        if asked.datatype == vocab.RDF + "langString" or asked.key == "description":
            return Understood(Literal(" ".join(piece.split()), language=column.lang or self.lang), part)
        return Understood(Literal(" ".join(piece.split())), part)

    def _number(self, asked: Field, piece: str, part: Part) -> Iterator[Found]:
        said = values.number(piece, self.lang)
        if said is None:
            yield self._not(asked, piece, part)
            return
        value, other = said.value, said.other
        if asked.expects == "integer" and other is not None:
            value, other = max(value, other, key=lambda n: n == n.to_integral_value()), None
        found = self._plain(asked, value, piece, part)
        doubtful = other is not None and isinstance(found, Understood)
        yield replace(found, plain=None) if doubtful and isinstance(found, Understood) else found
        if doubtful and other is not None:
            both = tuple((values.plain_number(n), "") for n in (value, other))
            yield Problem("value-ambiguous", piece, part, expected(asked.expects), both, values.plain_number(value))

    def _plain(self, asked: Field, value: Decimal, piece: str, part: Part) -> Found:
        if not value.is_finite() or value.adjusted() > 20 or value.adjusted() < -20:
            return self._not(asked, piece, part)
        plain = values.plain_number(value)
        if asked.expects == "integer" and value != value.to_integral_value():
            return self._not(asked, piece, part, ((str(int(value.to_integral_value())), ""),))
        return Understood(typed(plain, asked.expects), part, plain if plain != piece.replace(",", ".") else None)

    def _when(self, asked: Field, piece: str, part: Part, said: values.When | None) -> Found:
        if said is None:
            short = re.fullmatch(r"(?:\d{1,2}[-/.]){2}(\d{2})", piece)
            years = [] if short is None else [f"{'20' if short[1] < '50' else '19'}{short[1]}"]
            inside = years or re.findall(r"(?<!\d)(?:1[4-9]|20)\d{2}(?!\d)", piece)
            return self._not(asked, piece, part, tuple((year, "") for year in dict.fromkeys(inside[:_PROPOSED])))
        if asked.expects == "year":
            return Understood(typed(f"{said.year:04d}", "gYear"), part)
        if said.month is None or said.day is None:
            return self._not(asked, piece, part)
        return Understood(typed(f"{said.year:04d}-{said.month:02d}-{said.day:02d}", "date"), part)

    def _link(self, asked: Field, piece: str, part: Part) -> Found:
        whole = values.address(piece)
        if whole is not None and (node := iri(whole)) is not None:
            return Understood(node, part, whole if whole != piece else None)
        mended = re.sub(r"^(https?)[:;]?/+", r"\1://", re.sub(r"\s+", "", piece[:300]))
        tight = values.address(mended) if len(piece) < 300 and "." in piece else None
        return self._not(asked, piece, part, ((tight, ""),) if tight else ())

    # -- codes, places, things

    def _code_index(self, scheme: str) -> dict[str, set[str]]:
        if scheme not in self._codes:
            index: dict[str, set[str]] = {}
            for code, labels, notation in self.lookup.codes(scheme):
                self.labels[code] = labels.get(self.lang) or labels.get("fr") or notation
                for label in (*labels.values(), notation, code):
                    for spelling in pieces.code_keys(label):
                        index.setdefault(spelling, set()).add(code)
            self._codes[scheme] = index
        return self._codes[scheme]

    def _code(self, asked: Field, piece: str, part: Part) -> Found:
        index = self._code_index(asked.scheme)
        key = code_key(piece)
        for spelling in (key, key.removesuffix("s"), key.removesuffix("en"), key.removesuffix("e")):
            if len(index.get(spelling, ())) == 1:
                return Understood(NamedNode(next(iter(index[spelling]))), part)
        near: dict[str, None] = dict.fromkeys(sorted(index.get(key, ())))
        for spelling in pieces.nearest(key[:200], index):
            near.update(dict.fromkeys(sorted(index[spelling])))
        proposals = tuple((self.labels[code], code) for code in list(near)[:_PROPOSED])
        return self._not(asked, piece, part, proposals)

    def _places_like(self, text: str) -> Sequence[tuple[str, str, float]]:
        if text not in self._places:
            self._places[text] = self.lookup.place(text) if text.strip() and len(text) <= 200 else ()
            self.labels.update((place, label) for place, label, _ in self._places[text])
        return self._places[text]

    def _place(self, text: str) -> str | None:
        """The one place of a text such as `Mons`, `7000 - MONS`, `B-7000 Mons` or `Mons (Hainaut)`."""
        for spelling in spellings(text):
            hits = self._places_like(spelling)
            if hits and hits[0][2] >= _FOUND:
                return hits[0][0]
        return None

    def _place_or(self, asked: Field, column: Column, piece: str, part: Part) -> Found:
        place = self._place(piece)
        if place is not None and (node := iri(place)) is not None:
            return Understood(node, part)
        best = {p: label for text in spellings(piece) for p, label, score in self._places_like(text) if score >= _NEAR}
        if best:
            return self._not(asked, piece, part, tuple((label, p) for p, label in list(best.items())[:_PROPOSED]))
        if column.key in WEAK_PLACES or asked.key != "location" or not re.search(r"[^\W\d]{2}", piece):
            return self._not(asked, piece, part)
        return Problem("place-outside-register", piece, part, expected("place"))

    def _end(self, asked: Field, text: str) -> str | None:
        known = self.names.get(fold(text)) or (text if text in self.iris else None)
        if known is None and asked.relation == "located-in":
            known = self._place(text)
        if known is None and len(text) <= 300:
            if text not in self._things:
                self._things[text] = self.lookup.thing(text)
                self.labels.update((thing, label) for thing, label, _ in self._things[text])
            hits = self._things[text]
            known = hits[0][0] if hits and hits[0][2] >= _FOUND else None
        return known

    def _thing(self, asked: Field, piece: str, part: Part) -> Found:
        known = self._end(asked, piece)
        if known is not None and (node := iri(known)) is not None:
            return Understood(node, part)
        near = [(label, thing) for thing, label, score in self._things.get(piece, ()) if score >= _NEAR]
        return Problem("end-not-known", piece, part, expected("thing"), tuple(near[:_PROPOSED]))

    def _not(self, asked: Field, piece: str, part: Part, proposals: tuple[tuple[str, str], ...] = ()) -> Problem:
        example: dict[str, str] = {}
        if asked.expects == "code":
            example = next((dict(labels) for _, labels, _ in self.lookup.codes(asked.scheme)), {})
        return Problem("cell-not-understood", piece, part, expected(asked.expects, example), proposals)
