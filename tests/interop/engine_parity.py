"""Run the parity programs on the engine "tensorflow", and compare values with what TensorFlow 1.15 has recorded.

    python tests/interop/engine_parity.py [NAME...]

Needs an installed TensorFlow, or MINIGRAPH_TENSORFLOW_PYTHON. Ends with status 1 if a program differs that is not listed.
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

SHUFFLES = "TensorFlow 2 shuffles and picks datasets in another order"
LAST_DIGITS = "TensorFlow 2 computes tanh and exp by other polynomials"
WORDS = "TensorFlow 2 says it otherwise"
DIFFER = {  # programs that differ in every version, and why
    "data_sources": "a generator is a Python function, which is in another process"
}
DIFFER_IN_2 = {  # those that differ in TensorFlow 2
    "beam_search": "GatherTree is not in TensorFlow 2, but in its addons",
    "candidate_samplers": "TensorFlow 2 wants the true candidates to be within the range of a sampler",
    "constants_all": "the maximum of numbers with a NaN among them is NaN in TensorFlow 2, and is not in 1.15",
    "contrib_rnn": LAST_DIGITS,
    **{f"data_{name}": SHUFFLES for name in ("epochs", "experimental", "files", "places", "shuffles")},
    "images_files_errors": WORDS,
    "lookup_tables": WORDS,
    "random_in_conditionals": "the steps of a loop draw random numbers side by side, in no order",
    "readers": WORDS,
    "rnn_bidirectional": WORDS,
    "rnn_cells_in_loops": LAST_DIGITS,
    "sequence_examples": WORDS,
    "summaries_rest": "TensorFlow 2 writes the summary of a sound without frames",
}


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
    differ = {**DIFFER, **(DIFFER_IN_2 if tensorflow_process().version.startswith("2") else {})}
    for name in names or compare.names():
        told = "" if {"runs", "values"} & {*exceptions.EXCEPTIONS.get(name, {})} else difference(name)
        equal += not told
        if told:
            print(f"{name}: {told}", differ.get(name, ""), flush=True, file=sys.__stdout__)
        if told and name not in differ:
            wrong.append(name)
    if wrong:
        print("not listed:", *wrong)
    total = len(names or compare.names())
    print(f"TensorFlow {tensorflow_process().version}: {equal} of {total} programs with equal values")
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
