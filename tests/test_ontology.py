"""The own vocabulary: every term that code, shapes and lists use is declared, every declared term is used.

In: `ontology/**/*.ttl`, `src/**/*.{py,rq}`, the JSON-LD context. Out: a missing term fails with its name.
"""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from wallograph import vocab
from wallograph.resources import ontology_dir

ONTOLOGY: Final = ontology_dir()
FILE: Final = ONTOLOGY / "wallograph.ttl"
SOURCE: Final = Path(vocab.__file__).resolve().parent
IRI: Final = vocab.WG.removesuffix("#")
LANGUAGES: Final = dict.fromkeys(("fr", "nl", "de", "en"), 1)
NEAREST: Final = {
    vocab.RDFS + "subPropertyOf",
    vocab.RDFS + "subClassOf",
    *(vocab.SKOS + kind for kind in ("exactMatch", "closeMatch", "broadMatch", "relatedMatch")),
}
KINDS: Final = {
    vocab.OWL + kind for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
}
RULE_TERMS: Final = {vocab.WG + name for name in ("SourceGraph", "judgedPer", "overrides")}  # only in shapes
DOMAIN: Final = (vocab.RDFS + "domain", vocab.SCHEMA + "domainIncludes")
RANGE: Final = (vocab.RDFS + "range", vocab.SCHEMA + "rangeIncludes")


def _read() -> dict[str, list[ox.Triple]]:
    found: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in ox.parse(path=FILE):
        found[quad.subject.value].append(quad.triple)
    return found


BY_SUBJECT: Final = _read()
TERMS: Final = sorted(subject for subject in BY_SUBJECT if subject.startswith(vocab.WG))


def _objects(term: str, *props: str) -> list[ox.NamedNode | ox.Literal]:
    return [triple.object for triple in BY_SUBJECT[term] if triple.predicate.value in props]


def _in_turtle(path: Path) -> set[str]:
    terms = (term for quad in ox.parse(path=path) for term in quad.triple)
    return {t.value for t in terms if isinstance(t, ox.NamedNode) and t.value.startswith(vocab.WG)}


def _in_code() -> dict[str, set[str]]:
    used: dict[str, set[str]] = defaultdict(set)
    for path in sorted(SOURCE.rglob("*.rq")):
        for name in re.findall(r"(?<![\w-])wg:(\w+)", path.read_text(encoding="utf-8")):
            used[vocab.WG + name].add(path.name)
    for path in sorted(SOURCE.rglob("*.py")):
        for name in re.findall(r'\bWG \+ "(\w+)"', path.read_text(encoding="utf-8")):
            used[vocab.WG + name].add(path.name)
    return used


def _in_constants() -> set[str]:
    values = [v for v in vars(vocab).values() if isinstance(v, str)] + list(vocab.RELATIONS.values())
    return {value for value in values if value.startswith(vocab.WG) and value != vocab.WG}


def _in_ontology() -> dict[str, set[str]]:
    used: dict[str, set[str]] = defaultdict(set)
    for path in sorted(ONTOLOGY.rglob("*.ttl")):
        if path != FILE and "examples" not in path.parts:
            for term in _in_turtle(path):
                used[term].add(path.name)
    return used


def test_the_ontology_is_versioned_titled_and_licensed() -> None:
    assert [v.value for v in _objects(IRI, vocab.TYPE)] == [vocab.OWL + "Ontology"]
    (version,) = _objects(IRI, vocab.OWL + "versionInfo")
    (version_iri,) = _objects(IRI, vocab.OWL + "versionIRI")
    assert version_iri.value == f"{IRI}/{version.value.replace('.', '-')}", (
        "no dots: suffixes choose the format"
    )
    for prop in ("title", "description"):
        assert Counter(v.language for v in _objects(IRI, vocab.DCTERMS + prop)) == LANGUAGES
    assert [v.value for v in _objects(IRI, vocab.LICENSE)] == ["https://creativecommons.org/licenses/by/4.0/"]


