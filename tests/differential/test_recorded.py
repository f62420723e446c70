"""600 random programs that were recorded with TensorFlow 1.15.5: the same here, in every way of running.

Recorded by `fuzz.py record optimize recorded/optimize.json.xz --seeds 0:300`, and `general` with `0:310`, less
the programs that TensorFlow cannot run to the end. `exclusions.py` has the table of what a comparison leaves out.
"""
from __future__ import annotations

import pathlib

import exclusions
import fuzz
import pytest
from ways_of_running import differing_ways

import minigraph as tf

RECORDED = pathlib.Path(__file__).parent / "recorded"
ROWS = {kind: fuzz.load(RECORDED / f"{kind}.json.xz") for kind in ("optimize", "general")}

# Seeds of programs that are known to differ, and why: each must fail still.
KNOWN = {"optimize": {}, "general": {}}


def rows(kind):
    known = {seed: reason for reason, seeds in KNOWN[kind].items() for seed in seeds}
    marks = {seed: pytest.mark.xfail(strict=True, reason=reason) for seed, reason in known.items()}
    return [pytest.param(row, id=str(row["seed"]), marks=marks.get(row["seed"], ())) for row in ROWS[kind]]


@pytest.mark.parametrize("row", rows("optimize"))
def test_a_program_around_optimize_loss(row):
    found, _ = fuzz.mismatches(tf, row)
    assert found == []


@pytest.mark.parametrize("row", rows("general"))
def test_a_general_program(row):
    found, _ = fuzz.mismatches(tf, row)
    assert found == []


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{kind} {row['seed']}") for kind in ROWS for row in ROWS[kind]])
def test_the_ways_of_running_a_program(row):
    assert differing_ways(row) == []


def test_each_exclusion_is_one_that_a_recorded_program_needs():
    """A rule that takes nothing is stale, or was found by other programs: then it says so in `RARE`."""
    used = {rule for kind in ROWS for row in ROWS[kind] for rule in fuzz.mismatches(tf, row)[1]}
    assert used | exclusions.RARE == set(exclusions.RULES)
