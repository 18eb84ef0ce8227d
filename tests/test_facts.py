"""Named facts of the shipped tables, each asked of the published graph with the page that says so.

In: facts read from the tables by hand: subject, predicate, value, page. Out: whether the graph of that page says it,
in the right role (stated, read by wallograph, register), and whether what disagrees stands side by side.
"""

from typing import NamedTuple

import pytest
from pyoxigraph import Literal, NamedNode

from wallograph import vocab
from wallograph.iris import thing
from wallograph.release.state import Release
from wallograph.store.embedded import ReadStore, Term

PROVENANCE = thing("source", "provenance")
LALIBRE = "https://www.lalibre.be"
REGIONAL = "https://regional-it.be"
CONFLICT_200 = (
    f"{LALIBRE}/dernieres-depeches/2023/06/21/visite-detat-neerlandaise-les-souverains-visitent-lentreprise-wallonne-"
    "de-satellites-aerospacelab-SKKRJJZTNNCZPFX54QHWC4R2C4/"
)
CONFLICT_2017 = (
    f"{LALIBRE}/economie/entreprises-startup/la-start-up-wallonne-aerospacelab-lance-son-premier-satellite-depuis-cap-"
    "canaveral-60d4c5dc9978e26ce1ab75e3"
)
GAMING1 = (
    "https://www.lecho.be/entreprises/divertissement/Emmanuel-Mewissen-CEO-de-Gaming1-Nous-sommes-reconnus-pour-notre-"
    "centre-de-competences-numeriques/10357925"
)
OS_ARTIFICIEL = (
    "https://www.levif.be/actualite/sante/l-os-artificiel-imprime-en-3d-une-revolution-therapeutique/"
    "article-normal-1288481.html"
)
HLO_LEVIF = (
    "https://www.levif.be/actualite/positif/technologie-musicale-la-success-story-de-la-start-up-vervietoise-herrmutt-"
    "lobby/article-normal-1113473.html"
)
HLO_LECHO = (
    "https://www.lecho.be/dossier/siliconbelgium/Prends-garde-Bruxelles-la-Cite-ardente-pourrait-bien-te-faire-de-l-"
    "ombre/9990463"
)
NADI = f"{REGIONAL}/portrait/nadi-namur-digital-institute-institut-de-recherche-ict-numerique-pluridisciplinaire"
NADI_AGENDA = "https://agenda.unamur.be/nouvelles/upnews.2021-10-07.1287062570"
MONTEFIORE = "https://www.montefiore.uliege.be/cms/c_3729271/en/montefiore-montefiore-institute"
CETIC_GOSSELIES = f"{REGIONAL}/2020/06/29/rapprochement-operationnel-entre-le-cetic-et-infopole"
CETIC_CHARLEROI = (
    "https://jeuneafrique.com/24867/economie-entreprises/simon-alexandre-nous-voulons-favoriser-le-transfert-d-"
    "expertises-vers-le-sud"
)
MULTITEL = (
    "https://ec.europa.eu/regional_policy/en/projects/belgium/advanced-telecommunications-strong-signals-for-hainaut"
)
HUB_CAROLO = (
    "https://www.lesoir.be/434929/article/2022-04-07/un-hub-dinnovation-pour-regenerer-loutil-industriel-carolo"
)
ATELIER_6000 = (
    f"{LALIBRE}/dernieres-depeches/2023/09/28/la-transformation-du-pole-technologique-carolo-devrait-debuter-au-"
    "printemps-2024-2TBTGN3XOBC4FLAUKPYGGFUDJQ/"
)
RELANCE = (
    "https://www.regional-it.be/2021/02/02/les-projets-teintes-de-numerique-retenus-par-le-plan-de-relance-et-de-"
    "resilience/"
)
FUSION = (
    "https://trends.levif.be/economie/politique-economique/we-wallonie-entreprendre-fusion-historique-entre-la-sogepa-"
    "la-sowalfin-et-la-sriw-pour-stimuler-l-economie-wallonne/article-normal-1619257.html"
)
RAW_ACCENTS = (
    "http://www.lesoir.be/188307/article/actualite/regions/namur-luxembourg/2013-02-12/luxembourg-d%C3%A9veloppement-"
    "cr%C3%A9e-ou-conforte-l%E2%80%99emploi"
)
ROADSTEP = "https://123dok.net/document/yr3jdk6o-university-mons-key-player-field.html"
AGTECH = (
    "https://trends.levif.be/economie/entreprises/idelux-a-coache-10-start-up-specialisees-dans-les-nouvelles-"
    "technologies-agricoles/article-news-1170727.html"
)
AMOS = (
    "https://www.rtl.be/actu/magazine/science-nature/amos-decroche-un-nouveau-contrat-pour-le-developpement-du-futur-"
    "telescope-geant/2024-06-24/article/683440"
)
RTBF_BENUTS = (
    "https://www.rtbf.be/article/made-in-belgium-a-la-hulpe-l-entreprise-benuts-au-c-ur-du-boom-des-effets-speciaux-au-"
    "cinema-11259118"
)
PRESS_325 = (
    "http://www.lalibre.be/economie/libre-entreprise/voici-le-portrait-robot-des-325-start-up-numeriques-wallonnes-"
    "59f0c05fcd70ccab36b61059"
)
PRESS_300 = (
    "https://www.lecho.be/dossier/siliconbelgium/Plus-fort-que-la-French-Tech-la-Wallonie-numerique-affiche-son-"
    "identite-regionale/9990982"
)
PRESS_423 = "https://www.institut-destree.eu/2021-03-15_chronique-economique_didier-paquot.html"


