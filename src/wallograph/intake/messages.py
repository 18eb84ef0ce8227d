"""What reading a file says, in four languages: findings, and the reasons why a file is refused.

In: a code and its values. Out: one message for each language, or the exception that carries them. Messages of
tables stand next to their reader. No message takes a value of the file, for a natural person may stand in it.
"""

from typing import TypeVar

from wallograph.errors import InputError, ParseError, TooLarge
from wallograph.intake.message_texts import MESSAGES

Refusal = TypeVar("Refusal", bound=InputError)


def messages(code: str, **values: object) -> dict[str, str]:
    """The messages of a code by language, with its values filled in."""
    return {lang: text.format(**values) for lang, text in MESSAGES[code].items()}


def refuse(
    kind: type[Refusal],
    code: str,
    *,
    at: tuple[int | None, int | None] = (None, None),
    limit: str = "",
    **values: object,
) -> Refusal:
    """The exception that says why a file is refused. `at` is line and column; `limit` the limit that it passes."""
    texts = messages(code, **values)
    error = kind(texts["en"])
    error.code, error.messages = code, texts
    if isinstance(error, ParseError):
        error.line, error.column = at
    if isinstance(error, TooLarge):
        error.limit = limit
    return error
