"""Reading RDF under fire: places agree with the parser, and nothing but an InputError ever comes out."""
# ruff: noqa: E501 -- a document or a case is one line, and JSON has braces of its own

import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from campaign import LONGER
from rdf_texts import DOCUMENTS, mutated, shaken
from wallograph.errors import InputError
from wallograph.intake.formats import Format
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.rdf import read_rdf
from wallograph.intake.rdf.placed import named, same_order
from wallograph.intake.rdf.statements import divide
from wallograph.intake.rdf.text import Text
from wallograph.intake.rdf.tokens import tokenize
from wallograph.intake.rdf.turtle import LineReader, Prefixes, Reader
from wallograph.intake.rdf.xml_walk import Walker

BASE = "http://localhost:8000"
LIMITS = IntakeLimits()
FORMS = {"ttl": Format.TURTLE, "trig": Format.TRIG, "nt": Format.N_TRIPLES, "nq": Format.N_QUADS}
FIRE = settings(
    max_examples=100 * min(LONGER, 10), deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)  # fmt: skip


@pytest.mark.parametrize("kind", FORMS)
@FIRE
@given(data=st.data())
def test_the_position_pass_gives_the_parsers_triples_in_its_order(kind: str, data: st.DataObject) -> None:
    text = data.draw(DOCUMENTS[kind])
    form = FORMS[kind]
    try:
        quads = list(parse(text, form.rdf))
    except SyntaxError:
        return
    tokens = tokenize(text)
    reader = (LineReader if form.by_line else Reader)(text, tokens, Prefixes())
    for statement in divide(text, tokens, blocks=form is Format.TRIG, by_line=form.by_line):
        assert reader.read(statement)
    assert same_order(reader.placed, quads)


@FIRE
@given(text=DOCUMENTS["rdf"])
def test_the_position_pass_over_xml_gives_the_parsers_triples(text: str) -> None:
    walker = Walker(Text(text), LIMITS)
    walker.walk()
    assert same_order(walker.placed, list(parse(text, RdfFormat.RDF_XML)))


STORM = settings(FIRE, max_examples=max(200, 400 * LONGER if LONGER > 1 else 0))  # 24,000 of each when longer


def _use(name: str, content: bytes) -> None:
    """Read a file and ask all of the submission that others ask of it."""
    start = time.process_time()
    try:
        submission = read_rdf(name, content, None, limits=LIMITS, base=BASE)
    except InputError as error:
        assert error.messages is None or set(error.messages) == {"fr", "nl", "de", "en"}
    else:
        for quad in submission.quads:
            subject = named(quad.subject)
            where = submission.where(subject, quad.predicate.value, str(quad.object))
            submission.write(quad.object, where)
            submission.name_of(subject)
            assert where.span is None or 0 <= where.span[0] <= where.span[1] <= len(submission.text)
        assert submission.corrected([]) == content
    assert time.process_time() - start < 5


@pytest.mark.parametrize("kind", DOCUMENTS)
@FIRE
@given(data=st.data())
def test_a_mutated_document_raises_nothing_but_an_input_error(kind: str, data: st.DataObject) -> None:
    _use(f"a.{kind}", data.draw(mutated(DOCUMENTS[kind])))


@pytest.mark.parametrize("kind", DOCUMENTS)
@STORM
@given(seed=st.integers(0, 2**63))
def test_a_shaken_document_raises_nothing_but_an_input_error(kind: str, seed: int) -> None:
    _use(f"a.{kind}", shaken(kind, seed))


@pytest.mark.parametrize("kind", DOCUMENTS)
@FIRE
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_raise_nothing_but_an_input_error(kind: str, content: bytes) -> None:
    _use(f"a.{kind}", content)


@FIRE
@given(
    name=st.sampled_from(["", "a", "a.json", "a.txt", "a.xml", "a.ttl.gz", "..", "a.csv"]),
    kind=st.sampled_from([None, "text/plain", "text/turtle; charset=latin-1", "image/png", ";", "application/json"]),
    content=st.binary(max_size=40) | mutated(DOCUMENTS["ttl"]) | mutated(DOCUMENTS["jsonld"]) | mutated(DOCUMENTS["rdf"]),
)  # fmt: skip
def test_sniffing_raises_nothing_but_an_input_error(name: str, kind: str | None, content: bytes) -> None:
    with suppress(InputError):
        read_rdf(name, content, kind, limits=LIMITS, base=BASE)


@pytest.mark.parametrize("kind", DOCUMENTS)
@FIRE
@given(data=st.data())
def test_a_value_written_in_its_place_is_read_as_the_same_value(kind: str, data: st.DataObject) -> None:
    from_text = data.draw(DOCUMENTS[kind]).encode()
    try:
        submission = read_rdf(f"a.{kind}", from_text, None, limits=LIMITS, base=BASE)
    except InputError:
        return
    before = sorted(str(quad.predicate) + str(quad.object) for quad in submission.quads if "_:" not in str(quad.object))
    for quad in submission.quads:
        where = submission.where(named(quad.subject), quad.predicate.value, str(quad.object))
        text = submission.write(quad.object, where) if where.exact else None
        if text is None or where.span is None:
            continue
        start, end = where.span
        again = (submission.text[:start] + text + submission.text[end:]).encode()
        second = read_rdf(f"a.{kind}", again, None, limits=LIMITS, base=BASE)
        assert before == sorted(str(q.predicate) + str(q.object) for q in second.quads if "_:" not in str(q.object))
