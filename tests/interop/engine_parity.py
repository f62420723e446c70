"""Run the parity programs on the engine "tensorflow", and compare values with what TensorFlow 1.15 has recorded.

    python tests/interop/engine_parity.py [NAME...]

Needs an installed TensorFlow, or MINIGRAPH_TENSORFLOW_PYTHON. Ends with status 1 if a program that is not listed in DIFFER
differs, or a listed one does not.
"""

import pathlib
import sys
import warnings

PARITY = pathlib.Path(__file__).resolve().parents[1] / "parity"
sys.path[0:0] = [str(PARITY), str(PARITY.parent), str(PARITY.parents[1])]

import compare  # noqa: E402
import exceptions  # noqa: E402
import harness  # noqa: E402

from minigraph.interop.tensorflow_process import tensorflow_process  # noqa: E402
from minigraph.runtime import engines  # noqa: E402

DIFFER: dict[str, str] = {}  # programs that differ, and why


def difference(name):
    """Return how the values of a program differ on TensorFlow; "" if they do not."""
    try:
        found = harness.verdicts(name)["values"]
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0][:160]
    return found.difference or ""


def main(names):
    """Run the programs and print what differs."""
    warnings.simplefilter("ignore")
    engines.default_target = "tensorflow"
    wrong, equal = [], 0
    for name in names or compare.names():
        told = "" if "runs" in exceptions.EXCEPTIONS.get(name, {}) else difference(name)
        equal += not told
        if told:
            print(f"{name}: {told}", DIFFER.get(name, ""), flush=True)
        if bool(told) != (name in DIFFER):
            wrong.append(name)
    total = len(names or compare.names())
    print(f"TensorFlow {tensorflow_process().version}: {equal} of {total} programs with equal values")
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
