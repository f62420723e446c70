"""The ways of running a program agree: plain, repeated and recorded, callables, traced, partial, one by one."""

from __future__ import annotations

import re

import numpy as np
from differences import differ
from packing import pack
from program_runs import Recorder, flat_outputs

import minigraph as tf

RUNS = 4
CHANGING = re.compile(r"random_|truncated_normal|dropout|multinomial|assign|scatter_(?:add|update|mul)\(VAR|py_func")
PLAIN = tf.ConfigProto(graph_options=tf.GraphOptions(optimizer_options=tf.OptimizerOptions(opt_level=-1)))
TRACED = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)


def differing_ways(row):
    """Return how the ways of running a recorded program differ: a list of texts."""
    return (_optimize if row["kind"] == "optimize" else _general)(row["text"])


def _compare(label, names, wanted, found):
    """Return the first difference, if any. The order of a sum may differ, so the last bits may."""
    for name, x, y in zip(names, wanted, found):
        difference = differ(pack(x), pack(y), 5.0)
        if difference and "cancelled: " not in difference:
            return ["%s: %s: %s" % (label, name, difference)]
    return []


# General programs: everything that can be fetched, together and one by one


def _general(text):
    if CHANGING.search(text):
        return []
    with np.errstate(all="ignore"):
        rec = Recorder(tf)
        with rec.graph.as_default():
            exec(compile(text, "<program>", "exec"), rec.ns)
            fetches = [x for _, t in rec.tensors for x in flat_outputs(t) if hasattr(x, "op") and hasattr(x, "shape")]
            fetches += [tf.convert_to_tensor(g) for _, gs in rec.grads for g in gs if g is not None]
            init = tf.global_variables_initializer()
        return _ways_of(rec.graph, init, list(dict.fromkeys(fetches)), rec.feed)


def _ways_of(graph, init, fetches, feed):
    with tf.Session(graph=graph, config=PLAIN) as session:
        session.run(init, feed)
        fetches = [x for x in fetches if _runs(session, x, feed)]
        if not fetches:
            return []
        wanted = session.run(fetches, feed)
    names, found = [x.name for x in fetches], []
    with tf.Session(graph=graph) as session:
        session.run(init, feed)
        for i in range(RUNS):
            found += _compare("run %d" % (i + 1), names, wanted, session.run(fetches, feed))
        call = session.make_callable(fetches, list(feed))
        for i in range(RUNS):
            found += _compare("callable %d" % (i + 1), names, wanted, call(*feed.values()))
        found += _compare(
            "traced", names, wanted, session.run(fetches, feed, options=TRACED, run_metadata=tf.RunMetadata())
        )
        found += _compare("after the trace", names, wanted, session.run(fetches, feed))
        parts = [i for i, x in enumerate(fetches) if x not in feed]  # what is fed, a partial run does not fetch
        if len(parts) > 1:
            half, chosen = len(parts) // 2, [fetches[i] for i in parts]
            handle = session.partial_run_setup(chosen, list(feed))
            first = session.partial_run(handle, chosen[:half], feed)
            found += _compare(
                "partial",
                [names[i] for i in parts],
                [wanted[i] for i in parts],
                first + session.partial_run(handle, chosen[half:]),
            )
        for i in range(RUNS):
            found += _compare("alone %d" % (i + 1), names, wanted, [session.run(x, feed) for x in fetches])
    return found


def _runs(session, x, feed):
    try:
        session.run(x, feed)
    except Exception:
        return False
    return True


# Programs around optimize_loss: the same steps in each way, from the same start


def _optimize(text):
    with tf.Graph().as_default() as graph:
        scope = {"tf": tf, "np": np, "TRY": _try}
        try:
            exec(compile(text, "<program>", "exec"), scope)
        except Exception:
            return []
        variables, init = tf.global_variables(), tf.global_variables_initializer()
    feeds = (scope["feeds"] * RUNS)[: max(RUNS, len(scope["feeds"]))]
    names = ["loss", *[v.name for v in variables]]
    try:
        wanted = _trained(graph, init, scope, feeds, variables, "plain")
    except tf.errors.OpError:  # such a program is compared by its error
        return []
    found = []
    for way in ("recorded", "callable", "traced"):
        steps = _trained(graph, init, scope, feeds, variables, way)
        for i, (x, y) in enumerate(zip(wanted, steps)):
            found += _compare("%s, step %d" % (way, i + 1), names, x, y)
    return found


def _try(call):
    try:
        return call()
    except Exception:
        return None


def _trained(graph, init, scope, feeds, variables, way):
    """Return the loss and all variables after each step."""
    steps, trains = [], scope["trains"]
    with tf.Session(graph=graph, config=PLAIN if way == "plain" else None) as session:
        session.run(init)
        calls = [session.make_callable(t, list(feeds[0])) for t in trains] if way == "callable" else []
        for feed in feeds:
            loss = session.run(scope["loss"], feed)
            for t in trains:
                if way == "traced":
                    session.run(t, feed, options=TRACED, run_metadata=tf.RunMetadata())
                elif way != "callable":
                    session.run(t, feed)
            for call in calls:
                call(*feed.values())
            steps.append([loss, *session.run(variables)])
    return steps
