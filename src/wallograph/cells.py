"""Cells of tables that programs for people will open: text comes in, text that is never run as a formula goes out."""

import re
from typing import Final

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # also their wide forms
_BREAKS: Final = ("\t", "\r", "\n")
_UNSEEN: Final = " \t\r\n\u00a0\u200b\ufeff"
_NUMBER: Final = re.compile(r"-[0-9]+([.,][0-9]+)?", re.ASCII)


def defused(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; a plain number stays one.

    >>> defused("=1+1"), defused(" @x"), defused("-3.5"), defused("UMONS")
    ("'=1+1", "' @x", '-3.5', 'UMONS')
    """
    bare = text.lstrip(_UNSEEN)  # some programs pass over what is not seen
    risky = (text.startswith(_BREAKS) or bare.startswith(_STARTS_A_FORMULA)) and not _NUMBER.fullmatch(text)
    return "'" + text if risky else text
