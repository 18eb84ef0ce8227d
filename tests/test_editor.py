"""The editor of /sparql in a real browser, on the shipped graph: completion, views, permalink, keyboard, no script."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.axe import problems
from browser.serving import browser, served
from wallograph.release.state import Release, State
from wallograph.settings import Settings
from wallograph.store.embedded import ReadStore
from wallograph.store.limits import Limits
from wallograph.store.starting import start_service
from wallograph.web.app import create_app
from wallograph.web.assets import built_assets
from wallograph.web.i18n import LANGUAGES
from wallograph.web.site import STATIC

PREFIXES = (
    "PREFIX wg: <http://localhost:8000/ns/wallograph#> PREFIX org: <http://www.w3.org/ns/org#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
SPIN_OFFS = PREFIXES + "SELECT ?company ?origin WHERE { ?company wg:spinOffOf ?origin } LIMIT 40"
KINDS = PREFIXES + (
    "SELECT ?kind (COUNT(DISTINCT ?a) AS ?actors) WHERE { ?a org:classification ?kind } GROUP BY ?kind"
)
LARGEST = 1_200_000  # bytes of all scripts



@pytest.fixture(scope="module")
def address(shipped_state: State, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the shipped graph, with its query service."""
    socket = tmp_path_factory.mktemp("q") / "s"
    limits = Limits(seconds=20.0, memory_bytes=512 << 20, result_bytes=20_000_000)
    with start_service(shipped_state.root, socket, limits) as running:
        app = create_app(Settings(state=shipped_state.root), query_client=running.client)
        with served(app) as found:
            yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


class Watched:
    """A page, and what it asked for and complained about."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page, self.address = context.new_page(), address
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "blob:")):
            self.elsewhere.append(request.url)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        """Open a path and wait for the editor."""
        self.page.goto(self.address + path)
        self.page.wait_for_selector(".cm-editor[data-ready]")
        return self.page

    def write(self, query: str) -> None:
        """Put a query into the editor, as from the clipboard."""
        self.page.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(query)

    def run(self, query: str) -> None:
        """Put a query into the editor and run it."""
        self.write(query)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Control+Enter")


@pytest.fixture
def seen(chromium: Browser, address: str) -> Iterator[Watched]:
    """A page that must stay without complaints, and ask nothing of anybody else."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    watched = Watched(context, address)
    yield watched
    context.close()
    assert watched.elsewhere == []
    assert watched.complaints == []


def test_the_editor_keeps_the_content_security_policy(seen: Watched) -> None:
    page = seen.open("/sparql")
    answer = httpx.get(seen.address + "/sparql", headers={"Accept": "text/html"})
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "<style" not in answer.text
    assert page.locator(".cm-line").count() > 3
    sheets = page.evaluate("document.adoptedStyleSheets.reduce((n, s) => n + s.cssRules.length, 0)")
    assert sheets > 50  # the editor's own look came in without an inline style


def test_the_bundles_are_small_and_free_of_addresses_to_load_from(seen: Watched) -> None:
    seen.open("/sparql")
    scripts = list((STATIC / "built").glob("*.js"))
    assert 0 < sum(file.stat().st_size for file in scripts) < LARGEST
    for file in scripts:
        assert "cdn." not in file.read_text("utf-8")


def test_completion_offers_the_properties_of_the_class_with_their_counts(seen: Watched, shipped: Release) -> None:
    counted = ReadStore(shipped.store_path).rows(
        PREFIXES + "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a org:Organization ; wg:province ?p }"
    )
    n = int(counted[0]["n"].value)
    page = seen.open("/sparql")
    seen.write("SELECT * WHERE {\n  ?x a org:Organization ; ")
    page.keyboard.press("Control+Space")
    offers = page.locator(".cm-tooltip-autocomplete li")
    expect(offers.filter(has_text="wg:province")).to_contain_text(f"Province · {n}")
    assert offers.filter(has_text="wg:nisCode").count() == 0  # organisations have none
    page.keyboard.type("provi")
    page.keyboard.press("Enter")
    text = page.locator(".cm-content").inner_text()
    assert "PREFIX wg: <http://localhost:8000/ns/wallograph#>" in text
    assert "wg:province" in text


