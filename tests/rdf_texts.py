"""Generated RDF: strategies for documents in Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML."""
# ruff: noqa: E501 -- a document or a case is one line, and JSON has braces of its own

import json
from random import Random

from hypothesis import strategies as st

BLANKS = st.sampled_from([" ", "\n", "\t", " # note . ; \" <\n", "\r\n", "  "])
TEXTS = st.text(st.sampled_from("aé\"'\\\n .;#<>[]😀\u202e"), max_size=6)
IRIS = st.sampled_from(["<http://e.org/a>", "<http://e.org/é#b>", "ex:a", "ex:b.c", ":", ":x", "<rel>", "ex:a\\,b", "ex:%41"])
LABELS = st.sampled_from(["_:b", "_:c.d", "_:0"])
NUMBERS = st.sampled_from(["1", "-2", "+3.50", ".5", "1e3", "4.E-2", "true", "false", "007"])


def _quoted(text: str, mark: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(mark[0], "\\" + mark[0])
    return mark + (escaped if len(mark) == 3 else escaped.replace("\n", "\\n")) + mark


STRINGS = st.builds(_quoted, TEXTS, st.sampled_from(['"', "'", '"""', "'''"]))
LITERALS = st.builds(
    "".join, st.tuples(STRINGS, st.sampled_from(["", "", "@fr", "@en-GB", "^^ex:d", " ^^ <http://e.org/t>"]))
)
HEAD = "@prefix ex: <http://e.org/> . PREFIX : <http://e.org/n#>\n@base <http://base.org/x/> .\n"


def _spaced(parts: list[str], blank: str) -> str:
    return blank.join(parts)


def _objects(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    properties = _properties(inner)
    return (
        st.builds(lambda items, b: f"({b.join(['', *items, ''])})", st.lists(inner, max_size=3), BLANKS)
        | st.builds(lambda p, b: f"[{b}{p}{b}]", properties, BLANKS)
        | st.just("[]")
        | st.just("[ ]")
    )


def _properties(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.builds(
        lambda p, v, b: f"{p}{b}{(b + ',' + b).join(v)}", IRIS | st.just("a"), st.lists(values, min_size=1, max_size=3), BLANKS
    )
    return st.builds(
        lambda ps, b, end: f"{b};{b}".join(ps) + b + end, st.lists(one, min_size=1, max_size=3), BLANKS, st.sampled_from(["", ";", ";;"])
    )


VALUES = st.recursive(IRIS | LABELS | LITERALS | NUMBERS, _objects, max_leaves=8)
TRIPLES = st.builds(
    lambda s, p, b: f"{s}{b}{p}{b}.", IRIS | LABELS | st.just("[]") | _objects(VALUES), _properties(VALUES), BLANKS
) | st.builds(lambda p, b: f"[{b}{p}{b}]{b}.", _properties(VALUES), BLANKS)
TURTLE = st.builds(lambda ts, b: HEAD + b.join(ts), st.lists(TRIPLES, max_size=5), BLANKS)
BLOCKS = st.builds(
    lambda g, ts, b: f"{g}{b}{{{b.join(ts)}}}",
    st.sampled_from(["", "ex:g", "GRAPH <http://e.org/g>", "_:g", "[]", "graph :h"]), st.lists(TRIPLES, max_size=3), BLANKS,
)  # fmt: skip
TRIG = st.builds(lambda ts, b: HEAD + b.join(ts), st.lists(TRIPLES | BLOCKS, max_size=4), BLANKS)

_N_IRIS = st.sampled_from(["<http://e.org/a>", "<http://e.org/\\u00e9>", "<u:b>"])
_N_LITERALS = st.builds(
    lambda t, end: json.dumps(t) + end, st.text("aé\\\n", max_size=4), st.sampled_from(["", "@fr", "^^<http://e.org/t>"])
)
_N_TERMS = st.tuples(_N_IRIS | st.just("_:b"), _N_IRIS, _N_IRIS | _N_LITERALS | st.just("_:c"))
N_TRIPLES = st.lists(_N_TERMS.map(lambda t: " ".join(t) + " ."), max_size=5).map("\n".join)
N_QUADS = st.lists(
    st.builds(lambda t, g: " ".join([*t, g]) + " .", _N_TERMS, st.sampled_from(["", "<http://e.org/g>", "_:g"])), max_size=5
).map("\n".join)

_SCALARS = st.text("aé\"\\", max_size=3) | st.integers(-9, 9) | st.booleans() | st.sampled_from([1.5, 2e30, None])
_NODES = st.recursive(
    _SCALARS | st.builds(lambda v: {"@value": v, "@language": "fr"}, st.text("ab", max_size=2)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "e:q", "link", "year", "tags", "list", "http://e.org/r"]), inner, max_size=3)
        | st.builds(lambda n, i: n | {"@id": i}, st.dictionaries(st.sampled_from(["name", "link"]), inner, max_size=2),
                    st.sampled_from(["e:a", "_:x", "http://e.org/b", "rel"]))
    ),
    max_leaves=8,
)  # fmt: skip
CONTEXT = {
    "@vocab": "http://e.org/v#", "e": "http://e.org/", "link": {"@id": "e:link", "@type": "@id"},
    "year": {"@id": "e:year", "@type": "http://www.w3.org/2001/XMLSchema#gYear"},
    "tags": {"@id": "e:tag", "@container": "@set", "@language": "fr"}, "list": {"@id": "e:l", "@container": "@list"},
}  # fmt: skip
JSON_LD = st.builds(
    lambda nodes, indent: json.dumps({"@context": CONTEXT, "@graph": nodes}, indent=indent, ensure_ascii=False),
    st.lists(_NODES.filter(lambda n: isinstance(n, dict)), max_size=3), st.sampled_from([None, 1]),
)  # fmt: skip

