"""The account of a build in words: where every input row ended, and what was found, in four languages.

In: a release with its report.json. Out: text.
"""

import json
from itertools import groupby
from typing import Any

from wallograph.release.state import Release

LANGUAGES = ("fr", "nl", "de", "en")
_HEADINGS = {
    "fr": ("table", "lignes", "publiées", "fusionnées", "hors périmètre", "mises de côté"),
    "nl": ("tabel", "rijen", "gepubliceerd", "samengevoegd", "buiten bereik", "opzijgezet"),
    "de": ("Tabelle", "Zeilen", "publiziert", "vereinigt", "außerhalb", "zurückgehalten"),
    "en": ("table", "rows", "published", "merged", "outside", "held back"),
}
_SEVERITIES = {
    "violation": {"fr": "Mis de côté", "nl": "Opzijgezet", "de": "Zurückgehalten", "en": "Held back"},
    "warning": {"fr": "À vérifier", "nl": "Na te kijken", "de": "Zu prüfen", "en": "To be looked at"},
    "info": {"fr": "À savoir", "nl": "Ter informatie", "de": "Zur Kenntnis", "en": "Good to know"},
}
_COLUMNS = ("in", "published", "merged", "outside", "held")
_NOTHING = {
    "fr": "Cette version n'a pas de compte rendu de lignes.",
    "nl": "Deze versie heeft geen verslag van rijen.",
    "de": "Diese Version hat keinen Bericht über Zeilen.",
    "en": "This release has no account of rows.",
}


def account_table(release: Release, lang: str) -> str:
    """Rows in and outcomes by table; empty for a release that was not made of tables."""
    tables = (release.manifest.get("summary") or {}).get("tables", {})
    if not tables:
        return ""
    head, *columns = _HEADINGS[lang]
    lines = [f"{head:<28}" + "".join(f"{name:>16}" for name in columns)]
    lines += [f"{name:<28}" + "".join(f"{row[key]:>16,}" for key in _COLUMNS) for name, row in tables.items()]
    return "\n".join(lines)


def account_text(release: Release, lang: str) -> str:
    """The table and every finding with its place and its sentence."""
    table = account_table(release, lang)
    if not table:
        return _NOTHING[lang] + "\n"
    report = json.loads((release.folder / "report.json").read_text(encoding="utf-8"))
    lines = [table]
    for severity, group in groupby(report["findings"], key=lambda finding: finding["severity"]):
        found = list(group)
        lines += ["", f"{_SEVERITIES[severity][lang]} ({len(found)})"]
        lines += [_line(finding, lang) for finding in found]
    return "\n".join(lines) + "\n"


def _line(finding: dict[str, Any], lang: str) -> str:
    place = f"{finding['file']}:{finding['line']}" if finding["line"] else finding["file"] or finding["graph"] or ""
    message = finding["messages"].get(lang) or finding["code"]
    return f"  {place} [{finding['subject']}] {message}"
