"""The OpenAPI description: the files of `openapi/` come in, one document on the base of a release goes out."""

from pathlib import Path
from typing import Any, Final

import yaml

from wallograph import __version__

FOLDER: Final = Path(__file__).resolve().parent / "openapi"
_FILES: Final = (
    "common", "validate", "data", "published", "changes", "sparql", "account", "submissions", "review",
    "identity",
)  # fmt: skip
METHODS: Final = ("get", "post", "put", "patch", "delete")


def describe_api(base: str) -> dict[str, Any]:
    """The whole description (OpenAPI 3.1). A new document at each call."""
    described: dict[str, Any] = {}
    for name in _FILES:
        _join(described, yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))
    described["info"]["version"] = __version__
    described["servers"] = [{"url": base}]
    based: dict[str, Any] = _based(described, base)
    return based


def operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    """Each operation with its method and path, in the order of the files."""
    return [
        {"method": method.upper(), "path": path, **operation}
        for path, item in described["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def _join(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _join(into[key], value)
        elif isinstance(value, list) and isinstance(into.get(key), list):
            into[key] = [*into[key], *value]
        else:
            into[key] = value


def _based(value: Any, base: str) -> Any:
    if isinstance(value, str):
        return value.replace("{base}", base)
    if isinstance(value, dict):
        return {key: _based(inner, base) for key, inner in value.items()}
    if isinstance(value, list):
        return [_based(inner, base) for inner in value]
    return value
