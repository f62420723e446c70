"""The recorder's passes by name. Each can be left out: `python -m tests.benchmarks --without` tells what it buys.

They are asked while a run is recorded and its function written; repeating the run costs nothing more.
"""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Iterator

__all__ = ["Pass", "without"]


class Pass(enum.Enum):
    """A pass, and what it does."""

    # On the list of calls: simplify.py
    CONSTANTS = "a constant of equal elements beside an array becomes one number"
    IDENTITIES = "x * 1 and x / 1 are x"
    SNAPSHOTS = "memory of a variable is not copied where nothing writes it in time"
    MERGE = "equal calls are carried out once (common-subexpression elimination)"
    DEAD_CODE = "a call that nothing needs is dropped"
    SINK = "a large elementwise call moves down to the one that needs it"
    # On memory: memory.py
    BUFFERS = "results are computed into memory made once"
    REUSE = "a buffer serves again after its value's last use"
    OVERWRITE = "an elementwise call writes over an argument that dies"
    UPDATES = "the new value of a variable is computed into its memory"
    BLOCKS = "elementwise calls go through large arrays piece by piece"
    # On the text: codegen.py, expressions.py, scalars.py, fuse.py
    NUMBERS = "single numbers are added, multiplied and compared by Python's operators"
    BOXES = "a number beside an array is given as a 0-d array"
    FILLED = "a number that is compared with an array (relu) is given as an array of its shape"
    SKIP_ONE = "the product of a large array and a number that is one is skipped"
    METHODS = "reshape, transpose and indexing are called as methods"
    HOIST = "a view of memory that stays is made once"
    FREE = "a large local array is let go after its last use"
    LOCALS = "constants and buffers are local names"
    LOOPS = "elementwise calls become one compiled loop (extra `speed`)"

    @property
    def is_on(self) -> bool:
        """Return True unless the pass is left out."""
        return self not in _left_out


_left_out: set[Pass] = set()


@contextlib.contextmanager
def without(*passes: Pass) -> Iterator[None]:
    """Leave passes out of what is recorded meanwhile, in the whole process."""
    before = set(_left_out)
    _left_out.update(passes)
    try:
        yield
    finally:
        _left_out.clear()
        _left_out.update(before)