class Fact(NamedTuple):
    """A fact as a row has it: `subject` is concept/reference; `page` the page of the row or of its evidence."""

    subject: str
    predicate: str
    value: str | NamedNode | Literal
    page: str
    role: str = "stated"


def node(short: str) -> NamedNode:
    """A thing by concept and reference.

    >>> node("actor/cetic").value
    'http://localhost:8000/id/actor/cetic'
    """
    return NamedNode(thing(*short.split("/")))


def kind(scheme: str, code: str) -> NamedNode:
    return NamedNode(vocab.code(scheme, code))


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(vocab.XSD + datatype))


def year(text: str) -> Literal:
    return typed(text, "gYear")


FUNDED, SUPPORTED = vocab.RELATIONS["funded-by"], vocab.RELATIONS["supported-by"]
PART_OF, PARTNER_OF = vocab.RELATIONS["part-of"], vocab.RELATIONS["partner-of"]
PARTICIPATES, LOCATED = vocab.RELATIONS["participates-in"], vocab.RELATIONS["located-in"]
FACTS = [
    # startups, with their evidence, aliases and conflicts
    Fact("actor/3d-side", PARTNER_OF, node("actor/cerhum"), OS_ARTIFICIEL),
    Fact("actor/3d-side", vocab.PLACE, node("place/louvain-la-neuve"), OS_ARTIFICIEL),
    Fact("actor/3d-side", vocab.SUBJECT, kind("theme", "3d-printing"), OS_ARTIFICIEL, "read"),
    Fact("actor/hlo", vocab.ALTERNATE_NAME, Literal("Herrmutt Lobby"), HLO_LEVIF),
    Fact("actor/hlo", vocab.PLACE, node("place/63079"), HLO_LEVIF),
    Fact("actor/hlo", vocab.PLACE, node("place/62063"), HLO_LECHO),
    Fact("actor/hlo", vocab.MARKET, kind("market", "b2c"), HLO_LEVIF, "read"),
    Fact("actor/amos", vocab.EMPLOYEES, typed("100", "integer"), AMOS),
    Fact("actor/aerospacelab", vocab.FOUNDING_DATE, year("2018"), CONFLICT_200),
    Fact("actor/aerospacelab", vocab.FOUNDING_DATE, year("2017"), CONFLICT_2017),
    Fact("actor/gaming1", vocab.EMPLOYEES, typed("1380", "integer"), GAMING1),
    # research units
    Fact("actor/institut-montefiore", vocab.FOUNDING_DATE, year("1883"), MONTEFIORE),
    Fact("actor/institut-montefiore", vocab.CLASSIFICATION, kind("actor-kind", "research-unit"), MONTEFIORE),
    Fact("actor/institut-montefiore", PART_OF, node("actor/universite-de-liege"), MONTEFIORE),
    Fact("actor/institut-montefiore", vocab.KEYWORDS, Literal("systems and control"), MONTEFIORE),
    Fact("actor/institut-montefiore", vocab.SUBJECT, kind("theme", "machine-learning"), MONTEFIORE, "read"),
    Fact("actor/multitel", vocab.FOUNDING_DATE, year("1999"), MULTITEL),
    # actors and links
    Fact("actor/a6k-e6k", vocab.ALTERNATE_NAME, Literal("Atelier 6000", language="fr"), ATELIER_6000),
    Fact("actor/a6k-e6k", FUNDED, node("project/plan-de-relance-de-la-wallonie"), HUB_CAROLO),
    Fact("actor/sogepa", PART_OF, node("actor/wallonie-entreprendre"), FUSION),
    Fact("actor/luxembourg-developpement", FUNDED, node("actor/region-wallonne"), RAW_ACCENTS),
    Fact("actor/center-for-operations-research-and-econometrics-uclouvain", FUNDED, node("actor/ford-foundation"),
         "https://uclouvain.be/fr/node/17384"),
    # projects and practices
    Fact("project/roadstep", vocab.BUDGET, typed("220319", "decimal"), ROADSTEP),
    Fact("project/a6k-e6k-plan-de-relance", vocab.BUDGET, typed("105000000", "decimal"), RELANCE),
    Fact("actor/idelux-developpement", PARTICIPATES, node("project/agtech-summer-camp"), AGTECH),
    # the second collection
    Fact("actor/centre-de-recherches-en-information-droit-et-societe", PART_OF,
         node("actor/namur-digital-institute"), NADI),
    Fact("actor/namur-digital-institute", vocab.NAME, Literal("NaDI - Namur Digital Institute"), NADI),
    Fact("actor/namur-digital-institute", vocab.PLACE, node("place/92094"), NADI, "read"),
    # registers and places
    Fact("actor/universite-de-liege", vocab.ROR_ID, Literal("00afp2z80"), "https://ror.org/", "register"),
    Fact("actor/ares", vocab.ENTERPRISE_NUMBER, Literal("0546740696"), "https://github.com/Fedict/dcattools",
         "register"),
    Fact("actor/spw-economie-emploi-recherche", vocab.ESTABLISHMENT_NUMBER, Literal("2204325790"),
         "https://github.com/Fedict/dcattools", "register"),
    Fact("place/82039", vocab.LABEL, Literal("Bastnach", language="de"),
         "http://vocab.belgif.be/auth/refnis2025", "register"),
    Fact("place/56016", vocab.PROVINCE, node("place/50000"), "https://www.cowallonia.be/coworking-zone-rurale/"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(shipped: Release) -> ReadStore:
    return ReadStore(shipped.store_path)


def provenance(store: ReadStore, graph: Term, predicate: str) -> set[str]:
    """What the description of a source says."""
    quads = store.quads(NamedNode(graph.value), NamedNode(predicate), None, NamedNode(PROVENANCE))
    return {quad.object.value for quad in quads}


def said(store: ReadStore, fact: Fact) -> set[tuple[str, frozenset[str]]]:
    """Who says a fact: the role of each source and its pages, of a reading the pages that were read."""
    quads = store.quads(node(fact.subject), NamedNode(fact.predicate), fact.value)
    found = set()
    for graph in {quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)}:
        pages = provenance(store, graph, vocab.DERIVED_FROM)
        if any("/id/source/" in page for page in pages):
            pages = set().union(*(provenance(store, NamedNode(page), vocab.DERIVED_FROM) for page in pages))
        roles = {role.rsplit("/", 1)[1] for role in provenance(store, graph, vocab.SOURCE_ROLE)}
        found |= {(role, frozenset(pages)) for role in roles}
    return found


def name_of(fact: Fact) -> str:
    return f"{fact.subject}-{fact.predicate.rsplit('/', 1)[-1].rsplit('#', 1)[-1]}-{getattr(fact.value, 'value', '')}"


@pytest.mark.parametrize("fact", FACTS, ids=name_of)
def test_the_page_of_the_fact_says_so(fact: Fact, store: ReadStore) -> None:
    assert (fact.role, frozenset({fact.page})) in said(store, fact)


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.role == "read"], ids=name_of)
def test_what_was_read_into_a_page_is_not_stated_by_it(fact: Fact, store: ReadStore) -> None:
    assert ("stated", frozenset({fact.page})) not in said(store, fact)