_X_TEXT = st.sampled_from(["", "a", "é &amp; b", " x\n", "&#233;"])
_X_IDS = st.sampled_from(["", ' rdf:about="http://e.org/a"', ' rdf:nodeID="b"', ' e:q="1" rdf:type="http://e.org/T"'])


def _x_node(name: str, identity: str, properties: list[str], lang: str) -> str:
    return f"<{name}{identity}{lang}>{''.join(properties)}</{name}>"


def _x_property(nodes: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        st.builds(lambda t: f"<e:p>{t}</e:p>", _X_TEXT)
        | st.builds(lambda t: f'<e:p rdf:datatype="http://e.org/t">{t}</e:p>', _X_TEXT)
        | st.sampled_from(['<e:r rdf:resource="http://e.org/z"/>', "<e:k/>", '<e:m e:x="1" e:y="2"/>', '<e:n rdf:nodeID="b"/>',
                           '<e:l rdf:parseType="Literal"><b>x</b></e:l>', "<rdf:li>1</rdf:li>"])
        | st.builds(lambda n: f"<e:o>{n}</e:o>", nodes)
        | st.builds(lambda n: f'<e:c rdf:parseType="Collection">{"".join(n)}</e:c>', st.lists(nodes, max_size=2))
        | st.builds(lambda t: f'<e:s rdf:parseType="Resource"><e:p>{t}</e:p></e:s>', _X_TEXT)
    )  # fmt: skip


_X_NODES = st.recursive(
    st.builds(_x_node, st.sampled_from(["e:T", "rdf:Description"]), _X_IDS, st.just([]), st.just("")),
    lambda inner: st.builds(
        _x_node, st.sampled_from(["e:T", "rdf:Description"]), _X_IDS, st.lists(_x_property(inner), max_size=3),
        st.sampled_from(["", ' xml:lang="fr"']),
    ),
    max_leaves=5,
)  # fmt: skip
RDF_XML = st.builds(
    lambda nodes, blank: (
        '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">'
        + blank.join(nodes) + "</rdf:RDF>"
    ),
    st.lists(_X_NODES, max_size=4), st.sampled_from(["", "\n", "<!-- c -->"]),
)  # fmt: skip

DOCUMENTS = {
    "ttl": TURTLE, "trig": TRIG, "nt": N_TRIPLES, "nq": N_QUADS, "jsonld": JSON_LD, "rdf": RDF_XML,
}  # fmt: skip
NOISE = st.sampled_from([
    "", ".", ";", '"', "'", '"""', "'''", "<", ">", "<<", ">>", "<<(", "{", "}", "[", "]", "(", ")", "\\", "\\u", "@", "@prefix",
    "\0", "\ufeff", "\u202e", "é", "\n", "\r", ",", ":", "^^", "_:", "#", "~", "{|", "<a b>", "ex:", "zz:y", "&", "&x;", "<!--", "<![CDATA[",
    "<!DOCTYPE a [", "null", '"@id"', '"@context":', '"\\ud800"', "1e999", "-", "<rdf:RDF", "/>", "VERSION", "--ltr", "\ufffe",
])  # fmt: skip


