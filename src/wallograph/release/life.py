"""The life of an IRI from release to release: what was withdrawn or merged, since when, and what replaces it.

In: the things that came and went between two releases, the redirects of merged ones. Out: `gone.json`, kept from
release to release, by the path below `/id/` (or, for code lists, the whole path with its slash).
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

from wallograph.release.state import Release, write_json

GONE_NAME: Final = "gone.json"
REDIRECTS_NAME: Final = "redirects.json"
NOT_STATED: Final = "not-stated"  # codes of the reasons that are given by themselves; their texts are in the catalogues
MERGED: Final = "merged"
REASONS: Final = {
    NOT_STATED: "no source states it any more",
    MERGED: "it is the same thing as another one",
}
_PATH_SAFE: Final = "/%:@!$&'()*+,;=~"

Gone = dict[str, dict[str, Any]]


def key_of(iri: str, base: str) -> str | None:
    """The key of a thing; None when it has no address of its own that could answer 410.

    >>> key_of("https://x.example/id/actor/a", "https://x.example"), key_of("https://x.example/auth/t/b", "https://x.example")
    ('actor/a', '/auth/t/b')
    """
    if "#" in iri or not iri.startswith(f"{base}/"):
        return None
    path = quote(iri[len(base) :], safe=_PATH_SAFE)
    if path.startswith("/id/"):
        return path.removeprefix("/id/")
    return path if path.startswith("/auth/") else None


def iri_of(key: str, base: str) -> str:
    """The IRI that a key stands for."""
    return base + key if key.startswith("/") else f"{base}/id/{key}"


def read_gone(folder: Path) -> Gone:
    """What is gone in a release; entries that are a bare reason become an entry."""
    path = folder / GONE_NAME
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {key: said if isinstance(said, dict) else {"reason": str(said)} for key, said in found.items()}


def read_redirects(folder: Path) -> dict[str, str]:
    """The merged things of a release: `{concept}/{reference}` to that of the survivor."""
    path = folder / REDIRECTS_NAME
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def survivor_of(iri: str, redirects: Mapping[str, str], base: str) -> str | None:
    """The thing that a merged one is part of now, at the end of the chain; None when it was not merged."""
    key = key_of(iri, base)
    seen: set[str] = set()
    while key is not None and key in redirects and key not in seen:
        seen.add(key)
        key = redirects[key]
    return iri_of(key, base) if seen and key is not None and key not in seen else None


class Register:
    """`gone.json` of a release that is being made, from that of the one before it."""

    def __init__(self, release: Release, before: Release | None) -> None:
        self._release = release
        self._gone: Gone = read_gone(before.folder) if before else {}
        if before:
            self._sources(before)

    def _sources(self, before: Release) -> None:
        """Sources have documents but no public triples: the graphs that the manifests count tell them."""
        had, has = (set(release.manifest["counts"]["graphs"]) for release in (before, self._release))
        for graph in sorted(had - has):
            if graph.startswith(f"{self._release.base}/id/source/"):
                self.withdraw(graph, "", "source", None)
        for key in [key for key in self._gone if iri_of(unquote(key), self._release.base) in has]:
            del self._gone[key]

    def withdraw(self, iri: str, label: str, group: str, survivor: str | None) -> None:
        """A thing is no longer in the graph."""
        key = key_of(iri, self._release.base)
        if key is None:
            return
        code = MERGED if survivor else NOT_STATED
        said = {
            "code": code,
            "reason": REASONS[code],
            "since": str(self._release.manifest["date"]),
            "release": self._release.number,
            "kind": group,
        }
        if label:
            said["label"] = label
        if survivor:
            said["replaced_by"] = key_of(survivor, self._release.base)
        self._gone[key] = said

    def revive(self, iris: Iterable[str]) -> None:
        """Things are in the graph (again)."""
        for iri in iris:
            self._gone.pop(key_of(iri, self._release.base) or "", None)

    def write(self) -> None:
        """Write the file, if anything is gone. One that the maker of the release wrote wins, entry by entry."""
        own = read_gone(self._release.folder)
        if self._gone or own:
            write_json(self._release.folder / GONE_NAME, self._gone | own)
