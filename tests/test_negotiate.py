"""The negotiator as a table: Accept, what is offered, what is chosen."""

import pytest

from wallograph.publish.negotiate import negotiate, negotiate_language

HTML, TTL, LD, NT, XML, TRIG, NQ = (
    "text/html",
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
    "application/rdf+xml",
    "application/trig",
    "application/n-quads",
)
ALL = (HTML, TTL, LD, NT, XML, TRIG, NQ)
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

CASES = [
    # nothing said: the first
    (None, HTML),
    ("", HTML),
    ("   ", HTML),
    ("*/*", HTML),
    # one type
    (HTML, HTML),
    (TTL, TTL),
    (LD, LD),
    (NT, NT),
    (XML, XML),
    (TRIG, TRIG),
    (NQ, NQ),
    # case and spaces
    ("Text/Turtle", TTL),
    ("  text/turtle  ", TTL),
    ("text/turtle ; q=0.5 , application/ld+json ; Q=0.9", LD),
    # weights
    ("text/turtle;q=0.5, application/ld+json", LD),
    ("text/turtle, application/ld+json;q=0.9", TTL),
    ("application/n-triples;q=0.2, text/turtle;q=0.3, application/trig;q=0.1", TTL),
    ("text/turtle;q=0.001, application/ld+json;q=0.002", LD),
    ("text/turtle;q=1.000, text/html;q=0.999", TTL),
    # ranges
    ("text/*", HTML),
    ("application/*", LD),
    ("text/*;q=0.5, application/ld+json", LD),
    ("application/*;q=0.4, text/turtle;q=0.3", LD),
    ("*/*;q=0.1, application/trig", TRIG),
    ("image/*, */*;q=0.1", HTML),
    # ties: the order of what is offered
    ("application/ld+json, text/turtle", TTL),
    ("application/n-quads, application/trig", TRIG),
    # the most specific range decides, not the largest weight
    ("text/*, text/html;q=0.1", TTL),
    ("*/*, text/html;q=0.2", TTL),
    ("text/*;q=0.1, */*", LD),
    ("text/html;q=0.3, text/*;q=0.2, */*;q=0.1", HTML),
    # q=0 excludes
    ("text/html;q=0, */*", TTL),
    ("text/*;q=0, */*", LD),
    ("text/html;q=0, text/turtle;q=0, text/*", None),
    ("*/*;q=0", None),
    ("text/turtle;q=0", None),
    ("text/turtle;q=0.0, application/ld+json;q=0.000", None),
    # parameters are tolerated
    ("text/turtle;charset=utf-8", TTL),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', LD),
    ('application/ld+json; profile="a,b;q=0"; q=0.9, text/turtle;q=0.5', LD),
    ("text/turtle;version=1.1;q=0.4, application/n-triples;q=0.5", NT),
    # nothing of this is offered
    ("image/png", None),
    ("image/*", None),
    ("application/json", None),
    ("text/turtlex", None),
    # what cannot be read is left out
    ("turtle", HTML),
    (",,,", HTML),
    (";;;", HTML),
    ("; q=1", HTML),
    ("text/turtle;q=abc, application/ld+json", LD),
    ("text/turtle;q=1.5, application/ld+json;q=0.1", LD),
    ("text/turtle;q=-1, application/ld+json;q=0.1", LD),
    ("text/, application/trig", TRIG),
    ("/turtle, application/trig", TRIG),
    ("*/turtle, application/trig", TRIG),
    ('text/turtle;x="unclosed, application/trig', TTL),
    # browsers and libraries
    (CHROME, HTML),
    ("text/turtle, application/rdf+xml;q=0.9, */*;q=0.1", TTL),
    ("application/rdf+xml, text/rdf+n3, */*;q=0.5", XML),
    ("application/n-quads;q=1, application/trig;q=0.9, text/turtle;q=0.8", NQ),
]


@pytest.mark.parametrize(("accept", "chosen"), CASES)
def test_media_types(accept, chosen):
    assert negotiate(accept, ALL) == chosen


def test_offers_may_carry_parameters():
    assert negotiate("text/turtle", ["text/html; charset=utf-8", "text/turtle; charset=utf-8"]) == (
        "text/turtle; charset=utf-8"
    )


def test_nothing_offered():
    assert negotiate("*/*", []) is None
    assert negotiate(None, []) is None


@pytest.mark.parametrize("header", ['"' * 100_000, "a/b;" * 50_000, "," * 100_000, '\\"' * 50_000])
def test_a_hostile_header_is_read_quickly(header):
    negotiate(header, ALL)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "fr"),
        ("", "fr"),
        ("*", "fr"),
        ("nl", "nl"),
        ("NL-be", "nl"),
        ("de-BE, nl;q=0.7", "de"),
        ("en-GB;q=0.5, en;q=0.9, de;q=0.8", "en"),
        ("es, it", "fr"),
        ("fr;q=0, *;q=0.5", "nl"),
        ("fr;q=0.1, nl;q=0.1", "fr"),
        ("pt, de;q=0.2", "de"),
        ("de;q=x, en;q=0.1", "en"),
        ("francais", "fr"),
        ("e", "fr"),
    ],
)
def test_languages(accept, chosen):
    assert negotiate_language(accept, ("fr", "nl", "de", "en")) == chosen
