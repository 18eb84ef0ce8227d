"""Proposals by programs: JSON and files, the secret as bearer, If-Match, idempotency keys, problem documents."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from submitting import BASE, ULIEGE, House, Visitor
from wallograph.checker.limits import CheckLimits
from wallograph.checker.starting import start_checks
from wallograph.curation.model import Kind, State
from wallograph.web.description import describe_api

NAME = "http://schema.org/name"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ORGANISATION = {"kind": "organisation"}
NEW = [
    {"subject": "_:lab", "predicate": TYPE, "object": "http://www.w3.org/ns/org#Organization"},
    {"subject": "_:lab", "predicate": NAME, "object": '"Exemple API"'},
    {"subject": "_:lab", "predicate": "http://purl.org/dc/terms/isPartOf", "object": f"<{ULIEGE}>", "year": "2024"},
]
BODY = {"kind": "create", "lang": "en", "evidence": {"kind": "page", "page": "https://e.example/"}, "changes": NEW}
TABLE = "Nom;Commune;Année de création\r\nExemple tableau;Liège;2019\r\nAutre exemple;Amay;1066\r\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    root = tmp_path_factory.mktemp("a") / "state"
    house = House(root, proposals_per_client=0, proposals_in_all=0, proposal_upload_mb=1, proposal_changes=50)
    with start_checks(root, tmp_path_factory.mktemp("c") / "s", CheckLimits()) as running:
        house.site.check_client = running.client
        yield house


class Program(Visitor):
    """A client without cookies."""

    def send_json(
        self, body: Any, method: str = "POST", path: str = "/api/submissions", **headers: str
    ) -> httpx.Response:
        self.jar = httpx.Cookies()
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"accept": "application/json", "content-type": "application/json", **headers}
        return self.ask(method, path, content=content, headers=sent)


@pytest.fixture
def program(house: House) -> Program:
    return Program(house, "en")


def made(program: Program, **more: Any) -> tuple[dict[str, Any], str]:
    """A proposal, and the header of its author."""
    answer = program.send_json({**BODY, **more})
    assert answer.status_code == 201, answer.text
    found = answer.json()
    return found, f"Bearer {found['secret']}"


def at(found: dict[str, Any]) -> str:
    return f"/api/submissions/{found['id']}"


def test_a_proposal_is_made_and_read_with_its_secret(program: Program, house: House) -> None:
    answer = program.send_json(BODY)
    found = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{BASE}/api/submissions/{found['id']}"
    assert answer.headers["etag"] == '"v1"' and answer.headers["cache-control"] == "no-store"
    assert found["secretAddress"].endswith("/submissions/s/" + found["secret"])
    assert found["state"] == "checked" and found["findings"] is not None
    subjects = {change["subject"] for change in found["changes"]}
    assert subjects == {f"{BASE}/id/actor/proposed-{found['id']}-1"}
    assert [c["predicate"] for c in found["changes"]] == [NAME, "http://purl.org/dc/terms/isPartOf"]
    assert found["changes"][1]["year"] == "2024" and found["changes"][0]["evidence"]["page"] == "https://e.example/"
    read = program.send_json(b"", "GET", at(found), authorization=f"Bearer {found['secret']}")
    assert read.status_code == 200 and "secret" not in read.json() and read.json()["note"] == ""
    headers = {"authorization": f"Bearer {found['secret']}", "if-none-match": '"v1"'}
    same = program.send_json(b"", "GET", at(found), **headers)
    assert same.status_code == 304


def test_without_its_secret_an_open_proposal_is_not_there(program: Program) -> None:
    found, _ = made(program)
    _, other = made(program)
    assert program.send_json(b"", "GET", at(found)).status_code == 404
    for bearer, status in ((other, 404), ("Bearer " + "x" * 22, 404), ("Basic eDp5", 401)):
        assert program.send_json(b"", "GET", at(found), authorization=bearer).status_code == status
        headers = {"authorization": bearer, "if-match": '"v1"'}
        assert program.send_json({"note": "x"}, "PATCH", at(found), **headers).status_code == status
        assert program.send_json(b"", "DELETE", at(found), **headers).status_code == status
    assert program.send_json(b"", "DELETE", at(found), **{"if-match": '"v1"'}).status_code == 401


def test_amending_needs_the_version_that_was_read(program: Program) -> None:
    found, bearer = made(program)
    ask = {"authorization": bearer}
    assert program.send_json({"note": "a"}, "PATCH", at(found), **ask).status_code == 428
    for wrong in ('"v7"', "v1", '"x"', "*", '"v99999999999999"'):
        answer = program.send_json({"note": "a"}, "PATCH", at(found), **ask, **{"if-match": wrong})
        assert answer.status_code == 412 and answer.headers["content-type"] == "application/problem+json", wrong
    right = program.send_json({"note": "a"}, "PATCH", at(found), **ask, **{"if-match": '"v1"'})
    assert right.status_code == 200 and right.headers["etag"] == '"v2"'
    assert right.json()["note"] == "a" and len(right.json()["changes"]) == 2
    evidence = {"kind": "organisation"}
    changes = [*right.json()["changes"], {
        "subject": right.json()["changes"][0]["subject"], "predicate": "http://schema.org/keywords", "object": '"data"',
    }]  # fmt: skip
    more = program.send_json(
        {"changes": changes, "evidence": evidence}, "PATCH", at(found), **ask, **{"if-match": '"v2"'}
    )
    assert [c["evidence"]["kind"] for c in more.json()["changes"]] == ["page", "page", "organisation"]


def test_withdrawing(program: Program, house: House) -> None:
    found, bearer = made(program)
    headers = {"authorization": bearer, "if-match": '"v1"'}
    assert program.send_json(b"", "DELETE", at(found), **headers).json()["state"] == "withdrawn"
    assert house.desk.proposals.get(found["id"]).state is State.WITHDRAWN
    again = program.send_json(b"", "DELETE", at(found), authorization=bearer, **{"if-match": '"v2"'})
    assert again.status_code == 409


def test_an_idempotency_key_gives_the_same_again(program: Program) -> None:
    key = {"idempotency-key": "a-random-text-of-some-length"}
    first, again = (program.send_json(BODY, **key).json() for _ in range(2))
    assert (first["id"], first["secret"]) == (again["id"], again["secret"])
    other = program.send_json({**BODY, "note": "else"}, **key)
    assert other.status_code == 422 and other.json()["type"].endswith("#key-reused")
    assert program.send_json(BODY, **{"idempotency-key": "short"}).status_code == 400


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "not JSON"), (b"[]", "not a JSON object"), (b"[" * 100_000, "not JSON"),
        ({**BODY, "kind": "x"}, "'kind'"), ({**BODY, "changes": []}, "at least one"), ({**BODY, "lang": "es"}, "lang"),
        ({**BODY, "evidence": None}, "evidence"), ({"kind": "change", "changes": NEW}, "no evidence"),
        ({**BODY, "evidence": {"kind": "page", "page": "ftp://x.example/"}}, "evidence"),
        ({**BODY, "changes": ["x"]}, "changes[0]"), ({**BODY, "changes": [{"subject": "x"}]}, "changes[0].subject"),
        ({**BODY, "changes": [{**NEW[1], "subject": "_:other"}]}, "changes[0].subject"),
        ({**BODY, "changes": [NEW[0], {**NEW[1], "object": '"a" . <x:x> <y:y> <z:z>'}]}, "changes[1].object"),
        ({**BODY, "changes": [NEW[0], {**NEW[1], "object": 7}]}, "changes[1].object"),
        ({**BODY, "changes": [NEW[0], {**NEW[1], "year": "24"}]}, "changes[1].year"),
        ({**BODY, "changes": [NEW[0], {**NEW[1], "op": "drop"}]}, "changes[1].op"),
        ({**BODY, "changes": [NEW[0], {**NEW[1], "op": "retract"}]}, "changes[1].graph"),
        ({**BODY, "changes": [NEW[0], {**NEW[1], "graph": f"{BASE}/id/source/x"}]}, "changes[1].graph"),
        ({**BODY, "changes": [NEW[0], {**NEW[1], "more": 1}]}, "'more'"),
        ({**BODY, "changes": [{**NEW[1], "subject": f"{BASE}/id/actor/proposed-aaaaaaaaaa-1"}]}, "another proposal"),
        ({**BODY, "note": ["x"]}, "note"),
    ],
)  # fmt: skip
def test_a_wrong_body_is_told_with_its_place(program: Program, body: Any, said: str) -> None:
    answer = program.send_json(body)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


def test_what_breaks_rules_is_kept_and_told_by_statement(program: Program) -> None:
    founded = {"subject": "_:lab", "predicate": "http://schema.org/foundingDate"}
    founded["object"] = '"1066"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    found, _ = made(program, changes=[*NEW, founded])
    assert found["state"] == "received" and found["counts"]["violation"] == 1
    wrong = next(one for one in found["findings"] if one["severity"] == "violation")
    assert wrong["where"]["pointer"] == "/changes/2" and set(wrong["messages"]) == {"fr", "nl", "de", "en"}


def test_other_kinds_of_content_are_refused(program: Program) -> None:
    answer = program.send_json(b"x", **{"content-type": "application/pdf"})
    assert answer.status_code == 415 and "text/turtle" in answer.headers["accept-post"]
    found, bearer = made(program)
    headers = {"authorization": bearer, "if-match": '"v1"', "content-type": "text/plain"}
    refused = program.send_json(b"x", "PATCH", at(found), **headers)
    assert refused.status_code == 415 and "application/json" in refused.headers["accept-patch"]
    assert program.send_json(b"", "PUT", at(found)).status_code == 405


def test_sizes_and_numbers_are_limited(program: Program) -> None:
    many = [NEW[0], *({**NEW[1], "object": f'"Name {n}"'} for n in range(60))]
    answer = program.send_json({**BODY, "changes": many})
    assert answer.status_code == 413 and answer.json()["limit"] == "changes"
    assert program.send_json({**BODY, "note": "x" * 6000}).status_code == 413
    assert program.send_json(b" " * 5_000_000).status_code == 413
    large = file(program, b"a;b\n" * 400_000, "text/csv", "evidence=organisation")
    assert large.status_code == 413


def test_a_quota_says_when_to_come_back(tmp_path: Path) -> None:
    program = Program(House(tmp_path / "state", proposals_per_client=1), "en")
    made(program)
    answer = program.send_json({**BODY, "note": "again"})
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
    assert answer.json()["limit"] == "per_client"


# -- files


def file(program: Program, content: str | bytes, media_type: str, query: str) -> httpx.Response:
    body = content.encode() if isinstance(content, str) else content
    return program.send_json(body, path=f"/api/submissions?{query}", **{"content-type": media_type})


def test_a_table_is_a_proposal_with_the_findings_of_its_cells(program: Program, house: House) -> None:
    answer = file(program, TABLE, "text/csv", "page=https://e.example/list&name=start-ups.csv&note=bonjour")
    found = answer.json()
    assert answer.status_code == 201, answer.text
    assert (found["kind"], found["state"], found["file"]) == ("file", "received", "start-ups.csv")
    names = {c["object"] for c in found["changes"] if c["predicate"] == NAME}
    assert names == {'"Exemple tableau"', '"Autre exemple"'}
    assert {c["evidence"]["page"] for c in found["changes"]} == {"https://e.example/list"}
    assert len({c["subject"] for c in found["changes"]}) == 2
    assert any(one["where"]["line"] == 3 for one in found["findings"] if one["severity"] == "violation")
    assert house.desk.proposals.upload(found["id"]) == TABLE.encode()
    assert house.desk.proposals.get(found["id"]).kind is Kind.FILE


def test_an_rdf_file_adds_only_what_nobody_says_yet(program: Program) -> None:
    turtle = f"""@prefix schema: <http://schema.org/> . @prefix org: <http://www.w3.org/ns/org#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <{ULIEGE}> a org:Organization ; schema:name "Université de Liège" ; schema:keywords "robots" .
    <{BASE}/id/actor/tout-nouveau> a org:Organization ; schema:name "Tout nouveau" ;
      <http://purl.org/dc/terms/isPartOf> <{ULIEGE}> ."""
    found = file(program, turtle, "text/turtle", "evidence=organisation").json()
    said = {(c["subject"].rpartition("/")[2], c["object"]) for c in found["changes"]}
    new = f"proposed-{found['id']}-1"
    assert said == {("uliege", '"robots"'), (new, '"Tout nouveau"'), (new, f"<{ULIEGE}>")}
    known = file(program, f'<{ULIEGE}> <{NAME}> "ULg" .', "text/turtle", "evidence=organisation")
    assert known.status_code == 400


