"""Findings for people at a terminal, grouped by thing.

In: an `Outcome` and a language. Out: lines of text; no control character of a file gets through.
"""

from collections.abc import Iterator
from typing import Final

from wallograph.model import Finding
from wallograph.validate.grouping import by_thing
from wallograph.validate.outcome import Outcome
from wallograph.validate.outputs.messages import in_lang, labelled, say, says

_MOST: Final = 20  # findings that are told of one thing
_BLANKS: Final = "\u00a0\u202f"  # of French typography


def findings_text(outcome: Outcome, lang: str, most: int = _MOST) -> str:
    """All groups, then a line that counts."""
    return "".join(line + "\n" for line in _lines(outcome, lang, most))


def _lines(outcome: Outcome, lang: str, most: int) -> Iterator[str]:
    for group in by_thing(outcome, most):
        name = in_lang(group.names, lang)
        yield plain(name if name == group.key or not group.key else f"{name}  <{group.key}>")
        for finding in group.findings:
            yield from _finding(finding, lang)
        if group.more:
            yield "  … " + say("more", lang, count=group.more)
        yield ""
    for code, counted in outcome.more.items():
        yield labelled(code, say("more", lang, count=sum(counted.values())), lang)
    if not outcome.findings:
        things, quads = sum(file.things for file in outcome.files), sum(file.quads for file in outcome.files)
        yield say("nothing", lang, files=len(outcome.files), things=things, quads=quads)
    else:
        sure = sum(any(repair.sure and repair.edits for repair in found.repairs) for found in outcome.findings)
        yield say("summary", lang, **outcome.counts, repairs=sure)


def _finding(finding: Finding, lang: str) -> Iterator[str]:
    where = finding.where
    place = f"{where} " if where else ""
    if where and not where.exact and where.line:
        place += say("nearby", lang) + " "
    label = in_lang(finding.label, lang)
    sentence = in_lang(finding.messages, lang)
    told = labelled(say(finding.severity.value, lang), labelled(label, sentence, lang), lang)
    yield plain(f"  {place}{told}")
    lines = [("value", finding.value), ("expected", in_lang(finding.expected, lang))]
    lines += [("repair" if r.sure else "proposal", in_lang(r.messages, lang)) for r in finding.repairs]
    for code, text in lines:
        if text and not says(sentence, text):
            yield plain("    " + labelled(say(code, lang), text, lang))


def plain(text: str) -> str:
    """A text without control characters (escape sequences of a terminal) and without bidi controls."""
    return "".join(c if c.isprintable() or c in _BLANKS else "·" for c in text)
