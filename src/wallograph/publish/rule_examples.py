"""The lines of an example that matter for a rule.

In: the Turtle or TriG text of an example and the property a rule speaks of. Out: its lines without comments and
prefixes, the telling ones marked; of a valid example only the statements with that property.
"""

import re
from dataclasses import dataclass
from typing import Final

_PREFIX: Final = re.compile(r"^@prefix\s+([\w-]*):\s+<([^>]*)>\s*\.\s*$")
_LONGEST: Final = 14  # lines that a page shows of an example


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an example; `marked` when it says the property of the rule."""

    text: str
    marked: bool


def body_of(text: str) -> tuple[list[str], dict[str, str]]:
    """The lines without comments and prefixes, and the prefixes: prefix -> namespace."""
    lines, prefixes = [], {}
    for line in text.splitlines():
        found = _PREFIX.match(line)
        if found:
            prefixes[found[1]] = found[2]
        elif not line.startswith("#"):
            lines.append(line)
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines, prefixes


def short(iri: str, prefixes: dict[str, str]) -> str:
    """The prefixed name of an IRI; the IRI when no prefix fits.

    >>> short("http://schema.org/name", {"schema": "http://schema.org/"})
    'schema:name'
    """
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w-]+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def wrong_lines(text: str, paths: tuple[str, ...]) -> tuple[Line, ...]:
    """The whole of an invalid example; blocks without the property go first when it is long."""
    lines, prefixes = body_of(text)
    names = [short(path, prefixes) for path in paths]
    blocks = _blocks(lines)
    telling = [block for block in blocks if any(_says(line, names) for line in block)]
    if telling and sum(map(len, blocks)) > _LONGEST:
        blocks = telling
    shown = [line for block in blocks for line in (*block, "")][:-1]
    return tuple(Line(line, _says(line, names)) for line in shown)


def right_lines(texts: tuple[str, ...], path: str, classes: tuple[str, ...]) -> tuple[Line, ...]:
    """The first statements of the valid examples that say the property of a thing of one of the classes.

    No classes: of any thing.
    """
    for text in texts:
        lines, prefixes = body_of(text)
        name = short(path, prefixes)
        kinds = [short(class_iri, prefixes) for class_iri in classes]
        for block in _blocks(lines):
            told = _statements(block, name)
            if told and (not kinds or any(_says(line, kinds) for line in block[:2])):
                return _joined(block[0], told)
    return ()


def _blocks(lines: list[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _says(line: str, names: list[str]) -> bool:
    return any(re.search(rf"(?<![\w:/-]){re.escape(name)}(?![\w-])", line) for name in names)


def _statements(block: list[str], name: str) -> list[str]:
    """The lines of a block that say a property, with the lines that go on with its values."""
    told: list[str] = []
    inside = False
    for line in block[1:]:
        if line.lstrip().startswith(f"{name} "):
            inside = True
        elif not told or told[-1].rstrip().endswith((";", ".")):
            inside = False
        if inside:
            told.append(line)
    return told


def _joined(first: str, told: list[str]) -> tuple[Line, ...]:
    """A subject line and its statements, closed with a full stop."""
    lines = [Line(first.rstrip(), False), *(Line(line.rstrip(), True) for line in told)]
    lines[-1] = Line(lines[-1].text.rstrip(" ;,.") + " .", True)
    return tuple(lines)
