"""Pieces of a cell: where it is cut into several values, and how names of codes and places are made comparable.

In: texts. Out: parts of them, spellings to look up, terms.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, process

from wallograph import vocab
from wallograph.intake.tables.headers import fold

Term = NamedNode | Literal
Part = tuple[int, int]
_BEGINNING = 4  # letters that say something of how a label begins
_FEW = 3
_LIKE, _INSIDE = 70.0, 88.0  # of 100: the whole text, or the text inside a longer one
_POSTCODE = re.compile(r"^(?:[A-Z]{1,2}\s?-\s?)?\d{4,5}\s*[-–—,:]?\s*|\s*[-–—,]?\s*(?:[A-Z]{1,2}\s?-\s?)?\d{4,5}$")


def typed(text: str, datatype: str) -> Literal:
    """A literal of an XML Schema datatype."""
    return Literal(text, datatype=NamedNode(vocab.XSD + datatype))


def iri(text: str) -> NamedNode | None:
    """The node of an IRI; None when it is not well formed."""
    try:
        return NamedNode(text)
    except ValueError:
        return None


def code_key(text: str) -> str:
    """A spelling of a code without blanks, hyphens, accents: `Start-up`, `startup` and `Start up` are one."""
    return fold(text).replace(" ", "") or text.strip().casefold()


@lru_cache(maxsize=20_000)  # the same labels for every file
def code_keys(label: str) -> frozenset[str]:
    """The keys of a label: as it stands, without what is in brackets, and what is in brackets alone."""
    inside = re.search(r"\(([^)]+)\)", label)
    bare = re.sub(r"\s*\([^)]*\)", "", label)
    return frozenset(code_key(spelling) for spelling in (label, bare, inside[1] if inside else label))


def spellings(text: str) -> list[str]:
    """The ways to look a place up, best first: as it stands, its name, its postcode.

    >>> spellings("Rue Haute 3, 5000 Namur")
    ['Rue Haute 3, 5000 Namur', 'Namur', '5000']
    """
    plain = " ".join(text.split())
    bare = _POSTCODE.sub("", re.sub(r"\s*\([^)]*\)", "", plain))
    found = [plain]
    if "," not in bare:
        found.append(bare)
    elif re.search(r"\d", bare):  # a street and its number go before the town
        found.append(_POSTCODE.sub("", bare.rpartition(",")[2].strip()))
    else:
        found += [bare, bare.partition(",")[0]]
    digits = re.search(r"(?<!\d)\d{4,5}(?!\d)", plain)
    if digits:
        found.append(digits[0])
    return [spelling for spelling in dict.fromkeys(found) if spelling]


def cut(text: str, separator: str, part: Part | None = None) -> list[Part]:
    start, end = part or (0, len(text))
    parts, at = [], start
    for found in re.compile(separator).finditer(text, start, end):
        parts.append((at, found.start()))
        at = found.end()
    return trimmed(text, [*parts, (at, end)])


def trimmed(text: str, parts: Iterable[Part]) -> list[Part]:
    """The parts without the blanks around them, and without the empty ones."""
    done = []
    for start, end in parts:
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        if end > start:
            done.append((start, end))
    return done


def nearest(key: str, index: Mapping[str, set[str]]) -> Iterator[str]:
    """The spellings that begin as a text does, then those that are like it, then those that have it in them."""
    if len(key) >= _BEGINNING:
        yield from sorted((s for s in index if s.startswith(key)), key=lambda s: (len(s), s))[:_FEW]
    for scorer, cutoff in ((fuzz.ratio, _LIKE), (fuzz.partial_ratio, _INSIDE)):
        if scorer is fuzz.ratio or len(key) >= _BEGINNING + 2:
            wanted = index.keys() if scorer is fuzz.ratio else [s for s in index if len(s) >= len(key)]
            yield from (s for s, _, _ in process.extract(key, wanted, scorer=scorer, score_cutoff=cutoff, limit=6))
