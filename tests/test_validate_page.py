"""The page of checking, in a real browser with and without JavaScript: three ways in, findings beside the text."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.axe import problems
from browser.serving import browser, served
from ecosystem import ecosystem_app
from wallograph.checker.limits import CheckLimits
from wallograph.checker.starting import start_checks
from wallograph.publish.checked_table import cell_anchor, letters
from wallograph.publish.checked_text import Gap, ShownLine, lines_around
from wallograph.publish.page_checked import checked_view, plain
from wallograph.settings import Settings
from wallograph.vocab import LANGUAGES
from wallograph.web.app import create_app
from wallograph.web.columns import corrected_mapping

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
TURTLE = """@prefix actor: <http://localhost:8000/id/actor/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

actor:exemple-invente a org:Organization ;
    rdfs:label "Exemple inventé" ;
    schema:name "Exemple inventé" ;
    schema:foundingDate "1066"^^xsd:gYear .
"""
YEAR_LINE = 10


def workbook() -> bytes:
    """A bad spreadsheet: a misspelt town, an impossible year, a column of persons, one that nobody knows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Start-ups 2024"
    sheet.append(["Nom", "N° BCE", "Commune", "Année de création", "Contact (e-mail)", "Remarques internes"])
    sheet.append(["Exemple inventé", "0202.239.951", "Lièe", 1066, "personne@exemple.invalid", "à rappeler"])
    sheet.append(["Autre exemple", "", "Liège", 2019, "", ""])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the small ecosystem, with its checking service."""
    root: Path = tmp_path_factory.mktemp("state")
    ecosystem_app(root)
    socket = tmp_path_factory.mktemp("c") / "s"
    with start_checks(root, socket, CheckLimits()) as running:
        app = create_app(Settings(state=root, check_rate=0), check_client=running.client)
        with served(app) as found:
            yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A page in French, with and without JavaScript."""
    context = opened(chromium, script=request.param)
    yield context.new_page()
    context.close()


def opened(chromium: Browser, *, script: bool = True, width: int = 1280, scheme: str = "light") -> BrowserContext:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale="fr-BE", java_script_enabled=script, color_scheme=scheme
    )
    context.set_default_timeout(15_000)
    return context


def check_text(page: Page, address: str, text: str = TURTLE, format: str = "ttl", lang: str = "fr") -> None:
    page.goto(f"{address}/validate?lang={lang}")
    page.fill("#text", text)
    page.select_option("#format", format)
    page.locator("form:has(#text) button[type=submit]").click()
    page.wait_for_selector("h1")


def check_workbook(page: Page, address: str, lang: str = "fr") -> None:
    page.goto(f"{address}/validate?lang={lang}")
    page.set_input_files("#file", {"name": "start-ups.xlsx", "mimeType": XLSX, "buffer": workbook()})
    page.locator("form:has(#file) button[type=submit]").click()
    page.wait_for_selector("#findings")


def test_a_pasted_text_is_told_line_by_line(page: Page, address: str) -> None:
    check_text(page, address)
    expect(page.locator("h1")).to_contain_text("1 erreur")
    finding = page.locator(".finding-violation")
    expect(finding).to_have_count(1)
    expect(finding).to_contain_text("Erreur")
    expect(finding).to_contain_text("Année de fondation")
    expect(finding).to_contain_text("1066")
    expect(finding.locator(".finding-place a")).to_have_attribute("href", f"#L{YEAR_LINE}")
    expect(finding.locator(".finding-rule a")).to_have_attribute("href", re.compile(r"/rules\?lang=fr#FoundingDate$"))
    expect(page.locator("main")).to_contain_text("Rien n’entre dans le graphe")


def test_a_finding_leads_to_its_line_and_back(address: str, chromium: Browser) -> None:
    context = opened(chromium, script=False)
    page = context.new_page()
    check_text(page, address)
    assert page.locator(f"#L{YEAR_LINE} mark").inner_text().strip()
    page.locator(".finding-violation .finding-place a").click()
    assert page.url.endswith(f"#L{YEAR_LINE}")
    page.locator(f"#L{YEAR_LINE} .back a").first.click()
    assert re.search(r"#f\d+$", page.url)
    context.close()


