"""A whole table or RDF file as a proposal: read by the checking service, kept, and shown as statements.

In: a file with its evidence and a note. Out: a draft with the statements that would be new, and the findings with
their places in the file. The file is parsed and judged in the sandbox of the checking service, never here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wallograph.checker.job import PROPOSAL
from wallograph.curation.draft import Checked, Draft, new_id
from wallograph.curation.file_proposals import answer_of, asked_of
from wallograph.curation.model import Change, Evidence, Kind, Proposal
from wallograph.errors import WallographError
from wallograph.web.errors import Problem
from wallograph.web.i18n import request_language
from wallograph.web.routes.submissions_base import Submitting, lang_of
from wallograph.web.routes.submissions_forms import Forms
from wallograph.web.routes.submissions_input import evidence_of, one
from wallograph.web.routes.validate import told, unreadable
from wallograph.web.routes.validate_input import Upload, read_upload


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read: the statements that would be new, and what was found. `ident` stands in new IRIs."""

    upload: Upload
    ident: str
    changes: tuple[Change, ...]
    checked: Checked


class Files:
    """The handlers."""

    def __init__(self, shared: Submitting, forms: Forms) -> None:
        self.shared, self.forms, self.site = shared, forms, shared.site

    async def new(self, request: Request) -> Response:
        """Hand a file in."""
        if request.method != "POST":
            return await run_in_threadpool(self._page, request, {}, None, ())
        self.shared.admit(request)
        return await self._posted(request, None)

    async def edit(self, request: Request, proposal: Proposal) -> Response:
        """A better file for an open proposal."""
        if request.method != "POST":
            return await run_in_threadpool(self._page, request, {}, None, (), proposal)
        self.shared.admit(request)
        return await self._posted(request, proposal)

    async def _posted(self, request: Request, proposal: Proposal | None) -> Response:
        lang = request_language(request)
        fields: Mapping[str, list[str]] = {}
        try:
            upload = await self.upload(request)
            fields = upload.fields
            evidence = evidence_of(one(fields, "evidence"), one(fields, "evidence.page"))
            if evidence is None:
                key = "submission-evidence-page" if one(fields, "evidence") == "page" else "submission-evidence-missing"
                return await run_in_threadpool(self._page, request, fields, None, (key,), proposal)
            found = await self.read(request, upload, evidence, proposal.id if proposal else new_id())
        except (Problem, WallographError) as error:
            return await run_in_threadpool(self._page, request, fields, told(error, lang), (), proposal)
        return await run_in_threadpool(self._stored, request, found, fields, proposal)

    def _stored(
        self, request: Request, found: FileRead, fields: Mapping[str, list[str]], proposal: Proposal | None
    ) -> Response:
        draft = self.draft(request, found, one(fields, "note"))
        if not draft.changes:
            return self._page(request, fields, None, ("submission-nothing-new",), proposal)
        if proposal is None:
            return self.forms.stored(request, draft, one(fields, "key"))
        version = one(fields, "version")
        self.shared.desk.proposals.amend(
            proposal.id, draft.changes, draft.note, int(version) if version.isdigit() else 0, checked=draft.checked,
            upload=draft.upload, file=draft.file,
        )  # fmt: skip
        return RedirectResponse(self.shared.address(proposal.id, amended="1", **lang_of(request)), 303)

    # -- also for the API

    async def upload(self, request: Request) -> Upload:
        """What is handed in, bounded while it arrives."""
        most = min(self.site.settings.check_limits().upload_bytes, self.shared.desk.proposals.limits.upload_bytes)
        return await read_upload(request, most, self.site.settings.check_upload_seconds)

    async def read(self, request: Request, upload: Upload, evidence: Evidence, ident: str) -> FileRead:
        """Have the checking service read a file. Problem for one that cannot be read."""
        most = self.shared.desk.proposals.limits.changes
        asked = replace(upload, options={**upload.options, **asked_of(ident, evidence, most)})
        async with self.shared.validation.admitted(request):
            answered = await self.shared.validation.check(request, asked, PROPOSAL)
        problem = unreadable(answered)
        if problem is not None:
            raise problem
        return FileRead(upload, ident, *answer_of(answered.body))

    def draft(self, request: Request, found: FileRead, note: str) -> Draft:
        """The draft of a file that was read."""
        who = request.state.who
        return Draft(
            found.ident, Kind.FILE, found.changes, request_language(request), note=note, author=who.id if who else "",
            file=found.upload.name, upload=found.upload.content, checked=found.checked,
        )  # fmt: skip

    def _page(
        self, request: Request, fields: Mapping[str, list[str]], problem: Problem | None, wrong: tuple[str, ...],
        proposal: Proposal | None = None,
    ) -> Response:  # fmt: skip
        if proposal is None and request.path_params.get("ident"):
            proposal, _ = self.shared.found(request, author=True)
        status = problem.status if problem else 422 if wrong else 200
        response = self.shared.page(
            request, "submission_file.html", status, problem=problem, wrong=wrong, note=one(fields, "note"),
            evidence={"by": one(fields, "evidence"), "page": one(fields, "evidence.page")}, proposal=proposal,
            key=one(fields, "key") or self.forms.new_key(), most_mb=self._most_mb(),
        )  # fmt: skip
        response.headers.update(problem.headers if problem else {})
        return response

    def _most_mb(self) -> int:
        limits = self.shared.desk.proposals.limits
        return max(1, min(self.site.settings.check_limits().upload_bytes, limits.upload_bytes) // 1_000_000)
