"""Reading RDF that somebody hands in: places, recovery, persons, hostile files."""
# ruff: noqa: E501, UP031 -- a document or a case is one line, and JSON has braces of its own

import gzip
import json
import re
import time

import pytest
from pyoxigraph import Literal, NamedNode

from wallograph.errors import InputError, ParseError, TooLarge, Unsupported
from wallograph.intake.limits import IntakeLimits
from wallograph.intake.message_texts import MESSAGES
from wallograph.intake.rdf import RdfSubmission, read_rdf
from wallograph.intake.read import read_submission
from wallograph.model import Edit, Where
from wallograph.vocab import FOAF, ORG, SCHEMA, TYPE, XSD

BASE = "http://localhost:8000"
A = "http://e.org/a"
NAME = SCHEMA + "name"
HEAD = f"@prefix schema: <{SCHEMA}> .\n@prefix ex: <http://e.org/> .\n@prefix foaf: <{FOAF}> .\n@prefix org: <{ORG}> .\n"
XML = (
    '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
    f'  xmlns:schema="{SCHEMA}" xmlns:foaf="{FOAF}">\n'
)  # four lines with what follows
CONTEXT = json.dumps({"schema": SCHEMA, "foaf": FOAF, "org": ORG, "name": "schema:name"})


def read(name: str, content: str | bytes, media_type: str | None = None, **limits: int) -> RdfSubmission:
    data = content.encode() if isinstance(content, str) else content
    return read_rdf(name, data, media_type, limits=IntakeLimits(**limits), base=BASE)


def marked(text: str) -> tuple[str, tuple[int, int]]:
    """A text without its marks `«` and `»`, and the span between them."""
    start, end = text.index("«"), text.index("»") - 1
    return text.replace("«", "").replace("»", ""), (start, end)


# -- places


@pytest.mark.parametrize(
    ("name", "text", "predicate", "value"),
    [
        ("a.ttl", HEAD + 'ex:a schema:name "x" ;\n  schema:name «"Zoé"@fr» , "y" .', NAME, '"Zoé"@fr'),
        ("a.ttl", HEAD + "# ex:a schema:name 1 .\nex:a schema:name «1»,2 .", NAME, f'"1"^^<{XSD}integer>'),
        ("a.ttl", HEAD + 'ex:a schema:name «"""a\n"b" . \\u00e9"""» .', NAME, '"a\\n\\"b\\" . é"'),
        ("a.ttl", HEAD + "ex:b a ex:T . ex:a a «ex:T» .", TYPE, "<http://e.org/T>"),
        ("a.trig", HEAD + 'ex:g { ex:b ex:c 1 . ex:a schema:name «"é"» }', NAME, '"é"'),
        ("a.nt", f'<{A}> <{NAME}> "x" .\r\n<{A}> <{NAME}> «"\\u00e9"@fr» .\r\n', NAME, '"é"@fr'),
        ("a.nq", f'# c\n<{A}> <{NAME}> «"x"^^<{XSD}date>» <http://e.org/g> .', NAME, f'"x"^^<{XSD}date>'),
        ("a.jsonld", '{"@context":%s,\n"@id":"%s","name":["x",«"é"»]}' % (CONTEXT, A), NAME, '"é"'),
        ("a.jsonld", '{"@context":%s,"@id":"%s","name":«{"@value":"é","@language":"fr"}»}' % (CONTEXT, A), NAME, '"é"@fr'),
        ("a.rdf", XML + f'<rdf:Description rdf:about="{A}">\n «<schema:name xml:lang="fr">é&amp;</schema:name>»</rdf:Description></rdf:RDF>', NAME, '"é&"@fr'),
        ("a.rdf", XML + f'<rdf:Description rdf:about="{A}">«<schema:name rdf:resource="u:v"/>»</rdf:Description></rdf:RDF>', NAME, "<u:v>"),
    ],
)  # fmt: skip
def test_a_value_is_found_where_it_stands(name: str, text: str, predicate: str, value: str) -> None:
    text, span = marked(text)
    where = read(name, text).where(A, predicate, value)
    assert where.exact
    assert where.span == span
    before = text[: span[0]]
    assert where.line == before.count("\n") + 1
    assert where.column == len(before) - before.rfind("\n")


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.ttl", HEAD + "\n  ex:a ex:p 1 .", 6),
        ("a.nt", f"<u:v> <u:v> <u:v> .\n<{A}> <u:v> <u:v> .", 2),
        ("a.jsonld", '{"@context":%s,\n"@graph":[\n{"@id":"%s","name":"x"}]}' % (CONTEXT, A), 3),
        ("a.rdf", XML + f'<rdf:Description rdf:about="{A}"><schema:name>x</schema:name></rdf:Description></rdf:RDF>', 4),
    ],
)
def test_a_missing_value_is_told_at_its_thing(name: str, text: str, line: int) -> None:
    submission = read(name, text)
    assert (submission.where(A).line, submission.where(A).exact) == (line, True)
    field = submission.where(A, SCHEMA + "url")
    assert (field.line, field.exact, field.span, field.field) == (line, False, None, "schema:url")
    assert submission.where("http://e.org/nowhere").line is None


