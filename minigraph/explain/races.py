"""`races`: what of a run depends on the order of its operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minigraph.explain.report import Report, elements, fed_tensors
from minigraph.graph.text import amount
from minigraph.reading.order import Pair, pairs_of
from minigraph.reading.races import race

__all__ = ["races", "Races"]


@dataclass(repr=False, eq=False, kw_only=True)
class Races(Report):
    """The report of `races`.

    Attributes:
        pairs: the `Pair`s.
    """

    pairs: list[Pair]

    @property
    def variables(self) -> list[str]:
        """The names of the variables with races."""
        return list(dict.fromkeys(p.cell.name for p in self.pairs))


def races(fetches: Any, feeds: Any = ()) -> Races:
    """Find what depends on the order of operations that a run of `fetches` may choose.

    Two operations race if one of them writes a variable, the other writes it or computes with its memory, and no path
    orders the two. What only hands the memory on, as `v.value()` does, takes no part: it shows whatever is there. Nor
    does a fetch, which comes last. Updates that only add are no race: their sum is the same in each order.

    Args:
        fetches: what `Session.run` takes.
        feeds: the tensors that would be fed (a feed_dict will do): what comes before them does not run.

    Returns:
        A report with a finding, of the code "race", for each pair; of each variable the first 200 are told.

    Example:
        >>> v = tf.Variable(1.0, name="v")
        >>> both = tf.group(v.assign_add(1.0, name="add"), v.assign(v.read_value() * 2.0, name="double"))
        >>> report = races(both)
        >>> report.codes, report.variables
        (['race', 'race'], ['v'])
    """
    graph, wanted = elements(fetches)
    fed = fed_tensors(graph, feeds)
    pairs = list(pairs_of(wanted, fed))
    return Races(graph, amount(len(pairs), "race") if pairs else "No race", [*map(race, pairs)], pairs=pairs)