# -- what disagrees stands side by side


def values(store: ReadStore, subject: str, predicate: str) -> dict[str, set[str]]:
    """Values of a thing with the pages that state them (a register counts as its page)."""
    found: dict[str, set[str]] = {}
    for quad in store.quads(node(subject), NamedNode(predicate)):
        if isinstance(quad.graph_name, NamedNode):
            pages = provenance(store, quad.graph_name, vocab.DERIVED_FROM)
            found.setdefault(quad.object.value.rsplit("/", 1)[-1], set()).update(pages)
    return found


def test_nadi_was_founded_in_three_years(store: ReadStore) -> None:
    found = values(store, "actor/namur-digital-institute", vocab.FOUNDING_DATE)
    assert found == {"2016": {NADI_AGENDA}, "2018": {NADI}, "2019": {"https://ror.org/"}}


def test_cetic_is_in_gosselies_and_in_charleroi(store: ReadStore) -> None:
    found = values(store, "actor/cetic", vocab.PLACE)
    assert found == {"gosselies": {CETIC_GOSSELIES}, "52011": {CETIC_CHARLEROI, "https://ror.org/"}}


def test_the_row_and_the_page_that_says_otherwise_both_stand(store: ReadStore) -> None:
    found = values(store, "actor/gaming1", vocab.EMPLOYEES)
    assert set(found) == {"1380", "1500"}
    assert found["1380"] == {GAMING1}
    assert GAMING1 not in found["1500"]  # of the two pages of the row only the other one can say so


