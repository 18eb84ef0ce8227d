"""Fixtures that several tests share: the shipped data linked once, and built once as a release."""

from pathlib import Path

import pytest

from postgres import _postgres, database, database_url, postgres_url  # noqa: F401
from quiet import silent
from wallograph.ingest.read import Ingested, read_sources
from wallograph.pipeline.assemble import Linked
from wallograph.pipeline.build import BuildOptions, build, link
from wallograph.release.state import Release, State
from wallograph.resources import data_dir, ontology_dir
from wallograph.validate.own import OwnEngine


@pytest.fixture(scope="session")
def linked() -> tuple[Ingested, Linked]:
    """The shipped data, ingested and linked."""
    ingested = read_sources(data_dir(), silent)
    return ingested, link(data_dir(), ingested, State(Path("/nonexistent")), silent)


@pytest.fixture(scope="session")
def shipped_state(tmp_path_factory: pytest.TempPathFactory) -> State:
    """A state folder with one edition: the shipped data."""
    state = State(tmp_path_factory.mktemp("shipped"))
    build(data_dir(), ontology_dir(), state, OwnEngine(), BuildOptions(), silent)
    return state


@pytest.fixture(scope="session")
def shipped(shipped_state: State) -> Release:
    """The release of the shipped data."""
    release = shipped_state.current()
    assert release is not None
    return release
