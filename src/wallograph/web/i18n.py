"""Texts that a visitor reads: a language and a key come in, the sentence goes out.

The files are Fluent, `messages/{language}/{area}.ftl`; French is the first language and the fallback.
"""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource
from starlette.requests import Request

from wallograph.publish.negotiate import negotiate_language
from wallograph.vocab import LANGUAGES

MESSAGES: Final = Path(__file__).resolve().parent / "messages"


class MissingMessage(UserWarning):
    """A text is missing in a language: an error in tests, a French text or the key in the running server."""


class Messages:
    """The texts of all languages."""

    def __init__(self, folder: Path = MESSAGES) -> None:
        self._bundles = {lang: _bundle(folder / lang, lang) for lang in LANGUAGES}

    def __call__(self, lang: str, key: str, **args: Any) -> str:
        """The text of `key` in `lang`."""
        for language in dict.fromkeys((lang, *LANGUAGES)):
            text = self._text(language, key, args)
            if text is not None:
                return text
            warnings.warn(f"no text {key!r} in {language!r}", MissingMessage, stacklevel=2)
        return key

    def knows(self, key: str) -> bool:
        """Whether there is a text of this key; for keys that come from data."""
        return self._bundles[LANGUAGES[0]].has_message(key)

    def _text(self, lang: str, key: str, args: Mapping[str, Any]) -> str | None:
        bundle = self._bundles.get(lang)
        if bundle is None or not bundle.has_message(key):
            return None
        pattern = bundle.get_message(key).value
        if pattern is None:
            return None
        text, errors = bundle.format_pattern(pattern, dict(args))
        for error in errors:
            warnings.warn(f"text {key!r} in {lang!r}: {error}", MissingMessage, stacklevel=3)
        return str(text)


def _bundle(folder: Path, lang: str) -> FluentBundle:
    # No isolating marks: the texts also go into titles, headers and JSON, where they would be seen.
    bundle = FluentBundle([lang], use_isolating=False)
    for file in sorted(folder.glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def request_language(request: Request) -> str:
    """The language of an answer: `?lang=`, then Accept-Language, then French."""
    asked = request.query_params.get("lang", "").lower()
    if asked in LANGUAGES:
        return asked
    return negotiate_language(request.headers.get("accept-language"), LANGUAGES)