def test_a_file_needs_evidence_and_must_be_readable(program: Program) -> None:
    assert file(program, TABLE, "text/csv", "").status_code == 400
    assert file(program, TABLE, "text/csv", "page=javascript:alert(1)").status_code == 400
    broken = file(program, "<a> <b> ", "text/turtle", "evidence=organisation")
    assert broken.status_code == 422 and broken.json()["line"] >= 1


def test_the_page_takes_a_file_and_a_better_one_later(house: House) -> None:
    author = Visitor(house)
    fields = {"csrf": author.csrf(), "evidence": "organisation", "note": "voilà"}
    sent = author.ask("POST", "/submissions/file", data=fields, files={"file": ("s.csv", TABLE.encode(), "text/csv")})
    assert sent.status_code == 303, sent.text
    ident = sent.headers["location"].rpartition("/")[2].partition("?")[0]
    page = author.get(f"/submissions/{ident}")
    assert page.status_code == 200 and "s.csv" in page.text and "Exemple tableau" in page.text
    form = author.get(f"/submissions/{ident}/edit")
    assert 'enctype="multipart/form-data"' in form.text
    better = TABLE.replace("1066", "2018")
    again = author.ask(
        "POST", f"/submissions/{ident}/edit", data={**fields, "csrf": author.csrf(), "version": "1"},
        files={"file": ("s.csv", better.encode(), "text/csv")},
    )  # fmt: skip
    assert again.status_code == 303, again.text
    assert house.desk.proposals.get(ident).state is State.CHECKED
    assert house.desk.proposals.upload(ident) == better.encode()
    missing = author.ask("POST", "/submissions/file", data={"csrf": author.csrf(), "evidence": "organisation"})
    assert missing.status_code in (400, 415)
    none = author.ask(
        "POST", "/submissions/file", data={"csrf": author.csrf()}, files={"file": ("s.csv", TABLE.encode(), "text/csv")}
    )
    assert none.status_code == 422


def test_the_examples_of_the_description_are_taken(program: Program) -> None:
    post = describe_api(BASE)["paths"]["/api/submissions"]["post"]
    examples = post["requestBody"]["content"]["application/json"]["examples"]
    for name, example in examples.items():
        answer = program.send_json(example["value"])
        assert answer.status_code == 201 and answer.json()["state"] == "checked", (name, answer.text)
