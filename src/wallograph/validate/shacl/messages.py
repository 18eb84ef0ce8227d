"""Messages of results: the declared texts, with `{?name}` and `{$name}` filled in.

In: a literal and the values of variables. Out: a literal in the same language.
"""

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal

from wallograph.validate.shacl.model import Term

_PLACE: Final = re.compile(r"\{[?$](\w+)\}")


def filled(message: Literal, values: Mapping[str, Term]) -> Literal:
    """The message with the values put in. A place for which there is no value stays as it is written."""
    if "{" not in message.value:
        return message

    def put(found: re.Match[str]) -> str:
        value = values.get(found.group(1))
        return found.group() if value is None else value.value

    text = _PLACE.sub(put, message.value)
    return Literal(text, language=message.language) if message.language else Literal(text, datatype=message.datatype)