def test_figures_clash_and_show_their_page(store: ReadStore) -> None:
    rows = store.rows(
        """PREFIX wg: <http://localhost:8000/ns/wallograph#> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?value ?qualifier ?end ?page WHERE {
            GRAPH ?source { ?figure wg:value ?value ; wg:qualifier ?qualifier ; wg:periodEnd ?end ; wg:source ?source }
            GRAPH <http://localhost:8000/id/source/provenance> { ?source prov:wasDerivedFrom ?page } }"""
    )
    found = {
        (row["value"].value, row["qualifier"].value.rsplit("/", 1)[1], row["end"].value, row["page"].value)
        for row in rows
    }
    assert ("325", "exact", "2017", PRESS_325) in found
    assert ("300", "more-than", "2018", PRESS_300) in found
    assert ("423", "exact", "2020", PRESS_423) in found


# -- traps


def test_the_region_funds_as_an_organisation_and_lies_there_as_a_place(store: ReadStore) -> None:
    funders = {quad.object for quad in store.quads(predicate=NamedNode(FUNDED))}
    assert node("actor/region-wallonne") in funders
    assert not [funder for funder in funders if "/id/place/" in getattr(funder, "value", "")]
    spw = {quad.subject for quad in store.quads(predicate=NamedNode(vocab.ROR_ID), object=Literal("0215gxf82"))}
    assert spw == {node("actor/spw")}


