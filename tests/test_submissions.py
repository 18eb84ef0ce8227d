"""The pages of proposals without a browser: forms, evidence, secret address, states, who sees what, quotas, files."""

import logging
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from submitting import BASE, ULIEGE, House, Visitor, ident_of, plain, secret_of
from wallograph.curation.filled import Filled, Line, filled_of, said_of, understand
from wallograph.curation.model import Event, Evidence, Kind, State
from wallograph.pipeline.known import Known
from wallograph.vocab import LANGUAGES
from wallograph.web.errors import shown_path
from wallograph.web.routes.submissions_input import evidence_of, sent_form

FOUNDED = "http://schema.org/foundingDate"
YEAR = '"1816"^^<http://www.w3.org/2001/XMLSchema#gYear>'


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("s") / "state", proposals_per_client=0, proposals_in_all=0)


@pytest.fixture
def author(house: House) -> Visitor:
    return Visitor(house)


# -- what a form says


@pytest.mark.parametrize(
    ("by", "page", "found"),
    [
        ("organisation", "", Evidence()),
        ("page", "https://a.example/x", Evidence("page", "https://a.example/x")),
        ("page", "http://a.example/", Evidence("page", "http://a.example/")),
        ("page", "", None), ("page", "javascript:alert(1)", None), ("page", "ftp://a.example/", None),
        ("page", "https://a.example/ x", None), ("page", "https://" + "a" * 3000, None), ("", "https://a.be", None),
        ("somebody", "", None),
    ],
)  # fmt: skip
def test_evidence_is_a_page_or_the_organisation_itself(by: str, page: str, found: Evidence | None) -> None:
    assert evidence_of(by, page) == found


def test_each_line_can_have_evidence_and_a_year_of_its_own() -> None:
    fields = {
        "evidence": ["organisation"], "part-of": ["", "A", "B"], "part-of.year": ["", "2024", "24"],
        "part-of.by": ["", "", "page"], "part-of.page": ["", "", "https://b.example/"],
    }  # fmt: skip
    sent = sent_form(fields, ["name", "part-of"], Kind.CREATE, "actor", "")
    first, second = sent.filled.lines
    assert (first.text, first.year, first.evidence) == ("A", "2024", None)
    assert (second.text, second.year, second.evidence) == ("B", "", Evidence("page", "https://b.example/"))
    assert sent.wrong == ()


def test_a_form_and_its_statements_are_the_same_both_ways() -> None:
    known = Known.shipped()
    form = known.forms[0]
    subject = f"{BASE}/id/actor/proposed-aaaaaaaaaa-1"
    page = Evidence("page", "https://a.example/")
    lines = (
        Line("name", "Exemple"), Line("description", "Een bedrijf", "nl"), Line("homepage", "https://e.example/"),
        Line("part-of", f"{BASE}/id/actor/giga", year="2024", evidence=Evidence()),
        Line("part-of-inverse", f"{BASE}/id/actor/wsl"), Line("number-of-employees", "12", year="2023"),
    )  # fmt: skip
    filled = Filled(Kind.CREATE, "actor", subject, lines, frozenset(), page)
    understood = understand(form, filled, [], known, "fr", subject)
    assert not understood.unread
    objects = {(c.subject, c.predicate): c for c in understood.changes}
    assert objects[subject, "http://schema.org/description"].object == '"Een bedrijf"@nl'
    part = objects[subject, "http://purl.org/dc/terms/isPartOf"]
    assert (part.object, part.year, part.evidence) == (f"<{BASE}/id/actor/giga>", "2024", Evidence())
    again = filled_of(understood.changes, Kind.CREATE, "actor", subject, form)
    assert understand(form, again, [], known, "fr", subject).changes == understood.changes


def test_what_is_not_understood_is_told_and_kept_when_it_is_a_plain_value() -> None:
    known = Known.shipped()
    form = known.forms[0]
    lines = (Line("founding-date", "abc"), Line("location", "Lièg"), Line("part-of", "nobody knows this one"))
    understood = understand(form, Filled(Kind.CREATE, "actor", "", lines), [], known, "fr", f"{BASE}/id/actor/x")
    assert understood.unread == {("location", 0), ("part-of", 0)}
    assert [(c.predicate, c.object) for c in understood.changes] == [(FOUNDED, '"abc"')]


# -- from the form to the page of the proposal


