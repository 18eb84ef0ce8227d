"""Has the statements of a large proposal judged by the checking service: killable, with a deadline, out of the web.

In: the client of the service, the id and the statements. Out: `Checked`, or an error of `wallograph.errors`.
"""

from collections.abc import Sequence
from typing import Final

from wallograph.checker.client import CheckClient
from wallograph.checker.job import PROPOSAL, STATEMENTS
from wallograph.curation.draft import Checked
from wallograph.curation.file_proposals import answer_body, answer_of
from wallograph.curation.model import Change

FEW: Final = 60  # statements that a web process judges by itself: some 0.2 s


def check_apart(client: CheckClient, ident: str, changes: Sequence[Change]) -> Checked:
    """Judge statements against the current release."""
    asked = {"form": PROPOSAL, "name": "", "media_type": STATEMENTS, "proposal": {"ident": ident}}
    answered = client.check(asked, answer_body(changes, Checked()))
    return answer_of(answered.body)[1]
