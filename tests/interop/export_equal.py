"""Compare exported GraphDefs with those that TensorFlow 1.15 exports for the same programs, node by node.

python3.7 tests/interop/programs.py FOLDER            TensorFlow 1.15 writes its own
python -m tests.interop.export_equal FOLDER           compares ours with them, and records digests of their nodes
python -m tests.interop.export_equal                  compares ours with the digests, which needs no TensorFlow
"""

import hashlib
import json
import pathlib
import sys
import warnings

import minigraph as tf
from tests.interop import programs

sys.path[:0] = [str(programs.PARITY), str(programs.PARITY.parent)]

import exceptions  # noqa: E402

DIGESTS = programs.HERE / "recorded" / "graph_defs.json"
# Programs whose graphs have other nodes here, and why; for those with functional bodies see `exceptions`.
FILLED = "a constant with fewer values than elements repeats the last one; it is written here with all of its elements"
DIFFER = {
    "constants_all": FILLED,
    "initializers_called": FILLED,
    "initial_values_guarded": "an If that takes a variable by reference is written as Switch and Merge",
    "summaries_scopes": "the colour of bad pixels is written as bytes, not as a list of numbers",
}
ASPECTS = ("forward", "gradients", "attributes", "runs")  # of `exceptions`, in which nodes differ


def reason(name):
    """Return why a program's graphs may have other nodes here; "" if they may not."""
    known = exceptions.EXCEPTIONS.get(name, {})
    return DIFFER.get(name) or next((known[aspect] for aspect in ASPECTS if aspect in known), "")


def digest(graph_def):
    """Return a digest of the nodes and the versions of a graph; names of functions are of everyone's own making."""
    found = hashlib.sha256(graph_def.versions.SerializeToString(deterministic=True))
    for node in graph_def.node:
        for attr in node.attr.values():
            if attr.WhichOneof("value") == "func":
                attr.func.name = ""
        if "_gradient_op_type" in node.attr:
            node.attr["_gradient_op_type"].s = b""
        found.update(node.SerializeToString(deterministic=True) + b"\n")
    return found.hexdigest()[:16]


def exported(name):
    """Return the GraphDefs of a program's graphs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [graph.as_graph_def() for graph in programs.graphs_of(tf, name)]


def first_difference(wanted, found):
    """Return where two graphs differ first, as text."""
    for a, b in zip(wanted.node, found.node):
        if a != b:
            return f"{a}\n--- here:\n{b}"
    return f"{len(wanted.node)} nodes, here {len(found.node)}; versions {wanted.versions}, here {found.versions}"


def differing(name, recorded):
    """Return the keys of a program's graphs that are not as recorded; None stands for a graph that has other nodes."""
    keys = [(f"{name}.{i}", found) for i, found in enumerate(exported(name))]
    return [key for key, found in keys if recorded.get(key) not in (None, digest(found))]


def record(folder):
    """Record the digests of TensorFlow's graphs; None for those that differ here."""
    recorded = {}
    for name in programs.names():
        for i, found in enumerate(exported(name)):
            path = pathlib.Path(folder) / f"{name}.{i}.pb"
            if path.exists():
                wanted = tf.GraphDef.FromString(path.read_bytes())
                key, told = f"{name}.{i}", first_difference(wanted, found)
                recorded[key] = digest(wanted)
                if recorded[key] != digest(found):
                    recorded[key] = None
                    print(f"== {key}: {reason(name) or told[:600]}")
    DIGESTS.write_text(json.dumps(recorded, indent=0) + "\n")
    print(f"{sum(each is not None for each in recorded.values())} of {len(recorded)} graphs with equal nodes")


def main():
    """Compare all programs with what is recorded; return what differs."""
    recorded = json.loads(DIGESTS.read_text())
    wrong = [key for name in programs.names() for key in differing(name, recorded)]
    print(f"{len(recorded) - len(wrong)} of {len(recorded)} graphs are as recorded; not: {wrong}")
    return wrong


if __name__ == "__main__":
    sys.exit(record(sys.argv[1]) if len(sys.argv) > 1 else 1 if main() else 0)
