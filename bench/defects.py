"""Defects in the synthetic ecosystem, and what a right engine says of each by `bench/shapes.ttl`.

In: bundles of the generator, a rate. Out: the same bundles, now and then with one defect, and the results that it
must have: (focus, path, component, value, severity), terms in N-Triples form.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final

from bench import ecosystem as eco
from bench.ecosystem import Bundle, concept, number, ref, text, triple
from wallograph import vocab

Row = tuple[str, str | None, str, str | None, str]
Planted = tuple[Bundle, *tuple[Row, ...]]  # the bundle with the defect, and its results
Plant = Callable[[Bundle, str], Planted]


@dataclass(slots=True)
class Planter:
    """Plants defects with a source of chance of its own: without any, the graph has the same bytes as ever."""

    seed: int
    rate: float
    truth: list[Row] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    _chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = Random(f"defects {self.seed}")

    def spoil(self, bundle: Bundle) -> Bundle:
        """The bundle, perhaps with one defect that suits it."""
        if self._chance.random() >= self.rate:
            return bundle
        fits = _fitting(bundle)
        if not fits:
            return bundle
        plant = fits[number(self._chance, len(fits))]
        spoilt, *rows = plant(bundle, bundle[0][0].partition(" ")[0])
        name = plant.__name__
        self.kinds[name] = self.kinds.get(name, 0) + 1
        self.truth += rows
        return spoilt


def _fitting(bundle: Bundle) -> list[Plant]:
    subject = bundle[0][0].partition(" ")[0]
    for start, plants in _PLANTS.items():
        if subject.startswith(start):
            return [plant for plant in plants if _suits(plant, bundle, subject)]
    return []


def _suits(plant: Plant, bundle: Bundle, subject: str) -> bool:
    needed = _NEEDS.get(plant.__name__)
    return needed is None or any(line.startswith(f"{subject} <{needed}> ") for line, _ in bundle)


def _row(focus: str, path: str | None, component: str, value: str | None = None, severity: str = "Violation") -> Row:
    return focus, path, f"{component}ConstraintComponent", value, severity


def _values(bundle: Bundle, subject: str, predicate: str) -> list[str]:
    start = f"{subject} <{predicate}> "
    return list(dict.fromkeys(line[len(start) :] for line, _ in bundle if line.startswith(start)))


def _without(bundle: Bundle, subject: str, predicate: str) -> Bundle:
    start = f"{subject} <{predicate}> "
    return [quad for quad in bundle if not quad[0].startswith(start)]


def _with(bundle: Bundle, subject: str, predicate: str, value: str) -> Bundle:
    return [*bundle, (triple(subject, predicate, value), bundle[0][1])]


def no_label(bundle: Bundle, thing: str) -> Planted:
    """A thing that lost its label."""
    return _without(bundle, thing, vocab.LABEL), _row(thing, vocab.LABEL, "MinCount")


def second_label(bundle: Bundle, thing: str) -> Planted:
    """A thing with two labels."""
    return _with(bundle, thing, vocab.LABEL, text("Autre nom")), _row(thing, vocab.LABEL, "MaxCount")


def year_as_text(bundle: Bundle, thing: str) -> Planted:
    """A founding year without its datatype."""
    clean = _without(bundle, thing, vocab.FOUNDING_DATE)
    value = text("environ 2001")
    return _with(clean, thing, vocab.FOUNDING_DATE, value), _row(thing, vocab.FOUNDING_DATE, "Datatype", value)


def fewer_than_none(bundle: Bundle, thing: str) -> Planted:
    """A negative number of employees."""
    value = text(-5, "integer")
    return _with(bundle, thing, vocab.EMPLOYEES, value), _row(thing, vocab.EMPLOYEES, "MinInclusive", value)


def homepage_as_text(bundle: Bundle, thing: str) -> Planted:
    """A homepage that is a literal; its pattern is right."""
    value = text("https://text.example/")
    clean = _without(bundle, thing, vocab.HOMEPAGE)
    return _with(clean, thing, vocab.HOMEPAGE, value), _row(thing, vocab.HOMEPAGE, "NodeKind", value)


def unknown_place(bundle: Bundle, thing: str) -> Planted:
    """A place that is not in the register."""
    value = ref("place", "99999")
    clean = _without(bundle, thing, vocab.PLACE)
    return _with(clean, thing, vocab.PLACE, value), _row(thing, vocab.PLACE, "Class", value)


def unknown_theme(bundle: Bundle, thing: str) -> Planted:
    """A theme that is not in the list."""
    value = concept("theme", "unheard-of")
    return _with(bundle, thing, vocab.SUBJECT, value), _row(thing, vocab.SUBJECT, "Class", value)


def unknown_kind(bundle: Bundle, thing: str) -> Planted:
    """A kind of actor that is not in the list."""
    value = concept("actor-kind", "guild")
    return _with(bundle, thing, vocab.CLASSIFICATION, value), _row(thing, vocab.CLASSIFICATION, "In", value)


def strange_language(bundle: Bundle, thing: str) -> Planted:
    """A description in a language that is not ours."""
    value = text("Una organización.", lang="es")
    return _with(bundle, thing, vocab.DESCRIPTION, value), _row(thing, vocab.DESCRIPTION, "LanguageIn", value)


def two_descriptions(bundle: Bundle, thing: str) -> Planted:
    """Two descriptions in one language."""
    value = text("Encore une description.", lang="fr")
    return _with(bundle, thing, vocab.DESCRIPTION, value), _row(thing, vocab.DESCRIPTION, "UniqueLang")


def own_partner(bundle: Bundle, thing: str) -> Planted:
    """A partner of itself: found by a query."""
    partner = vocab.RELATIONS["partner-of"]
    return _with(bundle, thing, partner, thing), _row(thing, None, "SPARQL", thing)


def lost_triple(bundle: Bundle, thing: str) -> Planted:
    """Relations without their direct triple: found by a query, and by the count of the path."""
    predicate = vocab.RELATIONS["operated-by"]
    links = [line for line, _ in bundle if line.endswith(f" <{vocab.ST_PREDICATE}> <{predicate}>")]
    rows: list[Row] = []
    for link in dict.fromkeys(line.partition(" ")[0] for line in links):
        (value,) = _values(bundle, link, vocab.ST_OBJECT)
        rows.append(_row(link, None, "SPARQL", value))
    return _without(bundle, thing, predicate), *rows, _row(thing, predicate, "MinCount")


def no_theme(bundle: Bundle, thing: str) -> Planted:
    """A project without a theme: a warning."""
    return _without(bundle, thing, vocab.SUBJECT), _row(thing, vocab.SUBJECT, "MinCount", severity="Warning")


def nothing_spent(bundle: Bundle, thing: str) -> Planted:
    """A budget of zero."""
    value = text("0", "decimal")
    return _with(bundle, thing, vocab.BUDGET, value), _row(thing, vocab.BUDGET, "MinExclusive", value)


def ill_typed_budget(bundle: Bundle, thing: str) -> Planted:
    """A budget in words: of no datatype, and not above nothing.

    The shape has no sh:maxInclusive: pySHACL finds nothing there, though `max >= "beaucoup"` is an error in SPARQL and
    so "does not return true" (SHACL 4.3.4).
    """
    value = text("beaucoup", "decimal")
    rows = [_row(thing, vocab.BUDGET, name, value) for name in ("Datatype", "MinExclusive")]
    return _with(bundle, thing, vocab.BUDGET, value), *rows


def swapped_coordinates(bundle: Bundle, thing: str) -> Planted:
    """Latitude and longitude that changed places."""
    (latitude,), (longitude,) = (_values(bundle, thing, each) for each in (vocab.LATITUDE, vocab.LONGITUDE))
    clean = _without(_without(bundle, thing, vocab.LATITUDE), thing, vocab.LONGITUDE)
    spoilt = _with(_with(clean, thing, vocab.LATITUDE, longitude), thing, vocab.LONGITUDE, latitude)
    low = _row(thing, vocab.LATITUDE, "MinInclusive", longitude)
    return spoilt, low, _row(thing, vocab.LONGITUDE, "MaxInclusive", latitude)


def no_value(bundle: Bundle, thing: str) -> Planted:
    """A figure without its value."""
    return _without(bundle, thing, vocab.VALUE), _row(thing, vocab.VALUE, "MinCount")


def page_of_ours(bundle: Bundle, thing: str) -> Planted:
    """A source derived from a thing of ours instead of a page."""
    value = ref("source", "page-0")
    return _with(bundle, thing, vocab.DERIVED_FROM, value), _row(thing, vocab.DERIVED_FROM, "Not", value)


def _any(first: str) -> str:
    """How the terms begin whose first is this one: all but its number."""
    return first.rstrip("0123456789>")


_ACTOR: Final[tuple[Plant, ...]] = (
    no_label, second_label, year_as_text, homepage_as_text, unknown_place, unknown_theme, unknown_kind,
    strange_language, two_descriptions,
)  # fmt: skip
_PLANTS: Final[dict[str, tuple[Plant, ...]]] = {
    _any(eco.actor("startup", 0)): (*_ACTOR, fewer_than_none),
    _any(eco.actor("company", 0)): (*_ACTOR, fewer_than_none, own_partner),
    _any(eco.actor("unit", 0)): _ACTOR,
    _any(ref("project", "project-0")): (
        no_label, second_label, lost_triple, no_theme, nothing_spent, ill_typed_budget,
    ),
    _any(eco.place(0)): (swapped_coordinates,),
    _any(ref("figure", "figure-0")): (no_value,),
    _any(ref("source", "page-0")): (page_of_ours,),
}  # fmt: skip
_NEEDS: Final = {"swapped_coordinates": vocab.LATITUDE, "two_descriptions": vocab.DESCRIPTION}
