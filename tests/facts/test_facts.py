"""Every fact, compared with what TensorFlow 1.15 answered (`record.py` says how it was asked)."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import pytest

import minigraph as tf

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

import facts  # noqa: E402
import recordings  # noqa: E402

RECORDED = {
    f"{file}/{name}": found
    for file in recordings.names(HERE / "recorded")
    for name, found in recordings.read(HERE / "recorded" / (file + recordings.SUFFIX)).items()
}
NAMES = sorted(facts.collect())


def test_every_fact_is_recorded():
    assert NAMES == sorted(RECORDED)


@pytest.mark.parametrize("name", NAMES)
def test_fact(name: str):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = json.loads(json.dumps(facts.run(tf, name)))
    expected = RECORDED[name]
    wrong = [
        tell(label, expected.get(label), found.get(label))
        for label in {**expected, **found}
        if not agree(expected.get(label), found.get(label))
    ]
    assert not wrong, f"{len(wrong)} answers differ\n" + "\n".join(wrong)


def tell(label: str, expected, found) -> str:
    """Return the first difference of two answers."""
    while isinstance(expected, list) and isinstance(found, list):
        at = next((i for i, (a, b) in enumerate(zip(expected, found)) if not agree(a, b)), None)
        if at is None:
            break
        label, expected, found = f"{label}[{at}]", expected[at], found[at]
    return f"{label}:\n  TensorFlow {expected}\n  MiniGraph  {found}"


def agree(expected, found) -> bool:
    """Equal; floats nearly so: TensorFlow's kernels round some float32 results otherwise."""
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(agree, expected, found))
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(agree(expected[k], found[k]) for k in expected)
    if isinstance(expected, float) and isinstance(found, (int, float)):
        return abs(expected - found) <= 2e-6 * max(abs(expected), 0.1)
    if isinstance(expected, str):
        expected = expected.replace("qint8, quint8, qint32, ", "")  # the quantized types, which MiniGraph lacks
    return type(expected) is type(found) and expected == found
