"""The card and the badge for other sites: escaped, locked up, in four languages, leading back."""

from xml.etree import ElementTree

import pytest

from publication import BASE, TRIG, client_of, publish

HOSTILE = TRIG.replace('rdfs:label "Spin"', 'rdfs:label "</text><script>alert(1)</script>&"')
MEMBER = {
    "fr": "Membre de l’écosystème numérique de Wallonie",
    "nl": "Deel van het digitale ecosysteem van Wallonië",
    "de": "Teil des digitalen Ökosystems der Wallonie",
    "en": "Part of the digital ecosystem of Wallonia",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    root = tmp_path_factory.mktemp("state")
    publish(root, HOSTILE)
    return client_of(root)


@pytest.mark.parametrize("lang", MEMBER)
def test_the_badge_is_a_picture_that_does_nothing(client, lang):
    answer = client.get(f"/embed/actor/spin.svg?lang={lang}")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["content-security-policy"]
    tree = ElementTree.fromstring(answer.content)
    words = [node.text for node in tree.iter() if node.tag.endswith("}text")]
    assert words == ["</text><script>alert(1)</scri…", MEMBER[lang]]
    assert not [node for node in tree.iter() if node.tag.rpartition("}")[2] in ("script", "a", "foreignObject")]


@pytest.mark.parametrize("lang", MEMBER)
def test_the_card_may_stand_in_a_frame_and_leads_back(client, lang):
    answer = client.get(f"/embed/actor/uliege?lang={lang}", "text/html")
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert f'href="{BASE}/doc/actor/uliege?lang={lang}"' in answer.text and MEMBER[lang] in answer.text
    assert "<script" not in answer.text and " style=" not in answer.text
    again = client.get(f"/embed/actor/uliege?lang={lang}", if_none_match=answer.headers["etag"])
    assert again.status_code == 304


def test_nothing_of_a_name_is_run(client):
    page = client.get("/embed/actor/spin", "text/html").text
    assert "&lt;script&gt;" in page and "<script" not in page


def test_other_pages_stay_out_of_frames(client):
    answer = client.get("/doc/actor/uliege", "text/html")
    assert answer.headers["x-frame-options"] == "DENY"
    assert "/embed/actor/uliege.svg" in answer.text


def test_what_is_no_actor_has_no_card(client):
    assert client.get("/embed/actor/nobody").status_code == 404
    assert client.get("/embed/actor/nobody.svg").status_code == 404