def test_with_script_the_text_is_mended_where_it_stands(address: str, chromium: Browser) -> None:
    context = opened(chromium)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    check_text(page, address)
    page.wait_for_selector(".cm-editor[data-ready]")
    expect(page.locator(".cm-lintRange-error")).to_have_count(1)
    page.locator(".finding-violation .finding-place a").click()
    expect(page.locator(".cm-activeLine")).to_contain_text("1066")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(TURTLE.replace("1066", "2001"))
    page.locator(".editor-do button").click()
    expect(page.locator(".finding-violation")).to_have_count(0)
    assert said == []
    context.close()


def test_a_spreadsheet_is_shown_with_its_cells(page: Page, address: str) -> None:
    check_workbook(page, address)
    year = page.locator(".finding-violation", has_text="1066")
    target = cell_anchor("Start-ups 2024", "D2")
    expect(year.locator(".finding-place a")).to_have_attribute("href", f"#{target}")
    expect(year).to_contain_text("Cellule D2, feuille «\u00a0Start-ups 2024\u00a0»")
    cell = page.locator(f"#{target}")
    expect(cell).to_contain_text("1066")
    expect(cell).to_have_class(re.compile("told"))
    expect(page.locator("thead")).to_contain_text("Année de création")
    assert "personne@exemple.invalid" not in page.content()


def test_repairs_are_ticked_and_the_file_comes_back(page: Page, address: str) -> None:
    check_workbook(page, address)
    town = page.locator(".finding", has_text="Lièe").locator(".repairs input").first
    town.check()
    with page.expect_download() as download:
        page.locator("#repairs button[type=submit]").first.click()
    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert book.active is not None
    assert [cell.value for cell in book.active["C"]] == ["Commune", "Liège", "Liège"]
    assert [cell.value for cell in book.active["F"]] == ["Remarques internes", "à rappeler", None]


def test_the_file_is_checked_again_with_the_repairs_that_were_ticked(page: Page, address: str) -> None:
    check_workbook(page, address)
    before = page.locator(".finding").count()
    page.locator(".finding", has_text="Lièe").locator(".repairs input").first.check()
    page.locator("#repairs button[name=again]").click()
    expect(page.locator(".finding", has_text="Lièe")).to_have_count(0)
    assert page.locator(".finding").count() < before
    expect(page.locator("#handed-in")).to_contain_text("Liège")


def test_a_column_can_be_read_otherwise(page: Page, address: str) -> None:
    check_workbook(page, address)
    details = page.locator("#columns")
    if not details.get_attribute("open"):
        details.locator("summary").first.click()
    page.locator("#col-0-5").select_option("description")
    details.locator("button[type=submit]").first.click()
    page.wait_for_selector("#findings")
    expect(page.locator("#columns li", has_text="Remarques internes")).to_contain_text("choisi")
    expect(page.locator(".finding", has_text="n’est pas reconnue")).to_have_count(0)


def test_the_mapping_can_be_kept(page: Page, address: str) -> None:
    check_workbook(page, address)
    if not page.locator("#columns").get_attribute("open"):
        page.locator("#columns summary").first.click()
    with page.expect_download() as download:
        page.locator("#columns button[formaction]").click()
    assert download.value.suggested_filename == "start-ups.xlsx-metadata.json"
    assert "csvw" in Path(download.value.path()).read_text("utf-8")


@pytest.mark.parametrize("form", ["json", "ttl", "jsonld", "csv", "sarif"])
def test_the_report_can_be_taken_along(address: str, chromium: Browser, form: str) -> None:
    context = opened(chromium, script=False)
    page = context.new_page()
    check_text(page, address)
    with page.expect_download() as download:
        page.locator(f"button[name=as][value={form}]").click()
    assert Path(download.value.path()).read_bytes()
    context.close()


