"""One RDF file that was read: quads come in with a way to find their places; places, names and corrections go out."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from wallograph import vocab
from wallograph.intake.formats import Format
from wallograph.intake.rdf.parsed import Parsed
from wallograph.intake.rdf.placed import Placed, Places, named
from wallograph.intake.rdf.text import Span, Text
from wallograph.model import Edit, Finding, Where

_NAMES: Final = (
    vocab.NAME, vocab.LABEL, vocab.PREF_LABEL, "https://schema.org/name", vocab.FOAF + "name", vocab.DCTERMS + "title",
    vocab.ACRONYM, vocab.ALTERNATE_NAME,
)  # fmt: skip
_BIDI: Final = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HIDDEN: Final = dict.fromkeys([*range(0x20), 0x7F, *_BIDI], " ")
_NAME_LENGTH: Final = 120


class RdfSubmission:
    """Implements `intake.submission.Submission`. Places are worked out when the first is asked for."""

    def __init__(
        self, name: str, form: Format, media_type: str, content: bytes, text: Text, parsed: Parsed,
        quads: Sequence[Quad],
    ) -> None:  # fmt: skip
        self.name, self.form, self.media_type, self.content = name, form, media_type, content
        self.text = text.text
        self.quads: Sequence[Quad] = quads
        self.findings: Sequence[Finding] = ()
        self._text, self._parsed = text, parsed

    @cached_property
    def _places(self) -> Places:
        return Places(self._parsed.placed())

    @cached_property
    def _labels(self) -> dict[str, str]:
        """One name of each thing: the first by the order of properties, French before others."""
        best: dict[str, tuple[int, int, int, str]] = {}
        for number, quad in enumerate(self.quads):
            if quad.predicate.value in _NAMES and isinstance(quad.object, Literal):
                lang = quad.object.language
                rank = vocab.LANGUAGES.index(lang) if lang in vocab.LANGUAGES else len(vocab.LANGUAGES)
                key = (_NAMES.index(quad.predicate.value), rank if lang else 0, number, quad.object.value)
                best[named(quad.subject)] = min(best.get(named(quad.subject), key), key)
        return {subject: key[3] for subject, key in best.items()}

    def where(self, subject: str, predicate: str | None = None, value: str | None = None) -> Where:
        """The place of a statement, else of its field, else of its thing."""
        places = self._places
        if predicate is not None and value is not None and (entry := places.value(subject, predicate, value)):
            return self._at(entry, entry.value, predicate, exact=True)
        if predicate is not None and (entry := places.field(subject, predicate)):
            return self._at(entry, entry.predicate, predicate, exact=value is None)
        if entry := places.thing(subject):
            return self._at(entry, entry.subject, predicate, exact=predicate is None)
        return Where(self.name, field=short_name(predicate), exact=False)

    def at(self, span: Span) -> Where:
        """The place of a span of the text."""
        line, column = self._text.place(span[0])
        return Where(self.name, line=line, column=column, span=span)

    def _at(self, entry: Placed, span: Span, predicate: str | None, *, exact: bool) -> Where:
        line, column = self._text.place(span[0])
        return Where(
            self.name, line=line, column=column, field=short_name(predicate), pointer=entry.pointer or None,
            span=span if exact else None, exact=exact,
        )  # fmt: skip

    def name_of(self, subject: str) -> str:
        """The thing by its name in the file, else by the end of its IRI, else by its line."""
        text = self._labels.get(subject, "")
        if not text:
            if subject.startswith("_:"):
                line = self.where(subject).line
                return f"[{line}]" if line else "[]"
            text = subject.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1] or subject
        text = " ".join(text[: 10 * _NAME_LENGTH].translate(_HIDDEN).split())
        return text if len(text) <= _NAME_LENGTH else text[: _NAME_LENGTH - 1] + "…"

    def write(self, term: object, where: Where) -> str | None:
        """The text of a term for that place; None where it cannot stand or nothing can be replaced."""
        if where.span is None or not isinstance(term, NamedNode | BlankNode | Literal):
            return None
        how = self._places.how(where.span)
        return None if how is None else self._parsed.write(term, where.span, how)

    def corrected(self, edits: Iterable[Edit]) -> bytes:
        """The file with spans replaced: encoding, byte order mark and line ends as they came in."""
        edits = list(edits)
        return self._text.edited(edits, self._parsed.escape) if edits else self.content

    def losses(self) -> Sequence[str]:
        """Nothing: only spans of the text are replaced."""
        return ()


def short_name(iri: str | None) -> str | None:
    """A property as people write it: with the usual prefix where there is one."""
    if iri is None:
        return None
    for prefix, start in vocab.PREFIXES.items():
        if iri.startswith(start) and "/" not in iri[len(start) :]:
            return f"{prefix}:{iri[len(start) :]}"
    return iri
