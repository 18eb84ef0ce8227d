"""The reasons that a curator can choose from; their texts stand in the catalogues as `review-reason-{code}`.

In: nothing. Out: codes, by what they are for. What is stored and shown to an author is the text in its language.
"""

from typing import Final

REFUSE: Final = (
    "no-evidence", "evidence-differs", "duplicate", "outside", "person", "advertising", "not-public", "spam",
)  # fmt: skip
ASK: Final = ("which-page", "which-thing", "which-year", "correct-findings", "split")
WITHHOLD: Final = ("no-evidence", "evidence-differs", "already-there")  # of a statement that is not accepted
EVERY: Final = tuple(dict.fromkeys((*REFUSE, *ASK, *WITHHOLD)))
