"""The SPARQL queries of docs/researchers.md with the first rows of their answers.

In: the document, a store. Out: its blocks, and the rows as the document writes them. After a change of the data,
`python tests/researchers_doc.py STATE` writes the rows anew.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions, Store

from wallograph.publish.questions import questions
from wallograph.release.state import State
from wallograph.store.embedded import ReadStore

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "researchers.md"
_BLOCK = re.compile(r"```(?P<kind>\w+)\n(?P<text>.*?)```\n(?:\n(?P<table>(?:\|[^\n]*\n)+))?", re.DOTALL)
SHOWN = 3


@dataclass(frozen=True)
class Block:
    """A block of the document: its language, its text, and the lines of the table right below it."""

    kind: str
    text: str
    table: tuple[str, ...]


def blocks(kind: str) -> list[Block]:
    """The blocks of one language."""
    return [block for block in _blocks(DOCUMENT.read_text(encoding="utf-8")) if block.kind == kind]


def _blocks(text: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(text):
        yield Block(found["kind"], found["text"], tuple((found["table"] or "").splitlines()))


def table(store: Store, query: str, prefixes: dict[str, str]) -> tuple[str, ...]:
    """The first rows of an answer as lines of a table; an IRI of ours is prefixed."""
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    lines = ["| " + " | ".join(f"?{name}" for name in names) + " |", "|" + "---|" * len(names)]
    for _, row in zip(range(SHOWN), answer, strict=False):
        lines.append("| " + " | ".join(_cell(row[name], prefixes) for name in names) + " |")
    return tuple(lines)


def _cell(term: object, prefixes: dict[str, str]) -> str:
    if isinstance(term, NamedNode):
        for name, space in prefixes.items():
            if re.fullmatch(re.escape(space) + r"[\w-]+", term.value):
                return f"{name}:{term.value[len(space) :]}"
        return f"<{term.value}>"
    return str(getattr(term, "value", ""))


def renew(state: State) -> None:
    """Write the rows of the current release into the document."""
    release = state.current()
    assert release is not None
    prefixes = dict(questions(ReadStore(release.store_path), release.base)[0].prefixes)
    store = Store.read_only(str(release.store_path))

    def written(found: re.Match[str]) -> str:
        if found["kind"] != "sparql" or not found["table"]:
            return found[0]
        return f"```sparql\n{found['text']}```\n\n" + "\n".join(table(store, found["text"], prefixes)) + "\n"

    DOCUMENT.write_text(_BLOCK.sub(written, DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    renew(State(Path(sys.argv[1])))
