"""The texts: the same keys in four languages, no key twice, and every key that a template or handler names."""

import re
import warnings
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, Term, VariableReference
from fluent.syntax.visitor import Visitor

from wallograph.web.errors import HANDLERS, KINDS
from wallograph.web.i18n import LANGUAGES, MESSAGES, Messages, MissingMessage
from wallograph.web.site import TEMPLATES

AREAS = sorted(file.name for file in (MESSAGES / "fr").glob("*.ftl"))


class Variables(Visitor):
    def __init__(self):
        self.names = set()

    def visit_VariableReference(self, node: VariableReference):
        self.names.add(node.id.name)


def read(lang, area):
    body = FluentParser().parse((MESSAGES / lang / area).read_text(encoding="utf-8")).body
    assert not [entry.content for entry in body if isinstance(entry, Junk)], (lang, area)
    found = {}
    for entry in body:
        if isinstance(entry, Message | Term):
            assert entry.id.name not in found, (lang, area, entry.id.name)
            visitor = Variables()
            visitor.visit(entry)
            found[entry.id.name] = visitor.names
    return found


@pytest.mark.parametrize("area", AREAS)
def test_the_same_keys_and_variables_in_four_languages(area):
    french = read("fr", area)
    assert french
    for lang in LANGUAGES[1:]:
        other = read(lang, area)
        assert set(other) == set(french), lang
        for key, names in french.items():
            assert other[key] == names, (lang, key)


def test_no_language_has_a_file_of_its_own():
    for lang in LANGUAGES:
        assert sorted(file.name for file in (MESSAGES / lang).glob("*.ftl")) == AREAS


def test_no_key_stands_in_two_areas():
    keys = [key for area in AREAS for key in read("fr", area)]
    assert len(keys) == len(set(keys))


def test_every_key_that_a_template_names_exists():
    known = {key for area in AREAS for key in read("fr", area)}
    for template in Path(TEMPLATES).glob("*.html"):
        text = template.read_text(encoding="utf-8")
        for key in re.findall(r"""\bt\(\s*['"]([a-z0-9-]+)['"]\s*[,)]""", text):
            assert key in known, (template.name, key)


def test_every_kind_of_problem_has_its_texts():
    messages = Messages()
    for kind in KINDS:
        for lang in LANGUAGES:
            assert messages(lang, f"problem-{kind}")
            assert messages(lang, f"problem-{kind}-help")


def test_the_table_of_errors_goes_from_the_special_to_the_general():
    kinds = list(HANDLERS)
    for place, kind in enumerate(kinds):
        assert not [later for later in kinds[place + 1 :] if issubclass(later, kind)], kind


def test_a_missing_text_is_an_error_here_and_french_in_the_server(tmp_path):
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
    (tmp_path / "fr" / "x.ftl").write_text("only-french = Seulement\n", encoding="utf-8")
    messages = Messages(tmp_path)
    with pytest.raises(MissingMessage):
        messages("de", "only-french")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert messages("de", "only-french") == "Seulement"
        assert messages("de", "nothing") == "nothing"
