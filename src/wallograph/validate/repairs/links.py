"""Web addresses that are given as text, without `http://`, or with blanks around them.

In: a `Problem` whose value should be an address. Out: a `Repair`; sure when the address is whole.
"""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from wallograph.model import Repair
from wallograph.validate.handed import Problem
from wallograph.validate.repairs.messages import messages

_HOST: Final = re.compile(r"(?i)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?")
_FORBIDDEN: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LONGEST: Final = 2_000


def links(problem: Problem) -> Iterator[Repair]:
    """The same address as an IRI with its scheme."""
    if problem.facts.node_kind != "IRI" or len(problem.text) > _LONGEST or "@" in problem.text:
        return
    text = problem.text.strip().strip("<>").strip()
    code, sure = "link", True
    if re.match(r"(?i)https?:/*[^/]", text):
        whole = re.sub(r"(?i)^(https?):/*", lambda found: found[1].lower() + "://", text)
    elif re.match(r"(?i)ttps?://|hhttps?://|htp://|htpps://", text):
        whole, sure = re.sub(r"(?i)^[htps]+://", "https://", text), False
    elif _HOST.fullmatch(text):
        whole, code, sure = "https://" + text, "link-scheme", False
    else:
        return
    if _FORBIDDEN.search(whole):
        return
    try:
        right = NamedNode(whole)
    except ValueError:
        return
    if right != problem.term and problem.facts.allows(right):
        yield Repair(code, whole, messages(code, whole, old=problem.text), problem.edit(right), sure=sure)
