"""How long property-based tests go on: short in `make test`, long in `make soak`."""

import os
from typing import Final

LONGER: Final = 60 if os.environ.get("WALLOGRAPH_SOAK") else 1
