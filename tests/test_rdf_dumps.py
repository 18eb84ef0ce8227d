"""Single dumps: quads put together by graph whatever the memory, and when RDF/XML must be read again."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from wallograph.release.rdf_dumps import Sorted, fits_xml, write_rdf
from wallograph.release.regroup import regroup

LINES = [
    b"<urn:a> <urn:p> <urn:o> .\n",
    b"<urn:a> <urn:p> <urn:o> <urn:g1> .\n",
    b"<urn:a> <urn:p> <urn:o> <urn:g2> .\n",
    b'<urn:b> <urn:p> "it ends with <" .\n',
    b'<urn:b> <urn:p> "x" <urn:g1> .\n',
    b"<urn:b> <urn:p> <urn:o> <urn:g2> .\n",
    b'<urn:c> <urn:p> "x" <urn:g1> .\n',
]


@pytest.mark.parametrize("most", [1, 60, 150, 10_000])
def test_the_lines_of_a_graph_stand_together_in_their_order(tmp_path: Path, most: int) -> None:
    (tmp_path / "graph.nq").write_bytes(b"".join(LINES))
    regroup(tmp_path / "graph.nq", tmp_path / "grouped.nq", most)
    found = (tmp_path / "grouped.nq").read_bytes().splitlines(keepends=True)
    assert sorted(found) == sorted(LINES)
    for graph in (b"<urn:g1> .\n", b"<urn:g2> .\n"):
        places = [place for place, line in enumerate(found) if line.endswith(graph)]
        assert places == list(range(places[0], places[0] + len(places)))
        assert [found[place] for place in places] == [line for line in LINES if line.endswith(graph)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.nq", "grouped.nq"]


def test_an_empty_graph_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(b"")
    regroup(tmp_path / "graph.nq", tmp_path / "grouped.nq")
    assert (tmp_path / "grouped.nq").read_bytes() == b""


def test_trig_has_each_graph_once(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(b"".join(LINES))
    source = Sorted(tmp_path / "graph.nq", tmp_path / "graph.nt", "https://data.example.org")
    (tmp_path / "out").mkdir()
    assert write_rdf(source, tmp_path / "out", "graph.trig") == ""
    written = (tmp_path / "out" / "graph.trig").read_bytes()
    assert written.count(b"<urn:g1> {") == written.count(b"<urn:g2> {") == 1
    assert set(parse(written, RdfFormat.TRIG)) == set(parse(b"".join(LINES), RdfFormat.N_QUADS))


PLAIN = {"http://schema.org/name", "http://www.w3.org/ns/org#unitOf", "urn:x:p"}


@pytest.mark.parametrize(
    ("line", "predicates", "fits"),
    [
        (b'<urn:s> <urn:x:p> "plain \\"text\\"\\n\xc3\xa9 <&>" .\n', PLAIN, True),
        (b'<urn:s> <urn:x:p> "x" .\n', set(), False),  # not known, so not seen
        (b'<urn:s> <urn:x:p> "x" .\n', {"urn:x:1"}, False),
        (b'<urn:s> <urn:x:p> "x" .\n', {"http://example.org/"}, False),
        (b'<urn:s> <urn:x:p> "a\\rb" .\n', PLAIN, False),
        (b'<urn:s> <urn:x:p> "a\\u0001b" .\n', PLAIN, False),
        (b'<urn:s> <urn:x:p> "a\x01b" .\n', PLAIN, False),
        (b'<urn:s> <urn:x:p> "a\x0cb" .\n', PLAIN, False),
        (b'<urn:s> <urn:x:p> "a\xef\xbf\xbeb" .\n', PLAIN, False),
        (b'<urn:s> <urn:x:p> "a\xef\xbf\xbfb" .\n', PLAIN, False),
    ],
)
def test_what_xml_surely_can_say_is_not_read_again(
    tmp_path: Path, line: bytes, predicates: set[str], fits: bool
) -> None:
    (tmp_path / "graph.nt").write_bytes(line)
    assert fits_xml(tmp_path / "graph.nt", predicates) is fits