def test_completion_offers_values_by_name(seen: Watched) -> None:
    page = seen.open("/sparql?lang=fr")
    for written, sought, offered in (
        ("?x wg:province ", "namur", "Province de Namur"),
        ("?x dcterms:subject ", "cyber", "theme:cybersecurity"),
        ("?x a ", "projet", "schema:Project"),
        ("?x wg:spinOffOf ", "namur", "actor:"),
    ):
        seen.write("SELECT * WHERE { " + written)
        page.keyboard.type(sought)
        expect(page.locator(".cm-tooltip-autocomplete li", has_text=offered).first).to_be_visible()
        page.keyboard.press("Escape")


def test_an_answer_is_a_table_with_short_links(seen: Watched) -> None:
    page = seen.open("/sparql")
    seen.run(SPIN_OFFS)
    rows = page.locator("#answer table.results tbody tr")
    expect(rows).to_have_count(40)
    link = rows.first.locator("a").first
    expect(link).to_contain_text("actor:")
    assert str(link.get_attribute("href")).startswith("http://localhost:8000/id/actor/")
    expect(page.locator(".answer-summary")).to_contain_text("Rows: 40")
    expect(page.locator(".answer-summary")).to_contain_text("release 1")
    page.get_by_role("button", name="company").click()
    expect(page.locator("th").first).to_have_attribute("aria-sort", "ascending")
    page.get_by_label("Show names").check()
    expect(rows.first.locator(".cell-name").first).to_be_visible()


def test_chart_map_graph_and_raw_are_drawn(seen: Watched) -> None:
    page = seen.open("/sparql")
    seen.run(KINDS)
    page.get_by_role("tab", name="Chart").click()
    page.wait_for_selector("[data-drawn=chart]")
    assert page.locator(".chart-bar").count() > 10
    expect(page.locator(".chart-name").first).not_to_contain_text("actor-kind:")
    seen.run(SPIN_OFFS)
    page.get_by_role("tab", name="Map").click()
    page.wait_for_selector("[data-drawn=map]")
    assert page.locator("path.outline").count() >= 5
    assert page.locator("path.dot").count() > 3
    page.get_by_role("tab", name="Graph").click()
    page.wait_for_selector("[data-drawn=graph]")
    assert int(str(page.locator(".graph").get_attribute("data-nodes"))) > 20
    assert page.locator(".graph canvas").count() > 0
    page.get_by_role("tab", name="Raw").click()
    assert json.loads(page.locator(".raw").inner_text())["head"]["vars"] == ["company", "origin"]


def test_a_construct_is_triples_and_a_graph(seen: Watched) -> None:
    page = seen.open("/sparql")
    seen.run(PREFIXES + "CONSTRUCT { ?a wg:spinOffOf ?b } WHERE { ?a wg:spinOffOf ?b } LIMIT 9")
    expect(page.locator(".answer-summary")).to_contain_text("Triples: 9")
    expect(page.locator("table.results tbody tr")).to_have_count(9)
    page.get_by_role("tab", name="Graph").click()
    page.wait_for_selector("[data-drawn=graph]")


def test_latitude_and_longitude_make_a_map(seen: Watched) -> None:
    page = seen.open("/sparql")
    seen.run(
        PREFIXES + "PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> "
        "SELECT ?name ?lat ?long { ?p rdfs:label ?name ; geo:lat ?lat ; geo:long ?long } LIMIT 20"
    )
    page.get_by_role("tab", name="Map").click()
    page.wait_for_selector("[data-drawn=map]")
    assert page.locator("path.dot").count() > 3


