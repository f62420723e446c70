"""How the outcomes of a program differ on the two sides."""

from __future__ import annotations

import re

import numpy as np
from packing import unpack


def differ(a, b, loose=1.0):
    """None, or how two packed values differ."""
    a, b = unpack(a), unpack(b)
    return _differ(a, b, loose)


def _smallness(x, y):
    """Say of unequal floats that they are denormal numbers, or rounding errors of numbers about 1."""
    limits = np.finfo(x.dtype)
    if (np.maximum(np.abs(x), np.abs(y)) < limits.tiny).all():
        return "denormals: "
    with np.errstate(all="ignore"):
        return "cancelled: " if (np.abs(x - y) <= 16 * limits.eps).all() else ""


def _differ(a, b, loose):
    if isinstance(a, list) or isinstance(b, list):
        if not (isinstance(a, list) and isinstance(b, list)) or len(a) != len(b):
            return "structure"
        for x, y in zip(a, b):
            d = _differ(x, y, loose)
            if d:
                return d
        return None
    if isinstance(a, dict) or isinstance(b, dict):
        if not (isinstance(a, dict) and isinstance(b, dict)) or set(a) != set(b):
            return "keys"
        for k in a:
            d = _differ(a[k], b[k], loose)
            if d:
                return "%s: %s" % (k, d)
        return None
    if a is None or b is None:
        return None if a is b else "None against a value"
    x, y = np.asarray(a), np.asarray(b)
    if x.dtype != y.dtype:
        return "dtype %s / %s" % (x.dtype, y.dtype)
    if x.shape != y.shape:
        return "shape %s / %s" % (x.shape, y.shape)
    if x.dtype.kind in "fc":
        tol = {2: 2e-3, 4: 1e-5, 8: 1e-9 if x.dtype.kind == "f" else 1e-5, 16: 1e-9}[x.dtype.itemsize] * loose
        with np.errstate(all="ignore"):
            fin = np.isfinite(x) & np.isfinite(y)
            scale = max(1e-30, float(np.max(np.abs(x[fin]))) if fin.any() else 1.0)
            allowed = tol * np.maximum(np.abs(x), np.abs(y)) + tol * 0.1 * min(scale, 1e3)
            same = (x == y) | (np.isnan(x) & np.isnan(y)) | (fin & (np.abs(x - y) <= allowed))
        if same.all():
            return None
        at = np.argwhere(~same)[0]
        return "%svalue at %s: tf %r mg %r (%d of %d)" % (
            _smallness(x[~same], y[~same]),
            at.tolist(),
            x[tuple(at)].item(),
            y[tuple(at)].item(),
            int((~same).sum()),
            x.size,
        )
    if np.array_equal(x, y):
        return None
    at = np.argwhere(x != y)[0]
    return "value at %s: tf %r mg %r" % (at.tolist(), x[tuple(at)], y[tuple(at)])


def _natural(text):
    """Return a message without what differs between versions of Python, and without names of modules."""
    text = re.sub(r"\b\w+\.(?=__init__\(\))", "", text).replace("a string or a real number", "a string or a number")
    return re.sub(r"\b(?:tensorflow|minigraph)(?:\.\w+)*\.", "", text).replace("RefVariable", "Variable")


def _clean(text):
    """Return the beginning of a message, without names, numbers and quotes."""
    without = re.sub(r"\(op: .*|\[\[.*|\bt?\d+\b|for ['\"].*", "", _natural(text))
    return re.sub(r"[\s\"'`]+", " ", without).strip().lower()[:45]


def same_error(a, b):
    """None, or how the errors differ: type, then the first sentence."""
    ta, tb = a["type"][0], b["type"]
    if ta not in tb:
        return "error type: tf %s(%s) mg %s(%s)" % (ta, a["text"][:110], tb[0], b["text"][:110])
    if _clean(a["text"]) != _clean(b["text"]) and _clean(a["text"]) not in _clean(b["full"]):
        return "error text: tf %s(%s) mg (%s)" % (ta, a["text"][:110], b["text"][:110])
    return None


def compare_general(a, b):
    bad = []
    ea, eb = dict(map(tuple2, a["errors"])), dict(map(tuple2, b["errors"]))
    for k in ea:
        if k not in eb:
            bad.append(("no error", k, "tf %s: %s" % (ea[k]["type"][0], ea[k]["text"][:120])))
        else:
            d = same_error(ea[k], eb[k])
            if d:
                bad.append((d.split(":")[0], k, d))
    for k in eb:
        if k not in ea:
            bad.append(("spurious error", k, "mg %s: %s" % (eb[k]["type"][0], eb[k]["text"][:160])))
    sa, sb = {s[0]: s[1:] for s in a["static"]}, {s[0]: s[1:] for s in b["static"]}
    for k in sa:
        if k in sb and sa[k] != sb[k]:
            bad.append(("static", k, "tf %s mg %s" % (sa[k], sb[k])))
    va, vb = dict(map(tuple2, a["values"])), dict(map(tuple2, b["values"]))
    for k in va:
        if k in vb:
            bad += compare_eval(k, va[k], vb[k])
    ga, gb = {g[0]: g[1:] for g in a["grads"]}, {g[0]: g[1:] for g in b["grads"]}
    for k in ga:
        if k not in gb:
            continue
        if (ga[k][0] is None) != (gb[k][0] is None):
            bad.append(("grad None", k, "tf %s mg %s" % (ga[k][0], gb[k][0])))
        elif ga[k][0] is not None:
            if ga[k][0] != gb[k][0]:
                bad.append(("grad static", k, "tf %s mg %s" % (ga[k][0], gb[k][0])))
            bad += compare_eval(k, ga[k][1], gb[k][1], 20.0 if k.startswith("grad2") else 5.0)
    return bad


