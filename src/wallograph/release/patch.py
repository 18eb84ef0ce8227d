"""RDF Patch: what is added to and deleted from a release.

In: the text of a patch (`A` and `D` lines in N-Quads, with the headers H, TX, TC, PA, PD). Out: a `Patch`,
and its text. A patch is a set of changes: the order of its lines says nothing, so one quad cannot stand on
both sides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, parse

from wallograph.errors import ParseError

_SKIPPED: Final = ("H", "TX", "TC", "PA", "PD")
_HEAD: Final = "TX .\n"
_TAIL: Final = "TC .\n"


@dataclass(frozen=True, slots=True)
class Patch:
    """Quads to add and quads to delete. `where` gives the line of each if the patch was read from a text."""

    adds: list[Quad]
    deletes: list[Quad]
    where: dict[Quad, int] = field(default_factory=dict, compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.adds or self.deletes)

    def inverse(self) -> "Patch":
        """The patch that takes this one back."""
        return Patch(self.deletes, self.adds)


def parse_patch(text: str) -> Patch:
    """Read a patch; ParseError with its line for what is no patch, a blank node, or a quad on both sides.

    >>> patch = parse_patch("TX .\\nA <urn:s> <urn:p> \\"o\\" <urn:g> .\\nTC .\\n")
    >>> len(patch.adds), len(patch.deletes)
    (1, 0)
    """
    codes: list[tuple[int, str]] = []
    blanked: list[str] = []  # the text with the codes blanked out: N-Quads with the same lines and columns
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        code, content = _code_of(line, number)
        blanked.append(content)
        if code:
            codes.append((number, code))
    quads = _parse_quads("\n".join(blanked))
    if len(quads) != len(codes):
        raise ParseError("each line of a patch holds one quad", line=_line_without_quad(blanked, codes))
    return _collect(codes, quads)


def _code_of(line: str, number: int) -> tuple[str, str]:
    """The operation of a line ("" for none), and the line as N-Quads."""
    stripped = line.strip()
    if not stripped or stripped.startswith("#"):
        return "", ""
    code = stripped.split(None, 1)[0].rstrip(".")
    if code in ("A", "D") and line.lstrip()[1:2].isspace():
        return code, line.replace(code, " ", 1)
    if code in _SKIPPED:
        return "", ""
    if code == "TA":
        raise ParseError("the patch says that its transaction was aborted (TA)", line=number)
    raise ParseError(f"a patch has lines with A, D, H, TX, TC, PA or PD, not '{code[:20]}'", line=number)


def _parse_quads(text: str) -> list[Quad]:
    try:
        return list(parse(text, RdfFormat.N_QUADS))
    except SyntaxError as error:
        message = f"{error.msg} (a patch has IRIs in full, without prefixes)"
        raise ParseError(message, line=error.lineno, column=error.offset) from error


def _line_without_quad(lines: list[str], codes: list[tuple[int, str]]) -> int | None:
    return next((number for number, _ in codes if len(_parse_quads(lines[number - 1])) != 1), None)


def _collect(codes: list[tuple[int, str]], quads: list[Quad]) -> Patch:
    sides: dict[str, dict[Quad, int]] = {"A": {}, "D": {}}
    for (number, code), quad in zip(codes, quads, strict=True):
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, BlankNode | Triple):
                raise ParseError("blank nodes and triple terms are not published: use IRIs", line=number)
        other = sides["D" if code == "A" else "A"].get(quad)
        if other is not None:
            raise ParseError(f"the same quad is added and deleted (line {other} and here)", line=number)
        sides[code].setdefault(quad, number)
    return Patch(list(sides["A"]), list(sides["D"]), sides["A"] | sides["D"])


def format_patch(patch: Patch) -> str:
    """The text of a patch: deletions first, each side sorted, so that equal patches have equal texts."""
    return _HEAD + _side("D", patch.deletes) + _side("A", patch.adds) + _TAIL


def _side(code: str, quads: Iterable[Quad]) -> str:
    return "".join(sorted({f"{code} {quad} .\n" for quad in quads}, key=str.encode))
