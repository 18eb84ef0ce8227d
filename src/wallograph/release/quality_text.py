"""`quality.json` as it is written again and again: of a large graph nearly all of it stays the same.

In: a measurement, the sources that a patch touched. Out: the file, the same bytes as `write_quality` makes of it, but
only what changed is put into words anew.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

_LARGE: Final = "sources"


class Measurement:
    """The measured quality of one release after the other."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self._texts = {name: _entry(name, counts) for name, counts in values[_LARGE].items()}

    @classmethod
    def read(cls, path: Path) -> "Measurement":
        """What a release has."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def went_on(self, values: dict[str, Any], sources: Iterable[str]) -> None:
        """It is these values now, which differ in these sources."""
        self.values = values
        for name in sources:
            if name in values[_LARGE]:
                self._texts[name] = _entry(name, values[_LARGE][name])
            else:
                self._texts.pop(name, None)

    def write(self, path: Path) -> None:
        """Write the file."""
        parts = []
        for key in sorted(self.values):
            if key == _LARGE:
                large = ", ".join(map(self._texts.__getitem__, sorted(self._texts)))
                parts.append(f"{json.dumps(key)}: {{{large}}}")
            else:
                parts.append(_entry(key, self.values[key]))
        path.write_text("{" + ", ".join(parts) + "}\n", encoding="utf-8")


def _entry(name: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return f"{json.dumps(name, ensure_ascii=False)}: {text}"