def tuple2(x):
    return (x[0], x[1])


def compare_eval(k, x, y, loose=1.0):
    if x[0] == "v" and y[0] == "v":
        d = differ(x[1], y[1], loose)
        return [("value" if not k.startswith("grad") else "grad value", k, d)] if d else []
    if x[0] == "e" and y[0] == "e":
        d = same_error(x[1], y[1])
        return [("run " + d.split(":")[0], k, d)] if d else []
    if x[0] == "e":
        return [("no run error", k, "tf %s: %s" % (x[1]["type"][0], x[1]["text"][:140]))]
    return [("spurious run error", k, "mg %s: %s" % (y[1]["type"][0], y[1]["text"][:160]))]


def compare_optimize(a, b):
    """Return the mismatches of a program around `optimize_loss`."""
    if ("build" in a) != ("build" in b):
        return [("build", "", "tf %s mg %s" % (short(a.get("build")), short(b.get("build"))))]
    if "build" in a:
        return _errors("build", "", a["build"], b["build"])
    bad = _compare_calls(a["calls"], b["calls"])
    if any(kind == "call" for kind, _, _ in bad):
        return bad
    if not a["failed"]:  # a call that fails leaves nodes there, and none here
        bad += _compare_graphs(a, b)
    if ("run" in a) != ("run" in b):
        bad.append(("run", "", "tf %s mg %s" % (short(a.get("run")), short(b.get("run")))))
    elif "run" in a:
        bad += _errors("run", "", a["run"], b["run"])
    for i, (x, y) in enumerate(zip(a["steps"], b["steps"])):
        bad += _compare_steps(i, x, y, summaries=not a["failed"])
    return bad


def _errors(kind, where, x, y):
    d = same_error(x, y)
    return [(kind + " " + d.split(":")[0], where, d)] if d else []


def _compare_calls(a, b):
    bad = []
    for i, (x, y) in enumerate(zip(a, b)):
        if x[0] != y[0]:
            said = [short(z[1]) if z[0] == "error" else "ok" for z in (x, y)]
            bad.append(("call", str(i), "tf %s mg %s" % tuple(said)))
        elif x[0] == "error":
            bad += _errors("call", str(i), x[1], y[1])
        elif x != y and not any(call[0] == "error" for call in a[:i]):
            bad.append(("call result", str(i), "tf %s mg %s" % (x, y)))
    return bad


def _compare_graphs(a, b):
    bad, ca, cb = [], a["collections"], b["collections"]
    for i, (x, y) in enumerate(zip(a["nodes"], b["nodes"])):
        if x != y:
            parts = zip("type name inputs control dtypes shapes".split(), x, y)
            bad.append(("nodes " + next(n for n, p, q in parts if p != q), str(i), "tf %s mg %s" % (x, y)))
            break
    if len(a["nodes"]) != len(b["nodes"]):
        bad.append(("nodes number", "", "tf %d mg %d" % (len(a["nodes"]), len(b["nodes"]))))
    for key in sorted(set(ca) | set(cb)):
        if ca.get(key) != cb.get(key):
            bad.append(("collections", key, "tf %s mg %s" % (ca.get(key), cb.get(key))))
    return bad


def _compare_steps(i, x, y, summaries):
    """Return the mismatches of step `i`: its loss, the variables after it, and perhaps its summaries."""
    bad = [("loss", str(i), d) for d in [differ(x["loss"], y["loss"], 1 + i)] if d]
    for name in sorted(set(x["vars"]) & set(y["vars"])):
        d = differ(x["vars"][name], y["vars"][name], 2.0 * (1 + i))
        bad += [("variable", "%d %s" % (i, name), d)] if d else []
    if "summaries" not in x or not summaries:
        return bad
    sa, sb = x["summaries"], y.get("summaries", [])
    if [s[:2] for s in sa] != [s[:2] for s in sb]:
        return bad + [("summary tags", str(i), "tf %s mg %s" % ([s[0] for s in sa], [s[0] for s in sb]))]
    for s, t in zip(sa, sb):  # the last bits of a norm depend on the order of its sum
        close = np.allclose(np.array(s[2]), np.array(t[2]), rtol=1e-4, atol=1e-6, equal_nan=True)
        if not close or s[1] == "histo" and len(s[3]) != len(t[3]):
            bad.append(("summary value", "%d %s" % (i, s[0]), "tf %s mg %s" % (s[2:], t[2:])))
    return bad


def short(e):
    return None if e is None else "%s(%s)" % (e["type"][0], e["text"][:150])
