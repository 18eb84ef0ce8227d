"""The rules as a document: /rules, made from the shapes, with an anchor for each rule.

In: a request. Out: a page in the visitor's language. The shapes themselves, as RDF, stand at /ns/shapes.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from wallograph.iris import rebase
from wallograph.model import Form
from wallograph.publish.page_rules import RulesPage, rules_view
from wallograph.resources import ontology_dir
from wallograph.validate.forms import Words, forms_of, read_words
from wallograph.validate.shapes import Shapes, load_shapes
from wallograph.web.i18n import request_language
from wallograph.web.site import Site


@dataclass(frozen=True)
class Rules:
    """The rules of one base, read once."""

    shapes: Shapes
    forms: tuple[Form, ...]
    words: Words
    wrong: dict[str, str]
    right: tuple[str, ...]


def rules_of(app: FastAPI, base: str) -> Rules:
    """The shapes, forms and examples on a base, kept by the application."""
    return kept(app, ("rules", base), partial(_read, base))


def kept(app: FastAPI, key: tuple[str, ...], make: Any) -> Any:
    """Something that is made once and kept as long as the application lives; the keys are few."""
    found: dict[tuple[str, ...], Any] | None = getattr(app.state, "rules_kept", None)
    if found is None:
        found = app.state.rules_kept = {}
    if key not in found:
        found[key] = make()
    return found[key]


def _read(base: str) -> Rules:
    shapes = load_shapes(base)
    examples = ontology_dir() / "examples"
    texts = {
        folder: {file.stem: rebase(file.read_text(encoding="utf-8"), base) for file in files}
        for folder, files in (
            ("invalid", sorted((examples / "invalid").glob("*.t*"))),
            ("valid", sorted((examples / "valid").glob("*.t*"))),
        )
    }
    return Rules(shapes, forms_of(shapes), read_words(base), texts["invalid"], tuple(texts["valid"].values()))


def rules(request: Request) -> Response:
    """All rules in words, by kind of thing and field."""
    site: Site = request.app.state.site
    lang = request_language(request)
    found = rules_of(request.app, site.base)
    page: RulesPage = kept(
        request.app,
        ("page", site.base, lang),
        lambda: rules_view(
            found.shapes.triples, found.forms, found.words.labels, found.wrong, found.right, site.base, lang
        ),
    )
    return site.render("rules.html", request, lang=lang, page=page)


def router() -> APIRouter:
    """The route of the page."""
    routes = APIRouter()
    routes.add_route("/rules", rules, methods=["GET"], include_in_schema=False)
    return routes
