"""The forms of /submissions: a new thing, a change, a link that is missing; filled in, read, checked, sent.

In: what the address asks for, then the fields. Out: the form, with what was found beside each line; or a proposal, and
the way to its page. Nothing is fetched: a page that is given as evidence is only written down.
"""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Final

from pyoxigraph import NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wallograph.curation.draft import Checked, Draft, new_id, provisional
from wallograph.curation.filled import Filled, filled_of, said_of, understand
from wallograph.curation.model import OPEN, Change, Kind, Proposal
from wallograph.errors import KeyReused, NotFound
from wallograph.iris import parse
from wallograph.web.i18n import request_language
from wallograph.web.routes.submissions_base import CONCEPTS, Submitting, lang_of
from wallograph.web.routes.submissions_form_page import FormPages, Read, Target
from wallograph.web.routes.submissions_input import Fields, Sent, one, sent_form
from wallograph.web.routes.submissions_search import search
from wallograph.web.routes.validate_input import read_fields
from wallograph.web.sessions import keep_author_secret

MOST: Final = 400_000  # bytes of a form that was filled in
_KEY_LENGTH: Final = 32
_NOT_ASKED: Final = frozenset({"stated-for", "label"})


class Forms:
    """The handlers of the form."""

    def __init__(self, shared: Submitting) -> None:
        self.shared, self.site, self.pages = shared, shared.site, FormPages(shared)

    def new_key(self) -> str:
        """What makes a form one proposal, however often it is sent."""
        return secrets.token_urlsafe(24)

    async def new(self, request: Request) -> Response:
        """The kinds, an empty form, or a form that was sent."""
        if request.method != "POST":
            return await run_in_threadpool(self._empty, request)
        self.shared.admit(request)
        fields = await read_fields(request, MOST, self.site.settings.check_upload_seconds)
        return await run_in_threadpool(self._sent, request, fields, None)

    async def edit(self, request: Request) -> Response:
        """The form of an open proposal again, for its author."""
        if request.method != "POST":
            return await run_in_threadpool(self._again, request)
        self.shared.admit(request)
        fields = await read_fields(request, MOST, self.site.settings.check_upload_seconds)
        proposal, _ = await run_in_threadpool(partial(self.shared.found, request, author=True))
        return await run_in_threadpool(self._sent, request, fields, proposal)

    # -- asking

    def _empty(self, request: Request) -> Response:
        query = request.query_params
        kind = Kind.CHANGE if query.get("kind") == Kind.CHANGE else Kind.CREATE
        if kind is Kind.CHANGE and not query.get("thing"):
            return self._which(request, kind)
        if kind is Kind.CREATE and query.get("concept") not in CONCEPTS:
            return self.shared.page(request, "submission_new.html", concepts=CONCEPTS)
        target = self.target(kind, query.get("concept", ""), query.get("thing", ""), query.get("part", ""))
        sent = Sent(Filled(kind, target.concept, target.thing), "")
        return self.pages.page(request, target, self._read(request, target, sent, "", check=False), {})

    def _which(self, request: Request, kind: Kind) -> Response:
        """Which thing is it about? A search, without any script."""
        found = search(self.shared, request, request.query_params.get("q", ""))
        return self.shared.page(request, "submission_find.html", found=found, kind=kind.value)

    def target(self, kind: Kind, concept: str, thing: str, part: str = "") -> Target:
        """What a form is about; NotFound for a thing that nobody speaks of."""
        if kind is Kind.CREATE:
            if concept not in CONCEPTS:
                raise NotFound(f"there is no form for '{concept[:80]}'")
            return Target(kind, concept, "")
        found = parse(thing[:300], self.site.base)
        if found is None or found.concept not in CONCEPTS:
            raise NotFound("there is no such organisation, project or event")
        iri = f"{self.site.base}/id/{found.concept}/{found.reference}"
        if not self.site.now().store.quads(NamedNode(iri)):
            raise NotFound("there is no such organisation, project or event")
        return Target(kind, found.concept, iri, part if part == "links" else "")

    def _again(self, request: Request) -> Response:
        proposal, _ = self.shared.found(request, author=True)
        target = self._target_of(proposal)
        if target is None or proposal.state not in OPEN:
            return RedirectResponse(self.shared.address(proposal.id, **lang_of(request)), 303)
        form = self.shared.form(request, target.concept)
        subject = target.thing or provisional(target.concept, proposal.id, 1, self.site.base)
        filled = filled_of(proposal.changes, proposal.kind, target.concept, subject, form)
        filled = Filled(filled.kind, filled.concept, target.thing, filled.lines, filled.drops, filled.evidence)
        read = self._read(request, target, Sent(filled, proposal.note), proposal.id, check=True)
        return self.pages.page(request, target, read, {}, proposal)

    def _target_of(self, proposal: Proposal) -> Target | None:
        """What the form of a proposal is about; None when it has none: a file, several things."""
        if proposal.kind is Kind.FILE:
            return None
        own = [change.subject for change in proposal.changes]
        if proposal.kind is Kind.CREATE:
            start = [parse(iri, self.site.base) for iri in own if f"/proposed-{proposal.id}-1" in iri]
            concepts = {found.concept for found in start if found}
            several = any(f"proposed-{proposal.id}-2" in iri for iri in own)
            return Target(Kind.CREATE, concepts.pop(), "") if len(concepts) == 1 and not several else None
        try:
            return self.target(Kind.CHANGE, "", main_thing(proposal.changes))
        except NotFound:
            return None

    # -- what was sent

    def _sent(self, request: Request, fields: Fields, proposal: Proposal | None) -> Response:
        if proposal is not None:
            target = self._target_of(proposal)
            if target is None:
                raise NotFound("this proposal has no form")
        else:
            kind = Kind.CHANGE if one(fields, "kind") == Kind.CHANGE else Kind.CREATE
            target = self.target(kind, one(fields, "concept"), one(fields, "thing"), one(fields, "part"))
        form = self.shared.form(request, target.concept)
        sent = sent_form(fields, [field.key for field in form.fields], target.kind, target.concept, target.thing)
        ident = proposal.id if proposal else new_id()
        wanted = one(fields, "find")
        read = self._read(request, target, sent, ident, check=not wanted)
        nothing = not read.understood.changes
        if wanted or one(fields, "do") == "check" or sent.wrong or read.understood.unread or nothing:
            return self.pages.page(request, target, read, fields, proposal)
        if proposal is None:
            return self._create(request, target, read, ident, one(fields, "key"))
        return self._amend(request, read, proposal, one(fields, "version"))

    def _read(self, request: Request, target: Target, sent: Sent, ident: str, *, check: bool) -> Read:
        """Understand what was filled in, and judge it with all that is published."""
        lang, base = request_language(request), self.site.base
        published = self.site.now()
        form = self.shared.form(request, target.concept)
        said = said_of(published.store, target.thing, base) if target.thing else []
        subject = target.thing or provisional(target.concept, ident or "a" * 10, 1, base)
        understood = understand(form, sent.filled, said, self.shared.known(), lang, subject)
        checked = Checked()
        if check and understood.changes:
            checked = self.shared.check(Draft(ident or new_id(), target.kind, understood.changes, lang))
        return Read(sent, understood, checked, said)

    def _create(self, request: Request, target: Target, read: Read, ident: str, key: str) -> Response:
        who = request.state.who
        draft = Draft(
            ident, target.kind, read.understood.changes, request_language(request), note=read.sent.note,
            author=who.id if who else "", checked=read.checked,
        )  # fmt: skip
        return self.stored(request, draft, key)

    def stored(self, request: Request, draft: Draft, key: str = "") -> Response:
        """Store a draft, and lead its author to its page. A form that is sent twice is one proposal."""
        proposals, client = self.shared.desk.proposals, self.shared.client(request)
        key = key if len(key) == _KEY_LENGTH else ""
        try:
            proposal, secret = proposals.create(draft, client=client, key=key)
        except KeyReused:  # the same form, with something else in it: another proposal
            proposal, secret = proposals.create(draft, client=client)
        response = RedirectResponse(self.shared.address(proposal.id, sent="1", **lang_of(request)), 303)
        keep_author_secret(self.site, request, response, secret)
        return response

    def _amend(self, request: Request, read: Read, proposal: Proposal, version: str) -> Response:
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
        self.shared.desk.proposals.amend(
            proposal.id, read.understood.changes, read.sent.note, number, checked=read.checked
        )
        return RedirectResponse(self.shared.address(proposal.id, amended="1", **lang_of(request)), 303)


def main_thing(changes: Sequence[Change]) -> str:
    """The thing that most statements are about, at either end."""
    counted: dict[str, int] = defaultdict(int)
    for change in changes:
        counted[change.subject] += 2
        if change.object.startswith("<"):
            counted[change.object[1:-1]] += 1
    return max(counted, key=lambda iri: (counted[iri], iri), default="")
