"""What the copy must hold: a release comes in, the addresses of its things go out one after another.

The subjects are read from the sorted graph of the edition, and from the patches since, so that memory does not grow
with the release.
"""

import re
from collections.abc import Iterator
from typing import Final

from wallograph.release.state import Release, State
from wallograph.web.published import Published
from wallograph.web.targets import STATIC, document_path, existing, ontology_texts

_SUBJECT: Final = re.compile(rb"<([^>\\]*)>")
_PATCHED: Final = re.compile(r"^[AD] <([^>\\]*)>", re.MULTILINE)
_VERSION: Final = re.compile(r"owl:versionIRI <([^>]*)>")


def documents(state: State, published: Published) -> Iterator[str]:
    """The paths of all documents: of the vocabulary, then of what the public graph or the provenance speaks of."""
    yield from STATIC
    text = ontology_texts(STATIC["/ns/wallograph"], published.base)[0]
    for iri in sorted(set(_VERSION.findall(text))):
        if iri.startswith(published.base + "/ns/"):
            yield iri[len(published.base) :]
    for iri in _subjects(state, published):
        path = path_of(iri, published.base)
        if path and path not in STATIC and existing(published, [iri]):
            yield path


def path_of(iri: str, base: str) -> str:
    """The path of the document of an IRI of this site; empty when it has none of its own."""
    if not iri.startswith(base + "/") or "#" in iri:
        return ""
    tail = iri[len(base) :]
    return "" if tail.startswith("/doc/") else document_path(tail)


def _subjects(state: State, published: Published) -> Iterator[str]:
    """The IRIs on the base that are subjects, each once."""
    edition, since = _edition(state, published.release)
    base = f"{published.base}/".encode()
    last = b""
    with edition.graph_path.open("rb") as lines:
        for line in lines:
            found = _SUBJECT.match(line)
            if found is None or found[1] == last or not found[1].startswith(base):
                continue
            last = found[1]
            iri = last.decode("utf-8", "replace")
            if iri not in since:
                yield iri
    yield from sorted(iri for iri in since if iri.startswith(published.base + "/"))


def _edition(state: State, release: Release) -> tuple[Release, set[str]]:
    """The edition below a release, and the subjects of the patches between them."""
    since: set[str] = set()
    found: Release | None = release
    while found is not None and not found.is_edition:
        since.update(_PATCHED.findall(found.patch_path.read_text(encoding="utf-8")))
        found = found.parent()
    return found or state.get(int(release.manifest["edition"])), since