def test_the_permalink_brings_back_the_question_and_the_view(seen: Watched) -> None:
    page = seen.open("/sparql?lang=en")
    seen.run(KINDS)
    page.get_by_role("tab", name="Chart").click()
    page.wait_for_selector("[data-drawn=chart]")
    link = page.url
    assert "query=" in link
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("[data-drawn=chart]")
    assert "COUNT(DISTINCT ?a)" in page.locator(".cm-content").inner_text()


def test_a_long_question_has_a_permalink_too(seen: Watched) -> None:
    page = seen.open("/sparql")
    seen.run(KINDS + "\n#" + "x" * 9000)
    page.wait_for_selector("[data-drawn=table]")
    assert "#query=" in page.url
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("[data-drawn=table]")


def test_an_error_shows_its_place_and_leads_there(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="en-GB")
    watched = Watched(context, address)
    page = watched.open("/sparql")
    watched.run("SELECT *\nWHERE {\n  ?s ?p nonsense\n}\n")
    error = page.locator("#answer [role=alert]")
    expect(error).to_contain_text("Line 3, column")
    page.get_by_role("button", name="Go to that place").click()
    assert page.evaluate("document.activeElement.classList.contains('cm-content')")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    watched.run("SELECT *\nWHERE {\n  ?s ?p }\n")  # the engine names the end of the query
    page.get_by_role("button", name="Go to line 3").click()
    context.close()


def test_only_http_addresses_become_links(seen: Watched) -> None:
    page = seen.open("/sparql")
    seen.run(
        "SELECT ?a ?b ?c { VALUES (?a ?b) { (<javascript:alert(1)> <http://e/1>) } "
        'BIND("<img src=x onerror=alert(1)>" AS ?c) }'
    )
    page.wait_for_selector("[data-drawn=table]")
    cells = page.locator("table.results tbody td")
    assert cells.nth(0).locator("a").count() == 0
    expect(cells.nth(0)).to_have_text("javascript:alert(1)")
    expect(cells.nth(1).locator("a")).to_have_attribute("href", "http://e/1")
    expect(cells.nth(2)).to_have_text("<img src=x onerror=alert(1)>")
    page.get_by_role("tab", name="Graph").click()
    page.wait_for_selector("[data-drawn=graph]")
    assert page.locator("#answer a[href^=javascript]").count() == 0


def test_the_release_that_is_asked_stays_in_the_links(seen: Watched) -> None:
    page = seen.open(f"/sparql?release=1&query={quote(SPIN_OFFS)}")
    page.wait_for_selector("[data-drawn=table]")
    expect(page.locator(".asks-release")).to_contain_text("release 1")
    page.get_by_role("tab", name="Raw").click()
    assert "release=1" in page.url
    assert "release=1" in str(page.get_by_role("link", name="CSV").get_attribute("href"))


def test_known_prefixes_need_not_be_declared(seen: Watched) -> None:
    page = seen.open("/sparql")
    seen.run("SELECT * { ?x org:classification actor-kind:startup } LIMIT 3")
    expect(page.locator("table.results tbody tr")).to_have_count(3)
    assert "PREFIX actor-kind: <http://localhost:8000/auth/actor-kind/>" in page.locator(".cm-content").inner_text()


def test_a_ready_made_question_is_loaded_and_run(seen: Watched) -> None:
    page = seen.open("/sparql")
    page.wait_for_selector(".gallery-list li")
    assert page.locator(".gallery-list li").count() >= 25
    codes = [q["code"] for q in httpx.get(f"{seen.address}/sparql/questions?lang=en").json()["questions"]]
    found = (httpx.get(f"{seen.address}/sparql/questions/{code}?lang=en").json() for code in codes)
    one = next(q for q in found if q["parameters"] and len(q["parameters"][0]["values"]) > 1)
    details = page.locator(f"[data-question='{one['code']}']")
    details.locator("summary").click()
    parameter = one["parameters"][0]
    other = next(v for v in parameter["values"] if v["key"] != parameter["chosen"])
    with page.expect_response(lambda r: "/sparql/questions/" in r.url):
        details.get_by_label(parameter["label"]).select_option(other["key"])
    details.get_by_role("button", name="Load and run").click()
    page.wait_for_selector("#answer [data-drawn]")
    last = other["key"].rsplit("/", 1)[-1]
    assert last in page.locator(".cm-content").inner_text()
    assert page.locator("table.results tbody tr").count() > 0