def test_only_own_terms_are_declared_and_without_blank_nodes() -> None:
    assert set(BY_SUBJECT) == {IRI, *TERMS}
    assert not [t for triples in BY_SUBJECT.values() for t in triples if isinstance(t.object, ox.BlankNode)]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(vocab.WG))
def test_a_term_is_labelled_defined_and_tied_to_the_nearest_known_term(term: str) -> None:
    assert {v.value for v in _objects(term, vocab.TYPE)} & KINDS
    assert Counter(v.language for v in _objects(term, vocab.LABEL)) == LANGUAGES
    assert Counter(v.language for v in _objects(term, vocab.SKOS + "definition")) == LANGUAGES
    assert [v.value for v in _objects(term, vocab.RDFS + "isDefinedBy")] == [IRI]
    nearest = {v.value for v in _objects(term, *NEAREST)}
    assert nearest
    assert not [iri for iri in nearest if iri.startswith(vocab.WG)]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(vocab.WG))
def test_a_property_says_its_intended_domain_and_range(term: str) -> None:
    types = {v.value for v in _objects(term, vocab.TYPE)}
    if vocab.OWL + "Class" in types:
        return
    assert _objects(term, *DOMAIN)
    ranges = {v.value for v in _objects(term, *RANGE)}
    assert ranges
    literal = {iri for iri in ranges if iri.startswith(vocab.XSD)}
    assert (ranges == literal) == (vocab.OWL + "DatatypeProperty" in types)
    for props in (DOMAIN, RANGE):
        assert len(_objects(term, props[0])) <= 1, "several rdfs:domain or rdfs:range mean their intersection"


def test_every_term_in_code_shapes_and_lists_is_declared() -> None:
    used = {**_in_ontology(), **_in_code(), **{term: {"vocab.py"} for term in _in_constants()}}
    missing = {term: files for term, files in used.items() if term not in BY_SUBJECT}
    assert not missing, f"declare them in {FILE.name}: {missing}"


def test_every_declared_term_is_used() -> None:
    used = set(_in_ontology()) | set(_in_code()) | _in_constants()
    assert [term for term in TERMS if term not in used] == []


def test_symmetric_relations_are_declared_so() -> None:
    declared = {
        t for t in TERMS if vocab.OWL + "SymmetricProperty" in {v.value for v in _objects(t, vocab.TYPE)}
    }
    assert declared == {vocab.RELATIONS[code] for code in vocab.SYMMETRIC}


def test_reused_terms_have_names_in_four_languages() -> None:
    labels: dict[str, Counter[str | None]] = defaultdict(Counter)
    for quad in ox.parse(path=ONTOLOGY / "labels.ttl"):
        assert quad.predicate.value == vocab.LABEL
        labels[quad.subject.value][quad.object.language] += 1
    assert {term: found for term, found in labels.items() if found != LANGUAGES} == {}
    constants = {v for v in vars(vocab).values() if isinstance(v, str)} | set(vocab.RELATIONS.values())
    known = {v for v in constants if v.startswith("http") and v[-1] not in "#/"}
    own = {v for v in known if v.startswith(vocab.DEFAULT_BASE)}
    assert sorted(known - own - set(labels)) == []


def test_the_context_names_every_term_and_only_known_ones() -> None:
    context = json.loads((ONTOLOGY / "context" / "v1.jsonld").read_text(encoding="utf-8"))["@context"]
    named: set[str] = set()
    for name, value in context.items():
        target = value["@id"] if isinstance(value, dict) else value
        if isinstance(target, str) and ":" in target and not target.startswith("http"):
            prefix, _, local = target.partition(":")
            assert prefix in context, name
            named.add(context[prefix] + local)
    assert context["wg"] == vocab.WG
    assert set(TERMS) - named == RULE_TERMS
    assert {iri for iri in named if iri.startswith(vocab.WG)} <= set(TERMS)
    assert set(vocab.RELATIONS.values()) <= named
