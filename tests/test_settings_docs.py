"""Every setting and every limit is documented for operators, with its default."""

from pathlib import Path

import pytest

from wallograph.settings import Settings
from wallograph.store.limits import Limits

DOCS = (Path(__file__).parent.parent / "docs" / "operators.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_docs_name_every_setting(name: str) -> None:
    rows = [line for line in DOCS.splitlines() if line.startswith("|") and f"`WALLOGRAPH_{name.upper()}`" in line]
    assert len(rows) == 1
    default = Settings.model_fields[name].default
    if default not in (None, "") and name != "base":
        shown = f"{default:g}" if isinstance(default, float) else str(default)
        shown = shown.lower() if isinstance(default, bool) else shown
        assert f"`{shown}`" in rows[0]


def test_every_limit_is_a_setting() -> None:
    given = {
        "query_seconds": 1.5, "query_memory_mb": 2, "query_total_memory_mb": 300, "query_result_mb": 4,
        "query_text_kb": 5, "query_from_triples": 6, "query_describe_triples": 7, "query_workers": 8,
        "query_slow_workers": 9, "query_slow_after": 0.5, "query_queue": 10, "query_queue_seconds": 11.0,
    }  # fmt: skip
    found, default = Settings(**given).limits().as_dict(), Limits().as_dict()  # type: ignore[arg-type]
    assert [name for name in default if found[name] == default[name]] == []
    assert Settings().limits().whole_memory > 0
