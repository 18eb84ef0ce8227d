"""What a path names: a request path comes in, the IRI of a published thing (or where it went) goes out.

IRIs are only ever looked up, in the spelling that was sent and decoded: `%2F` in a path is never a `/`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from pyoxigraph import DefaultGraph, NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wallograph import resources
from wallograph.errors import NotFound
from wallograph.iris import rebase
from wallograph.publish.media import FORMATS, Format
from wallograph.web.gone import gone_answer
from wallograph.web.published import Published

_PATH_SAFE: Final = "/%:@!$&'()*+,;=~"
STATIC: Final = {"/ns/wallograph": "wallograph.ttl", "/ns/shapes": "shapes"}
_VERSION: Final = re.compile(r"/ns/wallograph/\d+-\d+-\d+")


@dataclass(frozen=True, slots=True)
class Target:
    """What a path names: the thing, the address of its document without suffix, and the suffix asked for."""

    iri: str
    path: str
    form: Format | None
    static: str = ""


def split_suffix(path: str) -> tuple[str, Format | None]:
    """A path and the format that its suffix names.

    >>> split_suffix("/doc/actor/cetic.ttl")[0]
    '/doc/actor/cetic'
    """
    stem, dot, key = path.rpartition(".")
    if dot and key in FORMATS and not stem.endswith("/"):
        return stem, FORMATS[key]
    return path, None


def find(published: Published, request: Request, path: str, suffix: Format | None) -> Target:
    """What a path under /doc/, /auth/ or /ns/ names; NotFound when it is unknown."""
    decoded = request.scope["path"]
    if suffix is not None:
        decoded = decoded[: -len(suffix.suffix)]
    bare = path.removeprefix("/doc") if path.startswith(("/doc/ns/", "/doc/auth/")) else path
    if bare in STATIC:
        return Target(published.base + bare, bare, suffix, STATIC[bare])
    if _VERSION.fullmatch(bare) and f"owl:versionIRI <{published.base}{bare}>" in _vocabulary(published.base):
        return Target(f"{published.base}/ns/wallograph", bare, suffix, STATIC["/ns/wallograph"])
    iri = existing(published, list(_candidates(published.base, path, decoded)))
    if iri is None:
        raise NotFound(f"nothing is published under {path}")
    return Target(iri, document_path(iri[len(published.base) :]), suffix)


def respelt(published: Published, request: Request, path: str, target: Target) -> Response | None:
    """301 to the one spelling of a document's address, when the path names it in another (`%61` for `a`)."""
    if path in (target.path, f"/doc{target.path}"):
        return None
    suffix = target.form.suffix if target.form else ""
    location = f"{published.base}{target.path}{suffix}{query_of(request)}"
    return RedirectResponse(location, 301, {"Cache-Control": "public, max-age=86400"})


def _vocabulary(base: str) -> str:
    return ontology_texts(STATIC["/ns/wallograph"], base)[0]


def document_path(tail: str) -> str:
    """The one path of a document, however the request spelt it."""
    path = quote(tail, safe=_PATH_SAFE)
    if path.startswith("/auth/"):
        return path
    return "/doc/" + path.removeprefix("/id/").lstrip("/")


def _candidates(base: str, path: str, decoded: str) -> Iterator[str]:
    """The IRIs a document may be about: /id/ first; releases of other data use any path below their base."""
    for spelling in (path, decoded):
        if not spelling.startswith("/doc/"):
            yield base + spelling
        elif not spelling.startswith(("/doc/id/", "/doc/doc/")):
            yield base + "/id/" + spelling.removeprefix("/doc/")
            yield base + "/" + spelling.removeprefix("/doc/")


def existing(published: Published, candidates: list[str]) -> str | None:
    """The first IRI that the public graph, or the provenance of sources, has statements on."""
    for iri in dict.fromkeys(candidates):
        try:
            node = NamedNode(iri)
        except ValueError:
            continue
        provenance = NamedNode(f"{published.base}/id/source/provenance")
        quads = published.store.quads(node, None, None, None)
        if any(isinstance(q.graph_name, DefaultGraph) or q.graph_name == provenance for q in quads):
            return iri
    return None


def moved(published: Published, path: str, kind: str, request: Request, suffix: str) -> Response | None:
    """The 301 of a merged thing (for a day, never for ever); the 410 of a withdrawn one."""
    reference = path.removeprefix(kind)
    if "%" in reference and "%2f" not in reference.lower() and reference not in published.gone:
        reference = unquote(reference)
    if survivor := published.redirects.get(reference):
        location = f"{published.base}{kind}{survivor}{suffix}{query_of(request)}"
        return RedirectResponse(location, 301, {"Cache-Control": "public, max-age=86400"})
    if reference in published.gone:
        return gone_answer(request, published, reference, suffix)
    return None


def raw_path(request: Request) -> str:
    """The path as it was sent, still percent-encoded: `%2F` is not `/`."""
    return (request.scope.get("raw_path") or b"").decode("ascii", "replace")


def query_of(request: Request) -> str:
    return f"?{request.url.query}" if request.url.query else ""


def ontology_texts(name: str, base: str) -> list[str]:
    """A file of the ontology, or all files of a folder of it, on a base."""
    path = resources.ontology_dir() / name
    files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
    return [rebase(file.read_text(encoding="utf-8"), base) for file in files]
