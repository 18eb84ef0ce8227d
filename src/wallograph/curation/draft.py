"""What somebody hands in, before it is a proposal: the draft, and what its check came to.

In: nothing. Out: `Draft`, `Checked`, new ids, provisional IRIs.
"""

import base64
import re
import secrets
from dataclasses import dataclass, field
from typing import Any, Final

from wallograph.curation.model import Change, Kind
from wallograph.iris import thing

ID: Final = re.compile(r"[a-z2-7]{10}")
PROVISIONAL: Final = re.compile(r"/id/(?P<concept>[a-z]+)/proposed-(?P<proposal>[a-z2-7]{10})-(?P<number>[0-9]+)$")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to: the findings as plain values (`validate.outputs.json`), and what the draft is about.

    `things` are the IRIs it speaks of, `sources` the sources that state something of them, `themes` theirs, `names`
    what they are called: for the filters of the desk.
    """

    conforms: bool = False
    release: int = 0
    outcome: dict[str, Any] = field(default_factory=dict)
    things: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal before it is stored. `id` stands in the IRIs of its new things: take it from `new_id`."""

    id: str
    kind: Kind
    changes: tuple[Change, ...]
    lang: str
    note: str = ""
    author: str = ""  # the opaque id of an account
    email: str = ""  # where to tell the author; kept apart, deleted some days after the decision
    file: str = ""
    upload: bytes = b""
    checked: Checked = Checked()


def new_id() -> str:
    """A public id: ten characters of base32 in lower case."""
    return base64.b32encode(secrets.token_bytes(7)).decode().lower()[:10]


def provisional(concept: str, proposal: str, number: int, base: str) -> str:
    """The IRI of a new thing until its proposal is accepted.

    >>> provisional("actor", "abcdefghij", 1, "http://localhost:8000")
    'http://localhost:8000/id/actor/proposed-abcdefghij-1'
    """
    return thing(concept, f"proposed-{proposal}-{number}", base)


def is_provisional(iri: str) -> bool:
    """Whether an IRI is of a thing that is only proposed."""
    return PROVISIONAL.search(iri) is not None
