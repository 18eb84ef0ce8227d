"""Two curators accept what cannot both stand, at the same moment: one of them does, the other is told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Store

from faults import Plant, plant

ROUNDS = 20
KEYWORDS = "http://schema.org/keywords"


class Desk:
    """A server, and two curators with a connection each."""

    def __init__(self, place: Plant) -> None:
        self.place, self.spin = place, f"{place.base}/id/actor/spin"
        self.curators = [
            httpx.Client(base_url=place.base, headers={"authorization": f"Bearer {place.token(name)}"}, timeout=60)
            for name in ("anna", "bert")
        ]

    def propose(self, name: str, changes: list[dict[str, Any]]) -> httpx.Response:
        page = {"kind": "page", "page": f"https://www.example.com/{name}"}
        whole = [{"subject": self.spin, "predicate": KEYWORDS, **change} for change in changes]
        made = self.curators[0].post("/api/submissions", json={"kind": "change", "evidence": page, "changes": whole})
        assert made.status_code == 201, made.text
        return made

    def accept(self, curator: int, made: httpx.Response, barrier: Barrier | None = None) -> httpx.Response:
        if barrier is not None:
            barrier.wait(30)
        address = f"/api/review/{made.json()['id']}/accept"
        return self.curators[curator].post(address, json={"why": "so"}, headers={"if-match": made.headers["etag"]})

    def at_once(self, *made: httpx.Response) -> list[httpx.Response]:
        barrier = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            return [*pool.map(lambda pair: self.accept(pair[0], pair[1], barrier), enumerate(made))]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with plant(tmp_path_factory.mktemp("at-once")) as place:
        desk = Desk(place)
        yield desk
        for curator in desk.curators:
            curator.close()


def test_conflicting_proposals_at_the_same_moment(desk: Desk) -> None:
    """Both replace the same word by another one."""
    place = desk.place
    first = desk.propose("first", [{"object": f'"old-{number}"'} for number in range(ROUNDS)])
    done = desk.accept(0, first)
    assert done.status_code == 200, done.text
    place.published(done.json()["entry"])
    graph = f"{place.base}/id/source/proposal-{first.json()['id']}-1"
    kept, told = set[str](), set[int]()
    for number in range(ROUNDS):
        pair = [
            desk.propose(f"{side}-{number}", [
                {"op": "retract", "object": f'"old-{number}"', "graph": graph}, {"object": f'"{side}-{number}"'},
            ])
            for side in ("left", "right")
        ]  # fmt: skip
        answers = desk.at_once(*pair)
        codes = sorted(answer.status_code for answer in answers)
        assert codes[0] == 200 and codes[1] in (409, 412), [answer.text for answer in answers]
        won, lost = sorted(answers, key=lambda answer: answer.status_code)
        told.add(lost.status_code)
        problem = lost.json()
        assert lost.headers["content-type"].startswith("application/problem+json") and problem["detail"]
        assert problem["entry"] == won.json()["entry"], problem  # which decision is in the way
        side = "left" if answers[0] is won else "right"
        kept.add(f"{side}-{number}")
        other = pair[answers.index(lost)].json()
        found = desk.curators[0].get(f"/api/review/{other['id']}").json()
        assert found["state"] in ("received", "checked")
        assert (found["version"], found["changes"]) == (other["version"], other["changes"])
    head = place.journal.head()
    assert head is not None and head.number == ROUNDS + 1
    place.published(head.number)
    assert words(place) == kept
    assert list(place.problems()) == []
    assert place.journal.verify().is_sound
    print(f"{ROUNDS} rounds, losers told {sorted(told)}")


def test_the_same_proposal_at_the_same_moment(desk: Desk) -> None:
    before = desk.place.journal.head()
    for number in range(5):
        made = desk.propose(f"same-{number}", [{"object": f'"same-{number}"'}])
        codes = sorted(answer.status_code for answer in desk.at_once(made, made))
        assert codes[0] == 200 and codes[1] in (409, 412)
    after = desk.place.journal.head()
    assert after is not None and after.number == (before.number if before else 0) + 5
    desk.place.published(after.number)
    assert {word for word in words(desk.place) if word.startswith("same")} == {f"same-{n}" for n in range(5)}
    assert list(desk.place.problems()) == []


def words(place: Plant) -> set[str]:
    store = Store.read_only(str(place.shown()[0].store_path))
    spin = NamedNode(f"{place.base}/id/actor/spin")
    return {q.object.value for q in store.quads_for_pattern(spin, NamedNode(KEYWORDS), None, DefaultGraph())}
