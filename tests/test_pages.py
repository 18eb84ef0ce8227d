"""The pages for people: what stands on them, in four languages, and what must never stand on them."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from browser.serving import served
from ecosystem import ecosystem_app
from wallograph.publish.page_graph import safe_href
from wallograph.publish.page_search import MOST_PAGES
from wallograph.vocab import LANGUAGES
from wallograph.web.i18n import MESSAGES

THINGS = (
    "/doc/actor/uliege", "/doc/actor/montefiore", "/doc/actor/evil", "/doc/project/startech", "/doc/event/kikk",
    "/doc/place/60000", "/doc/place/62063", "/doc/link/l2", "/doc/value/v1", "/doc/figure/f2", "/doc/figure/ecosystem",
    "/doc/source/lesoir-be-1", "/doc/source/lesoir-be-1-read", "/doc/source/derived-label",
    "/auth/theme/artificial-intelligence", "/auth/actor-kind/startup", "/auth/actor-kind", "/ns/wallograph",
    "/ns/shapes",
)  # fmt: skip
LISTS = (
    "/", "/search", "/search?q=univ", "/kinds", "/kinds/startup", "/themes", "/places", "/projects", "/events",
    "/figures", "/sources", "/sources?role=stated", "/code-lists", "/about", "/about/problems", "/dump/",
)  # fmt: skip


@contextmanager
def asking(app: FastAPI) -> Iterator[httpx.Client]:
    """A client of an application that really serves."""
    with served(app) as address, httpx.Client(base_url=address) as found:
        yield found


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with asking(ecosystem_app(tmp_path_factory.mktemp("state"))) as found:
        yield found


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Code lists and vocabulary, and not one fact."""
    with asking(ecosystem_app(tmp_path_factory.mktemp("empty"), facts=False)) as found:
        yield found


def source(client: httpx.Client, path: str, lang: str = "fr") -> str:
    answer = client.get(path, params={"lang": lang} if "?" not in path else None,
                        headers={"Accept": "text/html", "Accept-Language": lang})  # fmt: skip
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.text


def words(text: str) -> str:
    """The text of a page as a reader sees it."""
    plain = re.sub(r"<[^>]+>", " ", text)
    return re.sub(r"\s+", " ", html.unescape(plain)).replace("\u00a0", " ").replace("\u202f", " ")


def section(text: str, heading: str) -> str:
    """The part of a page from the element with this id to the end of its section."""
    start = text.index(f'id="{heading}"')
    return words(text[start - 1 : text.index("</section>", start)]).partition(">")[2]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", THINGS + LISTS)
def test_every_page_is_whole_in_every_language(client: httpx.Client, path: str, lang: str) -> None:
    text = source(client, path, lang)
    assert f'<html lang="{lang}">' in text
    assert text.rstrip().endswith("</html>")
    assert text.count("<h1") == 1
    for wrong in ("undefined", "Undefined", ">None<", "{{", "{ $"):
        assert wrong not in text
    text = text.replace('<script type="application/ld+json">', "")  # data, never run
    assert not re.search(r"<(?:script|style)\b|\sstyle=|\son[a-z]+=", text)


def test_the_four_languages_have_the_same_texts() -> None:
    keys = {
        lang: set(re.findall(r"^([a-z][\w-]*) =", (MESSAGES / lang / "pages.ftl").read_text("utf-8"), re.M))
        for lang in LANGUAGES
    }
    assert keys["fr"] == keys["nl"] == keys["de"] == keys["en"]
    assert len(keys["fr"]) > 200


def test_an_actor_shows_its_links_in_both_directions_with_who_says_so(client: httpx.Client) -> None:
    text = source(client, "/doc/actor/uliege")
    outgoing, incoming = section(text, "rel-participates-in"), section(text, "rel-spin-off-of-in")
    assert "Startech's Days" in outgoing and "wsl.be" in outgoing
    assert "a pour spin-off" in incoming and "Phasya" in incoming
    assert "2010, 2014" in incoming  # two sources, two years
    assert "lesoir.be" in incoming and "rtc.be" in incoming and "et 1 autre source" in incoming
    assert 'href="https://www.rtc.be/video/1"' in text
    assert 'href="/doc/link/l2?lang=fr"' in text
    other = section(source(client, "/doc/actor/phasya"), "rel-spin-off-of")
    assert "Université de Liège" in other


def test_a_symmetric_relation_is_one_group(client: httpx.Client) -> None:
    text = source(client, "/doc/actor/montefiore")
    assert 'id="rel-partner-of"' in text and 'id="rel-partner-of-in"' not in text
    assert section(text, "rel-partner-of").count("Phasya") == 3  # and "why", "report" for screen readers