def test_a_result_is_shared_and_deleted_by_its_maker(page: Page, address: str) -> None:
    check_text(page, address)
    expect(page.locator("main")).to_contain_text("7 jours")
    action = page.locator("form[action*='/validate/share']")
    fields = {i.get_attribute("name"): i.get_attribute("value") for i in action.locator("input").all()}
    answer = httpx.post(f"{address}/validate/share", data=fields, headers={"Accept": "text/html"})
    assert answer.status_code == 303
    path = httpx.URL(answer.headers["location"]).path
    shown = httpx.get(address + path, headers={"Accept": "text/html"})
    assert "noindex" in shown.text
    assert "1066" in shown.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_speaks_four_languages(address: str, chromium: Browser, lang: str) -> None:
    context = opened(chromium, script=False)
    page = context.new_page()
    check_text(page, address, lang=lang)
    words = {"fr": "Attendu", "nl": "Verwacht", "de": "Erwartet", "en": "Expected"}
    expect(page.locator(".finding-violation")).to_contain_text(words[lang])
    assert page.locator("html").get_attribute("lang") == lang
    context.close()


def test_the_form_makes_rdf_that_keeps_the_rules(page: Page, address: str) -> None:
    page.goto(f"{address}/validate/form?kind=actor&lang=fr")
    page.fill("#name", "Exemple inventé")
    page.fill("#founding-date", "1066")
    page.select_option("#classification", label="Start-up")
    page.fill("#location", "Liège")
    page.fill("#homepage", "https://www.exemple.invalid/")
    page.locator("#fill > .do button").click()
    wrong = page.locator("#field-founding-date.wrong")
    expect(wrong).to_contain_text("quatre chiffres")
    expect(page.locator("#founding-date")).to_have_value("1066")
    expect(page.locator("#founding-date")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#name")).to_have_value("Exemple inventé")
    page.fill("#founding-date", "2001")
    page.locator("#fill > .do button").click()
    expect(page.locator("#made-title")).to_contain_text("respecte les règles")
    expect(page.locator("pre.made")).to_contain_text('schema:foundingDate "2001"^^xsd:gYear')
    with page.expect_download() as download:
        page.locator("button[name=as][value=ttl]").click()
    assert download.value.suggested_filename == "exemple-invente.ttl"
    turtle = Path(download.value.path()).read_bytes()
    answer = httpx.post(
        f"{address}/validate", content=turtle, headers={"Content-Type": "text/turtle", "Accept": "application/json"}
    )
    assert answer.json()["conforms"], answer.json()["findings"]


@pytest.mark.parametrize("kind", ["actor", "project", "event", "place"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_a_form_and_a_template_for_each_kind(address: str, kind: str, lang: str) -> None:
    page = httpx.get(f"{address}/validate/form", params={"kind": kind, "lang": lang})
    assert page.status_code == 200
    ids = re.findall(r'\bid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    book = httpx.get(f"{address}/validate/template/{kind}.xlsx", params={"lang": lang})
    assert book.headers["content-type"] == XLSX
    assert load_workbook(BytesIO(book.content)).active is not None


def test_unknown_kinds_are_told(address: str) -> None:
    assert httpx.get(f"{address}/validate/template/person.xlsx").status_code == 404
    assert httpx.post(f"{address}/validate/form", data={"kind": "person"}).status_code == 404
    empty = httpx.post(f"{address}/validate/form", data={"kind": "actor"}, headers={"Accept-Language": "fr"})
    assert "Remplissez au moins le nom" in empty.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(address: str, chromium: Browser, scheme: str) -> None:
    context = opened(chromium, scheme=scheme)
    page = context.new_page()
    found = {}

    def look(name: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found[name] = problems(page)

    for path in ("/validate", "/rules", "/validate/form", "/validate/form?kind=actor"):
        page.goto(address + path)
        look(path)
    check_text(page, address)
    page.wait_for_selector(".cm-editor[data-ready]")
    look("text")
    check_workbook(page, address)
    look("table")
    context.close()
    assert {name: all_ for name, all_ in found.items() if all_} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_scrolls_sideways_on_a_phone(address: str, chromium: Browser, lang: str) -> None:
    context = opened(chromium, width=360)
    page = context.new_page()
    wide, small = {}, {}

    def look(name: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide[name], small[name] = page.evaluate(SIDEWAYS), page.evaluate(SMALLEST)

    for path in ("/validate", "/rules", "/validate/form?kind=project"):
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        look(path)
    check_text(page, address, lang=lang)
    look("text")
    check_workbook(page, address, lang)
    look("table")
    context.close()
    assert {name: n for name, n in wide.items() if n > 0} == {}
    assert {name: n for name, n in small.items() if n < 16} == {}


def test_what_was_handed_in_is_text_and_never_markup(address: str, chromium: Browser) -> None:
    context = opened(chromium)
    page = context.new_page()
    called: list[str] = []
    page.on("dialog", lambda dialog: called.append(dialog.message) or dialog.dismiss())
    evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    check_text(page, address, TURTLE.replace("1066", "'><b>").replace("Exemple inventé", evil.replace('"', '\\"')))
    check_text(page, address, f"Nom;Année de création\n{evil};{evil}\n", "csv")
    assert page.locator("main img, main b").count() == 0
    assert called == []
    context.close()


# -- the views, without a browser


def test_only_the_lines_around_findings_of_a_long_text_are_shown() -> None:
    text = "\n".join(f"line {n}" for n in range(1, 2001))
    shown = list(lines_around(text, {"L1000": [1]}, {1000: [(1, None)]}))
    numbers = [line.number for line in shown if isinstance(line, ShownLine)]
    assert numbers == [1, 2, 3, 4, 5, *range(997, 1004)]
    assert [gap.lines for gap in shown if isinstance(gap, Gap)] == [991, 997]
    marked = next(line for line in shown if isinstance(line, ShownLine) and line.number == 1000)
    assert [(piece.text, piece.marked) for piece in marked.pieces] == [("line", True), (" 1000", False)]
    assert marked.findings == (1,)


def test_a_span_marks_exactly_the_value() -> None:
    (line,) = lines_around("abc def ghi", {"L1": [1]}, {1: [(5, [4, 7])]})
    assert isinstance(line, ShownLine)
    assert [piece.text for piece in line.pieces if piece.marked] == ["def"]


def test_values_are_shown_as_people_read_them() -> None:
    assert plain('"1066"^^<http://www.w3.org/2001/XMLSchema#gYear>') == "1066"
    assert plain('"a \\"b\\""@fr') == 'a "b" (fr)'
    assert plain("<https://a.example/>") == "https://a.example/"


def test_an_empty_result_is_a_page_too() -> None:
    page = checked_view({"conforms": True, "findings": [], "files": [], "groups": {}}, "", "fr")
    assert page.conforms
    assert page.total == 0
    assert page.lines == ()


def test_columns_have_letters() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_corrected_mapping_keeps_what_is_not_named() -> None:
    columns = [
        {"titles": "Nom", "name": "name", "propertyUrl": "http://schema.org/name"},
        {"titles": "X", "name": "unknown_2", "suppressOutput": True},
        {"titles": "E-mail", "name": "person_3", "suppressOutput": True},
    ]
    mapping = {"tables": [{"url": "a.csv", "tableSchema": {"columns": columns}}]}
    given = {"column.0.0": ["name"], "column.0.1": ["founding-date"], "column.0.2": ["description"]}
    found = corrected_mapping(mapping, given)["tables"][0]["tableSchema"]["columns"]
    assert found[0] == {"titles": "Nom", "name": "name", "propertyUrl": "http://schema.org/name"}
    assert found[1] == {"titles": "X", "name": "founding_date"}
    assert found[2]["suppressOutput"], "a column of persons stays one"
