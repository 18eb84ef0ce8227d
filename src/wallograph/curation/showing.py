"""The difference of a proposal in one call, for pages and the API.

In: the review of an installation, a proposal. Out: plain values (`curation.difference`), or the text of its patch.
"""

from typing import Any

from wallograph.curation.difference import MOST_THINGS, Differing
from wallograph.curation.model import Proposal
from wallograph.curation.review import Review


def show_difference(review: Review, proposal: Proposal, most: int = MOST_THINGS) -> dict[str, Any]:
    """What a proposal would do to the present graph."""
    standing = review.standing()
    return _differing(review).of(proposal, standing, _seen(review, proposal), most)


def show_patch(review: Review, proposal: Proposal) -> str:
    """The RDF Patch of what would be published; of an accepted proposal, of what was."""
    return _differing(review).patch(proposal, review.standing())


def _differing(review: Review) -> Differing:
    desk = review.desk
    return Differing(desk.known(desk.current()), review.above, desk.proposals, desk.journal, review.taken())


def _seen(review: Review, proposal: Proposal) -> int:
    """The last entry that the release shows which the proposal was made against."""
    shown = review.shown(proposal.release)
    if shown is not None:
        return shown
    last = 0
    for entry in review.desk.journal.entries():
        release = review.desk.journal.release_of(entry.number)
        if release is not None and release <= proposal.release:
            last = entry.number
    return last