def test_values_that_disagree_stand_side_by_side(client: httpx.Client) -> None:
    found = section(source(client, "/doc/actor/uliege"), "conflict-title")
    assert "1816" in found and "1817" in found
    assert "5 400" in found and "5 700" in found
    assert found.count("lesoir.be") >= 2 and found.count("uliege.be") >= 2
    assert 'id="conflict-title"' not in source(client, "/doc/actor/phasya")


def test_what_is_read_is_not_called_stated(client: httpx.Client) -> None:
    found = section(source(client, "/doc/actor/montefiore"), "themes-title")
    assert "Intelligence artificielle" in found and "lu par wallograph" in found
    assert "Selon" not in found
    assert "https://www.lesoir.be/1" in source(client, "/doc/actor/montefiore")


def test_the_start_page_asks_questions_that_lead_to_answers(client: httpx.Client) -> None:
    text = source(client, "/")
    found = section(text, "questions-title")
    assert "Intelligence artificielle" in found and "Université de Liège" in found and "spin-off" in found
    assert 'href="/doc/actor/uliege?lang=fr#rel-spin-off-of-in"' in text
    assert 'id="rel-spin-off-of-in"' in source(client, "/doc/actor/uliege")


def test_what_came_out_of_a_university_stands_before_its_partners(client: httpx.Client) -> None:
    text = source(client, "/doc/actor/uliege")
    assert text.index('id="rel-spin-off-of-in"') < text.index('id="rel-participates-in"')


def test_dates_are_written_for_people(client: httpx.Client) -> None:
    assert re.search(r"\b\d{1,2} [a-zéû]+ 20\d\d\b", words(source(client, "/sources?role=all&lang=fr")))
    assert "1 mars 2026" in words(source(client, "/about")) and "1 March 2026" in words(source(client, "/about", "en"))


def test_the_pages_of_one_publisher(client: httpx.Client) -> None:
    text = source(client, "/sources?publisher=lesoir.be&lang=fr")
    assert "/doc/source/lesoir-be-1" in text and "/doc/source/rtc-be" not in text
    assert 'class="empty"' in source(client, "/sources?publisher=%3Cscript%3E&lang=fr")


def test_unknown_is_called_not_recorded(client: httpx.Client) -> None:
    found = words(source(client, "/doc/actor/precise"))
    assert "non renseigné" in found
    assert "n’existe pas" not in found


def test_identifiers_elsewhere_are_links(client: httpx.Client) -> None:
    text = source(client, "/doc/actor/uliege")
    assert 'href="https://ror.org/00afp2z80"' in text
    assert 'href="http://www.wikidata.org/entity/Q203580"' in text
    assert 'href="https://org.belgif.be/id/CbeRegisteredEntity/0325777171"' in text
    assert "0325.777.171" in text


def test_all_formats_and_the_citation_are_there(client: httpx.Client) -> None:
    text = source(client, "/doc/actor/uliege")
    for suffix in ("ttl", "jsonld", "nt", "rdf", "trig", "nq"):
        assert f'href="/doc/actor/uliege.{suffix}"' in text
    found = section(text, "cite-title")
    assert "http://localhost:8000/id/actor/uliege" in found and "2026-03-01" in found
    assert re.search(r"[0-9a-f]{64}", found)


def test_units_of_other_universities_on_the_same_theme(client: httpx.Client) -> None:
    found = section(source(client, "/doc/actor/montefiore"), "related-title")
    assert "PReCISE" in found and "Université de Namur" in found
    assert 'id="related-title"' not in source(client, "/doc/actor/phasya")


def test_a_theme_shows_units_by_university(client: httpx.Client) -> None:
    found = words(source(client, "/auth/theme/artificial-intelligence"))
    assert "Université de Liège" in found and "Institut Montefiore" in found and "Phasya" in found


def test_a_place_counts_what_lies_in_it(client: httpx.Client) -> None:
    found = words(source(client, "/doc/place/60000"))
    assert "Université de Liège" in found and "Région wallonne" in found
    assert "Lüttich" in words(source(client, "/doc/place/62063", "de"))


def test_a_label_that_falls_back_says_its_language(client: httpx.Client) -> None:
    text = source(client, "/places", "de")
    assert re.search(r'<bdi lang="fr">Amay</bdi> <abbr class="tag"[^>]*>fr</abbr>', text)


def test_why_are_two_things_linked(client: httpx.Client) -> None:
    found = words(source(client, "/doc/link/l2"))
    assert "Phasya" in found and "Université de Liège" in found
    assert "lesoir.be" in found and "rtc.be" in found  # everyone who says the same


def test_published_figures_stand_beside_what_the_graph_holds(client: httpx.Client) -> None:
    for path in ("/", "/figures", "/doc/figure/f2"):
        found = words(source(client, path))
        assert "300" in found and "325" in found and "lalibre.be" in found
        assert "Dites « start-up » par une page" in found


