"""The code lists: SKOS integrity of every list in `ontology/codes/`, and what each list must hold.

In: the Turtle files and `data/theme-mapping.csv`. Out: nothing; a wrong list fails with the concept's name.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from wallograph import vocab
from wallograph.resources import data_dir, ontology_dir

CODES: Final = ontology_dir() / "codes"
FILES: Final = sorted(CODES.glob("*.ttl"))
LANGUAGES: Final = {"fr", "nl", "de", "en"}
MATCHES: Final = tuple(
    vocab.SKOS + kind for kind in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")
)
TAXONOMY: Final = "http://data4wallonia.com/resource/taxonomy/"
NACE: Final = "http://vocab.belgif.be/auth/nace2025/"
GROUPS: Final = {"education-research", "business-support", "public-sector", "collective"}

# fmt: off
NOTATIONS: Final = {
    "actor-kind": {
        "startup", "scaleup", "spin-off", "company", "game-studio",
        "university", "haute-ecole", "faculty", "institute", "research-unit", "research-centre", "school",
        "training-centre", "incubator", "accelerator", "fund", "hub", "coworking", "living-lab", "fablab",
        "science-park", "business-centre", "knowledge-transfer-office", "public-agency", "authority",
        "network", "cluster", "competitiveness-pole", "federation", "association", "hospital", "media",
        *GROUPS,
    },
    "project-kind": {"research-project", "programme", "initiative", "good-practice"},
    "place-kind": {"region", "province", "arrondissement", "municipality", "locality", "site"},
    "relation-kind": set(vocab.RELATIONS),
    "market": {"b2b", "b2c", "both"},
    "status": {"active", "acquired", "closed", "merged", "renamed", "bankrupt"},
    "qualifier": {"exact", "about", "more-than", "less-than", "at-least", "at-most", "up-to", "announced"},
    "source-role": {"stated", "read", "derived", "register", "proposal", "code-list", "vocabulary"},
    "rule": {
        "themes", "market", "kind-of-name", "site", "inferred-place", "label", "type", "municipality", "province",
        "inverse", "data-set",
    },
}
# fmt: on

Values = list[ox.NamedNode | ox.Literal]


class Scheme:
    """One code list, read from its file: values by subject and property."""

    def __init__(self, path: Path) -> None:
        self.iri = vocab.AUTH + path.stem
        self.path = path
        self.triples = [q.triple for q in ox.parse(path=path)]
        self._values: dict[tuple[str, str], Values] = defaultdict(list)
        for triple in self.triples:
            self._values[triple.subject.value, triple.predicate.value].append(triple.object)

    def values(self, subject: str, prop: str) -> Values:
        return self._values[subject, prop]

    def iris(self, subject: str, prop: str) -> set[str]:
        return {value.value for value in self.values(subject, vocab.SKOS + prop)}

    @property
    def concepts(self) -> list[str]:
        return sorted({s for (s, p), _ in list(self._values.items()) if p == vocab.TYPE and s != self.iri})


def read(name: str) -> Scheme:
    return Scheme(CODES / f"{name}.ttl")


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return Scheme(request.param)


def languages(values: Values) -> Counter[str | None]:
    return Counter(
        value.language for value in values if isinstance(value, ox.Literal) and value.value.strip()
    )


def test_the_lists_are_those_of_the_vocabulary() -> None:
    assert {path.stem for path in FILES} == set(vocab.SCHEMES)


def test_no_blank_node_and_no_foreign_subject(scheme: Scheme) -> None:
    assert not [
        t for t in scheme.triples if isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode)
    ]
    assert {t.subject.value for t in scheme.triples} == {scheme.iri, *scheme.concepts}


def test_the_scheme_has_titles_and_descriptions_in_four_languages(scheme: Scheme) -> None:
    assert [v.value for v in scheme.values(scheme.iri, vocab.TYPE)] == [vocab.CONCEPT_SCHEME]
    for prop in ("title", "description"):
        assert languages(scheme.values(scheme.iri, vocab.DCTERMS + prop)) == dict.fromkeys(LANGUAGES, 1)


def test_each_concept_has_one_notation_that_is_its_iri(scheme: Scheme) -> None:
    for concept in scheme.concepts:
        assert [v.value for v in scheme.values(concept, vocab.TYPE)] == [vocab.CONCEPT]
        (notation,) = scheme.values(concept, vocab.SKOS + "notation")
        assert concept == f"{scheme.iri}/{notation.value}"
        assert re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", notation.value), (
            "no dots: suffixes choose the format"
        )
        assert scheme.iris(concept, "inScheme") == {scheme.iri}


def test_one_preferred_label_per_language_and_no_two_alike(scheme: Scheme) -> None:
    seen: Counter[tuple[str, str | None]] = Counter()
    for concept in scheme.concepts:
        labels = scheme.values(concept, vocab.PREF_LABEL)
        assert languages(labels) == dict.fromkeys(LANGUAGES, 1), concept
        seen.update(
            (label.value.casefold(), label.language) for label in labels if isinstance(label, ox.Literal)
        )
        others = {(v.value, v.language) for v in scheme.values(concept, vocab.SKOS + "altLabel")}
        assert not others & {(v.value, v.language) for v in labels}, f"S13: {concept}"
    assert not [label for label, count in seen.items() if count > 1]


def test_definitions_come_in_four_languages_or_not_at_all(scheme: Scheme) -> None:
    for concept in scheme.concepts:
        found = languages(scheme.values(concept, vocab.SKOS + "definition"))
        assert not found or found == dict.fromkeys(LANGUAGES, 1), concept


def test_broader_and_narrower_are_reciprocal(scheme: Scheme) -> None:
    for concept in scheme.concepts:
        for other in scheme.iris(concept, "broader"):
            assert concept in scheme.iris(other, "narrower"), (concept, other)
        for other in scheme.iris(concept, "narrower"):
            assert concept in scheme.iris(other, "broader"), (concept, other)


def test_top_concepts_are_those_without_broader_both_ways(scheme: Scheme) -> None:
    tops = {concept for concept in scheme.concepts if not scheme.iris(concept, "broader")}
    assert scheme.iris(scheme.iri, "hasTopConcept") == tops
    for concept in scheme.concepts:
        assert scheme.iris(concept, "topConceptOf") == ({scheme.iri} if concept in tops else set()), concept


def ancestors(scheme: Scheme, concept: str) -> Iterator[str]:
    seen: set[str] = set()
    waiting = list(scheme.iris(concept, "broader"))
    while waiting:
        found = waiting.pop()
        if found not in seen:
            seen.add(found)
            yield found
            waiting.extend(scheme.iris(found, "broader"))


def test_no_concept_is_above_itself(scheme: Scheme) -> None:
    for concept in scheme.concepts:
        above = set(ancestors(scheme, concept))
        assert concept not in above
        assert len(above) <= 2, f"at most three levels: {concept}"


def test_matches_point_to_the_two_known_lists_and_once_each(scheme: Scheme) -> None:
    for concept in scheme.concepts:
        found = [value.value for prop in MATCHES for value in scheme.values(concept, prop)]
        assert len(found) == len(set(found)), f"S46: {concept}"
        for iri in found:
            assert re.fullmatch(rf"{TAXONOMY}[a-z0-9-]+|{NACE}[0-9]{{2,5}}", iri), iri
        exact = scheme.iris(concept, "exactMatch")
        assert len(exact) <= 1, f"exact matches are transitive: {concept}"


def test_matches_exist_in_the_shipped_rows_of_the_two_lists() -> None:
    known: set[str] = set()
    for source, column, start in (("digitalwallonia", "slug", TAXONOMY), ("nace", "iri", "")):
        with (data_dir() / "sources" / source / "rows.csv").open(encoding="utf-8", newline="") as file:
            known.update(start + row[column] for row in csv.DictReader(file))
    used = {t.object.value for path in FILES for t in Scheme(path).triples if t.predicate.value in MATCHES}
    assert sorted(used - known) == []


def test_an_exact_match_belongs_to_one_concept() -> None:
    exact = Counter(
        t.object.value
        for path in FILES
        for t in Scheme(path).triples
        if t.predicate.value == vocab.SKOS + "exactMatch"
    )
    assert not [iri for iri, count in exact.items() if count > 1]


@pytest.mark.parametrize("name", NOTATIONS)
def test_a_list_has_exactly_its_codes(name: str) -> None:
    scheme = read(name)
    assert {concept.rpartition("/")[2] for concept in scheme.concepts} == NOTATIONS[name]


@pytest.mark.parametrize("name", ["actor-kind", "project-kind", "place-kind", "relation-kind", "source-role"])
def test_kinds_are_defined(name: str) -> None:
    scheme = read(name)
    for concept in scheme.concepts:
        assert languages(scheme.values(concept, vocab.SKOS + "definition")) == dict.fromkeys(LANGUAGES, 1), (
            concept
        )


def test_groups_of_actor_kinds_group() -> None:
    scheme = read("actor-kind")
    for group in GROUPS:
        assert scheme.iris(vocab.code("actor-kind", group), "narrower")


def test_relation_kinds_name_their_predicate_and_their_inverse() -> None:
    scheme = read("relation-kind")
    for code, predicate in vocab.RELATIONS.items():
        concept = vocab.code("relation-kind", code)
        assert [v.value for v in scheme.values(concept, vocab.WG + "predicate")] == [predicate]
        inverse = scheme.values(concept, vocab.WG + "inverseLabel")
        assert languages(inverse) == dict.fromkeys(LANGUAGES, 1), code
        same = {str(v) for v in inverse} == {str(v) for v in scheme.values(concept, vocab.PREF_LABEL)}
        assert same == (code in vocab.SYMMETRIC), code


def test_themes_are_between_60_and_120_and_mostly_matched() -> None:
    scheme = read("theme")
    matched = [c for c in scheme.concepts if any(scheme.values(c, prop) for prop in MATCHES)]
    assert 60 <= len(scheme.concepts) <= 120
    assert len(matched) >= 2 / 3 * len(scheme.concepts)


def mapping() -> list[dict[str, str]]:
    with (data_dir() / "theme-mapping.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_theme_mapping_is_sorted_and_maps_each_code_once() -> None:
    rows = mapping()
    keys = [(row["list"], row["code"]) for row in rows]
    themes = set(read("theme").concepts)
    assert keys == sorted(set(keys)), "sort data/theme-mapping.csv by list and code, one line per code"
    assert {row["list"] for row in rows} == {"startup", "research"}
    assert not [row for row in rows if vocab.code("theme", row["theme"]) not in themes]


def test_every_code_of_the_shipped_sources_is_mapped() -> None:
    """The tables that carry themes, by the list that their codes come from."""
    tables = {
        "startups": "startup",
        "research-units": "research",
        "projects": "research",
        "practices": "research",
    }
    used: dict[str, set[str]] = {"startup": set(), "research": set()}
    for source, name in tables.items():
        for path in sorted((data_dir() / "sources" / source).glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    used[name].update(
                        code.strip() for code in (row.get("themes") or "").split(";") if code.strip()
                    )
    mapped = {name: {row["code"] for row in mapping() if row["list"] == name} for name in used}
    assert used == mapped


@pytest.mark.parametrize(
    ("startup", "research"),
    [
        ("agritech", "agriculture"),
        ("big-data", "data-science"),
        ("biotech-software", "bioinformatics"),
        ("edtech", "education-technology"),
        ("image-video", "image-processing"),
        ("media", "media-arts"),
        ("mobility", "smart-mobility"),
        ("simulation", "hpc-simulation"),
        ("telecom", "telecommunications"),
        ("artificial-intelligence", "artificial-intelligence"),
    ],
)
def test_two_codes_of_one_meaning_give_one_theme(startup: str, research: str) -> None:
    themes = {(row["list"], row["code"]): row["theme"] for row in mapping()}
    assert themes["startup", startup] == themes["research", research]