def test_a_field_is_told_at_its_property_and_a_wrong_value_is_not_exact() -> None:
    submission = read("a.ttl", HEAD + 'ex:a a ex:T ;\n  schema:name "x" .')
    where = submission.where(A, NAME)
    assert (where.line, where.column, where.exact) == (6, 3, True)
    assert not submission.where(A, NAME, '"other"').exact


def test_blank_nodes_of_each_kind_have_places() -> None:
    submission = read("a.ttl", HEAD + 'ex:a ex:p [ ex:q "1" ] , ( "2" [ ex:q "3" ] ) .\n_:b ex:q [] .')
    found = [submission.where(str(quad.subject), quad.predicate.value, str(quad.object)) for quad in submission.quads
             if str(quad.subject).startswith("_:")]  # fmt: skip
    assert len(found) == 7
    assert all(where.exact for where in found)


def test_json_pointers_and_nodes_without_identifier() -> None:
    text = '{"@context":%s,"@id":"%s","schema:url":{"name":["x","y"],"a/b":1}}' % (CONTEXT, A)
    submission = read("a.jsonld", text)
    node = next(str(quad.object) for quad in submission.quads if quad.predicate.value == SCHEMA + "url")
    assert submission.where(node, NAME, '"y"').pointer == "/schema:url/name/1"
    assert [finding.code for finding in submission.findings] == ["unknown-key"]
    assert submission.findings[0].messages["en"].startswith("The key 'a/b' is not in the context")


def test_our_own_context_is_known() -> None:
    text = '{"@context":"%s/ns/context/v1.jsonld","id":"%s","type":"Organization","labels":{"fr":"é"}}' % (BASE, A)
    submission = read("a.jsonld", text)
    assert {str(quad.object) for quad in submission.quads} == {f"<{ORG}Organization>", '"é"@fr'}
    assert submission.where(A, "http://www.w3.org/2000/01/rdf-schema#label", '"é"@fr').pointer == "/labels/fr"


def test_what_json_ld_drops_is_told() -> None:
    submission = read("a.jsonld", '{"@context":%s,"@id":"%s","name":"x","schema:url":{"@id":"rel"}}' % (CONTEXT, A))
    assert [(finding.code, finding.severity) for finding in submission.findings] == [("left-out-silently", "violation")]


def test_a_number_beyond_all_doubles_is_read() -> None:
    submission = read("a.jsonld", '{"@context":%s,"@id":"%s","name":1e999}' % (CONTEXT, A))
    value = str(submission.quads[0].object)
    assert submission.where(A, NAME, value).pointer == "/name"


def test_the_name_of_a_thing() -> None:
    submission = read("a.ttl", HEAD + 'ex:a schema:name "Z", "Zoé\\u202e\\n(fr)"@fr .\nex:b ex:p [ ex:q 1 ] .')
    assert submission.name_of(A) == "Z"
    assert submission.name_of("http://e.org/b") == "b"
    blank = next(str(quad.subject) for quad in submission.quads if str(quad.subject).startswith("_:"))
    assert submission.name_of(blank) == "[6]"


# -- writing and correcting