_P = "@prefix ex: <http://e.org/> .\n@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
_T = 'ex:a a ex:T ; ex:p "x"@fr , """é\n"q" """ ; ex:q [ ex:r ( 1 2.5 true [] ) ; ] .\n_:b ex:p <http://e.org/é#x> . # note\n'
_X = '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">\n'
_J = {"@context": CONTEXT, "@id": "e:a", "name": ["x", {"@value": "é", "@language": "fr"}], "link": "e:b", "year": 2019,
      "tags": ["a"], "list": [1, {"name": True}], "e:q": {"name": 1.5, "@reverse": {"link": {"@id": "e:c"}}}}  # fmt: skip
# one document of each syntax with all that it has; what is done to them is told by a number
SEEDS = {
    "ttl": [_P + _T, _P + 'PREFIX b: <u:>\nBASE <http://e.org/>\n<x> b:y "1"^^b:t ; .\n[ b:z <y> ] .\nex:a foaf:mbox <mailto:a@b.be> .'],
    "trig": [_P + "ex:g {" + _T + "}\nGRAPH _:g { ex:a ex:b 1 }\n{ ex:c ex:d ( ) . }\n" + _T],
    "nt": ['<u:a> <u:b> "x\\n\\u00e9"@fr .\n_:b <u:b> _:c . # note\n<u:a> <u:b> "1"^^<u:t> .\n'],
    "nq": ['<u:a> <u:b> "x\\n\\u00e9"@fr <u:g> .\n_:b <u:b> _:c _:g . # note\n<u:a> <u:b> "1"^^<u:t> .\n'],
    "jsonld": [json.dumps(_J, ensure_ascii=False, indent=1), json.dumps({"@context": CONTEXT, "@graph": [_J, {"e:q": [_J]}]})],
    "rdf": [_X + '<e:T rdf:about="http://e.org/a" e:q="1" xml:lang="fr"><e:p>é &amp; b</e:p><e:r rdf:resource="u:v"/><e:o><e:U/></e:o>\n'
            '<e:c rdf:parseType="Collection"><e:T/><e:U rdf:nodeID="b"/></e:c><e:s rdf:parseType="Resource"><e:p/></e:s>'
            '<e:l rdf:parseType="Literal"><b>x</b></e:l><rdf:li rdf:datatype="u:t">1</rdf:li></e:T><!-- c --></rdf:RDF>'],
}  # fmt: skip
_PIECES = [".", ";", '"', "'", '"""', "'''", "<", ">", "<<", ">>", "<<(", ")>>", "{", "}", "[", "]", "(", ")", "\\", "\\u", "\\uD800", "@", "@prefix", "\x00", "\ufeff", "\u202e", "é", ",", ":", "^^", "_:", "#", "~", "{|", "<a>", "ex:", "zz:y", "&", "&x;", "<!--", "<![CDATA[", "<!DOCTYPE", "null", '"@id"', '"@context":', '"@graph":', "1e999", "-", "/>", "VERSION", "--ltr", "\ufffe", "@base", "true", "-1", "e:p", 'rdf:nodeID="b"', 'rdf:ID="x"']  # fmt: skip


def shaken(kind: str, seed: int) -> bytes:
    """A document with cuts, doublings, noise and wrong bytes, the same for the same seed."""
    chance = Random(seed)
    text = chance.choice(SEEDS[kind])
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((0, 0, 1, 2, 9, 60)))
        new = chance.choice((chance.choice(_PIECES), chance.choice("\n\r \t"), text[end : end + chance.randrange(40)], ""))
        text = text[:at] + new + text[end:]
    content = text.encode("utf-8", "surrogatepass")
    how = chance.randrange(12)
    if how == 0:
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.randbytes(3) + content[at:]
    return text.encode("utf-16") if how == 1 else content


@st.composite
def mutated(draw: st.DrawFn, documents: st.SearchStrategy[str]) -> bytes:
    """A valid document with a few cuts, doublings and pieces of noise."""
    text = draw(documents)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 3, 20])))
        text = text[:start] + draw(NOISE | st.text(max_size=3)) + text[end:]
    content = text.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=4)) + content[at:]
    return content
