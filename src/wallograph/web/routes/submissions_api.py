"""The API of proposals: create, read, amend, withdraw.

In: JSON with statements, or a table or RDF file with its media type; the author's secret as `Authorization: Bearer`.
Out: JSON, problem documents. `If-Match` says which version was read; `Idempotency-Key` makes a creation safe to repeat.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wallograph.curation.draft import Draft, new_id
from wallograph.curation.model import Kind, Proposal
from wallograph.curation.proposal_json import changes_of_json
from wallograph.errors import InputError, WallographError
from wallograph.web.errors import Problem
from wallograph.web.i18n import LANGUAGES, request_language
from wallograph.web.routes.api_input import json_object, matched, media_type_of, tag_of
from wallograph.web.routes.submissions_base import OF_PROPOSAL, PUBLIC_EVENTS, Submitting
from wallograph.web.routes.submissions_files import Files
from wallograph.web.routes.submissions_forms import Forms
from wallograph.web.routes.submissions_input import evidence_of
from wallograph.web.routes.validate import told
from wallograph.web.routes.validate_input import BY_KEY, unsupported

JSON: Final = "application/json"
PATCHES: Final = (JSON, "application/merge-patch+json")
_FILES: Final = frozenset(BY_KEY.values())
_KINDS: Final = {kind.value: kind for kind in Kind}
_MOST: Final = 4_000_000  # bytes of JSON


class Api:
    """The handlers."""

    def __init__(self, shared: Submitting, forms: Forms) -> None:
        self.shared, self.site, self.forms = shared, shared.site, forms
        self.files = Files(shared, forms)

    async def create(self, request: Request) -> Response:
        """A new proposal; 201 with its secret, which is told only now."""
        self.shared.admit(request)
        key = request.headers.get("idempotency-key", "")
        media_type = media_type_of(request)
        if media_type in _FILES and media_type != JSON:
            draft = await self._of_file(request)
        elif media_type == JSON:
            values = await json_object(request, _MOST, self.site.settings.check_upload_seconds)
            draft = await run_in_threadpool(self._draft, request, values)
        else:
            raise unsupported(media_type)
        return await run_in_threadpool(self._created, request, draft, key)

    def _created(self, request: Request, draft: Draft, key: str) -> Response:
        proposals = self.shared.desk.proposals
        proposal, secret = proposals.create(draft, client=self.shared.client(request), key=key)
        address = f"{self.site.base}/api/submissions/{proposal.id}"
        shown = self._shown(proposal, inside=True)
        shown |= {"secret": secret, "secretAddress": f"{self.site.base}/submissions/s/{secret}"}
        return JSONResponse(shown, 201, {"Location": address, "ETag": tag_of(proposal), **OF_PROPOSAL})

    async def one(self, request: Request) -> Response:
        """One proposal."""
        if request.method == "PATCH":
            self.shared.admit(request)
            if media_type_of(request) not in PATCHES:
                raise Problem(415, "unsupported-media-type", headers={"Accept-Patch": ", ".join(PATCHES)})
            values = await json_object(request, _MOST, self.site.settings.check_upload_seconds)
            return await run_in_threadpool(self._amend, request, values)
        handler = self._withdraw if request.method == "DELETE" else self._get
        return await run_in_threadpool(handler, request)

    def _get(self, request: Request) -> Response:
        proposal, mine = self.shared.found(request)
        inside = mine or self.shared.is_curator(request)
        tag = tag_of(proposal)
        headers = {"ETag": tag, "Vary": "Accept, Authorization, Cookie", **OF_PROPOSAL}
        if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
            return Response(status_code=304, headers=headers)
        return JSONResponse(self._shown(proposal, inside=inside), headers=headers)

    def _amend(self, request: Request, values: Mapping[str, Any]) -> Response:
        proposal, _ = self.shared.found(request, author=True)
        version = matched(request)
        draft = self._draft(request, {**self._as_sent(proposal), **values}, proposal.id)
        amended = self.shared.desk.proposals.amend(
            proposal.id, draft.changes, draft.note, version, checked=draft.checked
        )
        return JSONResponse(self._shown(amended, inside=True), headers={"ETag": tag_of(amended), **OF_PROPOSAL})

    def _withdraw(self, request: Request) -> Response:
        proposal, _ = self.shared.found(request, author=True)
        taken = self.shared.desk.proposals.withdraw(proposal.id, matched(request))
        return JSONResponse(self._shown(taken, inside=True), headers={"ETag": tag_of(taken), **OF_PROPOSAL})

    # -- what comes in

    def _draft(self, request: Request, values: Mapping[str, Any], ident: str = "") -> Draft:
        ident = ident or new_id()
        kind = _KINDS.get(str(values.get("kind", "")))
        if kind is None or (kind is Kind.FILE and not values.get("changes")):
            raise Problem(400, "bad-request", f"'kind' is one of: {', '.join(sorted(_KINDS))}.")
        note, lang = values.get("note", ""), values.get("lang", request_language(request))
        if not isinstance(note, str) or lang not in LANGUAGES:
            raise Problem(400, "bad-request", f"'note' is a text, 'lang' one of {', '.join(LANGUAGES)}.")
        changes = changes_of_json(values, ident, self.site.base)
        who = request.state.who
        draft = Draft(ident, kind, changes, lang, note=note, author=who.id if who else "")
        return replace(draft, checked=self.shared.check(draft))

    async def _of_file(self, request: Request) -> Draft:
        query = request.query_params
        evidence = evidence_of("page" if query.get("page") else query.get("evidence", ""), query.get("page", ""))
        if evidence is None:
            text = "Say who says so: '?page=' with an http(s) address, or '?evidence=organisation'."
            raise Problem(400, "bad-request", text)
        try:
            upload = await self.files.upload(request)
            found = await self.files.read(request, upload, evidence, new_id())
            make = self.files.draft
            draft = await run_in_threadpool(make, request, found, query.get("note", "")[:5000])
        except WallographError as error:
            raise told(error, request_language(request)) from error
        if not draft.changes:
            raise InputError("The file says nothing that is not published already.")
        return draft

    # -- what goes out

    def _shown(self, proposal: Proposal, *, inside: bool) -> dict[str, Any]:
        """A proposal for programs; what its author wrote, and the findings, only for who may know them."""
        proposals = self.shared.desk.proposals
        events = proposals.events(proposal.id)
        shown: dict[str, Any] = {
            "id": proposal.id, "url": f"{self.site.base}/submissions/{proposal.id}", "kind": proposal.kind.value,
            "state": proposal.state.value, "version": proposal.version, "made": proposal.made,
            "changed": proposal.changed, "release": proposal.release,
            "changes": [change.values() for change in proposal.changes], "accepted": list(proposal.accepted),
            "entry": proposal.entry or None, "published": proposal.published or None,
        }  # fmt: skip
        if inside:
            outcome = proposals.outcome(proposal.id)
            shown |= {
                "lang": proposal.lang, "note": proposal.note, "file": proposal.file,
                "counts": outcome.get("counts", {}), "findings": outcome.get("findings", []),
            }  # fmt: skip
        shown["events"] = [
            {"at": event.at, "what": event.what, "why": event.why, "version": event.version}
            for event in events if inside or event.what in PUBLIC_EVENTS
        ]  # fmt: skip
        return shown

    def _as_sent(self, proposal: Proposal) -> dict[str, Any]:
        """A proposal as it could have been sent: what a patch leaves out stays."""
        return {
            "kind": proposal.kind.value, "note": proposal.note, "lang": proposal.lang,
            "changes": [change.values() for change in proposal.changes],
        }  # fmt: skip