@pytest.mark.parametrize(
    ("name", "text", "value", "term", "expected"),
    [
        ("a.ttl", HEAD + 'ex:a schema:name "x" .', '"x"', Literal("y", language="fr"), '"y"@fr'),
        ("a.ttl", HEAD + 'ex:a schema:name "x" .', '"x"', NamedNode("http://e.org/b"), "ex:b"),
        ("a.ttl", HEAD + 'ex:a schema:name "x" .', '"x"', Literal("7", datatype=NamedNode(XSD + "integer")), "7"),
        ("a.nt", f'<{A}> <{NAME}> "x" .', '"x"', NamedNode("http://e.org/b"), "<http://e.org/b>"),
        ("a.jsonld", '{"@context":%s,"@id":"%s","name":"x"}' % (CONTEXT, A), '"x"', Literal("é"), '"é"'),
        ("a.jsonld", '{"@context":%s,"@id":"%s","name":"x"}' % (CONTEXT, A), '"x"', Literal("é", language="fr"),
         '{"@value": "é", "@language": "fr"}'),
        ("a.jsonld", '{"@context":%s,"@id":"%s","name":"x"}' % (CONTEXT, A), '"x"', NamedNode("u:v"), '{"@id": "u:v"}'),
        ("a.rdf", XML + f'<rdf:Description rdf:about="{A}"><schema:name>x</schema:name></rdf:Description></rdf:RDF>', '"x"',
         Literal("a<b", language="nl"), '<schema:name xml:lang="nl">a&lt;b</schema:name>'),
        ("a.rdf", XML + f'<rdf:Description rdf:about="{A}"><schema:name>x</schema:name></rdf:Description></rdf:RDF>', '"x"',
         NamedNode("u:v"), '<schema:name rdf:resource="u:v"/>'),
        ("a.rdf", XML + f'<rdf:Description rdf:about="{A}" schema:name="x"/></rdf:RDF>', '"x"', Literal("y"), None),
    ],
)  # fmt: skip
def test_a_term_is_written_as_the_file_has_it(name: str, text: str, value: str, term: object, expected: str | None) -> None:
    submission = read(name, text)
    where = submission.where(A, NAME, value)
    assert submission.write(term, where) == expected
    if expected is not None:
        again = read(name, submission.corrected([Edit(where, expected)]))
        assert [quad.object for quad in again.quads] == [term]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_correction_keeps_encoding_mark_and_line_ends(encoding: str) -> None:
    text = HEAD.replace("\n", "\r\n") + 'ex:a schema:name "Liège" ;\r\n\tschema:url <u:v> . # là\r\n'
    submission = read("a.ttl", text.encode(encoding))
    where = submission.where(A, NAME, '"Liège"')
    expected = text.replace('"Liège"', '"Namur"').encode(encoding)
    assert submission.corrected([Edit(where, '"Namur"')]) == expected
    assert submission.corrected([]) == text.encode(encoding)
    assert submission.losses() == ()


def test_what_the_encoding_lacks_is_written_as_an_escape() -> None:
    submission = read("a.ttl", (HEAD + 'ex:a schema:name "é" .').encode("cp1252"))
    done = submission.corrected([Edit(submission.where(A, NAME, '"é"'), '"Ő😀"')])
    assert done.endswith(b'"\\u0150\\U0001F600" .')


def test_edits_that_overlap_or_have_no_place_are_refused() -> None:
    submission = read("a.ttl", HEAD + 'ex:a schema:name "abc" .')
    where = submission.where(A, NAME, '"abc"')
    assert where.span is not None
    inner = Where("a.ttl", span=(where.span[0] + 1, where.span[1]))
    assert submission.corrected([Edit(where, '"d"'), Edit(where, '"d"')]).endswith(b'"d" .')
    for edits in ([Edit(where, '"d"'), Edit(inner, "e")], [Edit(Where("a.ttl"), "x")], [Edit(Where("a.ttl", span=(0, 10**6)), "x")]):
        with pytest.raises(InputError):
            submission.corrected(edits)


# -- broken files


def told(submission: RdfSubmission) -> list[tuple[int | None, int | None, str]]:
    texts = {code: re.sub(r"\\{\w+\\}", ".+", re.escape(by_lang["en"])) for code, by_lang in MESSAGES.items()}
    return [
        (f.where.line, f.where.column, next(code for code in texts if re.fullmatch(texts[code], f.messages["en"])))
        for f in submission.findings if f.where and f.code == "syntax"
    ]  # fmt: skip


