"""What is published, as a process that forks may know it: the shipped data before the fork, the release after it.

In: the base, and in a child the release that it opens. Out: a background for `pipeline.known.Known`. Code lists and
places are those that came with the software: they are read once, and every child shares them.
"""

from collections.abc import Collection, Iterable

from pyoxigraph import Literal, Quad

from wallograph.pipeline.background import Background, Named, Published, Shipped
from wallograph.release.state import Release
from wallograph.resources import data_dir, ontology_dir


class Beside:
    """Asks the shipped data until a release is opened."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._asked: Background = Shipped(base, data_dir(), ontology_dir())

    def open(self, release: Release) -> None:
        """From now on ask the release. This starts threads: a process that did it does not fork."""
        published = Published(release)
        published.about([release.base])
        self._asked = published

    @property
    def whole(self) -> bool:
        """Whether all that is published of a thing is known."""
        return self._asked.whole

    def about(self, iris: Collection[str]) -> list[Quad]:
        """All that the sources say of these things."""
        return self._asked.about(iris)

    def sharing(self, predicate: str, value: Literal) -> list[str]:
        """The things that have this value too."""
        return self._asked.sharing(predicate, value)

    def named(self, text: str) -> list[Named]:
        """Actors, projects and events with a name somehow like a text."""
        return self._asked.named(text)

    def concepts(self) -> Iterable[Quad]:
        """The code lists."""
        return self._asked.concepts()
