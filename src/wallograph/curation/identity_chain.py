"""Whether a verdict can stand beside the others: a chain of `same` must not join what is judged `different`.

In: a verdict on two records; what was judged before, in files and in the journal. Out: nothing, or a Conflict that
names the chain, link by link, with the entry or file of each.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from wallograph.curation.identity_log import Made, in_force
from wallograph.errors import Conflict
from wallograph.ingest.proposals import read_proposals
from wallograph.ingest.tables import read_rows
from wallograph.link.judgements import VERDICTS, Pair, read_judgements
from wallograph.link.mentions import read_mentions

_FILE: Final = "judgements.csv"
_NAMES: Final = "mentions.csv"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict on a pair, and where it stands: `entry 12`, or the name of a file."""

    verdict: str
    where: str


def verdicts_of(data: Path, made: Iterable[Made]) -> dict[Pair, Verdict]:
    """Verdicts that stand: of the sources, of exported decisions, of the journal. The last word on a pair counts."""
    judgements = read_judgements(data / _FILE)
    found = {
        pair: Verdict(verdict, _FILE) for verdict in VERDICTS for pair in sorted(getattr(judgements, verdict))
    }  # fmt: skip
    for pair in read_mentions(((row.line, row.cells) for row in read_rows(data / _NAMES)), _NAMES).same:
        found.setdefault(pair, Verdict("same", _NAMES))
    for file in read_proposals(data).decisions:
        found[min(file.left, file.right), max(file.left, file.right)] = Verdict(file.verdict, file.name)
    found |= {one.pair: Verdict(one.verdict, f"entry {one.entry}") for one in in_force(list(made))}
    return found


def refuse_contradiction(left: str, right: str, verdict: str, known: Mapping[Pair, Verdict]) -> None:
    """Conflict when the verdict contradicts others together. What was said of the pair itself counts for nothing."""
    pair = (min(left, right), max(left, right))
    others = {other: said for other, said in known.items() if other != pair}
    same = {other for other, said in others.items() if said.verdict == "same"}
    if verdict == "different" and (chain := _chain(left, right, same)):
        raise _refusal("these two are one thing by other decisions", chain, others)
    if verdict == "same":
        for one, other in sorted(other for other, said in others.items() if said.verdict == "different"):
            if chain := _chain(one, other, same | {pair}):
                told = f"{one} and {other} were judged different ({others[one, other].where}), and would be one"
                raise _refusal(told, chain, others)


def _chain(start: str, end: str, same: Iterable[Pair]) -> list[str]:
    """The shortest chain of `same` between two records; empty when there is none."""
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in same:
        beside[one].add(other)
        beside[other].add(one)
    before: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        if at == end:
            break
        for other in sorted(beside[at] - before.keys()):
            before[other] = at
            waiting.append(other)
    if end not in before:
        return []
    chain = [end]
    while before[chain[-1]]:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _refusal(told: str, chain: list[str], known: Mapping[Pair, Verdict]) -> Conflict:
    text, entry = chain[0], 0
    for one, other in pairwise(chain):
        said = known.get((min(one, other), max(one, other)))
        text += f" = {other} ({said.where if said else 'this decision'})"
        if said and said.where.startswith("entry "):
            entry = entry or int(said.where.removeprefix("entry "))
    return Conflict(f"{told}: {text}", entry=entry)