def test_after_an_error_the_rest_of_turtle_is_read() -> None:
    submission = read("a.ttl", HEAD + (
        'ex:a schema:name "1" .\n'
        'ex:b schema:name "open ;\n  schema:url <u:v> .\n'
        'ex:c schema:name "3"\n'
        'ex:d schema:name "4" ; dcterms:title "5" .\n'
        "ex:e zz:p 1 . ex:e zz:q 2 .\n"
        "ex:f schema:url <a b> .\n"
        "ex:g ex:p [ ex:q ( 1 2 .\n"
        "ex:h ex:p << ex:a ex:b ex:c >> .\n"
        "ex:i ex:p <rel> .\n"
        'ex:j schema:name "last" .\n'
    ))  # fmt: skip
    assert told(submission) == [
        (6, 18, "string-not-closed"), (8, 21, "missing-stop"), (9, 24, "unknown-prefix"), (10, 6, "unknown-prefix"),
        (11, 17, "wrong-iri"), (12, 24, "not-understood"), (13, 11, "rdf-newer"), (14, 11, "relative-iri"),
    ]  # fmt: skip
    assert {quad.subject.value[-1] for quad in submission.quads} == set("acdj")
    assert submission.where("http://e.org/j", NAME, '"last"').line == 15
    assert {finding.severity for finding in submission.findings} == {"violation"}
    assert all(set(finding.messages) == {"fr", "nl", "de", "en"} for finding in submission.findings)


def test_after_an_error_the_rest_of_a_graph_block_is_read() -> None:
    submission = read("a.trig", HEAD + 'ex:g { ex:a ex:p "1" . ex:b ex:p <x y> . ex:c ex:p "2" }\nzz:g { ex:d ex:p 3 }\n{ ex:e ex:p 4 }')
    assert told(submission) == [(5, 34, "wrong-iri"), (6, 1, "unknown-prefix")]
    assert [str(quad.graph_name) for quad in submission.quads] == ["<http://e.org/g>", "<http://e.org/g>", "DEFAULT"]


def test_a_brace_that_is_not_closed_is_told() -> None:
    assert read("a.trig", HEAD + "ex:g { ex:a ex:p 1 ").findings


@pytest.mark.parametrize("graph", ["", " <u:g>"])
def test_each_broken_line_of_n_triples_is_told(graph: str) -> None:
    name = "a.nq" if graph else "a.nt"
    submission = read(name, f'<u:a> <u:p> "1"{graph} .\n<u:a> <u:p> "open\n<u:a> u:p <u:b> .\n<u:b> <u:p> "2"@fr{graph} .')
    assert [line for line, _, _ in told(submission)] == [2, 3]
    assert told(submission)[1][2] == "no-prefixes"
    assert [quad.object.value for quad in submission.quads] == ["1", "2"]


def test_the_number_of_errors_is_limited() -> None:
    submission = read("a.ttl", HEAD + "ex:a ex:p 1 .\n" + "ex:a ex:p <a b> .\n" * 50, findings=10)
    assert len(submission.findings) == 10


def test_an_error_after_many_statements_is_found_at_its_line() -> None:
    lines = [f'ex:s{n} schema:name "n{n}" .' for n in range(5000)]
    lines[4321] = "ex:s4321 schema:name broken ."
    submission = read("a.ttl", HEAD + "\n".join(lines))
    assert [(line, column) for line, column, _ in told(submission)] == [(4326, 22)]
    assert len(submission.quads) == 4999


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.ttl", "\nthis is no Turtle", (2, 1)),
        ("a.ttl", HEAD + "ex:a ex:p", (5, 1)),
        ("a.nt", "<u:a> <u:p>\n", (1, 7)),
        ("a.jsonld", '{"a": 1,\n "b" 2}', (2, 6)),
        ("a.jsonld", '{"a": 1,}', (1, 9)),
        ("a.jsonld", '{"a": "\\ud800"}', (1, 7)),
        ("a.jsonld", "[1] 2", (1, 5)),
        ("a.rdf", XML + "<a>\n</b>", (5, 3)),
        ("a.rdf", XML + '<rdf:Description rdf:about="#x"/></rdf:RDF>', (4, 1)),
    ],
)
def test_what_cannot_be_read_at_all_is_told_with_its_place(name: str, text: str, place: tuple[int, int]) -> None:
    with pytest.raises(ParseError) as caught:
        read(name, text)
    assert caught.value.line == place[0]
    assert caught.value.messages is not None
    assert caught.value.code


