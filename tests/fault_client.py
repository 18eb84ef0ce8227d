"""A client that proposes and accepts over HTTP until it had so many proposals accepted: a program of its own.

In: on standard input, JSON with the address, a token, the number of proposals, a seed. Out: a line of JSON for each
proposal that was answered "accepted", at once. Whatever ends while it waits for an answer, it asks what became of it.
"""

import json
import random
import sys
import time
from typing import Any

import httpx

WG = "http://localhost:8000/ns/wallograph#"
KEYWORDS = "http://schema.org/keywords"
NAME = "http://schema.org/name"
PATIENCE = 90.0


class Program:
    """Somebody's program, with a curator's token."""

    def __init__(self, base: str, token: str, name: str, seed: int) -> None:
        self.base, self.name, self.chance = base, name, random.Random(seed)
        self.http = httpx.Client(base_url=base, headers={"authorization": f"Bearer {token}"}, timeout=30)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response | None:
        """One answer; None when the server, or what it needs, is away."""
        try:
            answer = self.http.request(method, path, **more)
        except httpx.TransportError:
            return None
        return None if answer.status_code in (429, 500, 502, 503) else answer

    def until(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask again and again."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if (answer := self.ask(method, path, **more)) is not None:
                return answer
            time.sleep(0.1)
        raise TimeoutError(f"no answer to {method} {path}")

    def propose(self, number: int) -> tuple[str, str]:
        """A proposal with several statements from two pages; its id and ETag. The key makes it safe to send twice."""
        word = f"{self.name}-{number}"
        key = {"idempotency-key": f"{word}-{'k' * 16}"}
        answer = self.until("POST", "/api/submissions", json=self.draft(word, number), headers=key)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"], answer.headers["etag"]

    def draft(self, word: str, number: int) -> dict[str, Any]:
        spin, uliege = (f"{self.base}/id/actor/{name}" for name in ("spin", "uliege"))
        pages = [{"kind": "page", "page": f"https://www.example.com/{word}/{side}"} for side in "ab"]
        changes: list[dict[str, Any]] = [
            {"subject": spin, "predicate": KEYWORDS, "object": f'"{word}-{side}"', "evidence": page}
            for side, page in zip("ab", pages, strict=True)
        ]
        changes.append({"subject": uliege, "predicate": KEYWORDS, "object": f'"{word}-c"'})
        if number % 3 == 0:
            partner = WG.replace("http://localhost:8000", self.base) + "partnerOf"
            type_ = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
            new = "_:new"
            changes += [
                {"subject": new, "predicate": type_, "object": "http://www.w3.org/ns/org#Organization"},
                {"subject": new, "predicate": NAME, "object": f'"Firme {word}"'},
                {
                    "subject": new, "predicate": "http://www.w3.org/ns/org#classification",
                    "object": f"{self.base}/auth/actor-kind/startup",
                },
                {"subject": new, "predicate": partner, "object": uliege},
            ]  # fmt: skip
        kind = "create" if number % 3 == 0 else "change"
        return {"kind": kind, "lang": "fr", "note": f"note {word}", "evidence": pages[0], "changes": changes}

    def accept(self, ident: str, tag: str) -> dict[str, Any]:
        """Accept it; what was answered, or what was found when no answer came."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.ask(
                "POST", f"/api/review/{ident}/accept", json={"why": f"why {ident}"}, headers={"if-match": tag}
            )
            if answer is not None and answer.status_code == 200:
                return {"id": ident, "entry": answer.json()["entry"], "answered": True}
            found = self.until("GET", f"/api/review/{ident}")
            told = found.json()
            if told["state"] == "accepted":
                return {"id": ident, "entry": told["entry"], "answered": False}
            assert answer is None, f"{answer.status_code} {answer.text} {told['state']}"
            time.sleep(0.1)
        raise TimeoutError(f"{ident} was not accepted")


def main() -> None:
    """Read what to do, do it."""
    given = json.loads(sys.stdin.readline())
    program = Program(given["base"], given["token"], given["name"], given["seed"])
    for number in range(given["count"]):
        began = time.monotonic()
        ident, tag = program.propose(number)
        done = program.accept(ident, tag)
        print(json.dumps({**done, "seconds": round(time.monotonic() - began, 3)}), flush=True)
        time.sleep(program.chance.uniform(0, given["pause"]))


if __name__ == "__main__":
    main()
