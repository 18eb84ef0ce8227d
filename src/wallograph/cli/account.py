"""The account of a build in words: where every input row ended, and what was found, in four languages.

In: a release with its report.json. Out: text.
"""

import json
from functools import cache
from itertools import groupby
from typing import Any

from wallograph.release.state import Release
from wallograph.web.i18n import Messages

_COLUMNS = ("in", "published", "merged", "outside", "held")


@cache
def _texts() -> Messages:
    return Messages()


def account_table(release: Release, lang: str) -> str:
    """Rows in and outcomes by table; empty for a release that was not made of tables."""
    tables = (release.manifest.get("summary") or {}).get("tables", {})
    if not tables:
        return ""
    columns = [_texts()(lang, f"account-{key}") for key in _COLUMNS]
    lines = [f"{_texts()(lang, 'account-table'):<28}" + "".join(f"{name:>16}" for name in columns)]
    lines += [f"{name:<28}" + "".join(f"{row[key]:>16,}" for key in _COLUMNS) for name, row in tables.items()]
    return "\n".join(lines)


def account_text(release: Release, lang: str) -> str:
    """The table and every finding with its place and its sentence."""
    table = account_table(release, lang)
    if not table:
        return _texts()(lang, "account-none") + "\n"
    report = json.loads((release.folder / "report.json").read_text(encoding="utf-8"))
    lines = [table]
    for severity, group in groupby(report["findings"], key=lambda finding: finding["severity"]):
        found = list(group)
        lines += ["", f"{_texts()(lang, f'account-{severity}')} ({len(found)})"]
        lines += [_line(finding, lang) for finding in found]
    return "\n".join(lines) + "\n"


def _line(finding: dict[str, Any], lang: str) -> str:
    place = f"{finding['file']}:{finding['line']}" if finding["line"] else finding["file"] or finding["graph"] or ""
    message = finding["messages"].get(lang) or finding["code"]
    return f"  {place} [{finding['subject']}] {message}"