# -- natural persons


SECRET = "Jan Peeters"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (f'ex:p a foaf:Person ; foaf:name "{SECRET}" . ex:a schema:founder ex:p .', {"foaf:Person", "schema:founder"}),
        (f'ex:a schema:founder [ a schema:Person ; schema:name "{SECRET}" ] .', {"schema:Person", "schema:founder"}),
        (f'ex:a schema:founder "{SECRET}" .', {"schema:founder"}),
        (f"ex:a schema:founder <http://linked.in/{SECRET.replace(' ', '-')}> .", {"schema:founder"}),
        (f'ex:a schema:contactPoint [ schema:name "{SECRET}" ; schema:areaServed [ schema:name "{SECRET}" ] ] .',
         {"schema:contactPoint"}),
        (f'ex:a schema:email "{SECRET}" ; schema:telephone "{SECRET}" .', {"schema:email", "schema:telephone"}),
        (f'ex:a schema:url <mailto:{SECRET.replace(" ", ".")}@x.be> .', {"schema:url"}),
        (f'ex:p schema:familyName "{SECRET}" ; schema:name "{SECRET}" .', {"schema:familyName"}),
        (f'ex:p a <http://www.w3.org/2006/vcard/ns#Individual> ; schema:name "{SECRET}" .',
         {"http://www.w3.org/2006/vcard/ns#Individual"}),
        (f'ex:a <http://www.w3.org/2006/vcard/ns#hasEmail> "{SECRET}" .', {"http://www.w3.org/2006/vcard/ns#hasEmail"}),
    ],
)  # fmt: skip
def test_persons_are_left_out_and_named_without_their_value(text: str, fields: set[str]) -> None:
    submission = read("a.ttl", HEAD + f'{text}\nex:a a org:Organization ; schema:name "Z" .')
    assert {str(quad.object) for quad in submission.quads} == {f"<{ORG}Organization>", '"Z"'}
    findings = [finding for finding in submission.findings if finding.code == "person-left-out"]
    assert {finding.where.field for finding in findings if finding.where and finding.where.field} | {
        field for field in fields if any(f"'{field}'" in finding.messages["en"] for finding in findings)
    } >= fields
    assert all(finding.where and finding.where.line == 5 for finding in findings)
    assert "Peeters" not in repr(findings)


def test_an_organisation_may_be_founder() -> None:
    submission = read("a.ttl", HEAD + f"ex:a schema:founder ex:b, <{BASE}/id/actor/cetic> . ex:b a org:Organization .")
    assert len(submission.quads) == 3
    assert not submission.findings


def test_a_persons_keys_are_not_repeated_in_a_pointer() -> None:
    context = '{"schema":"http://schema.org/","founder":{"@id":"schema:founder","@container":"@index"}}'
    submission = read("a.jsonld", f'{{"@context":{context},"@id":"{A}","founder":{{"{SECRET}":"{SECRET}"}}}}')
    assert [finding.code for finding in submission.findings] == ["person-left-out"]
    assert SECRET not in repr(submission.findings)


# -- hostile files

DEEP = 100_000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", "<u:a> <u:b> " + "[<u:c> " * DEEP), ("a.ttl", "<u:a> <u:b> " + "(" * DEEP + ")" * DEEP + " ."),
        ("a.trig", "<u:g> { <u:a> <u:b> " + "( [<u:p> " * DEEP), ("a.trig", "{" * DEEP),
        ("a.nt", "<u:a> <u:b> " + "<<( <u:a> <u:b> " * DEEP), ("a.nq", "<u:a> <u:b> " + "(" * DEEP),
        ("a.ttl", "<u:a> <u:b> " + "<<( <u:a> <u:b> " * DEEP + "1" + ")>>" * DEEP + " ."),
        ("a.ttl", "<u:a> <u:b> '" + "\n<<( <u:a> <u:b> " * DEEP + "1" + ")>>" * DEEP + " ."),
        ("a.jsonld", "[" * DEEP), ("a.jsonld", '{"a":' * DEEP), ("a.jsonld", '{"@context":' * DEEP + "1" + "}" * DEEP),
        ("a.jsonld", '{"@context":{' + ",".join(f'"a{n}":"a{n + 1}:x"' for n in range(30_000)) + '},"a0":1}'),
        ("a.rdf", XML + "<schema:a>" * DEEP),
    ],
)  # fmt: skip
def test_brackets_too_deep_are_refused_early(name: str, text: str) -> None:
    start = time.process_time()
    with pytest.raises((TooLarge, ParseError)) as caught:
        read(name, text)
    assert isinstance(caught.value, TooLarge) or "{" in text[:20]
    assert time.process_time() - start < 5


