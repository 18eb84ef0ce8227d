"""What all handlers of /review share: the review of this installation, a proposal as it is shown, people, pages.

In: the application's parts. Out: `Reviewing`. Who may ask what stands in `web/rights.py`.
"""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wallograph.accounts.model import Role
from wallograph.curation.draft import ID, Checked
from wallograph.curation.model import DECIDED, OPEN, Kind, Proposal
from wallograph.curation.review import Review
from wallograph.curation.showing import show_difference
from wallograph.errors import NotFound, StateError
from wallograph.publish.labels import Named
from wallograph.publish.page_history import proposed_names
from wallograph.publish.page_proposal import Names
from wallograph.publish.page_review import MOST, Group, effects_view, groups
from wallograph.web.errors import Problem
from wallograph.web.i18n import LANGUAGES, request_language
from wallograph.web.published import Published
from wallograph.web.routes.rules import rules_of
from wallograph.web.routes.submissions_findings import number_of, outcome_views
from wallograph.web.site import Site

PRIVATE: Final = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}
_CHECKED: Final = 2000  # statements that are checked again whenever they are shown


class Reviewing:
    """What the handlers use."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._review: Review | None = None

    @property
    def review(self) -> Review:
        """The review of the installation."""
        if self._review is None:
            if self.site.desk is None:
                raise StateError("nothing is reviewed here: there is no state folder")
            self._review = Review(
                self.site.desk, second=self.site.settings.second_kinds(), opened=self.site.store
            )
        return self._review

    @property
    def desk(self) -> Any:
        """The desk of the installation."""
        return self.review.desk

    def found(self, request: Request) -> Proposal:
        """The proposal of the path; 404."""
        ident = str(request.path_params["ident"])
        if not ID.fullmatch(ident):
            raise Problem(404, "not-found", headers=PRIVATE)
        found: Proposal = self.desk.proposals.get(ident)
        return found

    def published(self, request: Request) -> Published:
        """The current release."""
        return self.site.now()

    # -- a proposal

    def names(self, request: Request, proposal: Proposal) -> Names:
        """Names of all that a proposal speaks of."""
        published = self.site.now()
        graph, lang = published.pages, request_language(request)
        proposed = proposed_names([change.values() for change in proposal.changes])
        fresh = {iri: name for iri, name in proposed.items() if graph.label(iri, lang) is None}
        return Names(graph, rules_of(request.app, published.base).words.labels, lang, fresh)

    def difference(self, proposal: Proposal) -> dict[str, Any]:
        """What a proposal would do to what stands now."""
        return show_difference(self.review, proposal)

    def outcome(self, proposal: Proposal) -> Mapping[str, Any]:
        """The findings now; of very large proposals those of the last check."""
        if proposal.state not in OPEN:
            return {}
        if len(proposal.changes) > _CHECKED:
            stored: dict[str, Any] = self.desk.proposals.outcome(proposal.id)
            return stored
        return self.checked(proposal).outcome

    def checked(self, proposal: Proposal) -> Checked:
        """The rules, on what stands now."""
        return self.review.check(proposal, self.review.standing())

    def shown(
        self, request: Request, proposal: Proposal, taken: frozenset[int] | None = None
    ) -> dict[str, Any]:
        """All that the page of a decision shows of a proposal."""
        lang, names = request_language(request), self.names(request, proposal)
        outcome, difference = self.outcome(proposal), self.difference(proposal)
        by_number: dict[int, list[Any]] = {}
        rules: dict[str, dict[str, Any]] = {}
        for values, view in outcome_views(outcome, lang):
            number = number_of(values, proposal.changes)
            by_number.setdefault(number, []).append(view)
            fresh = {"name": view.rule_name or view.message, "things": set(), "wrong": False}
            rule = rules.setdefault(view.code, fresh)
            rule["things"].add(values.get("subject", ""))
            rule["wrong"] = rule["wrong"] or view.severity == "violation"
        values_of = [change.values() for change in proposal.changes[:MOST]]
        found: list[Group] = groups(values_of, names, by_number, difference, taken)
        return {
            "groups": found, "loose": by_number.get(0, []), "rules": rules, "counts": difference["counts"],
            "effects": effects_view(difference, lang, names.graph.href), "head": difference["head"],
            "hidden": max(0, len(proposal.changes) - MOST), "outcome": outcome,
        }  # fmt: skip

    def title(self, request: Request, proposal: Proposal) -> Named:
        """What a proposal is about, in a name."""
        if proposal.kind is Kind.FILE or not proposal.changes:
            return Named("", proposal.file or proposal.id)
        return self.names(request, proposal).thing(proposal.changes[0].subject)

    # -- people

    def people(self) -> dict[str, str]:
        """Those who decide, by opaque id: only they read these names."""
        accounts = self.site.people().accounts.all()
        return {
            account.id: account.name or account.login
            for account in accounts
            if account.role.rank >= Role.CURATOR.rank and not account.disabled
        }

    # -- pages

    def page(self, request: Request, template: str, status: int = 200, **data: Any) -> Response:
        """A page that nobody keeps and no crawler lists."""
        keep = request_language(request) if request.query_params.get("lang", "").lower() in LANGUAGES else ""
        response = self.site.render(template, request, status=status, keep=keep, **data)
        response.headers.update(PRIVATE)
        return response

    def to(self, request: Request, path: str, **query: Any) -> Response:
        """On to another page of the desk, in the same language."""
        lang = request.query_params.get("lang", "").lower()
        address = self.site.url(path, **query, **({"lang": lang} if lang in LANGUAGES else {}))
        return RedirectResponse(address, 303, PRIVATE)


def is_decided(proposal: Proposal) -> bool:
    """Whether nothing is left to decide."""
    return proposal.state in DECIDED


def number_in(text: str, what: str) -> int:
    """A number as a path or field gives it; NotFound for any other text."""
    if text.isascii() and text.isdigit() and len(text) < 10 and not text.startswith("0"):
        return int(text)
    raise NotFound(f"there is no such {what}")
