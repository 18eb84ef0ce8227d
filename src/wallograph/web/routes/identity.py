"""The duplicate desk: /review/identity, for curators.

In: a request of a curator. Out: the queue, two things side by side, the decision, all decisions, and undo. Working out
what a decision changes takes some seconds: a process of its own does it, while a thread here waits.
"""

from collections.abc import Callable
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wallograph.curation.identity import Identities, Judged
from wallograph.curation.identity_apart import Apart
from wallograph.curation.identity_log import Made
from wallograph.curation.pairs import Asked, Pairs
from wallograph.curation.waking import wake
from wallograph.errors import Conflict, InputError, NotFound, StateError
from wallograph.pipeline.survey import KINDS
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_head import paged
from wallograph.publish.page_identity import Beside, beside, features, records_beside
from wallograph.web.errors import Problem
from wallograph.web.i18n import LANGUAGES, request_language
from wallograph.web.routes.account import fields_of
from wallograph.web.site import Site

START: Final = "/review/identity"
_LONGEST: Final = 400
_HITS: Final = 12


class IdentityDesk:
    """The handlers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._identities: Identities | None = None

    @property
    def identities(self) -> Identities:
        """The decisions of this installation."""
        if self._identities is None:
            desk = self.site.desk
            if desk is None:
                raise StateError("there is no journal here: there is no state folder")
            state = self.site.settings.state
            work = Apart(self.site.settings.database_url(), state)
            self._identities = Identities(
                desk.db, desk.journal, desk.state, work, wake=lambda: _ring(state), now=desk.now
            )
        return self._identities

    # -- looking

    def start(self, request: Request) -> Response:
        """The queue, and the way to any two things."""
        kind = request.query_params.get("kind", "")
        if kind and kind not in KINDS:
            raise NotFound(f"there is no such kind of pair: {', '.join(KINDS)}")
        queue = self.identities.queue()
        counts = [(name, sum(asked.kind == name for asked in queue)) for name in KINDS]
        found = paged([asked for asked in queue if asked.kind == kind or not kind], _page_of(request))
        rows = [(asked, features(asked.features)) for asked in found.items]
        sides = [(name, *self._hits(request, name)) for name in ("one", "other")]
        return self._page(
            request, "identity.html", kind=kind, counts=counts, cut=found, rows=rows, sides=sides, waiting=len(queue)
        )

    def pair(self, request: Request) -> Response:
        """Two things or records side by side, with the form to decide."""
        return self._pair(request, request.query_params.get("left", ""), request.query_params.get("right", ""), {})

    def decisions(self, request: Request) -> Response:
        """All decisions, the last one first."""
        made = paged(self.identities.made(), _page_of(request))
        graph = self.site.now().pages
        lang = request_language(request)
        rows = [(one, self._named(graph, one, lang)) for one in made.items]
        return self._page(request, "identity_decisions.html", cut=made, rows=rows)

    def decision(self, request: Request) -> Response:
        """One decision: what it did, what is to be placed, and the form to take it back."""
        return self._decision(request, self._number(request), {})

    # -- deciding

    async def judge(self, request: Request) -> Response:
        """Decide, and show what came of it."""
        said = await fields_of(request)

        def decide() -> Response:
            try:
                done = self.identities.judge(
                    said.get("left", ""), said.get("right", ""), said.get("verdict", ""), request.state.who,
                    why=said.get("why", ""),
                )  # fmt: skip
            except (Conflict, InputError) as error:
                if not said.get("left") or not said.get("right"):
                    raise
                return self._pair(request, said["left"], said["right"], said, error)
            return self._seen(request, done)

        return await run_in_threadpool(decide)

    async def undo(self, request: Request) -> Response:
        """Take a decision back."""
        number = self._number(request)
        said = await fields_of(request)

        def withdraw() -> Response:
            try:
                done = self.identities.withdraw(number, request.state.who, why=said.get("why", ""))
            except (Conflict, InputError) as error:
                return self._decision(request, number, said, error)
            return self._seen(request, done)

        return await run_in_threadpool(withdraw)

    # -- parts

    def _pair(
        self, request: Request, left: str, right: str, said: dict[str, str], error: Exception | None = None
    ) -> Response:
        pairs = self.identities.pairs()
        asked = pairs.one(self.key(pairs, left), self.key(pairs, right))
        lang = request_language(request)
        graph = self.site.now().pages
        survivor = graph.named(asked.survivor, lang) if not asked.is_one else None
        return self._page(
            request, "identity_pair.html", status=_status(error), asked=asked, features=features(asked.features),
            beside=_beside(graph, pairs, asked, lang), survivor=survivor, said=said, wrong=_wrong(error),
        )  # fmt: skip

    def _decision(
        self, request: Request, number: int, said: dict[str, str], error: Exception | None = None
    ) -> Response:
        made = self.identities.decision(number)
        lang = request_language(request)
        published = self.site.now()
        graph = published.pages
        journal = self.identities.journal
        return self._page(
            request, "identity_decision.html", status=_status(error), made=made, features=features(made.features),
            things=self._named(graph, made, lang), shown=journal.release_of(number), said=said, wrong=_wrong(error),
            to_place=[(entry, journal.entry(entry).proposal, numbers) for entry, numbers in made.to_place],
            moved=[(f"{published.base}/id/{old}", f"{published.base}/id/{new}" if new else "")
                   for old, new in sorted(made.redirects.items())],
        )  # fmt: skip

    def key(self, pairs: Pairs, text: str) -> str:
        """A record key, or the leading record of a thing."""
        text = text.strip()[:_LONGEST]
        if not text.startswith(("http://", "https://")):
            return text
        return pairs.lead(text.replace(f"{self.site.base}/doc/", f"{self.site.base}/id/", 1))

    def _hits(self, request: Request, name: str) -> tuple[str, list[Any]]:
        """What somebody looks for on one side: the text, and the things that have it as their name."""
        text = request.query_params.get(name, "").strip()[:_LONGEST]
        if not text:
            return "", []
        published = self.site.now()
        graph, lang = published.pages, request_language(request)
        iri = text.replace(f"{published.base}/doc/", f"{published.base}/id/", 1)
        if iri.startswith(f"{published.base}/id/") and graph.iri_like(iri):
            return text, [graph.named(iri, lang, kind=True)] if graph.known(iri) else []
        hits = published.search.search(text, limit=_HITS).hits
        return text, [graph.named(hit.iri, lang, kind=True) for hit in hits if "/id/" in hit.iri]

    def _named(self, graph: PageGraph, made: Made, lang: str) -> tuple[Any, Any]:
        return graph.named(made.left_iri, lang), graph.named(made.right_iri, lang)

    def _number(self, request: Request) -> int:
        text = str(request.path_params["entry"])
        if not text.isascii() or not text.isdigit() or len(text) > 12:
            raise Problem(404, "not-found")
        return int(text)

    def _seen(self, request: Request, done: Judged) -> Response:
        lang = request.query_params.get("lang", "").lower()
        address = self.site.url(
            f"{START}/decisions/{done.entry.number}", done="1", lang=lang if lang in LANGUAGES else ""
        )
        return RedirectResponse(address, 303)

    def _page(self, request: Request, template: str, status: int = 200, **data: Any) -> Response:
        lang = request_language(request)
        keep = lang if request.query_params.get("lang", "").lower() in LANGUAGES else ""
        response = self.site.render(template, request, lang=lang, status=status, keep=keep, **data)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


def _beside(graph: PageGraph, pairs: Pairs, asked: Asked, lang: str) -> Beside:
    def place(key: str) -> tuple[str, str]:
        return key, pairs.row(key).where

    if asked.is_one:
        said = {key: pairs.row(key).said for key in (asked.left, asked.right)}
        return records_beside(graph, lang, asked.left_iri, place(asked.left), place(asked.right), said)
    left, right = ((iri, [place(key) for key in pairs.records_of(iri)]) for iri in (asked.left_iri, asked.right_iri))
    return beside(graph, lang, left, right)


def _status(error: Exception | None) -> int:
    if error is None:
        return 200
    return 409 if isinstance(error, Conflict) else 422


def _wrong(error: Exception | None) -> dict[str, Any] | None:
    return {"told": str(error), "entry": getattr(error, "entry", 0)} if error else None


def _page_of(request: Request) -> int:
    text = request.query_params.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _ring(state: Any) -> None:
    wake(state)


def routes(desk: IdentityDesk) -> list[Route]:
    """The routes of the desk."""
    found: list[tuple[str, Callable[..., Any], str]] = [
        (START, desk.start, "GET"),
        (f"{START}/pair", desk.pair, "GET"),
        (f"{START}/pair", desk.judge, "POST"),
        (f"{START}/decisions", desk.decisions, "GET"),
        (f"{START}/decisions/{{entry}}", desk.decision, "GET"),
        (f"{START}/decisions/{{entry}}/undo", desk.undo, "POST"),
    ]
    return [Route(path, handler, methods=[method]) for path, handler, method in found]