def test_a_figure_is_shown_with_its_wording_and_on_the_page_of_what_it_is_about(client: httpx.Client) -> None:
    assert "Start-up numériques actives" in words(source(client, "/doc/figure/f1"))
    found = section(source(client, "/doc/actor/unamur"), "figures-title")
    assert "325" in found and "lalibre.be" in found


def test_a_source_shows_its_page_role_and_statements(client: httpx.Client) -> None:
    found = words(source(client, "/doc/source/lesoir-be-1"))
    assert "https://www.lesoir.be/2" in found and "l’une de ces pages" in found and "Phasya" in found
    assert "copie" in words(source(client, "/doc/source/mirror-1"))


def test_the_vocabulary_has_an_anchor_for_each_term(client: httpx.Client) -> None:
    text = source(client, "/ns/wallograph", "nl")
    assert 'id="spinOffOf"' in text and 'id="Relation"' in text


def test_search_finds_by_acronym_and_offers_facets(client: httpx.Client) -> None:
    text = source(client, "/search?q=ulg")
    assert "Université de Liège" in words(text)
    assert 'href="/search?q=ulg&amp;kind=university"' in text
    narrowed = source(client, "/search?q=ulg&kind=university&lang=fr")
    assert 'href="/search?lang=fr&amp;q=ulg"' in narrowed  # the way out of the filter
    assert "Phasya" in words(source(client, "/search?q=phazya"))


def test_search_answers_programs_in_json(client: httpx.Client) -> None:
    answer = client.get("/search", params={"q": "Phasya"}, headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    assert "Accept" in answer.headers["vary"]
    assert answer.json()["results"][0]["iri"] == "http://localhost:8000/id/actor/phasya"
    assert client.get("/search", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("number", ["0", "-1", "x", "٣", "99999", "99999999999999"])
def test_a_page_number_that_makes_no_sense_gives_a_page(client: httpx.Client, number: str) -> None:
    for path in ("/kinds/startup", "/sources", "/search", "/figures"):
        assert client.get(path, params={"page": number, "q": ""}, headers={"Accept": "text/html"}).status_code == 200
    assert MOST_PAGES > 1


@pytest.mark.parametrize("code", ["nothing", "a b", "<x>", "%00"])
def test_an_unknown_kind_is_not_found(client: httpx.Client, code: str) -> None:
    assert client.get(f"/kinds/{code}", headers={"Accept": "text/html"}).status_code in (404, 400)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/search?q=nothing-like-that", "/kinds", "/places", "/projects", "/events",
                                  "/figures", "/sources", "/dump/", "/auth/theme/artificial-intelligence"])  # fmt: skip
def test_every_list_says_when_it_is_empty(empty: httpx.Client, path: str, lang: str) -> None:
    text = source(empty, path, lang)
    assert 'class="empty"' in text
    assert f'<html lang="{lang}">' in text


def test_only_web_addresses_become_links(client: httpx.Client) -> None:
    for path in ("/doc/actor/evil", "/doc/source/mirror-1"):
        text = source(client, path)
        assert not re.search(r'href="\s*(?:javascript|data|vbscript):', text, re.I)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text
    assert "<bdi>abc\u202edcba</bdi>" in source(client, "/doc/actor/evil")


UNSAFE = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", " https://x.be", "https:x", "https://", "//x.be",
    "java\tscript:1", 'https://x.be/"onx', "ftp://x.be",
)  # fmt: skip


@pytest.mark.parametrize("iri", UNSAFE)
def test_unsafe_addresses_are_refused(iri: str) -> None:
    assert safe_href(iri) is None


def test_language_switch_keeps_path_and_query(client: httpx.Client) -> None:
    text = source(client, "/search?q=univ")
    assert re.search(r'href="/search\?q=univ&amp;lang=nl" hreflang="nl"', text)
    assert 'href="/kinds?lang=nl"' in source(client, "/doc/actor/uliege", "nl")  # and links carry it on


def test_the_trial_base_is_not_for_reuse(client: httpx.Client, tmp_path: Path) -> None:
    assert "Ne pas réutiliser" in source(client, "/")
    assert 'name="robots"' in source(client, "/")
    base = "https://data.example.org/graph"
    with asking(ecosystem_app(tmp_path, base)) as elsewhere:
        text = elsewhere.get("/about", headers={"Accept": "text/html", "Accept-Language": "fr"}).text
        assert "Ne pas réutiliser" not in text and 'name="robots"' not in text
        assert 'href="/graph/themes"' in text
        page = elsewhere.get("/doc/actor/uliege", headers={"Accept": "text/html", "Accept-Language": "fr"}).text
        assert "https://data.example.org/graph/id/actor/uliege" in page and "localhost" not in page
        assert 'href="/graph/doc/actor/phasya"' in page and "2010, 2014" in page
