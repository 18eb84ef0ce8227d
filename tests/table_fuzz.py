# ruff: noqa: E501  (tables of cases are read line by line)
"""Tables that nobody means well with, for the property-based tests: bytes, cells, and workbooks with damaged parts."""

import zipfile
from io import BytesIO

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from wallograph.intake.limits import IntakeLimits

LIMITS = IntakeLimits(bytes=200_000, unpacked_bytes=2_000_000, rows=500, cells=20_000, cell_chars=5_000, sheets=5)

WORDS = st.sampled_from(
    [
        "Nom", "Name", "Naam", "Type", "Commune", "N° BCE", "Thèmes", "Site web", "Effectif 2021", "Année", "id", "Budget",
        "Spin-off de", "Description (nl)", "E-mail", "Start-up", "7000 - MONS", "12/03/2019", "mars 2019", "4 659 133 €",
        "1.234,5", "12,5 k€", "oui", "BE 0417.497.106", "www.exemple.be", "http://[", "jean@exemple.be", "0475 12 34 56",
        "Liège; Namur", "a|b", "x/y", '"', '""', "'=1+1", "=cmd", "\u00a0", "\u202e", "é", "\x1a", "00000000000000000000",
        "9" * 400, "1e999", "-", "Exemple SA", "Namur", "B2B", "12/13/2019", "99/99/9999", "²³", "١٢٣", "ß", "\ud7ff",
    ]
)  # fmt: skip
CELLS = st.one_of(WORDS, WORDS, st.text(max_size=12))
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=8), min_size=1, max_size=6)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp850", "cp437", "iso-8859-15"])


@st.composite
def csv_files(draw: st.DrawFn) -> bytes:
    """A file that is nearly CSV, in any encoding, now and then cut or with bytes put in."""
    rows = draw(ROWS)
    delimiter = draw(st.sampled_from([";", ",", "\t", "|"]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quote = draw(st.booleans())
    written = [[f'"{c.replace(chr(34), chr(34) * 2)}"' if quote else c for c in row] for row in rows]
    content = end.join(delimiter.join(row) for row in written).encode(draw(ENCODINGS), "replace")
    at = draw(st.integers(0, len(content)))
    return content[:at] + draw(st.binary(max_size=3)) + content[at + draw(st.integers(0, 4)) :]


def a_workbook() -> bytes:
    """A workbook with typed cells, a formula, a merged range, two sheets."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nom", "Type", "Année de création", "Effectif", "Clients à l'étranger", "E-mail"])
    sheet.append(["Exemple SA", "Start-up", 2019, 25.5, True, "jean@exemple.be"])
    sheet.append(["Autre", "Hub", "=1+1", None, "oui", None])
    sheet["A2"].font = Font(bold=True)
    sheet.merge_cells("B2:B3")
    book.create_sheet("Projets").append(["Titre du projet", "Budget"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


_PARTS = {entry.filename: data for package in [zipfile.ZipFile(BytesIO(a_workbook()))]
          for entry in package.infolist() for data in [package.read(entry)]}  # fmt: skip
_SPLICES = st.sampled_from(
    [
        b"", b"<", b">", b"</row>", b'<row r="99999999999">', b'r="ZZZ9"', b'r="-1"', b't="s"', b't="d"', b't="e"', b'"',
        b"<v>1e400</v>", b"<v>-1</v>", b"<v>99999999</v>", b"&amp;", b"&x;", b"<f/>", b"<c><v>1</v></c>", b"\xff", b"\0",
        b'<mergeCell ref="A1:XFD1048576"/>', b'<mergeCell ref="A0:B"/>', b"<is><t>x</t></is>", b' s="9999"', b"<!-- ",
        b"<row>" * 50, b"<!DOCTYPE a>", b'numFmtId="14"', b"xl/worksheets/sheet9.xml", b"rId1", b"9" * 300,
    ]
)  # fmt: skip


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """A workbook with some bytes of one or two of its parts replaced, or a part gone."""
    parts = dict(_PARTS)
    for _ in range(draw(st.integers(1, 2))):
        sheets = [name for name in sorted(parts) if "sheets/" in name]
        name = draw(st.sampled_from((sheets * 6 + sorted(parts)) if sheets else sorted(parts)))
        data = parts[name]
        if draw(st.integers(0, 19)) == 0:
            del parts[name]
            continue
        at = draw(st.integers(0, len(data)))
        parts[name] = data[:at] + draw(_SPLICES) + data[at + draw(st.integers(0, 30)) :]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    content = out.getvalue()
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=4)) + content[at + 1 :]
    return content
