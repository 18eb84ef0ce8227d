"""`/history/{concept}/{reference}`: who changed what, when and why, with the source; `/journal`: all decisions.

In: a request. Out: a page, JSON or an Atom feed; of an entry also its RDF Patch. Everything here is public: people are
opaque ids, and what was erased is told to be erased.
"""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallograph.curation.history import History, Step, Told, triple_of
from wallograph.curation.layers import quads_of
from wallograph.errors import NotFound, StateError
from wallograph.iris import digest, thing
from wallograph.publish import atom
from wallograph.publish.negotiate import negotiate
from wallograph.publish.page_head import Paged, paged
from wallograph.publish.page_history import StepView, entry_view, proposed_names, release_view
from wallograph.publish.page_proposal import Names
from wallograph.release.life import key_of, read_gone, survivor_of
from wallograph.release.patch import Patch, format_patch
from wallograph.web.conditional import Written, conditional
from wallograph.web.errors import Problem
from wallograph.web.i18n import LANGUAGES, request_language
from wallograph.web.published import Published
from wallograph.web.routes.rules import rules_of
from wallograph.web.site import Site

FRESH: Final = "public, max-age=5, must-revalidate"
_TYPES: Final = {
    "html": "text/html", "json": "application/json", "atom": atom.MEDIA_TYPE, "rdfp": "application/rdf-patch",
}  # fmt: skip
_CONCEPTS: Final = ("actor", "project", "event", "place")
_ENTRIES: Final = 50