def test_a_proposal_is_sent_and_its_secret_address_is_shown(author: Visitor, house: House) -> None:
    answer = author.post("/submissions/new", {
        "kind": "create", "concept": "actor", "evidence": "organisation", "do": "send", "name": "Exemple un",
        "classification": f"{BASE}/auth/actor-kind/startup", "note": "un message",
    })  # fmt: skip
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/submissions" in cookie
    page = author.get(answer.headers["location"])
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store" and "noindex" in page.headers["x-robots-tag"]
    words = plain(page)
    assert "Gardez cette adresse" in words and "En attente" in words and "Exemple un" in words
    secret = secret_of(page)
    assert secret not in str(page.url)
    stored = house.desk.proposals.get(ident_of(page))
    assert (stored.state, stored.note, stored.kind) == (State.CHECKED, "un message", Kind.CREATE)
    later = author.get(f"/submissions/{stored.id}")
    assert "Bien reçu" not in plain(later)


def test_the_secret_address_gives_a_cookie_and_leaves_the_address_bar(
    author: Visitor, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    page = author.send(name="Exemple deux")
    ident, secret = ident_of(page), secret_of(page)
    other = Visitor(house)
    with caplog.at_level(logging.DEBUG, logger="wallograph"):
        answer = other.get(f"/submissions/s/{secret}")
    assert secret not in caplog.text
    assert (answer.status_code, answer.headers["location"]) == (303, f"/submissions/{ident}")
    assert answer.headers["referrer-policy"] == "no-referrer" and answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert other.get(f"/submissions/{ident}").status_code == 200
    from_mail = Visitor(house).get(f"/submissions/s/{secret}", **{"sec-fetch-site": "cross-site"})
    assert from_mail.status_code == 200 and f"url=/submissions/{ident}" in from_mail.text
    assert secret not in from_mail.text and "set-cookie" in from_mail.headers
    for wrong in ("x" * 22, "a", "y" * 5000):
        assert Visitor(house).get(f"/submissions/s/{wrong}").status_code == 404


def test_an_open_proposal_is_for_its_author_alone(author: Visitor, house: House) -> None:
    ident = ident_of(author.send(name="Exemple trois"))
    stranger = Visitor(house)
    for path in ("", "/edit", "/patch"):
        assert stranger.get(f"/submissions/{ident}{path}").status_code == 404
    stranger.send(name="Exemple quatre")  # one with a secret, but of another proposal
    assert stranger.get(f"/submissions/{ident}").status_code == 404
    assert stranger.post(f"/submissions/{ident}/withdraw", {}).status_code == 404
    assert stranger.post(f"/submissions/{ident}/edit", {"name": "Mien"}).status_code == 404
    for unknown in ("aaaaaaaaaa", "AAAAAAAAAA", "%3Cx%3E", "a" * 3000):
        assert stranger.get(f"/submissions/{unknown}").status_code == 404
    assert ident in author.get("/submissions").text and ident not in stranger.get("/submissions").text


def test_violations_are_told_at_their_field_saved_and_mended(author: Visitor, house: House) -> None:
    fields = {"name": "Exemple cinq", "founding-date": "1066", "classification": f"{BASE}/auth/actor-kind/startup"}
    checked = author.send(**fields, do="check")
    assert checked.status_code == 200 and 'id="said-founding-date"' in checked.text
    page = author.send(**fields)
    ident = ident_of(page)
    assert house.desk.proposals.get(ident).state is State.RECEIVED
    assert "À corriger" in plain(page) and "1 erreur" in plain(page)
    form = author.get(f"/submissions/{ident}/edit")
    assert 'value="1066"' in form.text and 'aria-invalid="true"' in form.text
    stale = author.send(f"/submissions/{ident}/edit", **{**fields, "founding-date": "2019"}, version="7")
    assert stale.status_code == 412
    mended = author.send(f"/submissions/{ident}/edit", **{**fields, "founding-date": "2019"}, version="1")
    assert mended.status_code == 200 and "Aucune règle n’est enfreinte" in plain(mended)
    stored = house.desk.proposals.get(ident)
    assert (stored.state, stored.version) == (State.CHECKED, 2)
    assert [event.what for event in house.desk.proposals.events(ident)] == ["received", "amended", "checked"]


def test_a_form_without_evidence_or_without_anything_comes_back(author: Visitor) -> None:
    for fields, said in (
        ({"name": "Exemple", "evidence": ""}, "Dites qui le dit"),
        ({"name": "Exemple", "evidence": "page", "evidence.page": "javascript:alert(1)"}, "http:// ou https://"),
        ({"name": ""}, "Rien n’est proposé"),
        ({"name": "Exemple", "name.by": "page", "name.page": "no"}, "La preuve d’une ligne"),
    ):
        answer = author.send(**fields)
        assert answer.status_code == 422 and said in plain(answer), fields
        if fields["name"]:
            assert 'value="Exemple"' in answer.text


def test_names_are_found_without_a_script(author: Visitor) -> None:
    found = author.send(name="Exemple", **{"part-of": "Montefiore", "find": "part-of.0"})
    assert found.status_code == 200
    assert f'<option value="{BASE}/id/actor/montefiore">Institut Montefiore' in found.text
    unread = author.send(name="Exemple", **{"part-of": "personne ne sait"})
    assert unread.status_code == 422 and "personne ne sait" in unread.text
    which = author.get("/submissions/new?kind=change&q=montefiore")
    assert "thing=http%3A%2F%2Flocalhost%3A8000%2Fid%2Factor%2Fmontefiore" in which.text


def test_the_same_form_sent_twice_is_one_proposal(author: Visitor, house: House) -> None:
    form = author.get("/submissions/new?kind=create&concept=actor")
    key = re.search(r'name="key" value="([^"]{32})"', form.text)
    assert key is not None
    first = author.send(name="Exemple six", key=key[1])
    again = author.send(name="Exemple six", key=key[1])
    assert ident_of(first) == ident_of(again)
    other = author.send(name="Exemple sept", key=key[1])
    assert other.status_code == 200 and ident_of(other) != ident_of(first)


# -- changes, links, withdrawals, errors


def test_a_change_retracts_what_is_ticked_and_adds_what_is_written(author: Visitor, house: House) -> None:
    form = author.get(f"/submissions/new?kind=change&thing={ULIEGE}")
    assert "Ce que disent les sources" in plain(form)
    said = said_of(house.site.now().store, ULIEGE, BASE)
    wrong = next(one for one in said if one.object == YEAR)
    assert wrong.token in form.text
    page = author.send(kind="change", thing=ULIEGE, drop=wrong.token, homepage="https://www.uliege.be/cms")
    stored = house.desk.proposals.get(ident_of(page))
    retract, add = stored.changes
    assert (retract.op, retract.object, retract.graph) == ("retract", YEAR, f"{BASE}/id/source/lesoir-be-1")
    assert (add.op, add.object) == ("add", "<https://www.uliege.be/cms>")
    again = author.get(f"/submissions/{stored.id}/edit")
    assert re.search(rf'value="{wrong.token}" checked', again.text) and "uliege.be/cms" in again.text


def test_a_link_is_added_and_a_link_is_withdrawn(author: Visitor, house: House) -> None:
    page = author.send(kind="change", thing=ULIEGE, part="links", **{
        "partner-of": f"{BASE}/id/actor/unamur", "partner-of.year": "2024",
    })  # fmt: skip
    (link,) = house.desk.proposals.get(ident_of(page)).changes
    assert (link.object, link.year) == (f"<{BASE}/id/actor/unamur>", "2024")
    gone = author.send("/submissions/withdraw", thing=f"{BASE}/id/link/l2", note="plus maintenant")
    stored = house.desk.proposals.get(ident_of(gone))
    assert [(c.op, c.subject.rpartition("/")[2], c.graph.rpartition("/")[2]) for c in stored.changes] == [
        ("retract", "phasya", "lesoir-be-1")
    ]


def test_a_thing_is_withdrawn_with_a_reason_and_all_that_sources_say(author: Visitor, house: House) -> None:
    iri = f"{BASE}/id/actor/phasya"
    assert author.send("/submissions/withdraw", thing=iri).status_code == 422
    page = author.send("/submissions/withdraw", thing=iri, note="N’existe pas.")
    stored = house.desk.proposals.get(ident_of(page))
    assert stored.kind is Kind.WITHDRAW and {c.op for c in stored.changes} == {"retract"}
    assert not any("derived" in c.graph for c in stored.changes)
    assert {c.graph.rpartition("/")[2] for c in stored.changes} == {"lesoir-be-1", "rtc-be-1", "lesoir-be-1-read"}


def test_an_error_is_reported_on_one_value_from_its_page(author: Visitor, house: House) -> None:
    page = author.get("/doc/actor/uliege", accept="text/html")
    links = re.findall(r'href="(/submissions/error\?[^"]*)"', page.text)
    values = len(said_of(house.site.now().store, ULIEGE, BASE))
    assert len(links) >= values
    link = next(link.replace("&amp;", "&") for link in links if "1816" in link)
    assert "graph=http%3A%2F%2Flocalhost%3A8000%2Fid%2Fsource%2Flesoir-be-1" in link
    form = author.get(link)
    assert form.status_code == 200 and "1816" in plain(form)
    sent = {
        "thing": ULIEGE, "predicate": FOUNDED, "value": YEAR, "graph": f"{BASE}/id/source/lesoir-be-1",
        "what": "right", "right": "1817", "evidence": "page", "evidence.page": "https://www.uliege.be/histoire",
    }  # fmt: skip
    assert author.send("/submissions/error", **{**sent, "what": ""}).status_code == 422
    assert author.send("/submissions/error", **{**sent, "right": "soon"}).status_code == 422
    stored = house.desk.proposals.get(ident_of(author.send("/submissions/error", **sent)))
    assert stored.kind is Kind.ERROR
    assert [(c.op, c.object[:6], c.evidence.page) for c in stored.changes] == [
        ("retract", '"1816"', "https://www.uliege.be/histoire"), ("add", '"1817"', "https://www.uliege.be/histoire"),
    ]  # fmt: skip


def test_what_no_source_states_and_what_has_no_form_are_told_so(author: Visitor, house: House) -> None:
    derived = f"/submissions/error?thing={ULIEGE}&predicate={BASE}/ns/wallograph%23province&value={BASE}/id/place/60000"
    assert "Aucune source ne dit cela" in plain(author.get(derived))
    figure = f"/submissions/error?thing={BASE}/id/figure/f1&predicate={BASE}/ns/wallograph%23value&value=1"
    assert author.get(figure).status_code == 200
    page = author.send("/submissions/error", thing=f"{BASE}/id/figure/f1", value="1", note="C’est 2.")
    stored = house.desk.proposals.get(ident_of(page))
    assert (stored.kind, stored.changes) == (Kind.ERROR, ()) and "C’est 2." in stored.note and "f1" in stored.note
    for thing in ("javascript:alert(1)", f"{BASE}/id/actor/nobody", f"{BASE}/id/actor/../x", ""):
        assert author.get(f"/submissions/error?thing={thing}&predicate=x&value=y").status_code == 404, thing


def test_quiet_on_other_pages_and_nothing_in_old_releases(author: Visitor) -> None:
    page = author.get("/doc/actor/uliege")
    shown = re.sub(r"<details.*?</details>", "", page.text, flags=re.S)
    assert "/submissions/error" not in shown
    assert "kind=change" in shown and "part=links" in shown and "/submissions/withdraw" in shown
    link = author.get("/doc/link/l2")
    assert "/submissions/withdraw" in link.text and "/submissions/error" in link.text


# -- withdraw, decisions, publicity


def test_the_author_takes_a_proposal_back(author: Visitor, house: House) -> None:
    ident = ident_of(author.send(name="Exemple huit"))
    answer = author.post(f"/submissions/{ident}/withdraw", {"version": "1", "why": "une erreur"})
    assert answer.status_code == 303
    assert house.desk.proposals.get(ident).state is State.WITHDRAWN
    assert "Reprise" in plain(author.get(f"/submissions/{ident}"))
    assert Visitor(house).get(f"/submissions/{ident}").status_code == 404
    again = author.post(f"/submissions/{ident}/withdraw", {"version": "2"})
    assert again.status_code == 409
    assert author.get(f"/submissions/{ident}/edit").status_code == 303


def decide(house: House, ident: str, state: State, why: str, accepted: tuple[int, ...] = ()) -> None:
    """As the desk writes a decision."""
    proposals = house.desk.proposals
    with house.desk.db.writing() as tx:
        found = proposals.open_one(tx, ident, proposals.get(ident).version)
        proposals.set(tx, found.to(state=state, accepted=accepted, version=found.version + 1))
        proposals.note(tx, ident, Event("2026-11-23T12:00:00Z", "p-1", state.value, why, found.version + 1))


@pytest.mark.parametrize("state", [State.REFUSED, State.PARTLY_ACCEPTED])
def test_a_decision_is_public_and_explained_without_the_author(author: Visitor, house: House, state: State) -> None:
    page = author.send(name=f"Exemple {state}", note="un secret à moi", homepage="https://e.example/")
    ident, secret = ident_of(page), secret_of(page)
    accepted = (1,) if state is State.PARTLY_ACCEPTED else ()
    decide(house, ident, state, "La page ne le dit pas.", accepted)
    public = Visitor(house, "en").get(f"/submissions/{ident}")
    assert public.status_code == 200 and "noindex" in public.headers["x-robots-tag"]
    words = plain(public)
    assert "La page ne le dit pas." in words and f"Exemple {state}" in words and "not accepted" in words
    assert "un secret à moi" not in words and secret not in public.text and "p-1" not in public.text
    assert "Received" not in words
    assert "un secret à moi" in plain(author.get(f"/submissions/{ident}"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_there_in_four_languages(house: House, lang: str) -> None:
    author = Visitor(house, lang)
    for path in (
        "/submissions", "/submissions/new", "/submissions/new?kind=create&concept=project", "/submissions/file",
        "/submissions/new?kind=create&concept=event", f"/submissions/new?kind=change&thing={ULIEGE}",
        "/submissions/withdraw", f"/submissions/withdraw?thing={ULIEGE}",
    ):  # fmt: skip
        page = author.get(path)
        assert page.status_code == 200 and f'<html lang="{lang}"' in page.text, path
        assert "submission-" not in re.sub(r'(class|for|id|href|name)="[^"]*"', "", page.text), path


def test_hostile_texts_stay_texts(author: Visitor) -> None:
    page = author.send(name="<script>alert(1)</script>", note="</textarea><b>")
    assert "<script>alert" not in page.text and "</textarea><b>" not in page.text
    form = author.get(f"/submissions/{ident_of(page)}/edit")
    assert "<script>alert" not in form.text


def test_a_form_that_was_opened_before_the_first_proposal_can_still_be_sent(house: House) -> None:
    author = Visitor(house)
    author.send(name="Exemple douze")  # in another tab: now there is a cookie
    late = author.ask("POST", "/submissions/new", data={
        "kind": "create", "concept": "actor", "evidence": "organisation", "do": "send", "name": "Exemple treize",
    })  # fmt: skip
    assert late.status_code == 303
    mine = plain(author.get("/submissions"))
    assert "Exemple douze" in mine and "Exemple treize" in mine


def test_a_form_of_another_site_is_refused(author: Visitor) -> None:
    answer = author.post("/submissions/new", {"name": "x"}, origin="https://evil.example")
    assert answer.status_code == 403
    author.send(name="Exemple neuf")
    ident = ident_of(author.send(name="Exemple dix"))
    forged = author.ask("POST", f"/submissions/{ident}/withdraw", data={"version": "1"})
    assert forged.status_code == 403


# -- limits


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_used_up_quota_and_a_full_queue_are_pages(tmp_path: Path, lang: str) -> None:
    house = House(tmp_path / lang, proposals_per_client=1, proposals_queue=2)
    author = Visitor(house, lang)
    assert author.send(name="Un").status_code == 200
    second = author.send(name="Deux")
    assert second.status_code == 429 and int(second.headers["retry-after"]) > 0
    assert f'<html lang="{lang}"' in second.text
    assert Visitor(house, lang, "192.0.2.2").send(name="Trois").status_code == 200
    full = Visitor(house, lang, "192.0.2.3").send(name="Quatre")
    assert full.status_code == 429 and int(full.headers["retry-after"]) > 0


def test_sizes_are_limited(author: Visitor) -> None:
    assert author.send(name="x", note="n" * 5001).status_code == 413
    assert author.send(name="x" * 500_000).status_code == 413


def test_too_much_work_in_a_minute_is_refused(tmp_path: Path) -> None:
    author = Visitor(House(tmp_path / "state", check_rate=2))
    assert [author.send(name="x", do="check").status_code for _ in range(3)] == [200, 200, 429]


def test_robots_and_the_copy_know_nothing_of_it(author: Visitor) -> None:
    robots = author.get("/robots.txt", accept="text/plain").text
    assert "Disallow: /" in robots
    assert shown_path("/submissions/s/abc") == "/submissions/s/…"
    assert "/submissions" not in author.get("/sitemap.xml", accept="application/xml").text


def test_moments_are_those_of_the_clock(house: House, author: Visitor) -> None:
    house.desk.proposals.now = lambda: datetime(2027, 1, 2, 3, 4, tzinfo=UTC)
    try:
        assert "2 janvier 2027, 03:04" in plain(author.send(name="Exemple onze"))
    finally:
        house.desk.proposals.now = house.desk.now
