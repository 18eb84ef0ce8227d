"""The duplicate desk in a browser's eyes: what waits, side by side, deciding with a reason, undo; who may."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from httpx import Response

import wallograph.web.routes.identity as desk_routes
from curating import Curating, NoShapes
from people import PASSWORD, QUICK, START, Clock
from publication import Client
from wallograph.accounts.model import Role
from wallograph.accounts.people import People
from wallograph.curation.identity_work import Here
from wallograph.curation.publisher import Publisher
from wallograph.database import Database
from wallograph.link import match
from wallograph.pipeline.change import Maker
from wallograph.publish.page_identity import features
from wallograph.release.state import State
from wallograph.settings import Settings
from wallograph.vocab import LANGUAGES
from wallograph.web.app import create_app
from wallograph.web.i18n import Messages

LEFT, RIGHT = "startups/3d-side", "startups/2houses"
PAIR = "/review/identity/pair?left=startups/3d-side&right=startups/2houses"


class Desk:
    """An application over a state folder, asked by a curator."""

    def __init__(self, root: Path) -> None:
        self.root, self.clock = root, Clock()
        self.app = create_app(Settings(state=root))
        site = self.app.state.site
        people = People(site.settings.database(), site.settings.people(), lambda: None, now=self.clock, passwords=QUICK)  # type: ignore[arg-type]
        site._people = people
        self.cookies = {}
        for role in (Role.CONTRIBUTOR, Role.CURATOR):
            account = people.accounts.add(
                f"{role}@example.org", role, START, name=str(role), password=QUICK.hash(PASSWORD)
            )
            secret = people.sessions.begin(account, self.clock(), way="password")
            self.cookies[str(role)] = f"wg_session={secret}"
            self.token = people.tokens.make(account, "test", role, 30, self.clock())[1]

    def get(self, path: str, role: str = "curator", accept: str = "text/html", **headers: str) -> Response:
        cookie = {"cookie": self.cookies[role]} if role else {}
        return Client(self.app).get(path, accept, **cookie, **headers)

    def post(self, path: str, role: str = "curator", *, csrf: bool = True, **fields: str) -> Response:
        if csrf:
            found = re.search(r'name="csrf" value="([^"]+)"', self.get(PAIR).text)
            assert found
            fields = {"csrf": found[1], **fields}
        headers = {
            "cookie": self.cookies[role], "content-type": "application/x-www-form-urlencoded",
            "origin": "http://localhost:8000",
        }  # fmt: skip
        return Client(self.app).ask("POST", path, "text/html", content=urlencode(fields).encode(), **headers)

    def publish(self) -> None:
        db = Database.of_folder(self.root)
        Publisher(db, State(self.root), Maker(NoShapes()), now=self.clock, say=print).publish()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pages") / "state"
    Curating(root, lambda place, level: None).build()
    return root


@pytest.fixture
def desk(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    def here(url: str, state: Path) -> Here:
        return Here(Database(url) if url else Database.of_folder(state), State(state), NoShapes())

    monkeypatch.setattr(desk_routes, "Apart", here)
    shutil.copytree(built, tmp_path / "state", symlinks=True)
    yield Desk(tmp_path / "state")


def test_every_feature_of_a_score_has_words_in_four_languages() -> None:
    source = Path(match.__file__).read_text("utf-8")
    names = set(re.findall(r'"([a-z]+(?: [a-z]+)+)", -?\d', source)) | set(
        re.findall(r'yield (?:\()?"([a-z ]+)"', source) + re.findall(r'else \("([a-z ]+)"', source)
        + re.findall(r'"(similar name)"', source)
    )  # fmt: skip
    assert len(names) >= 16
    messages = Messages()
    for feature in features((name, 0.5) for name in sorted(names)):
        assert messages.knows(feature.key), feature.key
        assert len({messages(lang, feature.key) for lang in LANGUAGES}) == 4


def test_the_way_from_the_queue_to_a_merge_and_back(desk: Desk) -> None:
    start = desk.get("/review/identity?lang=en")
    assert start.status_code == 200
    assert start.headers["cache-control"] == "no-store"
    assert "same name (+1), different places (−0.06)" in start.text
    assert "likeness: 94 of 100" in start.text

    pair = desk.get(PAIR + "&lang=en").text
    assert "The address that stays is that of" in pair
    assert "actor/2houses" in pair and "actor/3d-side" in pair
    assert "startups/rows.csv" in pair  # where each record stands
    assert 'class="who who-stated"' in pair  # who states each value

    done = desk.post("/review/identity/pair?lang=en", left=LEFT, right=RIGHT, verdict="same", why="<b>one firm</b>")
    assert done.status_code == 303
    assert done.headers["location"] == "/review/identity/decisions/1?done=1&lang=en"
    desk.publish()

    merged = desk.get("/id/actor/3d-side", role="", accept="text/turtle")
    assert merged.status_code == 301
    assert merged.headers["location"].endswith("/id/actor/2houses")
    assert merged.headers["cache-control"].endswith("max-age=86400")
    assert "/id/actor/3d-side" in desk.get("/doc/actor/2houses?lang=en", role="").text  # the survivor says so

    shown = desk.get("/review/identity/decisions/1?lang=en").text
    assert "&lt;b&gt;one firm&lt;/b&gt;" in shown
    assert "Redirects to" in shown and "Visible since release 2." in shown
    assert "Decision 1" in desk.get("/review/identity/decisions?lang=en").text

    without = desk.post("/review/identity/decisions/1/undo?lang=en", why=" ")
    assert without.status_code == 422
    assert "give a reason" in without.text
    undone = desk.post("/review/identity/decisions/1/undo", why="two firms")
    assert undone.status_code == 303
    desk.publish()
    back = desk.get("/id/actor/3d-side", role="", accept="text/turtle")
    assert back.status_code == 303
    assert "taken back by decision 2" in desk.get("/review/identity/decisions?lang=en").text


def test_what_is_refused_comes_back_with_what_was_written(desk: Desk) -> None:
    answer = desk.post(
        "/review/identity/pair?lang=en", left="press/focus", right="research-units/focus-uliege", verdict="same",
        why="so they say",
    )  # fmt: skip
    assert answer.status_code == 409
    assert "judgements.csv" in answer.text and "so they say" in answer.text
    for right, why, status in ((RIGHT, "", 422), ("startups/none", "x", 404)):
        answer = desk.post("/review/identity/pair", left=LEFT, right=right, verdict="same", why=why)
        assert answer.status_code == status


def test_two_entries_by_hand(desk: Desk) -> None:
    found = desk.get("/review/identity?one=2houses&other=3D+Side&lang=en").text
    assert 'name="left" value="http://localhost:8000/id/actor/2houses"' in found
    assert 'name="right" value="http://localhost:8000/id/actor/3d-side"' in found
    base = "http://localhost:8000"
    query = urlencode({"left": f"{base}/doc/actor/2houses", "right": f"{base}/id/actor/3d-side"})
    assert "Is this the same thing?" in desk.get(f"/review/identity/pair?{query}&lang=en").text
    for wrong in ("left=javascript:alert(1)&right=x", "left=%00&right=%F0", f"left={base}/id/actor/x&right=y", ""):
        assert desk.get(f"/review/identity/pair?{wrong}").status_code == 404


def test_programs_decide_too(desk: Desk) -> None:
    start = "/api/curation/identity"

    def ask(method: str, path: str, body: object = None, token: str = "") -> Response:
        more = {"content": json.dumps(body).encode(), "content-type": "application/json"} if body is not None else {}
        bearer = {"authorization": f"Bearer {token or desk.token}"}
        return Client(desk.app).ask(method, start + path, "application/json", **bearer, **more)

    pairs = ask("GET", "/pairs").json()["pairs"]
    hlo = next(pair for pair in pairs if pair["left"] == "press/hlo")
    assert hlo["features"] == [{"name": "same name", "weight": 1.0}, {"name": "another place", "weight": -0.06}]
    things = {"left": "http://localhost:8000/id/actor/3d-side", "right": "http://localhost:8000/id/actor/2houses"}
    made = ask("POST", "/decisions", {**things, "verdict": "different", "why": "two firms"})
    assert made.status_code == 201
    assert made.headers["location"] == "http://localhost:8000/api/curation/identity/decisions/1"
    assert (made.json()["left"], made.json()["right"], made.json()["verdict"]) == (RIGHT, LEFT, "different")
    again = ask("POST", "/decisions", {**things, "verdict": "different", "why": "two firms"})
    assert again.status_code == 409 and again.json()["entry"] == 1
    undone = ask("POST", "/decisions/1/undo", {"why": "not sure"})
    assert undone.status_code == 201 and undone.json()["withdraws"] == 1
    told = ask("GET", "/decisions").json()["decisions"]
    assert [(one["entry"], one["withdrawnBy"]) for one in told] == [(1, 2), (2, None)]
    assert ask("GET", "/decisions/1").json() == told[0]
    assert ask("GET", "/decisions?after=1").json()["decisions"] == told[1:]
    for body, status in (({}, 400), ([], 400), ({**things, "verdict": "same", "why": 3}, 400)):
        assert ask("POST", "/decisions", body).status_code == status
    assert ask("GET", "/decisions?after=x").status_code == 400
    assert ask("GET", "/decisions/x").status_code == ask("GET", "/decisions/9").status_code == 404
    assert ask("GET", "/pairs", token="wg_unknown").status_code == 401


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_in_every_language(desk: Desk, lang: str) -> None:
    for path in ("/review/identity?", PAIR + "&", "/review/identity/pair?left=press/hlo&right=startups/hlo&",
                 "/review/identity/decisions?"):  # fmt: skip
        answer = desk.get(f"{path}lang={lang}")
        assert answer.status_code == 200
        assert f'<html lang="{lang}">' in answer.text


def test_who_may(desk: Desk) -> None:
    for path in ("/review/identity", PAIR, "/review/identity/decisions"):
        assert desk.get(path, role="contributor").status_code == 403
        assert desk.get(path, role="").status_code == 303  # to the log-in
        assert desk.get(path, role="", accept="application/json").status_code == 401
    forged = desk.post("/review/identity/pair", csrf=False, left=LEFT, right=RIGHT, verdict="same", why="x")
    assert forged.status_code == 403
    for number in ("7", "x", "9" * 40):
        assert desk.get(f"/review/identity/decisions/{number}").status_code == 404
    assert desk.get("/review/identity?kind=none").status_code == 404
