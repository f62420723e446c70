"""600 random programs that were recorded with TensorFlow 1.15.5: the same here, in every way of running.

Drawn by `fuzz.py record optimize`, seeds 0:300, and `general`, seeds 0:315, less the programs that TensorFlow cannot
run to the end. The numbers are those of plain control flow; nodes, and second gradients of loops, those of control
flow v2. `exclusions.py` has the table of what a comparison leaves out.
"""

from __future__ import annotations

import functools
import pathlib

import exclusions
import fuzz
import pytest
from ways_of_running import differing_ways

import minigraph as tf

RECORDED = pathlib.Path(__file__).parent / "recorded"
ROWS = {kind: fuzz.load(RECORDED / f"{kind}.json.xz") for kind in ("optimize", "general")}


# What the drawn programs do needlessly is told here, where TensorFlow says nothing or writes a line to its log.
pytestmark = [
    pytest.mark.filterwarnings("ignore:optimize_loss:minigraph.graph.errors.GraphWarning"),
    pytest.mark.filterwarnings("ignore:Casting complex to real:UserWarning"),
]


def rows(kind):
    return [pytest.param(row, id=f"{kind} {row['seed']}") for row in ROWS[kind]]


@functools.lru_cache(maxsize=None)
def mismatches(kind, seed):
    return fuzz.mismatches(tf, next(row for row in ROWS[kind] if row["seed"] == seed))


@pytest.mark.parametrize("row", rows("optimize") + rows("general"))
def test_a_program_gives_what_tensorflow_gives(row):
    assert mismatches(row["kind"], row["seed"])[0] == []


@pytest.mark.parametrize("row", rows("optimize") + rows("general"))
def test_the_ways_of_running_a_program(row):
    assert differing_ways(row) == []


def test_each_exclusion_is_one_that_a_recorded_program_needs():
    """A rule that takes nothing is stale, or was met by longer runs only: then it is among `RARE`."""
    used = {rule for kind in ROWS for row in ROWS[kind] for rule in mismatches(kind, row["seed"])[1]}
    assert used | exclusions.RARE == set(exclusions.RULES) and not used & exclusions.RARE
