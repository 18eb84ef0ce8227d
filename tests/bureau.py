"""A house with a desk, for tests of the review pages: proposals come in checked, curators ask by browser and token."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from pyoxigraph import NamedNode, RdfFormat, parse

import ecosystem
from people import House
from publication import DATE, TRIG, private_graphs
from test_decide import NOW
from wallograph.curation.checking import check_proposal
from wallograph.curation.draft import Draft, new_id
from wallograph.curation.model import Change, Kind, Proposal
from wallograph.curation.publisher import Publisher
from wallograph.curation.review import Review
from wallograph.iris import rebase
from wallograph.pipeline.change import Maker
from wallograph.release.edition import make_edition
from wallograph.release.state import State
from wallograph.validate.own import OwnEngine

HTML = "text/html"


def publish_small(root: Path, *, base: str) -> None:
    """The small publication, with the whole code lists: without them every proposal breaks a rule."""
    small = parse(rebase(TRIG, base).encode(), RdfFormat.TRIG)
    lists = NamedNode(f"{base}/id/source/code-lists")
    found = [*(quad for quad in small if quad.graph_name != lists), *ecosystem.quads(base, facts=False)]
    private = private_graphs(base)
    release = make_edition(
        State(root), iter(found), base=base, date=DATE, private_graphs=private, report=None, dumps=False
    )
    State(root).switch(release.number)


class Bureau:
    """An application with a desk, in this process; its publisher works when it is told to."""

    def __init__(self, root: Path, **settings: object) -> None:
        self.house, self.root = House(root, make=publish_small, **settings), root  # type: ignore[arg-type]
        desk = self.house.site.desk
        assert desk is not None
        self.desk, self.review = desk, Review(desk)

    def propose(self, *changes: Change, kind: Kind = Kind.CHANGE, ident: str = "", **more: Any) -> Proposal:
        """A proposal as /submissions makes it."""
        ident, standing = ident or new_id(), self.review.standing()
        known = self.desk.known(standing.release)
        checked = check_proposal(ident, changes, standing, known, self.review.above)
        return self.desk.proposals.create(Draft(ident, kind, changes, "fr", checked=checked, **more), NOW)[0]

    def publish(self) -> None:
        """What the publisher does."""
        Publisher(self.desk.db, State(self.root), Maker(OwnEngine()), now=lambda: NOW).publish()

    def get(self, path: str, role: str = "curator", accept: str = HTML) -> httpx.Response:
        """As a browser that is logged in; with no role, as anybody."""
        headers = {"cookie": self.house.cookie(self.house.session(role))} if role else {}
        return self.house.client.ask("GET", path, accept, **headers)

    def post(self, page: str, path: str, role: str = "curator", **fields: Any) -> httpx.Response:
        """Send the form of a page."""
        cookie = self.house.cookie(self.house.session(role))
        text = self.house.client.ask("GET", page, HTML, cookie=cookie).text
        hidden = dict(re.findall(r'<input type="hidden" name="(csrf|version|seen)" value="([^"]*)"', text))
        kind = "application/x-www-form-urlencoded"
        body = urlencode({**dict(sorted(hidden.items())), **fields}, doseq=True)
        return self.house.client.ask("POST", path, HTML, content=body, cookie=cookie, content_type=kind)

    def decide(self, proposal: Proposal, role: str = "curator", **fields: Any) -> httpx.Response:
        """Send the form of a decision."""
        return self.post(f"/review/{proposal.id}", f"/review/{proposal.id}/decide", role, **fields)

    def api(self, path: str, values: Any = None, role: str = "curator", **headers: str) -> httpx.Response:
        """As a program with a token."""
        given = {"authorization": self.house.token(role), **headers}
        if values is None:
            return self.house.client.ask("GET", path, "application/json", **given)
        content, kind = json.dumps(values), "application/json"
        return self.house.client.ask("POST", path, kind, content=content, content_type=kind, **given)
