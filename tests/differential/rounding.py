"""Which mismatches are no larger than what rounding makes of a program.

A program runs again, beginning with numbers that differ in the last place: where a value of TensorFlow's is not much
further from ours than these are, nothing can be said of it. Where it is well-conditioned, that is a few units.
"""

from __future__ import annotations

import functools

import numpy as np
import program_runs
from packing import pack, unpack

RUNS = 12
FACTOR = 8  # for sums in another order, and what polynomials of Eigen's differ by from numpy's functions


def numbers(outcome):
    """Return the packed numbers of an outcome by the kind of mismatch that they can be, and by where they are."""
    found = {}
    for kind, rows in (("value", outcome.get("values", ())), ("grad value", outcome.get("grads", ()))):
        found.update({(kind, row[0]): row[-1][1] for row in rows if row[-1] and row[-1][0] == "v"})
    for i, step in enumerate(outcome.get("steps", ())):
        found["loss", str(i)] = step["loss"]
        found.update({("variable", "%d %s" % (i, name)): value for name, value in step.get("vars", {}).items()})
        for tag, kind, statistics, *buckets in step.get("summaries", ()):
            found["summary value", "%d %s" % (i, tag)] = pack(
                np.array(statistics + list(map(len, buckets)), np.float64)
            )
    return found


class Rounding:
    """Tell which mismatches of a recorded program rounding makes.

    Args:
        run: gives the outcome of the program here, with given `program_runs.Nudges` or with none.
        theirs: TensorFlow's outcome.
        ours: the outcome here.
    """

    def __init__(self, run, theirs, ours):
        self._run, self._theirs, self._ours = run, numbers(theirs), numbers(ours)

    @functools.cached_property
    def _others(self):
        with np.errstate(all="ignore"):
            return [numbers(self._run(program_runs.Nudges(seed))) for seed in range(RUNS)]

    def explains(self, kind, where):
        """Return True if the mismatch of this kind at this place is no larger than what rounding makes."""
        key = kind, where
        if key not in self._theirs or key not in self._ours:
            return False
        theirs, ours = unpack(self._theirs[key]), unpack(self._ours[key])
        if not isinstance(theirs, np.ndarray) or theirs.dtype.kind not in "fc" or theirs.shape != ours.shape:
            return False
        others = [unpack(other[key]) for other in self._others if key in other]
        with np.errstate(all="ignore"):
            same = (theirs == ours) | np.isnan(theirs) & np.isnan(ours)
            spread = np.max([np.abs(other - ours) for other in others if np.shape(other) == ours.shape], axis=0)
            spread = np.where(np.isfinite(spread), spread, 0)
            allowed = FACTOR * (spread if kind == "summary value" else spread.max(initial=0))
            return bool((same | np.isfinite(theirs) & np.isfinite(ours) & (np.abs(theirs - ours) <= allowed)).all())
