"""600 random programs that were recorded with TensorFlow 1.15.5: the same here, in every way of running.

Recorded by `fuzz.py record optimize recorded/optimize.json.xz --seeds 0:300`, and `general` with `0:315`, less
the programs that TensorFlow cannot run to the end. `exclusions.py` has the table of what a comparison leaves out.
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

# Seeds of programs that are known to differ, and why: each must fail still.
KNOWN = {
    "optimize": {"names of scopes that are not valid": [25, 36, 56, 89, 131, 262]},
    "general": {
        "numpy's message for what is no diagonal, and for a convolution without output": [64, 74],
        "max_pool of NaN and infinities": [188, 273], "segment_min of infinities": [197], "maximum of NaN": [200]},
    "none": {}, "ways": {"gradients of loops and branches in a recorded run share memory": [180, 215]}}


def rows(kind, known):
    reasons = {seed: reason for reason, seeds in KNOWN[known].items() for seed in seeds}
    marks = {seed: pytest.mark.xfail(strict=True, reason=reason) for seed, reason in reasons.items()}
    return [pytest.param(row, id=f"{kind} {row['seed']}", marks=marks.get(row["seed"], ())) for row in ROWS[kind]]


@functools.lru_cache(maxsize=None)
def mismatches(kind, seed):
    return fuzz.mismatches(tf, next(row for row in ROWS[kind] if row["seed"] == seed))


@pytest.mark.parametrize("row", rows("optimize", "optimize") + rows("general", "general"))
def test_a_program_gives_what_tensorflow_gives(row):
    assert mismatches(row["kind"], row["seed"])[0] == []


@pytest.mark.parametrize("row", rows("optimize", "none") + rows("general", "ways"))
def test_the_ways_of_running_a_program(row):
    assert differing_ways(row) == []


def test_each_exclusion_is_one_that_a_recorded_program_needs():
    """A rule that takes nothing is stale, or was met by longer runs only: then it is among `RARE`."""
    used = {rule for kind in ROWS for row in ROWS[kind] for rule in mismatches(kind, row["seed"])[1]}
    assert used | exclusions.RARE == set(exclusions.RULES) and not used & exclusions.RARE
