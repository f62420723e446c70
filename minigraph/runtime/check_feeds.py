"""What a plan's feeds must be, checked once, when the plan is made."""

from __future__ import annotations

from typing import Any

from minigraph.runtime.failures import fed_in_place, unfed
from minigraph.runtime.plan import is_read

__all__ = ["check_feeds"]


def check_feeds(plan: Any) -> None:
    """Raise what there is to raise before a run: a placeholder is not fed, or a variable is fed that must be there."""
    if plan.unfed:
        raise unfed(plan)
    fed = {t: i for i, t in enumerate(sorted(plan.feeds, key=lambda t: t.name)) if t.dtype._is_ref}
    for op in plan.steps if fed else ():
        for j, t in enumerate(op.inputs):
            if t in fed and not is_read(op, j):
                raise fed_in_place(op, j, t, fed[t])
