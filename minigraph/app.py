"""`tf.app`: the start of a program."""

from __future__ import annotations

import sys
from collections.abc import Callable

from minigraph import flags

__all__ = ["flags", "run"]


def run(main: Callable | None = None, argv: list[str] | None = None) -> None:
    """Read the flags and run a program; the process ends with what it returns.

    Args:
        main: a function of one argument, the list of arguments that are no flags; by default the `main` of the script.
        argv: the arguments, the name of the script first; by default those of the process.

    Raises:
        SystemExit: always.
    """
    arguments = sys.argv if argv is None else argv
    if "absl.flags" in sys.modules:  # otherwise there are none
        arguments = flags.FLAGS(arguments, known_only=True)
    main = main or sys.modules["__main__"].main
    sys.exit(main(arguments))
