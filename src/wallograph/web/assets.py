"""The bundles that `scripts/build-assets` made: the folder of static files comes in, their addresses go out."""

import json
from pathlib import Path
from typing import Final

MANIFEST: Final = "manifest.json"


def built_assets(static: Path) -> dict[str, str]:
    """Addresses below /static/ by the name of the bundle ("editor.js", "editor.css"); empty when none are built.

    Pages leave the scripts out then: they work without.
    """
    manifest = static / "built" / MANIFEST
    if not manifest.is_file():
        return {}
    names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    if not all((static / "built" / name).is_file() for name in names.values()):
        return {}
    return {key: f"built/{name}" for key, name in names.items()}