def test_the_same_question_for_other_tools(seen: Watched, address: str) -> None:
    page = seen.open("/sparql")
    seen.run(SPIN_OFFS)
    page.get_by_role("button", name="curl, Python").click()
    area = page.locator("dialog textarea")
    assert area.input_value().startswith(f"curl '{address}/sparql'")
    page.get_by_label("Tool").select_option("Python")
    assert "pandas.read_csv" in area.input_value()
    page.get_by_label("Tool").select_option("Spreadsheet address")
    answer = httpx.get(area.input_value())
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(answer.text.splitlines()) == 41
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_everything_is_done_with_the_keyboard(seen: Watched) -> None:
    page = seen.open("/sparql")
    page.locator(".cm-content").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('cm-content')")  # Tab indents
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "submit"
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer [data-drawn=table]")
    page.locator("#tab-table").focus()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Raw")).to_be_focused()
    expect(page.get_by_role("tab", name="Raw")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_serious(chromium: Browser, address: str, width: int, scheme: Any) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, locale="fr-BE")
    watched = Watched(context, address)
    page = watched.open(f"/sparql?query={quote(SPIN_OFFS)}")
    found = {}
    for view in ("table", "map", "graph", "raw"):
        page.locator(f"#tab-{view}").click()
        if view != "raw":
            page.wait_for_selector(f"[data-drawn={view}]")
        found[view] = problems(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, view
    watched.run(KINDS)
    page.locator("#tab-chart").click()
    page.wait_for_selector("[data-drawn=chart]")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()
    assert {view: what for view, what in found.items() if what} == {}


def test_axe_finds_nothing_serious_on_the_questions(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-BE")
    page = context.new_page()
    for path in ("/sparql/questions", "/sparql/questions/links-between-two-towns"):
        page.goto(address + path)
        assert problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()


def test_without_javascript_the_plain_form_works(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(address + "/sparql")
    expect(page.locator("[data-complete]")).to_be_hidden()
    assert page.locator("#gallery-body a").count() > 0
    page.locator("textarea").fill(SPIN_OFFS)
    page.get_by_role("button", name="Run").click()
    expect(page.locator("table.results tbody tr")).to_have_count(40)
    expect(page.locator("textarea")).to_have_value(SPIN_OFFS)
    context.close()


def test_without_javascript_a_question_is_chosen_and_run(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(address + "/sparql")
    page.get_by_role("link", name="All questions").click()
    assert page.locator("main .rows a").count() >= 25
    page.goto(address + "/sparql/questions/links-between-two-towns")
    first = page.locator("select").first
    first.select_option(index=1)
    chosen = str(first.input_value()).rsplit("/", 1)[-1]
    page.get_by_role("button", name="Take these values").click()
    assert f"place:{chosen}" in page.locator("textarea").input_value()
    page.get_by_role("button", name="Run").click()
    assert page.locator("table.results tbody tr").count() > 0
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_offers_are_named_in_the_language(address: str, lang: str) -> None:
    answer = httpx.get(f"{address}/sparql/completion?lang={lang}")
    assert answer.status_code == 200
    found = answer.json()
    expected = {"fr": "Thème", "nl": "Thema", "de": "Thema", "en": "Theme"}[lang]
    assert next(p for p in found["properties"] if p["iri"].endswith("terms/subject"))["label"] == expected
    assert all(entry["label"] for listed in found["lists"].values() for entry in listed["entries"])
    again = httpx.get(f"{address}/sparql/completion?lang={lang}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_without_bundles_no_script_is_named(tmp_path: Path) -> None:
    assert built_assets(tmp_path) == {}
    built = tmp_path / "built"
    built.mkdir()
    (built / "manifest.json").write_text('{"editor.js": "gone.js"}')
    assert built_assets(tmp_path) == {}