def test_many_guillemets_in_texts_are_no_nesting() -> None:
    text = HEAD + "".join(f'ex:a schema:name "<<{n}>>" . # <<\n' for n in range(300))
    submission = read("a.ttl", text)
    assert len(submission.quads) == 300
    where = submission.where(A, NAME, '"<<7>>"')
    assert (where.line, where.exact) == (12, True)


@pytest.mark.parametrize(
    "doctype",
    ['<!DOCTYPE a [<!ENTITY a "1"><!ENTITY b "&a;&a;">]>', '<!DOCTYPE a SYSTEM "http://e.org/x.dtd">',
     '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
)  # fmt: skip
def test_xml_entities_are_refused(doctype: str) -> None:
    with pytest.raises(ParseError) as caught:
        read("a.rdf", f'<?xml version="1.0"?>\n{doctype}<rdf:RDF/>')
    assert (caught.value.code, caught.value.line) == ("doctype", 2)


@pytest.mark.parametrize(
    "context",
    ['"https://schema.org/"', '[{}, "file:///etc/passwd"]', '{"@import": "http://e.org/c"}',
     '{"a": {"@id": "u:a", "@context": "http://e.org/c"}}'],
)  # fmt: skip
def test_a_remote_context_is_refused_and_told_what_to_do(context: str) -> None:
    with pytest.raises(ParseError) as caught:
        read("a.jsonld", '{"@id": "u:a",\n "@context": %s}' % context)
    assert (caught.value.code, caught.value.line) == ("remote-context", 2)
    assert f"{BASE}/ns/context/v1.jsonld" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "media_type", "content", "code"),
    [
        ("a.ttl", None, b"PK\x03\x04rest", "not-what-it-says"), ("a.ttl", None, b"%PDF-1.7", "not-what-it-says"),
        ("a.rdf", None, b"<!DOCTYPE html><html>", "not-what-it-says"), ("a.ttl", None, b"\n<html><body>", "not-what-it-says"),
        ("", "text/turtle", b"\x89PNG\r\n", "not-what-it-says"), ("a.nt.gz", None, gzip.compress(b"x", mtime=0), "packed"),
        ("a.ttl", None, gzip.compress(b"x" * 10**6, mtime=0), "packed"), ("a.ttl", None, b'{"@id": "u:a"}', "not-what-it-says"),
        ("a.jsonld", None, b"<?xml version='1.0'?><a/>", "not-what-it-says"), ("a.rdf", None, b"@prefix a: <u:> .", "not-what-it-says"),
        ("a", "image/png", b"<u:a> <u:b> <u:c> .", "unknown-media-type"), ("a", None, b"hello", "unknown-format"),
        ("a.csv", None, b"a;b\n1;2", "not-read-here"), ("a.ttl", "text/csv", b"a,b\n1,2", "not-read-here"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused(name: str, media_type: str | None, content: bytes, code: str) -> None:
    with pytest.raises(Unsupported) as caught:
        read(name, content, media_type)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "media_type", "text", "kind"),
    [
        ("a", None, HEAD + "ex:a ex:b 1 .", "text/turtle"), ("a.txt", "text/plain", HEAD + "ex:g { ex:a ex:b 1 }", "application/trig"),
        ("", None, "<u:a> <u:b> <u:c> .", "application/n-triples"), ("", None, '<u:a> <u:b> "x"@fr <u:g> .', "application/n-quads"),
        ("x", "application/json", '{"@id":"u:a","u:b":1}', "application/ld+json"), ("x.ttl", "application/ld+json", "{}", "application/ld+json"),
        ("", "text/xml", XML + "</rdf:RDF>", "application/rdf+xml"), ("A.TTL", "application/octet-stream", "#", "text/turtle"),
        ("a", "text/turtle; charset=utf-8", "#", "text/turtle"),
    ],
)  # fmt: skip
def test_the_format_is_told_by_type_name_or_content(name: str, media_type: str | None, text: str, kind: str) -> None:
    assert read(name, text, media_type).media_type == kind