class Histories:
    """The handlers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._history: History | None = None

    @property
    def history(self) -> History:
        """What happened, read on from request to request."""
        if self._history is None:
            if self.site.desk is None:
                raise StateError("there is no journal here: there is no state folder")
            self._history = History(self.site.desk)
        return self._history

    # -- a thing

    def thing(self, request: Request) -> Response:
        """All that happened to a thing."""
        reference, form = _form(request, str(request.path_params["reference"]), ("html", "json", "atom"))
        concept = str(request.path_params["concept"])
        published = self.site.now()
        iri = _iri(concept, reference, published.base)
        if survivor := survivor_of(iri, published.redirects, published.base):
            return Response(status_code=301, headers={
                "Location": survivor.replace("/id/", "/history/", 1), "Cache-Control": "max-age=86400",
            })  # fmt: skip
        steps = self.history.of(iri, published.release)
        if not steps:
            raise NotFound("nothing is known of such a thing")
        path = f"/history/{concept}/{reference}"
        views = self._steps(request, published, iri, steps)
        name = self._name(request, published, iri)
        if form == "json":
            data = {"thing": iri, "name": name.text, "release": published.number, "steps": list(map(step_data, views))}
            return self._json(request, data)
        if form == "atom":
            title = self._t(request)("history-of", name=name.text)
            return self._atom(request, path, title, [view for view in views if view.number])
        cut = paged(views, _page(request))
        formats = [(key, self.site.url(f"{path}.{key}", lang=request_language(request))) for key in ("atom", "json")]
        back = thing(concept, reference, published.base)
        return self._page(request, published, "history.html", name=name, cut=cut, formats=formats, iri=back)

    def _name(self, request: Request, published: Published, iri: str) -> Any:
        named = published.pages.named(iri, request_language(request), kind=True)
        gone = read_gone(published.release.folder).get(key_of(iri, published.base) or "")
        label = str((gone or {}).get("label", ""))
        return type(named)(iri, label, kind=named.kind) if label else named

    def _steps(self, request: Request, published: Published, iri: str, steps: Sequence[Step]) -> list[StepView]:
        views = []
        for step in steps:
            if step.told is not None:
                views.append(self.view(request, published, step.told, only=iri))
            elif step.release is not None:
                names = self.names(request, published)
                adds, deletes = ([triple_of(line) for line in side] for side in (step.adds, step.deletes))
                views.append(release_view(step.at, step.release.number, iri, adds, deletes, names))
        return views

    # -- the journal

    def journal(self, request: Request) -> Response:
        """All decisions, the last one first."""
        _, form = _form(request, "journal" + _suffix(request), ("html", "json", "atom"))
        published = self.site.now()
        cut = paged(self.history.numbers(), _page(request))
        views = [self.view(request, published, self.history.told(number)) for number in cut.items]
        if form == "json":
            data = {
                "total": cut.total, "page": cut.number, "pages": cut.pages,
                "entries": [step_data(view, short=True) for view in views],
            }  # fmt: skip
            return self._json(request, data)
        if form == "atom":
            return self._atom(request, "/journal", self._t(request)("journal-title"), views)
        shown = Paged(views, cut.total, cut.number, cut.pages)
        return self._page(request, published, "history_journal.html", cut=shown)

    def entry(self, request: Request) -> Response:
        """One entry with its digests; as a patch what it did."""
        name, form = _form(request, str(request.path_params["number"]), ("html", "json", "rdfp"))
        if not (name.isascii() and name.isdigit() and len(name) < 10 and not name.startswith("0")):
            raise NotFound("there is no such entry")
        published = self.site.now()
        told = self.history.told(int(name))
        if form == "rdfp":
            if told.erased:
                raise Problem(410, "gone", "What this entry did was erased.")
            adds, deletes = (quads_of(told.payload.get(side, ())) for side in ("adds", "deletes"))
            body = format_patch(Patch(adds, deletes)).encode()
            return _answer(request, body, _TYPES["rdfp"], "")
        view = self.view(request, published, told)
        if form == "json":
            return self._json(request, step_data(view))
        return self._page(request, published, "history_entry.html", step=view)

    def view(self, request: Request, published: Published, told: Told, only: str = "") -> StepView:
        """An entry in words."""
        values = entry_values(told)
        return entry_view(values, self.names(request, published, proposed_names(values["changes"])), only)

    def names(self, request: Request, published: Published, proposed: dict[str, str] | None = None) -> Names:
        """Names in the language of the request; those of published things come from the graph."""
        graph = published.pages
        lang = request_language(request)
        fresh = {iri: name for iri, name in (proposed or {}).items() if graph.label(iri, lang) is None}
        return Names(graph, rules_of(request.app, published.base).words.labels, lang, fresh)

    # -- answers

    def _t(self, request: Request) -> Callable[..., str]:
        return partial(self.site.messages, request_language(request))

    def _page(self, request: Request, published: Published, template: str, **data: Any) -> Response:
        lang = request_language(request)
        release = {"number": published.number, "date": published.date}
        keep = lang if request.query_params.get("lang", "").lower() in LANGUAGES else ""
        page = self.site.render(template, request, lang=lang, release=release, keep=keep, **data)
        return _answer(request, bytes(page.body), "text/html; charset=utf-8", lang)

    def _json(self, request: Request, data: dict[str, Any]) -> Response:
        body = json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
        return _answer(request, body, _TYPES["json"], request_language(request))

    def _atom(self, request: Request, path: str, title: str, views: Sequence[StepView]) -> Response:
        site, t, lang = self.site, self._t(request), request_language(request)
        base, found = site.base, []
        for view in views[:_ENTRIES]:
            said = ". ".join(statement_text(t, one) for one in view.statements[:20])
            who = t("history-curator", who=view.who)
            text = " – ".join(part for part in (who, view.why, said) if part)
            address = f"{base}/journal/{view.number}"
            found.append(atom.Entry(address, t(f"history-{view.kind}"), text, view.at, view.number))
        links = [("alternate", f"{base}{path}?lang={lang}"), ("self", f"{base}{path}.atom?lang={lang}")]
        frame = atom.Frame(base, lang, title, "wallograph", "", links, ident=base + path)
        body = atom.write_atom(frame, found)
        return _answer(request, body, f"{atom.MEDIA_TYPE}; charset=utf-8", lang)


def entry_values(told: Told) -> dict[str, Any]:
    """An entry as plain values."""
    entry = told.entry
    return {
        "number": entry.number, "kind": str(entry.kind), "at": entry.at, "who": entry.who, "why": entry.why,
        "proposal": entry.proposal, "release": told.release, "undoes": told.undoes, "undone": told.undone,
        "erased": told.erased, "changes": [change.values() for change in told.changes], "things": list(told.things),
        "digest": entry.digest, "previous": entry.previous, "payload_digest": entry.payload_digest,
        "against": entry.release, "to": int(told.payload.get("to") or 0),
        "withheld": dict(told.payload.get("withheld") or {}),
    }  # fmt: skip


def statement_text(t: Callable[..., str], one: Any) -> str:
    """A statement in one line."""
    key = "history-said-add" if one.op == "add" else "history-said-retract"
    return t(key, subject=one.subject.text, predicate=one.predicate.text, value=one.value.text)


def step_data(view: StepView, *, short: bool = False) -> dict[str, Any]:
    """An entry or release as JSON."""
    data: dict[str, Any] = {"at": view.at, "kind": view.kind}
    if view.number:
        data |= {
            "entry": view.number, "who": view.who, "why": view.why, "proposal": view.proposal or None,
            "undoes": view.undoes or None, "undone": view.undone or None, "erased": view.erased,
            "digest": view.digest, "previous": view.previous, "payload_digest": view.payload_digest,
        }  # fmt: skip
    data["release"] = view.release or None
    if not short:
        data["statements"] = [
            {
                "op": one.op, "subject": one.subject.iri, "predicate": one.predicate.iri,
                "value": one.value.iri or one.value.text, "year": one.year or None, "page": one.page or None,
                "source": one.source.iri if one.source else None,
            }
            for one in view.statements
        ]  # fmt: skip
        data["more"] = view.more
    return data


def routes(site: Site) -> list[Route]:
    """The routes."""
    pages = Histories(site)
    return [
        Route("/history/{concept}/{reference}", pages.thing, methods=["GET"]),
        Route("/journal", pages.journal, methods=["GET"]),
        Route("/journal.{suffix}", pages.journal, methods=["GET"]),
        Route("/journal/{number}", pages.entry, methods=["GET"]),
    ]


def _iri(concept: str, reference: str, base: str) -> str:
    try:
        if concept in _CONCEPTS:
            return thing(concept, reference, base)
    except ValueError:
        pass
    raise NotFound("there is no such thing")


def _suffix(request: Request) -> str:
    given = str(request.path_params.get("suffix", ""))
    return f".{given}" if given else ""


def _form(request: Request, name: str, offered: Sequence[str]) -> tuple[str, str]:
    """A name without its suffix, and the format that the suffix or Accept asks for."""
    plain, dot, suffix = name.rpartition(".")
    if dot:
        if suffix not in offered:
            raise NotFound(f"there is no .{suffix[:20]} of this; there is " + ", ".join(f".{key}" for key in offered))
        return plain, suffix
    kinds = {_TYPES[key]: key for key in offered}
    chosen = negotiate(request.headers.get("accept"), tuple(kinds))
    if chosen is None:
        raise Problem(406, "not-acceptable", variants=[{"type": kind} for kind in kinds])
    return name, kinds[chosen]


def _answer(request: Request, body: bytes, kind: str, lang: str) -> Response:
    headers = {
        "Content-Type": kind, "Cache-Control": FRESH, "Vary": "Accept, Accept-Language",
        "ETag": f'"{digest(kind, body.decode(), length=24)}"',
    }  # fmt: skip
    if lang:
        headers["Content-Language"] = lang
    return conditional(request, Written(body, headers))


def _page(request: Request) -> int:
    text = request.query_params.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 else 1
