"""Names made comparable.

In: names as sources spell them. Out: keys without case, accents, punctuation and legal forms.
"""

import re
import unicodedata
from functools import lru_cache

LEGAL_FORMS = frozenset(
    [
        "sa",
        "srl",
        "sprl",
        "scrl",
        "sc",
        "scs",
        "snc",
        "asbl",
        "aisbl",
        "vzw",
        "nv",
        "bv",
        "bvba",
        "gmbh",
        "ag",
        "ltd",
        "inc",
        "llc",
        "plc",
        "se",
        "sas",
        "sarl",
        "fp",
        "gie",
    ]
)
NOISE = re.compile(r"\((?:belgium|belgique|be)\)", re.IGNORECASE)
_ARTICLES = frozenset({"le", "la", "les", "l", "the"})


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """The comparable form of a name; what stands in brackets stays, since it tells namesakes apart.

    >>> key("Le Forem S.A.")
    'le forem'
    >>> key("FOCUS (ULiège)")
    'focus uliege'
    """
    plain = unicodedata.normalize("NFKD", NOISE.sub(" ", name).casefold().replace("œ", "oe").replace("&", " and "))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"\b((?:[a-z]\.){2,})", lambda m: m.group(1).replace(".", "") + " ", plain)  # i.r.i.s. -> iris
    plain = re.sub(r"['’`´]", " ", plain)
    words = re.findall(r"[a-z0-9+]+", plain.replace("++", " plusplus"))
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words)


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """The key of a name without what stands in brackets: "FOCUS (ULiège)" and "Focus (UNamur)" share it."""
    return key(re.sub(r"\s*\([^)]*\)", " ", name))


@lru_cache(maxsize=20_000)
def joined(name: str) -> str:
    """The key without blanks and a leading article: "RueDuWeb" and "Rue du Web", "FOREM" and "Le Forem" share it."""
    words = key(name).split()
    return "".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)
