"""The things of a release that came, changed or went: counted by kind, and written as the members of the feed.

In: differences between two releases, or all things of a first edition. Out: N-Triples lines, counts, names before and
after, where the pages of members begin.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Protocol

from pyoxigraph import Literal, RdfFormat, parse

from wallograph import vocab
from wallograph.iris import rebase_iri
from wallograph.release.publicgraph import Difference

GONE_TYPE: Final = "https://www.w3.org/ns/activitystreams#Delete"  # marks a last member (LDES: versionDeleteObject)
GROUPS: Final = ("actor", "project", "event", "place", "link", "value", "figure", "concept", "other")
_CLASSES: Final = (
    ("actor", vocab.ORGANIZATION), ("project", vocab.PROJECT), ("event", vocab.EVENT), ("place", vocab.LOCATION),
    ("link", vocab.RELATION), ("value", vocab.DATED_VALUE), ("figure", vocab.OBSERVATION), ("concept", vocab.CONCEPT),
    ("concept", vocab.CONCEPT_SCHEME),
)  # fmt: skip
_LABELS: Final = (vocab.LABEL, vocab.PREF_LABEL, vocab.DCTERMS + "title", vocab.NAME)
_LANGUAGES: Final = ("", "fr", "en", "nl", "de")
_TYPE: Final = f"<{vocab.TYPE}> ".encode()
_SAID: Final = (
    f"<{vocab.TYPE}> <{GONE_TYPE}> .\n",
    f'<{vocab.OWL}deprecated> "true"^^<{vocab.XSD}boolean> .\n',
)
Survivor = Callable[[str, Mapping[str, str], str], str | None]


class Classes:
    """What kind of thing lines speak of, on a base."""

    def __init__(self, base: str) -> None:
        self._groups = {f"<{rebase_iri(iri, base)}> .\n".encode(): group for group, iri in reversed(_CLASSES)}

    def group(self, subject: bytes, lines: Iterable[bytes]) -> str:
        """One of `GROUPS`; a thing of several classes is the first of them."""
        start = len(subject) + 1
        found = {self._groups.get(line[start + len(_TYPE) :]) for line in lines if line.startswith(_TYPE, start)}
        return next((group for group in GROUPS if group in found), "other")


def label_of(lines: list[bytes]) -> str:
    """The name of a thing as its lines have it: chosen, preferred, title or stated; French before the others."""
    found = _literals(lines)
    return found[0].value if found else ""


def _literals(lines: list[bytes]) -> list[Literal]:
    for predicate in _LABELS:
        marked = f" <{predicate}> ".encode()
        named = [line for line in lines if line.startswith(marked, line.index(b" "))]
        objects = [triple.object for triple in parse(b"".join(named), RdfFormat.N_TRIPLES)] if named else []
        texts = [term for term in objects if isinstance(term, Literal)]
        if texts:
            return sorted(texts, key=lambda term: (_rank(term.language or ""), term.value))
    return []


def _rank(language: str) -> int:
    short = language.split("-")[0].lower()
    return _LANGUAGES.index(short) if short in _LANGUAGES else len(_LANGUAGES)


class Tally:
    """The counts of a release, and the pages of its members in bytes."""

    def __init__(self, base: str, page_members: int) -> None:
        self.classes = Classes(base)
        self.renames: list[tuple[str, str, str]] = []
        self._page_members = page_members
        self._things: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._triples = Counter[str]()
        self._members, self._size, self._pages = 0, 0, [0]

    def count(self, group: str, kind: str) -> None:
        """A thing of a kind came, changed or went."""
        self._things[group][kind] += 1

    def count_triples(self, added: int, removed: int) -> None:
        """Triples that came and went."""
        self._triples["added"] += added
        self._triples["removed"] += removed

    def member(self, lines: Iterable[bytes]) -> None:
        """The lines of the next member, as they are written."""
        if self._members and self._members % self._page_members == 0:
            self._pages.append(self._size)
        self._members += 1
        self._size += sum(map(len, lines))

    def first(self, found: Iterable[tuple[bytes, list[bytes]]]) -> None:
        """All things of a first edition."""
        for subject, lines in found:
            self.count(self.classes.group(subject, lines), "created")
            self.count_triples(len(lines), 0)
            self.member(lines)

    def counted_first(self, found: Iterable[tuple[bytes, list[bytes]]]) -> Iterator[bytes]:
        """The same, with the lines on their way to a file."""
        for subject, lines in found:
            self.first([(subject, lines)])
            yield from lines

    def facts(self) -> dict[str, Any]:
        """What `changes.json` says of it."""
        return {
            "things": {group: dict(self._things[group]) for group in GROUPS if group in self._things},
            "triples": {"added": self._triples["added"], "removed": self._triples["removed"]},
            "members": self._members,
            "pages": [*self._pages, self._size] if self._members else [],
        }


class Withdrawals(Protocol):
    """Who is told what went and what came."""

    def withdraw(self, iri: str, label: str, group: str, survivor: str | None) -> None: ...

    def revive(self, iris: Iterable[str]) -> None: ...


class Teller:
    """Turns differences into members."""

    def __init__(
        self, base: str, tally: Tally, redirects: Mapping[str, str], survivor: Survivor, register: Withdrawals | None
    ) -> None:
        self._base, self._tally, self._redirects = base, tally, redirects
        self._survivor, self._register = survivor, register

    def tell(self, found: Difference) -> list[bytes]:
        """The lines of the member, which is counted."""
        subject, before, after = found
        iri = subject[1:-1].decode()
        group = self._tally.classes.group(subject, after or before)
        old, new = set(before), set(after)
        self._tally.count_triples(len(new - old), len(old - new))
        lines = after
        if not after:
            lines = self._gone(subject, iri, group, before)
        elif not before:
            self._tally.count(group, "created")
            if self._register:
                self._register.revive([iri])
        else:
            self._tally.count(group, "renamed" if self._renamed(iri, before, after) else "changed")
        self._tally.member(lines)
        return lines

    def _renamed(self, iri: str, before: list[bytes], after: list[bytes]) -> bool:
        old, new = label_of(before), label_of(after)
        if not old or not new or old == new:
            return False
        self._tally.renames.append((iri, old, new))
        return True

    def _gone(self, subject: bytes, iri: str, group: str, before: list[bytes]) -> list[bytes]:
        """The last word on a thing: deprecated, its name, what replaces it."""
        survivor = self._survivor(iri, self._redirects, self._base)
        names = _literals(before)
        self._tally.count(group, "merged" if survivor else "withdrawn")
        if self._register:
            self._register.withdraw(iri, names[0].value if names else "", group, survivor)
        said = [*_SAID, *(f"<{vocab.LABEL}> {name} .\n" for name in names[:1])]
        if survivor:
            said.append(f"<{vocab.DCTERMS}isReplacedBy> <{survivor}> .\n")
        return sorted(subject + b" " + line.encode() for line in said)
