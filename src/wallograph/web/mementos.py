"""The releases in which a thing may have changed: a site and an IRI come in, releases go out.

Each edition that has the thing counts, and each patch that names it; what a patch leaves alone is as it was.
"""

from wallograph.release.state import Release
from wallograph.release.thin import is_thinned
from wallograph.web.site import Site
from wallograph.web.targets import existing


def mementos_of(site: Site, iri: str) -> list[Release]:
    """The releases up to the current one in which the thing stands and may have changed, the oldest first."""
    current = site.now().number
    found = [site.state.get(number) for number in site.state.numbers() if number <= current]
    return [release for release in found if _names(release, iri) and _has(site, release, iri)]


def _names(release: Release, iri: str) -> bool:
    return release.is_edition or f"<{iri}>" in release.patch_path.read_text(encoding="utf-8")


def _has(site: Site, release: Release, iri: str) -> bool:
    """Whether the thing is published there; what was thinned away is not made again for the question."""
    return is_thinned(release) or existing(site.at(release), [iri]) is not None
