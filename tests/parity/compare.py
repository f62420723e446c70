"""Compare two results of `snapshot.run_program`, aspect by aspect, and tells the first difference."""

import collections
import json
import pathlib
import re

import numpy as np
import recordings

HERE = pathlib.Path(__file__).resolve().parent
ASPECTS = ("forward", "gradients", "values", "shapes", "attributes", "collections", "prints")
RELATIVE = 1e-6
ABSOLUTE = 1e-7  # one rounding of a float32 near one: what is left where equal numbers cancel
GRADIENT = re.compile(r"(^|/)gradients(_\d+)?/|_grad(_\d+)?/")

# `equal` of `total` parts agree; `difference` tells the first that does not, and is None where all agree.
Verdict = collections.namedtuple("Verdict", "equal total difference")


def names():
    """Every parity program."""
    return sorted(path.stem for path in (HERE / "programs").glob("*.py"))


def load(name):
    """Return what TensorFlow 1.15 built and computed for the program."""
    seen = recordings.read(HERE / "recorded" / (name + recordings.SUFFIX))
    for graph in seen["graphs"]:
        for node in graph["nodes"]:
            node.setdefault("control_inputs", [])
            node.setdefault("attrs", {})
    return seen


def attributes_by_type(seen):
    """Return the attribute names that occur in a recording, for `snapshot.run_program`."""
    found = {}
    for graph in seen["graphs"]:
        for node in graph["nodes"]:
            found.setdefault(node["type"], set()).update(node["attrs"])
    return {kind: sorted(wanted) for kind, wanted in found.items()}


def compare(expected, got, relative=RELATIVE):
    """Return {aspect: Verdict}. Both arguments are results of `snapshot.run_program`."""
    got = json.loads(json.dumps(got))  # tuples become lists, as they did in the recording
    pairs = list(zip(expected["graphs"], got["graphs"]))
    verdicts = {
        "forward": merge(nodes(*keep(pair, False)) for pair in pairs),
        "gradients": merge(nodes(*keep(pair, True)) for pair in pairs),
        "values": values(expected["results"], got["results"], relative),
        "shapes": merge(fields(a["nodes"], b["nodes"], "shapes") for a, b in pairs),
        "attributes": merge(fields(a["nodes"], b["nodes"], "attrs") for a, b in pairs),
        "collections": merge(mappings(a["collections"], b["collections"]) for a, b in pairs),
        "prints": merge(mappings(dict(enumerate(a["prints"])), dict(enumerate(b["prints"]))) for a, b in pairs),
    }
    if len(expected["graphs"]) != len(got["graphs"]):
        message = "expected %d graphs, got %d" % (len(expected["graphs"]), len(got["graphs"]))
        verdicts["forward"] = verdicts["forward"]._replace(difference=message)
    return verdicts


def merge(verdicts):
    """One verdict for several graphs."""
    verdicts = list(verdicts)
    told = [
        v.difference if len(verdicts) == 1 else "graph %d: %s" % (i, v.difference)
        for i, v in enumerate(verdicts)
        if v.difference
    ]
    return Verdict(sum(v.equal for v in verdicts), sum(v.total for v in verdicts), told[0] if told else None)


def keep(pair, gradient):
    """Return the nodes that are (not) part of gradients, with their places in the whole graph."""
    return [
        [dict(node, at=i) for i, node in enumerate(graph["nodes"]) if bool(GRADIENT.search(node["name"])) == gradient]
        for graph in pair
    ]


def identity(node):
    """Return what two nodes must share to count as equal. Shapes and attributes are aspects of their own."""
    return [node[key] for key in ("type", "name", "inputs", "control_inputs", "dtypes")]


def nodes(expected, got):
    """Compare nodes in order. `equal` counts by name, so that one extra node does not hide the rest."""
    by_name = {node["name"]: identity(node) for node in got}
    equal = sum(by_name.get(node["name"]) == identity(node) for node in expected)
    difference = None
    for a, b in zip(expected + [None], got + [None]):
        if a is None or b is None or identity(a) != identity(b):
            if a is not b:
                difference = "%s: expected %s, got %s" % ("node %d" % (a or b)["at"], tell(a), tell(b))
            break
    return Verdict(equal, len(expected), difference)


def tell(node):
    """Return a node on one line."""
    if node is None:
        return "no further node"
    text = "%s '%s' inputs %s" % (node["type"], node["name"], node["inputs"])
    if node["control_inputs"]:
        text += " after %s" % node["control_inputs"]
    return text + " " + "/".join(node["dtypes"])


def fields(expected, got, key):
    """Compare one field of the nodes that both sides have (those that one lacks are `nodes`' to report)."""
    by_name = {node["name"]: node for node in got}
    pairs = [(node, by_name[node["name"]]) for node in expected if node["name"] in by_name]
    wrong = [(a, b) for a, b in pairs if a[key] != b[key]]
    difference = None
    if wrong:
        a, b = wrong[0]
        difference = "%s '%s': expected %s %s, got %s" % (a["type"], a["name"], key, a[key], b[key])
    return Verdict(len(pairs) - len(wrong), len(pairs), difference)


def mappings(expected, got):
    """Compare two dicts entry by entry."""
    keys = list(expected) + [key for key in got if key not in expected]
    wrong = [key for key in keys if expected.get(key) != got.get(key)]
    difference = None
    if wrong:
        difference = "%s: expected %s, got %s" % (wrong[0], expected.get(wrong[0]), got.get(wrong[0]))
    return Verdict(len(keys) - len(wrong), len(keys), difference)


def values(expected, got, relative):
    """Compare the programs' `results`."""
    told = [
        (key, value_difference(expected.get(key), got.get(key), relative))
        for key in list(expected) + [key for key in got if key not in expected]
    ]
    wrong = ["%s: %s" % pair for pair in told if pair[1]]
    return Verdict(len(told) - len(wrong), len(told), wrong[0] if wrong else None)


def value_difference(expected, got, relative):
    """None where the two agree, else a sentence. Lists and dicts are compared part by part."""
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        told = [value_difference(a, b, relative) for a, b in zip(expected, got)]
        return next(("[%d] %s" % (i, text) for i, text in enumerate(told) if text), None)
    if not (isinstance(expected, dict) and isinstance(got, dict)):
        return None if expected == got else "expected %s, got %s" % (expected, got)
    if "dtype" not in expected:
        return values(expected, got, relative).difference
    for key in ("dtype", "shape"):
        if expected.get(key) != got.get(key):
            return "expected %s %s, got %s" % (key, expected.get(key), got.get(key))
    if "float" not in expected.get("dtype", ""):
        return None if expected == got else "expected %s, got %s" % (expected, got)
    return float_difference(np.array(expected["value"], float), np.array(got["value"], float), relative)


def float_difference(expected, got, relative):
    """Elements may differ by `relative` of the array's largest: where sums cancel, rounding leaves that."""
    finite = np.isfinite(expected)
    scale = np.max(np.abs(expected[finite]), initial=0.0)
    near = np.isclose(got, expected, rtol=relative, atol=ABSOLUTE + relative * scale, equal_nan=True)
    if near.all():
        return None
    at = int(np.argmin(near))
    return "element %d of %d (%d differ): expected %r, got %r" % (
        at,
        near.size,
        int((~near).sum()),
        float(expected[at]),
        float(got[at]),
    )
