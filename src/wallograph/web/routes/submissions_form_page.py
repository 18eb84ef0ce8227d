"""The page of a proposal's form: what is said now, what was filled in, and what was found beside each line.

In: what a form is about, and the form as it was read. Out: the page.
"""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from wallograph.curation.draft import Checked
from wallograph.curation.filled import Line, LineId, Said, Understood, is_dated
from wallograph.curation.model import Evidence, Kind, Proposal
from wallograph.model import Form
from wallograph.publish.page_checked import FindingView
from wallograph.publish.page_form import form_view
from wallograph.publish.page_graph import PageGraph
from wallograph.publish.page_proposal import LineView, ProposalForm, proposal_form, sorted_stands, stands_view
from wallograph.web.i18n import request_language
from wallograph.web.routes.rules import kept
from wallograph.web.routes.submissions_base import Submitting
from wallograph.web.routes.submissions_findings import findings_by_line, view_of_finding
from wallograph.web.routes.submissions_input import Fields, Sent, one
from wallograph.web.routes.submissions_search import options_of
from wallograph.web.routes.validate_form import _places

_NOT_ASKED: Final = frozenset({"stated-for", "label"})


@dataclass(frozen=True, slots=True)
class Target:
    """What a form is about: a kind of proposal, a kind of thing, and the thing; `part` is "links" for links alone."""

    kind: Kind
    concept: str
    thing: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A form that was read."""

    sent: Sent
    understood: Understood
    checked: Checked
    said: Sequence[Said]


class FormPages:
    """Makes the page."""

    def __init__(self, shared: Submitting) -> None:
        self.shared, self.site = shared, shared.site

    def page(
        self, request: Request, target: Target, read: Read, fields: Fields, proposal: Proposal | None = None
    ) -> Response:
        lang = request_language(request)
        _, graph = self.shared.published(request)
        form = self.shared.form(request, target.concept)
        page = self._view(request, target, read, one(fields, "find"), form, graph)
        known, sent = self.shared.known(), read.sent
        places = kept(request.app, ("places", self.site.base, lang), partial(_places, known, lang))
        asked = bool(fields) and not one(fields, "find")
        nothing = [] if read.understood.changes else ["submission-nothing"]
        wrong = [*sent.wrong, *nothing] if asked else []
        named = graph.named(target.thing, lang) if target.thing else None
        return self.shared.page(
            request, "submission_form.html", 422 if wrong or (asked and read.understood.unread) else 200,
            form=page, target=target, named=named, note=sent.note, wrong=wrong, places=places, asked=asked,
            evidence=_shown_evidence(fields, sent.filled.evidence), conforms=read.checked.conforms,
            unread=read.understood.unread, changes=len(read.understood.changes),
            proposal=proposal, key=one(fields, "key") or secrets.token_urlsafe(24), found=one(fields, "find"),
            version=one(fields, "version") or (proposal.version if proposal else 0),
        )  # fmt: skip

    def _view(
        self, request: Request, target: Target, read: Read, wanted: str, form: Form, graph: PageGraph
    ) -> ProposalForm:
        lang, known = request_language(request), self.shared.known()
        codes = partial(known.codes)
        base = form_view(form, codes, lang)
        by_line, loose = findings_by_line(read.understood, read.checked, form, lang)
        for ident in read.sent.wrong_pages:
            text = self.site.messages(lang, "submission-evidence-line")
            by_line.setdefault(ident, []).append(view_of_finding(text, "violation"))
        lines = self._lines(request, read, wanted, form, by_line)
        stands, others = self._stands(graph, target, read, form, lang)
        without = set(_NOT_ASKED)
        if target.part == "links":
            without |= {field.key for field in form.fields if not field.relation}
        dated = frozenset(field.key for field in form.fields if is_dated(field, self.site.base))
        return proposal_form(base, lines, stands, dated, loose, others, frozenset(without))

    def _lines(
        self, request: Request, read: Read, wanted: str, form: Form,
        by_line: Mapping[LineId, Sequence[FindingView]],
    ) -> dict[str, list[LineView]]:  # fmt: skip
        lines: dict[str, list[LineView]] = defaultdict(list)
        fields = {field.key: field for field in form.fields}
        for line in read.sent.filled.lines:
            number = len(lines[line.key])
            field = fields.get(line.key)
            if field is None:
                continue
            ident = (line.key, number)
            asked = wanted == f"{line.key}.{number}" or ident in read.understood.unread
            options = options_of(self.shared, request, field, line.text, asked=asked)
            lines[line.key].append(_line_view(line, options, by_line.get(ident, ())))
        return dict(lines)

    def _stands(
        self, graph: PageGraph, target: Target, read: Read, form: Form, lang: str
    ) -> tuple[dict[str, list[Any]], list[Any]]:
        """What is said now, by field; and what has no field."""
        found: dict[str, list[Any]] = defaultdict(list)
        others = []
        for said in read.said:
            view = stands_view(graph, said, target.thing, said.token in read.sent.filled.drops, lang)
            inverse = said.subject != target.thing
            key = next((f.key for f in form.fields if f.path == said.predicate and f.inverse == inverse), "")
            if key:
                found[key].append(view)
            elif not target.part:
                others.append((graph.named(said.predicate, lang), view))
        return {key: sorted_stands(views) for key, views in found.items()}, others


def _line_view(line: Line, options: Sequence[tuple[str, str]], found: Sequence[FindingView]) -> LineView:
    evidence = line.evidence or Evidence("")
    return LineView(
        line.text, line.lang, line.year, evidence.kind, evidence.page, tuple(options), tuple(found)
    )


def _shown_evidence(fields: Fields, evidence: Evidence) -> dict[str, str]:
    """The usual evidence as it was sent, even when it was none."""
    if "evidence" in fields or "evidence.page" in fields:
        return {"by": one(fields, "evidence"), "page": one(fields, "evidence.page")}
    if fields:
        return {"by": "", "page": ""}
    return {"by": evidence.kind if evidence.page else "", "page": evidence.page}
