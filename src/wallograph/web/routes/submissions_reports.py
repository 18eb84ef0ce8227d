"""An error in one value: a short form of /submissions.

In: thing, predicate, value and source of a value, as the links of every page carry them. Out: the form; then a proposal
that takes the statement back in the sources that make it, with the right value in its place.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from wallograph.curation.filled import (
    Filled,
    Line,
    Said,
    is_source,
    read_line,
    retractions,
    term_of,
)
from wallograph.curation.model import Change, Evidence, Kind
from wallograph.errors import NotFound
from wallograph.iris import parse
from wallograph.model import Field, Form
from wallograph.publish.page_checked import FindingView, in_language
from wallograph.publish.page_form import form_view
from wallograph.publish.page_proposal import LineView, Names, stands_view
from wallograph.web.i18n import request_language
from wallograph.web.routes.submissions_base import CONCEPTS, Submitting
from wallograph.web.routes.submissions_findings import view_of_finding
from wallograph.web.routes.submissions_forms import Forms
from wallograph.web.routes.submissions_input import Fields, evidence_of, one
from wallograph.web.routes.submissions_others import Others, evidence_key
from wallograph.web.routes.submissions_search import options_of

_LONGEST: Final = 6000
_NO_STATEMENT: Final = "submission-not-stated"


@dataclass(frozen=True, slots=True)
class Value:
    """The value that is reported: where it stands, and the field of a form that it belongs to, if one does."""

    said: Said
    field: Field | None
    form: Form | None
    inverse: bool


class Reports:
    """The handlers."""

    def __init__(self, shared: Submitting, forms: Forms) -> None:
        self.shared, self.site = shared, shared.site
        self.others = Others(shared, forms)

    async def error(self, request: Request) -> Response:
        """Report an error in one value."""
        fields = await self.others.fields(request)
        return await run_in_threadpool(self._error, request, fields)

    # -- an error

    def _error(self, request: Request, fields: Fields) -> Response:
        asked = fields or {name: [text] for name, text in request.query_params.items()}
        found = parse(one(asked, "thing")[:300], self.site.base)
        if found is None or found.concept not in CONCEPTS:
            return self.others.error(request, asked, sent=bool(fields))
        value = self._value(request, asked)
        if value is None:
            return self._not_stated(request, asked)
        if not fields:
            chosen = [graph for graph in (one(asked, "graph"),) if graph in value.said.graphs]
            return self._error_page(request, value, {"graph": chosen or list(value.said.graphs)})
        return self._error_sent(request, value, fields)

    def _value(self, request: Request, fields: Fields) -> Value | None:
        """The value, as sources state it; None when none does. NotFound for what cannot be one."""
        thing, predicate = one(fields, "thing"), one(fields, "predicate")
        term = term_of(one(fields, "value")[:_LONGEST])
        found = parse(thing[:300], self.site.base)
        _, graph = self.shared.published(request)
        if found is None or term is None or not graph.iri_like(predicate[:500]):
            raise NotFound("there is no such value")
        iri = f"{self.site.base}/id/{found.concept}/{found.reference}"
        quads = self.site.now().store.quads(NamedNode(iri), NamedNode(predicate), term)
        graphs = {q.graph_name.value for q in quads if not isinstance(q.graph_name, DefaultGraph)}
        stated = tuple(sorted(graph for graph in graphs if is_source(graph, self.site.base)))
        if not stated:
            return None
        form = self.shared.form(request, found.concept) if found.concept in CONCEPTS else None
        fields_ = form.fields if form else ()
        field = next((one for one in fields_ if one.path == predicate and not one.inverse), None)
        return Value(Said(iri, predicate, str(term), stated), field, form, inverse=False)

    def _not_stated(self, request: Request, fields: Fields) -> Response:
        """What no source states is derived or chosen by wallograph: what it follows from is to be corrected."""
        found = parse(one(fields, "thing")[:300], self.site.base)
        _, graph = self.shared.published(request)
        named = None
        if found is not None and found.concept in CONCEPTS:
            iri = f"{self.site.base}/id/{found.concept}/{found.reference}"
            named = graph.named(iri, request_language(request))
        return self.shared.page(request, "submission_error.html", 404, value=None, named=named)

    def _error_sent(self, request: Request, value: Value, fields: Fields) -> Response:
        wanted = one(fields, "find")
        lang = request_language(request)
        evidence = evidence_of(one(fields, "evidence"), one(fields, "evidence.page"))
        graphs = tuple(graph for graph in fields.get("graph", ()) if graph in value.said.graphs)
        text = one(fields, "right")
        right = one(fields, "what") == "right"
        added, found = self._right(value, text, one(fields, "right.lang"), lang) if right and text else ([], [])
        wrong = [] if evidence else [evidence_key(fields)]
        wrong += [] if graphs else ["submission-graph-missing"]
        wrong += ["submission-what-missing"] if one(fields, "what") not in ("gone", "right") else []
        wrong += ["submission-right-missing"] if right and (found or not added) else []
        if wanted or wrong:
            return self._error_page(request, value, fields, () if wanted else wrong, found)
        numbers = count(1)
        filled = Filled(Kind.ERROR, "", value.said.subject, evidence=evidence or Evidence())
        changes = [*retractions(replace(value.said, graphs=graphs), filled, numbers)]
        year = one(fields, "right.year")
        changes += [
            Change(next(numbers), "add", subject, predicate, target, evidence=evidence or Evidence(), year=year)
            for subject, predicate, target in added
        ]
        return self.others.store(request, Kind.ERROR, changes, fields)

    def _right(self, value: Value, text: str, said_in: str, lang: str) -> tuple[list[Any], list[FindingView]]:
        """The statements that the right value makes, and what is not understood of it."""
        said = value.said
        if value.field is None or value.form is None:
            term = term_of(said.object)
            if not isinstance(term, Literal):
                return [], []
            tag = term.language
            new = Literal(text, language=tag) if tag else Literal(text, datatype=term.datatype)
            return [(said.subject, said.predicate, str(new))], []
        line = Line(value.field.key, text, said_in)
        statements, told = read_line(value.form, value.field, line, self.shared.known(), lang, said.subject)
        return statements, [view_of_finding(in_language(one.messages, lang), "violation", one.code) for one in told]

    def _error_page(
        self, request: Request, value: Value, fields: Fields, wrong: Sequence[str] = (),
        found: Sequence[FindingView] = (),
    ) -> Response:  # fmt: skip
        lang = request_language(request)
        _, graph = self.shared.published(request)
        rules = self.shared.rules(request)
        names = Names(graph, rules.words.labels, lang)
        field = None
        if value.form is not None and value.field is not None:
            view = form_view(value.form, partial(self.shared.known().codes), lang)
            shown = [one for _, group in view.groups for one in group]
            field = next((one for one in shown if one.key == value.field.key), None)
        text = one(fields, "right")
        asked = bool(one(fields, "find")) or bool(found)
        options = options_of(self.shared, request, value.field, text, asked=asked) if value.field else ()
        line = LineView(text, one(fields, "right.lang"), one(fields, "right.year"), "", "", options, tuple(found))
        return self.shared.page(
            request, "submission_error.html", 422 if wrong else 200,
            value=stands_view(graph, value.said, value.said.subject, False, lang), said=value.said,
            named=graph.named(value.said.subject, lang), property=names.property(value.said.predicate), field=field,
            line=line, chosen=list(fields.get("graph", ())), what=one(fields, "what"), note=one(fields, "note"),
            evidence={"by": one(fields, "evidence"), "page": one(fields, "evidence.page")}, wrong=wrong,
            places=(), key=one(fields, "key") or secrets.token_urlsafe(24),
        )  # fmt: skip
