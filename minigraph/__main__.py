"""`python -m minigraph` is the command `minigraph`."""

import sys

from minigraph.cli import main

if __name__ == "__main__":
    sys.exit(main())