def test_limits() -> None:
    text = HEAD + 'ex:a schema:name "' + "x" * 1000 + '" .' + " ex:a ex:p 1, 2, 3 ."
    for limits, name in (({"bytes": 100}, "bytes"), ({"cell_chars": 999}, "cell_chars"), ({"quads": 3}, "quads")):
        with pytest.raises(TooLarge) as caught:
            read("a.ttl", text, **limits)
        assert caught.value.limit == name
    assert len(read("a.ttl", text).quads) == 4


def test_a_giant_text_is_refused_quickly() -> None:
    start = time.process_time()
    for name, text in (("a.ttl", f'<u:a> <u:b> "{"x" * 5_000_000}" .'), ("a.jsonld", f'{{"@id":"u:a","u:b":"{"x" * 5_000_000}"}}')):
        with pytest.raises(TooLarge):
            read(name, text)
    assert time.process_time() - start < 5


def test_the_encoding_is_told() -> None:
    text = HEAD + 'ex:a schema:name "é" .'
    guessed = read("a.ttl", text.encode("cp1252"))
    assert [(f.code, f.severity, f.where and f.where.line) for f in guessed.findings] == [("encoding-guessed", "warning", 5)]
    assert [quad.object.value for quad in guessed.quads] == ["é"]
    other = read("a.ttl", text.encode("utf-16"))
    assert [finding.code for finding in other.findings] == ["not-utf-8"]
    assert other.where(A, NAME, '"é"').line == 5
    assert not read("a.ttl", text.encode("utf-8-sig")).findings
    with pytest.raises(ParseError):
        read("a.ttl", text.encode("utf-16")[:-1])
    latin = XML.replace('"1.0"', '"1.0" encoding="ISO-8859-1"') + "<rdf:Description rdf:about='u:a' schema:name='é'/></rdf:RDF>"
    assert [quad.object.value for quad in read("a.rdf", latin.encode("latin-1")).quads] == ["é"]
    with pytest.raises(ParseError):
        read("a.rdf", latin.replace("ISO-8859-1", "EBCDIC").encode("latin-1"))


def test_signs_that_cannot_be_seen_do_not_break_reading() -> None:
    submission = read("a.ttl", HEAD + 'ex:a schema:name "a\0b", "\u202egnp" .')
    assert [quad.object.value for quad in submission.quads] == ["a\0b", "\u202egnp"]
    assert submission.name_of(A) == "a b"
    assert told(read("a.ttl", HEAD + 'ex:a schema:name "\\uD800" . ex:b ex:p 1 .')) == [(5, 19, "wrong-escape")]


@pytest.mark.parametrize("content", [b"", b" \n ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(content: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        read("a.ttl", content)
    assert caught.value.code == "empty-file"


def test_many_errors_in_a_large_file_do_not_take_long() -> None:
    text = HEAD + "".join(f'ex:s{n} schema:name "n{n}" {"" if n % 50 == 0 else "."}\n' for n in range(20_000))
    start = time.process_time()
    submission = read("a.ttl", text)
    assert submission.findings[-1].where is not None
    assert len(submission.findings) == 200
    assert time.process_time() - start < 10


def test_read_submission_reads_rdf() -> None:
    submission = read_submission("a.ttl", (HEAD + "ex:a ex:p 1 .").encode(), None, (), None, base=BASE)
    assert len(submission.quads) == 1
    with pytest.raises(TooLarge):
        read_submission("a.ttl", b"x" * 11, None, (), None, limits=IntakeLimits(bytes=10), base=BASE)


def test_every_message_has_four_languages_and_the_same_values() -> None:
    for code, texts in MESSAGES.items():
        assert set(texts) == {"fr", "nl", "de", "en"}, code
        fields = [{part.split("}")[0] for part in text.split("{")[1:]} for text in texts.values()]
        assert all(found == fields[0] for found in fields), code
