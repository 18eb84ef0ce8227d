"""Where the shipped ontology and data lie: inside the installed package, or beside `src/` in a checkout.

Out: paths. Nothing is read here.
"""

from pathlib import Path

from wallograph.errors import StateError

_PACKAGE = Path(__file__).resolve().parent


def _find(name: str) -> Path:
    for candidate in (_PACKAGE / "resources" / name, _PACKAGE.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise StateError(f"the folder '{name}' of wallograph is missing: install the package again")


def ontology_dir() -> Path:
    """The folder of the vocabulary, code lists, shapes, examples and JSON-LD contexts."""
    return _find("ontology")


def data_dir() -> Path:
    """The folder of the shipped sources, judgements and registry."""
    return _find("data")
