"""Who may ask what: THE table of rights, which the middleware in `gate.py` keeps.

In: nothing. Out: a rule for each route and method. Everything below the paths of
`CLOSED` is denied unless it stands in `RULES`; every other address is public, sees no cookie of ours, and is
read-only unless it stands in `PUBLIC_WRITES`.

How to add a route of yours:
  1. Write its path template exactly as the route has it, and each method, into the table of your part below:
     `("/review/{id}/decide", "POST"): Rule("curator")`. HEAD goes with GET, OPTIONS is answered for you.
  2. The right is one of: public, author, contributor, curator, publisher, administrator. Who has a right has those
     before it too. `public` and `author` let the request through and leave the rest to the handler: `public` shows
     the same to everybody, with `author` the request came with a log-in, a token, or secrets of proposals, which
     NOBODY HAS CHECKED: compare `request.state.secrets` with what `Proposals` keeps, and answer 404.
  3. `session=True`: not with a token, only with a log-in.
  4. The handler reads `request.state.who` (a `Person`, or None): `.id`, `.name`, `.role`, `.may("publisher")`,
     `.covers(sources, themes)`; and `request.state.csrf`, which every form carries as its first field:
     `{% import "account_parts.html" as people with context %}`, `<form …>{{ people.csrf_field() }}`.
     In a template `who` and `csrf` are there already. It need not check origin, token or `Cache-Control` itself.
  5. A program sends `Authorization: Bearer wg_…` (an API token), or as a bearer the secret of a proposal.
`tests/test_rights.py` makes its cases from the routes and this table, and fails for a route without a rule.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may ask. `session`: only somebody who is logged in, not a token."""

    right: str
    session: bool = False


CLOSED: Final = ("/submissions", "/review", "/account", "/api/curation", "/api/submissions", "/api/review")
Table = dict[tuple[str, str], Rule]

_ACCOUNT: Final[Table] = {
    ("/account", "GET"): Rule("contributor", session=True),
    ("/account/login", "GET"): Rule("public"),
    ("/account/login", "POST"): Rule("public"),
    ("/account/logout", "POST"): Rule("public"),
    ("/account/oidc", "GET"): Rule("public"),
    ("/account/oidc/callback", "GET"): Rule("public"),
    ("/account/password", "POST"): Rule("contributor", session=True),
    ("/account/totp", "GET"): Rule("contributor", session=True),
    ("/account/totp", "POST"): Rule("contributor", session=True),
    ("/account/totp/off", "POST"): Rule("contributor", session=True),
    ("/account/sessions/end", "POST"): Rule("contributor", session=True),
    ("/account/tokens", "POST"): Rule("contributor", session=True),
    ("/account/tokens/{token}/revoke", "POST"): Rule("contributor", session=True),
    ("/account/me", "GET"): Rule("contributor"),
}
_SUBMISSIONS: Final[Table] = {
    ("/submissions", "GET"): Rule("public"),
    ("/submissions/new", "GET"): Rule("public"),
    ("/submissions/new", "POST"): Rule("public"),
    ("/submissions/error", "GET"): Rule("public"),
    ("/submissions/error", "POST"): Rule("public"),
    ("/submissions/withdraw", "GET"): Rule("public"),
    ("/submissions/withdraw", "POST"): Rule("public"),
    ("/submissions/file", "GET"): Rule("public"),
    ("/submissions/file", "POST"): Rule("public"),
    ("/submissions/s/{secret}", "GET"): Rule("public"),
    # 404 for who is neither its author nor a curator, while it is not decided
    ("/submissions/{ident}", "GET"): Rule("public"),
    ("/submissions/{ident}/edit", "GET"): Rule("public"),
    ("/submissions/{ident}/edit", "POST"): Rule("author"),
    ("/submissions/{ident}/patch", "GET"): Rule("public"),
    ("/submissions/{ident}/withdraw", "POST"): Rule("author"),
    ("/api/submissions", "POST"): Rule("public"),
    ("/api/submissions/{ident}", "GET"): Rule("public"),
    ("/api/submissions/{ident}", "PATCH"): Rule("author"),
    ("/api/submissions/{ident}", "DELETE"): Rule("author"),
}
_REVIEW: Final[Table] = {
    ("/review", "GET"): Rule("curator"),
    ("/review/attention", "GET"): Rule("curator"),
    ("/review/entries/{number}", "GET"): Rule("curator"),
    ("/review/entries/{number}/revert", "POST"): Rule("curator"),
    ("/review/releases/{number}", "GET"): Rule("publisher"),
    ("/review/releases/{number}/rollback", "POST"): Rule("publisher"),
    ("/review/{ident}", "GET"): Rule("curator"),
    ("/review/{ident}/decide", "POST"): Rule("curator"),
    ("/review/{ident}/assign", "POST"): Rule("curator"),
    ("/api/review", "GET"): Rule("curator"),
    ("/api/review/attention", "GET"): Rule("curator"),
    ("/api/review/entries/{number}/revert", "POST"): Rule("curator"),
    ("/api/review/releases/{number}/rollback", "POST"): Rule("publisher"),
    ("/api/review/{ident}", "GET"): Rule("curator"),
    ("/api/review/{ident}/{action}", "POST"): Rule("curator"),
}
_IDENTITY: Final[Table] = {
    ("/review/identity", "GET"): Rule("curator"),
    ("/review/identity/pair", "GET"): Rule("curator"),
    ("/review/identity/pair", "POST"): Rule("curator"),
    ("/review/identity/decisions", "GET"): Rule("curator"),
    ("/review/identity/decisions/{entry}", "GET"): Rule("curator"),
    ("/review/identity/decisions/{entry}/undo", "POST"): Rule("curator"),
    ("/api/curation/identity/pairs", "GET"): Rule("curator"),
    ("/api/curation/identity/decisions", "GET"): Rule("curator"),
    ("/api/curation/identity/decisions", "POST"): Rule("curator"),
    ("/api/curation/identity/decisions/{entry}", "GET"): Rule("curator"),
    ("/api/curation/identity/decisions/{entry}/undo", "POST"): Rule("curator"),
}
_CURATION_API: Final[Table] = {}

RULES: Final[Table] = {**_ACCOUNT, **_SUBMISSIONS, **_REVIEW, **_IDENTITY, **_CURATION_API}

# Addresses that everybody may POST to: nothing of the graph changes by them.
PUBLIC_WRITES: Final = frozenset({
    ("/sparql", "POST"), ("/sparql/", "POST"), ("/validate", "POST"), ("/validate/corrected", "POST"),
    ("/validate/form", "POST"), ("/validate/mapping", "POST"), ("/validate/share", "POST"),
    ("/validate/shared/{ident}", "DELETE"), ("/validate/shared/{ident}/delete", "POST"),
    ("/reconcile", "POST"), ("/reconcile/{lang}", "POST"),
})  # fmt: skip


def is_closed(path: str) -> bool:
    """Whether a path needs a rule."""
    return any(path == prefix or path.startswith(prefix + "/") for prefix in CLOSED)
