"""Undoing: an entry is reverted, a release is rolled back; and what needs attention.

In: requests of curators (of a publisher, for a rollback). Out: pages that say what would happen, and what is in the
way; after it, 303 to the entry.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from wallograph.curation.history import History
from wallograph.curation.publisher_status import publisher_status
from wallograph.curation.rollback import roll_back, way_back
from wallograph.errors import Conflict, InputError, NotFound, StateError
from wallograph.iris import rebase
from wallograph.publish.page_history import entry_view, proposed_names
from wallograph.publish.page_proposal import Names
from wallograph.release.state import Release, State
from wallograph.web.errors import problem_of
from wallograph.web.i18n import request_language
from wallograph.web.routes.history import entry_values
from wallograph.web.routes.review_base import Reviewing, number_in
from wallograph.web.routes.review_input import one
from wallograph.web.routes.rules import rules_of
from wallograph.web.routes.validate_input import read_fields

LISTS: Final = ("moot", "changed", "held", "decisions")
_FILE: Final = "retractions.json"
_MOST: Final = 200


class Entries:
    """The handlers."""

    def __init__(self, shared: Reviewing) -> None:
        self.shared, self.site = shared, shared.site
        self._history: History | None = None

    def _told(self, request: Request, number: int) -> Any:
        if self._history is None:
            self._history = History(self.shared.desk)
        values = entry_values(self._history.told(number))
        published, lang = self.site.now(), request_language(request)
        graph = published.pages
        fresh = {k: v for k, v in proposed_names(values["changes"]).items() if graph.label(k, lang) is None}
        return entry_view(values, Names(graph, rules_of(request.app, published.base).words.labels, lang, fresh))

    # -- an entry

    def entry(self, request: Request) -> Response:
        """What reverting an entry would do, and what goes first."""
        return self._entry(request, number_in(str(request.path_params["number"]), "entry"))

    def _entry(self, request: Request, number: int, told: Exception | None = None, status: int = 200) -> Response:
        reverts = self.shared.review.reverts
        view, cannot = self._told(request, number), reverts.why_not(number)
        builders = [] if cannot else [(self._told(request, b.entry.number), b.how) for b in reverts.builders(number)]
        effect = reverts.preview(number) if not cannot and not builders else None
        return self.shared.page(
            request, "review_entry.html", status, step=view, cannot=cannot, builders=builders, effect=effect,
            problem=problem_of(told) if told else None, done=request.query_params.get("done", ""),
        )  # fmt: skip

    async def revert(self, request: Request) -> Response:
        """Revert an entry."""
        fields = await read_fields(request, 50_000, self.site.settings.check_upload_seconds)
        return await run_in_threadpool(self._revert, request, fields)

    def _revert(self, request: Request, fields: Mapping[str, list[str]]) -> Response:
        number = number_in(str(request.path_params["number"]), "entry")
        try:
            done = self.shared.review.reverts.revert(number, request.state.who, why=one(fields, "why"))
        except (Conflict, InputError) as error:
            return self._entry(request, number, error, problem_of(error).status)
        return self.shared.to(request, f"/review/entries/{done.entry.number}", done="reverted")

    # -- a release

    def release(self, request: Request) -> Response:
        """What going back to a release would do."""
        return self._release(request, number_in(str(request.path_params["number"]), "release"))

    def _release(self, request: Request, number: int, told: Exception | None = None, status: int = 200) -> Response:
        problem, patch = problem_of(told) if told else None, None
        try:
            patch = way_back(self.site.state, number)
        except InputError as error:
            problem = problem or problem_of(error)
        return self.shared.page(
            request, "review_release.html", status, number=number, patch=patch, problem=problem,
            numbers=self.site.state.numbers()[-20:],
        )  # fmt: skip

    async def rollback(self, request: Request) -> Response:
        """Go back to a release."""
        fields = await read_fields(request, 50_000, self.site.settings.check_upload_seconds)
        return await run_in_threadpool(self._rollback, request, fields)

    def _rollback(self, request: Request, fields: Mapping[str, list[str]]) -> Response:
        number = number_in(str(request.path_params["number"]), "release")
        decisions, why = self.shared.review.decisions, one(fields, "why")
        try:
            done = roll_back(decisions, self.site.state, number, request.state.who, why=why)
        except (Conflict, InputError) as error:
            return self._release(request, number, error, problem_of(error).status)
        return self.shared.to(request, f"/review/entries/{done.entry.number}", done="rolled-back")

    # -- attention

    def attention(self, request: Request) -> Response:
        """Entries that cannot be published, retractions that became moot or whose source changed."""
        published = self.site.now()
        found = attention(self.site.state, published.release)
        status = publisher_status(self.shared.desk.db)
        return self.shared.page(request, "review_attention.html", status=200, found=found, publisher=status)


def attention(state: State, current: Release) -> dict[str, list[dict[str, Any]]]:
    """What the last edition lists to be looked at again, on the base of the installation."""
    try:
        edition = state.get(int(current.manifest.get("edition") or current.number))
    except NotFound:
        edition = current
    path = edition.folder / _FILE
    if not path.is_file():
        return {name: [] for name in LISTS}
    try:
        said = json.loads(rebase(path.read_text(encoding="utf-8"), current.base))
        return {name: list(said.get(name, ()))[:_MOST] for name in LISTS}
    except (ValueError, AttributeError, TypeError) as error:
        raise StateError(f"{_FILE} of release {edition.number} cannot be read") from error