def test_liege_is_a_city_and_a_province(store: ReadStore) -> None:
    levels = NamedNode(vocab.PROJECT_KIND)
    assert store.quads(node("place/62063"), levels, kind("place-kind", "municipality"))
    assert store.quads(node("place/60000"), levels, kind("place-kind", "province"))
    seats = {quad.object for quad in store.quads(predicate=NamedNode(vocab.PLACE))}
    assert node("place/62063") in seats and node("place/60000") not in seats


@pytest.mark.parametrize("page", [ROADSTEP, "http://ae.dev.wallonia.be/fr/categories/vivre?page=100"])
def test_copies_are_marked(page: str, store: ReadStore) -> None:
    sources = store.quads(None, NamedNode(vocab.DERIVED_FROM), NamedNode(page), NamedNode(PROVENANCE))
    single = [q.subject for q in sources if len(provenance(store, q.subject, vocab.DERIVED_FROM)) == 1]
    assert single
    assert all(provenance(store, source, vocab.IS_COPY) == {"true"} for source in single)


def test_pages_are_addresses_in_plain_characters(store: ReadStore) -> None:
    pages = {
        quad.object.value for quad in store.quads(None, NamedNode(vocab.DERIVED_FROM), None, NamedNode(PROVENANCE))
    }
    assert len(pages) > 1_000
    assert all(page.isascii() and page.startswith(("http://", "https://")) for page in pages)


def test_noise_of_the_federal_list_is_no_name(store: ReadStore) -> None:
    for noise in ("Huwise", "TBC", "Opendatasoft", "Telraam"):
        assert not store.quads(object=Literal(noise)) and not store.quads(object=Literal(noise, language="fr"))


def test_a_withdrawn_record_says_nothing_of_the_organisation(store: ReadStore) -> None:
    closed = store.quads(None, NamedNode(vocab.STATUS), kind("status", "closed"), node("source/ror"))
    assert not closed


def test_predecessors_are_things_of_their_own(store: ReadStore) -> None:
    heir = node("actor/wallonie-entreprendre")
    merged = {quad.subject.value.rsplit("/", 1)[1] for quad in store.quads(None, NamedNode(PART_OF), heir)}
    assert {"societe-regionale-d-investissement-de-wallonie", "sogepa", "sowalfin"} <= merged
    names = {quad.object.value for quad in store.quads(heir, NamedNode(vocab.ALTERNATE_NAME))}
    assert not names & {"SRIW", "Sogepa", "Sowalfin"}


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "stated_for", "page"),
    [
        ("actor/amos", vocab.EMPLOYEES, "100", "2024", AMOS),
        ("actor/amos", vocab.STATUS, "acquired", "2024", AMOS),
        ("actor/benuts", vocab.EMPLOYEES, "80", "2023", RTBF_BENUTS),
        ("actor/sogepa", PART_OF, "wallonie-entreprendre", "2023", FUSION),
        ("actor/a6k-e6k", FUNDED, "plan-de-relance-de-la-wallonie", "2022", HUB_CAROLO),
    ],
)
def test_what_is_dated_keeps_its_year(
    subject: str, predicate: str, value: str, stated_for: str, page: str, store: ReadStore
) -> None:
    rows = store.rows(
        """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX wg: <http://localhost:8000/ns/wallograph#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?s ?p ?page ?o ?year WHERE {
            GRAPH <http://localhost:8000/id/source/provenance> { ?source prov:wasDerivedFrom ?page }
            GRAPH ?source { ?link rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; wg:statedFor ?year } }""",
        s=node(subject), p=NamedNode(predicate), page=NamedNode(page),
    )  # fmt: skip
    assert (value, stated_for) in {(row["o"].value.rsplit("/", 1)[-1], row["year"].value) for row in rows}
