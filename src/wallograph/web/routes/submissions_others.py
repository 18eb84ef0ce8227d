"""What should go, and errors in what no form corrects: two short forms of /submissions.

In: a thing or link, or a value of a figure, a place, a list. Out: the form; then a proposal that takes back all that
sources say of the thing, or, for what has no form, one that tells curators about the error in words.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from wallograph.curation.draft import Draft, new_id
from wallograph.curation.filled import Filled, Said, link_said, renumbered, retractions, said_of
from wallograph.curation.model import Change, Evidence, Kind
from wallograph.errors import NotFound
from wallograph.iris import parse
from wallograph.publish.page_proposal import Names
from wallograph.web.i18n import request_language
from wallograph.web.routes.submissions_base import CONCEPTS, Submitting
from wallograph.web.routes.submissions_forms import MOST, Forms
from wallograph.web.routes.submissions_input import Fields, evidence_of, one
from wallograph.web.routes.submissions_search import search
from wallograph.web.routes.validate_input import read_fields


class Others:
    """The handlers."""

    def __init__(self, shared: Submitting, forms: Forms) -> None:
        self.shared, self.forms, self.site = shared, forms, shared.site

    async def withdraw(self, request: Request) -> Response:
        """Propose that a thing or a link leaves the graph."""
        fields = await self.fields(request)
        return await run_in_threadpool(self._withdraw, request, fields)

    async def fields(self, request: Request) -> Fields:
        """What was sent; nothing for a page that is only asked for."""
        if request.method != "POST":
            return {}
        self.shared.admit(request)
        return await read_fields(request, MOST, self.site.settings.check_upload_seconds)

    # -- an error in what has no form

    def error(self, request: Request, fields: Fields, *, sent: bool) -> Response:
        """A figure, a place, an entry of a list: the error is told in words."""
        thing = one(fields, "thing")[:300]
        _, graph = self.shared.published(request)
        if not thing.startswith(self.site.base + "/") or not graph.iri_like(thing) or not graph.known(thing):
            raise NotFound("there is no such value")
        note = one(fields, "note")
        wrong = ["submission-note-missing"] if sent and not note else []
        if sent and not wrong:
            about = " ".join(one(fields, name)[:500] for name in ("thing", "predicate", "value", "graph"))
            return self.store(request, Kind.ERROR, (), {**fields, "note": [f"{about.strip()}\n{note}"]})
        named = graph.named(thing, request_language(request))
        return self.shared.page(
            request, "submission_other.html", 422 if wrong else 200, named=named, note=note, wrong=wrong,
            asked={name: one(fields, name) for name in ("thing", "predicate", "value", "graph")},
            key=one(fields, "key") or secrets.token_urlsafe(24),
        )  # fmt: skip

    # -- a thing or a link that should go

    def _withdraw(self, request: Request, fields: Fields) -> Response:
        thing = one(fields, "thing") or request.query_params.get("thing", "")
        if not thing:
            found = search(self.shared, request, request.query_params.get("q", ""))
            return self.shared.page(request, "submission_find.html", found=found, kind=Kind.WITHDRAW.value)
        iri, said = self._whole(thing)
        evidence = evidence_of(one(fields, "evidence"), one(fields, "evidence.page"))
        wrong: list[str] = []
        if fields:
            wrong += [] if evidence else [evidence_key(fields)]
            wrong += [] if one(fields, "note") else ["submission-note-missing"]
        if fields and not wrong:
            filled = Filled(Kind.WITHDRAW, "", iri, evidence=evidence or Evidence())
            numbers = count(1)
            changes = [change for one_said in said for change in retractions(one_said, filled, numbers)]
            return self.store(request, Kind.WITHDRAW, changes, fields)
        return self._withdraw_page(request, iri, said, fields, wrong)

    def _whole(self, thing: str) -> tuple[str, list[Said]]:
        """All that sources say of a thing; of a link, its one statement. NotFound when they say nothing."""
        base = self.site.base
        found = parse(thing[:300], base)
        if found is None or found.concept not in (*CONCEPTS, "link"):
            raise NotFound("there is no such organisation, project, event or link")
        iri = f"{base}/id/{found.concept}/{found.reference}"
        store = self.site.now().store
        said = link_said(store, iri, base) if found.concept == "link" else said_of(store, iri, base)
        if not said:
            raise NotFound("there is no such organisation, project, event or link")
        return iri, said

    def _withdraw_page(
        self, request: Request, iri: str, said: Sequence[Said], fields: Fields, wrong: Sequence[str]
    ) -> Response:
        lang = request_language(request)
        _, graph = self.shared.published(request)
        names = Names(graph, self.shared.rules(request).words.labels, lang)
        link = None
        if "/id/link/" in iri:
            link = (names.thing(said[0].subject), names.property(said[0].predicate), names.value(said[0].object)[0])
        sources = {graph_ for one_said in said for graph_ in one_said.graphs}
        return self.shared.page(
            request, "submission_withdraw.html", 422 if wrong else 200, iri=iri, link=link,
            named=graph.named(iri, lang), statements=len(said), sources=[graph.source(key) for key in sorted(sources)],
            links=sum("/id/" in one_said.object or one_said.subject != iri for one_said in said),
            note=one(fields, "note"), wrong=wrong,
            evidence={"by": one(fields, "evidence"), "page": one(fields, "evidence.page")},
            key=one(fields, "key") or secrets.token_urlsafe(24),
        )  # fmt: skip

    def store(self, request: Request, kind: Kind, changes: Sequence[Change], fields: Fields) -> Response:
        """Store the statements of a short form, and lead its author to the page of the proposal."""
        who, lang = request.state.who, request_language(request)
        draft = Draft(
            new_id(), kind, renumbered(changes), lang, note=one(fields, "note"), author=who.id if who else ""
        )
        draft = replace(draft, checked=self.shared.check(draft))
        return self.forms.stored(request, draft, one(fields, "key"))


def evidence_key(fields: Mapping[str, Sequence[str]]) -> str:
    """What is missing of the evidence, as a message key."""
    return "submission-evidence-page" if one(fields, "evidence") == "page" else "submission-evidence-missing"
