"""`python -m wallograph` is the command `wallograph`."""

from wallograph.cli import main

main()
