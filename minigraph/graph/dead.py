"""`DEAD`: what the output of a `Switch` that was not taken carries, so that nothing behind it runs.

This is TensorFlow's control flow of version 1, in which both branches are in the graph itself. An operation with a dead
input, or one that waits for an operation that did not run, does not run and has dead outputs; `Merge` revives.
"""

from __future__ import annotations

from typing import Any

__all__ = ["DEAD", "is_skipped"]


class Dead:
    """The type of `DEAD`, of which there is one."""

    __slots__ = ()
    shape = ()

    def __repr__(self) -> str:
        return "DEAD"


DEAD = Dead()


def is_skipped(op: Any, values: list, env: dict) -> bool:
    """Return True if an operation with these input values does not run; its outputs in `env` are dead then.

    Operations that did not run are keys of `env` themselves, for those that wait for them.
    """
    if op._op_def.takes_dead and (not values or any(value is not DEAD for value in values)):
        return False
    env[op] = DEAD
    for t in op._all_outputs:
        env.setdefault(t, DEAD)
    return True
