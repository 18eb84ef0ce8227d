"""The desk, the history and the journal over HTTP: pages for curators, the API, what everybody may read."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bureau import Bureau
from test_decide import BASE, SPIN, ULIEGE, add, retract
from wallograph import vocab
from wallograph.curation.draft import new_id, provisional
from wallograph.curation.model import Kind, State
from wallograph.curation.reasons import EVERY
from wallograph.release.state import write_json
from wallograph.web.routes.review_input import reworded, rows_of

LANGUAGES = ("fr", "nl", "de", "en")
TEXT = '"Une firme de lasers"@fr'


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path)


def test_the_queue_lists_filters_and_pages(bureau: Bureau) -> None:
    one = bureau.propose(add(1, SPIN, vocab.DESCRIPTION, TEXT))
    bureau.propose(retract(1, SPIN, vocab.NAME, '"Spin"'), kind=Kind.WITHDRAW, note="fermée")
    for lang in LANGUAGES:
        page = bureau.get(f"/review?lang={lang}")
        assert page.status_code == 200 and one.id in page.text and page.headers["cache-control"] == "no-store"
    assert one.id not in bureau.get("/review?kind=withdraw").text
    assert one.id not in bureau.get("/review?text=ferm%C3%A9e").text
    assert one.id in bureau.get("/review?source=page-a&assigned=nobody&order=newest").text
    assert one.id not in bureau.get("/review?assigned=me").text
    assert one.id not in bureau.get("/review?state=refused").text
    assert bureau.get("/review", "contributor").status_code == 403
    assert bureau.get("/review", "").status_code == 303
    for _ in range(50):
        bureau.propose(add(1, SPIN, vocab.KEYWORDS, '"a"'))
    first = bureau.get("/review").text
    assert first.count('href="/review/') > 50 and 'rel="next"' in first
    assert bureau.get("/review?after=50").text.count("<th scope=\"row\">") == 2


def test_the_page_of_a_decision_says_all_that_is_needed(bureau: Bureau) -> None:
    ident = new_id()
    new = provisional("actor", ident, 1, BASE)
    made = bureau.propose(
        add(1, new, vocab.NAME, '"Université de Liège"'), add(2, new, vocab.ENTERPRISE_NUMBER, '"0123456789"'),
        add(3, new, vocab.RELATIONS["partner-of"], f"<{SPIN}>"), ident=ident, kind=Kind.CREATE, note="Bonjour <b>",
    )  # fmt: skip
    bureau.propose(add(1, SPIN, vocab.KEYWORDS, '"laser"'))
    assert made.state is State.RECEIVED
    for lang in LANGUAGES:
        page = bureau.get(f"/review/{made.id}?lang={lang}")
        assert page.status_code == 200
    text = bureau.get(f"/review/{made.id}?lang=fr").text
    assert "Bonjour &lt;b&gt;" in text and "0123456789" in text
    assert "Crée 1 liens, dont 1" in text
    assert "/doc/actor/uliege" in text  # the possible duplicate
    assert text.count('name="take"') == 3 and text.count(" checked") >= 2
    assert 'value="2" checked' not in text  # a violation is not ticked
    for label in ("Accepter ce qui est choisi", "Demander une correction", "Refuser", "Essayer sans décider"):
        assert label in text
    assert bureau.get("/review/aaaaaaaaaa").status_code == 404
    assert bureau.get("/review/nonsense").status_code == 404


def test_accepted_in_part_with_a_reason_then_public_and_reverted(bureau: Bureau) -> None:
    made = bureau.propose(
        retract(1, SPIN, vocab.NAME, '"Spin"'), add(2, SPIN, vocab.NAME, '"Spin SA"'),
        add(3, SPIN, vocab.DESCRIPTION, TEXT),
    )  # fmt: skip
    tried = bureau.decide(made, take=["1", "2"], do="preview")
    assert tried.status_code == 200 and bureau.desk.journal.head() is None
    done = bureau.decide(made, take=["1", "2"], do="accept", why="La page le dit.", withheld="Publicité.")
    assert done.status_code == 303 and done.headers["location"] == f"/review/{made.id}?done=accepted"
    kept = bureau.desk.proposals.get(made.id)
    assert kept.state is State.PARTLY_ACCEPTED and kept.accepted == (1, 2)
    bureau.publish()
    page = bureau.get(f"/review/{made.id}?done=accepted").text
    assert "/review/entries/1" in page
    history = bureau.get("/history/actor/spin?lang=fr", "").text
    assert "La page le dit." in history and "Spin SA" in history and "curateur " in history
    account = bureau.house.accounts["curator"]
    assert account.id not in history and account.login not in history
    entry = bureau.get("/journal/1?lang=fr", "").text
    head = bureau.desk.journal.head()
    assert head is not None and head.digest in entry and "Publicité." in entry
    feed = ElementTree.fromstring(bureau.get("/history/actor/spin.atom", "", "application/atom+xml").content)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    page = bureau.get("/review/entries/1").text
    assert 'action="/review/entries/1/revert"' in page
    assert bureau.post("/review/entries/1", "/review/entries/1/revert", why=" ").status_code == 400
    done = bureau.post("/review/entries/1", "/review/entries/1/revert", why="Erreur.")
    assert done.headers["location"] == "/review/entries/2?done=reverted"
    bureau.publish()
    again = bureau.post("/review/entries/1", "/review/entries/1/revert", why="Encore.")
    assert again.status_code == 409
    told = bureau.get("/history/actor/spin.json", "").json()
    assert [step["kind"] for step in told["steps"]] == ["revert", "accept", "release"]
    assert told["steps"][1]["undone"] == 2
    assert bureau.get("/doc/actor/spin", "").text.count("Spin SA") == 0


def test_every_entry_is_public_in_every_form(bureau: Bureau) -> None:
    made = bureau.propose(add(1, SPIN, vocab.DESCRIPTION, TEXT))
    bureau.decide(made, take="1", do="accept")
    for lang in LANGUAGES:
        for path in ("/journal", "/journal/1", "/history/actor/spin", "/history/actor/uliege"):
            assert bureau.get(f"{path}?lang={lang}", "").status_code == 200
    patch = bureau.get("/journal/1.rdfp", "", "*/*")
    assert patch.headers["content-type"] == "application/rdf-patch" and "lasers" in patch.text
    assert bureau.get("/journal/1.json", "").json()["statements"][0]["value"] == "Une firme de lasers"
    assert bureau.get("/journal.json", "").json()["total"] == 1
    assert "lasers" in bureau.get("/journal.atom", "", "application/atom+xml").text
    wrong = "/journal/2", "/journal/01", "/journal/x", "/journal/1.ttl", "/history/actor/nobody", "/history/x/spin"
    for path in wrong:
        assert bureau.get(path, "").status_code == 404
    found = bureau.get("/journal", "")
    again = bureau.house.client.ask("GET", "/journal", "text/html", if_none_match=found.headers["etag"])
    assert again.status_code == 304
    assert bureau.get("/journal", "", "image/png").status_code == 406
    with bureau.desk.db.writing() as tx:
        bureau.desk.journal.erase(tx, {1: None}, at="2026-03-05T00:00:00Z", who="p-a", why="", release=1)
    assert bureau.get("/journal/1.rdfp", "").status_code == 410
    assert "lasers" not in bureau.get("/journal/1", "").text
    assert "lasers" not in bureau.get("/history/actor/spin", "").text


def test_what_is_in_the_way_comes_back_with_what_was_filled_in(bureau: Bureau) -> None:
    one = bureau.propose(add(1, SPIN, vocab.DESCRIPTION, TEXT))
    two = bureau.propose(add(1, SPIN, vocab.DESCRIPTION, '"Autre chose"@fr'))
    page = f"/review/{two.id}"
    bureau.decide(one, take="1", do="accept")
    late = bureau.post(page, f"{page}/decide", take="1", do="accept", seen="0", why="Ma raison à moi")
    assert late.status_code == 409 and "Ma raison à moi" in late.text and "/journal/1" in late.text
    stale = bureau.post(page, f"{page}/decide", take="1", do="accept", version="7")
    assert stale.status_code == 412
    assert bureau.decide(two, do="refuse").status_code == 400
    accept = {"do": "accept"}
    for wrong in ({"do": "x"}, accept | {"take": "x"}, accept | {"take": "9"}, {"do": "ask", "reason": "x"}):
        assert bureau.decide(two, **wrong).status_code == 400
    assert bureau.desk.proposals.get(two.id).version == 1
    done = bureau.decide(two, do="refuse", reason="outside", why="Voilà.")
    assert done.status_code == 303
    last = bureau.desk.proposals.events(two.id)[-1]
    assert last.what == "refused" and last.why.endswith("Voilà.") and "ce graphe" in last.why  # in the author's French


def test_a_statement_is_worded_anew_and_accepted(bureau: Bureau) -> None:
    made = bureau.propose(add(1, SPIN, vocab.DESCRIPTION, '"Une firme \\"de\\" lasers"@fr'))
    done = bureau.decide(made, take="1", do="accept", **{"value-1": 'Une firme "de" laser\nà Liège'})
    assert done.status_code == 303
    assert bureau.desk.proposals.get(made.id).changes[0].object == '"Une firme \\"de\\" laser\\nà Liège"@fr'
    change = add(1, SPIN, vocab.DESCRIPTION, '"x"^^<http://www.w3.org/2001/XMLSchema#gYear>')
    assert reworded(change, "1817", "").object == '"1817"^^<http://www.w3.org/2001/XMLSchema#gYear>'


def test_a_table_is_decided_by_rule_and_by_row(bureau: Bureau) -> None:
    ident = new_id()
    changes = []
    for row in range(1, 7):
        new = provisional("actor", ident, row, BASE)
        changes.append(add(2 * row - 1, new, vocab.NAME, f'"Firme {row}"'))
        number = '"0123456789"' if row == 2 else f'"{row}"'
        predicate = vocab.ENTERPRISE_NUMBER if row == 2 else vocab.KEYWORDS
        changes.append(add(2 * row, new, predicate, number))
    made = bureau.propose(*changes, ident=ident, kind=Kind.FILE, file="table.csv")
    page = bureau.get(f"/review/{made.id}").text
    assert 'name="without"' in page and 'name="rows"' in page
    codes = re.findall(r'name="without" value="([^"]+)" checked', page)
    done = bureau.decide(made, select="rule", without=codes, rows="5-6", do="accept")
    assert done.status_code == 303, done.text
    assert bureau.desk.proposals.get(made.id).accepted == (1, 2, 5, 6, 7, 8)
    assert rows_of("3, 17 - 19;4") == {3, 4, 17, 18, 19}


def test_assigned_to_who_decides_only(bureau: Bureau) -> None:
    made = bureau.propose(add(1, SPIN, vocab.KEYWORDS, '"a"'))
    page, me = f"/review/{made.id}", bureau.house.accounts["curator"].id
    assert bureau.post(page, f"{page}/assign", to=me).status_code == 303
    assert made.id in bureau.get("/review?assigned=me").text
    contributor = bureau.house.accounts["contributor"].id
    assert bureau.post(page, f"{page}/assign", to=contributor).status_code == 400


def test_two_curators_when_the_setting_says_so(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, second_review="withdraw, file")
    made = bureau.propose(retract(1, SPIN, vocab.NAME, '"Spin"'), add(2, SPIN, vocab.NAME, '"S"'), kind=Kind.WITHDRAW)
    first = bureau.decide(made, take=["1", "2"], do="accept")
    assert first.headers["location"].endswith("done=waits")
    assert bureau.decide(made, take=["1", "2"], do="accept").status_code == 409
    assert bureau.decide(made, "publisher", take=["1", "2"], do="accept").headers["location"].endswith("done=accepted")


def test_the_api_decides_with_if_match(bureau: Bureau) -> None:
    made = bureau.propose(add(1, SPIN, vocab.DESCRIPTION, TEXT), add(2, SPIN, vocab.KEYWORDS, '"a"'))
    listed = bureau.api("/api/review").json()
    assert [row["id"] for row in listed["proposals"]] == [made.id] and listed["next"] is None
    found = bureau.api(f"/api/review/{made.id}")
    assert found.headers["etag"] == '"v1"' and found.json()["difference"]["counts"]["adds"] == 2
    path = f"/api/review/{made.id}/accept"
    assert bureau.api(path, {}).status_code == 428
    assert bureau.api(path, {}, if_match='"v2"').status_code == 412
    assert bureau.api(path, {"x": 1}, if_match='"v1"').status_code == 400
    assert bureau.api(path, {}, "contributor", if_match='"v1"').status_code == 403
    done = bureau.api(path, {"statements": [2], "why": "ok"}, if_match='"v1"')
    assert done.status_code == 200 and done.headers["etag"] == '"v2"'
    assert (done.json()["done"], done.json()["entry"], done.json()["release"]) == ("accepted", 1, 2)
    late = bureau.propose(add(1, SPIN, vocab.DESCRIPTION, '"b"@fr'), retract(2, SPIN, vocab.NAME, '"Nobody"'))
    told = bureau.api(f"/api/review/{late.id}/accept", {}, if_match='"v1"')
    assert told.status_code == 409 and told.json()["details"][0] == {"statement": 2, "code": "gone", "entry": 0}
    assert bureau.api("/api/review/entries/1/revert", {"why": "non"}).json() == {"entry": 2, "release": 2}
    assert bureau.api("/api/review/entries/1/revert", {"why": "non"}).status_code == 409
    bureau.publish()
    assert bureau.api("/api/review/releases/1/rollback", {"why": "tout"}).status_code == 403
    answer = bureau.api("/api/review/attention").json()
    assert answer["publisher"]["failed"] == [] and answer["moot"] == []


def test_a_publisher_goes_back_to_a_release(bureau: Bureau) -> None:
    bureau.decide(bureau.propose(add(1, SPIN, vocab.DESCRIPTION, TEXT)), take="1", do="accept")
    bureau.publish()
    assert bureau.get("/review/releases/1").status_code == 403
    page = bureau.get("/review/releases/1", "publisher")
    assert page.status_code == 200 and "/review/releases/1/rollback" in page.text
    done = bureau.post("/review/releases/1", "/review/releases/1/rollback", "publisher", why="Tout était faux.")
    assert done.headers["location"] == "/review/entries/2?done=rolled-back"
    bureau.publish()
    assert "lasers" not in bureau.get("/doc/actor/spin", "").text
    assert "Tout était faux." in bureau.get("/history/actor/spin", "").text


def test_what_needs_attention_is_listed(bureau: Bureau) -> None:
    quad = f"<{ULIEGE}> <p> <o> <g> ."
    moot = {"entry": 3, "proposal": "abcdefghij", "release": 1, "file": "", "statement": quad, "now": ["<a> <b> <c> ."]}
    gone = {"entry": 4, "left": "a/b", "right": "a/c", "verdict": "same", "gone": "a/c"}
    said = {"moot": [moot], "changed": [], "held": [], "decisions": [gone]}
    write_json(bureau.root / "releases" / "000001" / "retractions.json", said)
    for lang in LANGUAGES:
        page = bureau.get(f"/review/attention?lang={lang}")
        assert page.status_code == 200 and "&lt;b&gt; &lt;c&gt;" in page.text
    assert "(2)" in bureau.get("/review").text


def test_every_reason_has_its_text() -> None:
    for lang in LANGUAGES:
        text = Path(f"src/wallograph/web/messages/{lang}/review.ftl").read_text("utf-8")
        assert all(f"review-reason-{code} =" in text for code in EVERY)
