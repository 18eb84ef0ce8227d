"""Names that no shape finds fault with and that a reader would: blanks, invisible characters, mixed alphabets.

In: the quads that were handed in. Out: `Finding`s (information or warning) with the name as it is meant.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, Quad

from wallograph.iris import rebase_iri
from wallograph.model import Finding, Severity, Where
from wallograph.validate.explain import readable, safe
from wallograph.validate.facts import Facts
from wallograph.validate.handed import Handed, Nearby, Problem
from wallograph.validate.repairs.names import HIDDEN, names, tidy
from wallograph.validate.tidy_messages import EXPECTED, messages
from wallograph.vocab import ACRONYM, ALTERNATE_NAME, LABEL, LANGUAGES, NAME

_NAMES: Final = (NAME, LABEL, ALTERNATE_NAME, ACRONYM)
_LONGEST: Final = 1_000
_LOOK_ALIKE: Final = ("LATIN", "CYRILLIC", "GREEK")


def untidy_names(quads: Iterable[Quad], handed: Handed, nearby: Nearby) -> Iterator[Finding]:
    """One finding for each name that is not as it should be read."""
    told: set[tuple[str, Where]] = set()
    paths = {rebase_iri(path, nearby.base) for path in _NAMES}
    for quad in quads:
        value = quad.object
        if quad.predicate.value not in paths or not isinstance(value, Literal) or not value.value.strip():
            continue
        code = fault(value.value[:_LONGEST])
        if not code:
            continue
        subject = str(quad.subject) if str(quad.subject).startswith("_:") else quad.subject.value
        path = quad.predicate.value
        where = handed.where(subject, path, str(value))
        if (code, where) in told:
            continue  # the cell of a table is name and display name at once
        told.add((code, where))
        labels = nearby.labels(path)
        yield Finding(
            code, Severity.INFO if code == "spaces-in-name" else Severity.WARNING, where, subject,
            readable(value), messages(code), path=path, name=safe(handed.name_of(subject)),
            label={lang: labels.get(lang, path) for lang in LANGUAGES}, expected=EXPECTED["name"],
            repairs=tuple(names(Problem(subject, path, value, Facts(), where, handed, nearby))),
        )  # fmt: skip


def fault(name: str) -> str:
    """The code of what is wrong with a name; empty when nothing is."""
    if HIDDEN.search(name):
        return "hidden-characters"
    if any(len({_script(c) for c in word if c.isalpha()} & set(_LOOK_ALIKE)) > 1 for word in name.split()):
        return "look-alike-characters"
    return "spaces-in-name" if tidy(name) != name else ""


def _script(character: str) -> str:
    return "LATIN" if character.isascii() else unicodedata.name(character, "").split(" ")[0]
