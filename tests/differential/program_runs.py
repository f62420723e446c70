"""Run programs, on TensorFlow or here, and gives what is to be compared."""

from __future__ import annotations

import re
import signal

import numpy as np
from packing import pack

BACKEND = {"tensorflow": False, "threads": 1}


def load():
    """Return TensorFlow 1.15 where it is installed, else MiniGraph."""
    try:
        import tensorflow as tf
    except ImportError:
        import minigraph as tf

        return tf
    if not tf.__version__.startswith("1.15"):
        raise SystemExit("TensorFlow 1.15 is the reference; this is " + tf.__version__)
    BACKEND["tensorflow"] = True
    tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)
    from tensorflow.contrib.layers.python.layers import optimizers

    tf.contrib.layers.adaptive_clipping_fn = optimizers.adaptive_clipping_fn
    return tf


def first_sentence(error):
    text = str(error).strip().split("\n")[0]
    return re.sub(r"0x[0-9a-f]+", "0x", text)[:300]


def err(error):
    return {"type": [c.__name__ for c in type(error).__mro__], "text": first_sentence(error), "full": str(error)[:1500]}


def static(t):
    try:
        return None if t.shape.ndims is None else [None if d is None else int(d) for d in t.shape.as_list()]
    except Exception as e:
        return "?" + str(e)


class Alarm(Exception):
    pass


def with_alarm(seconds, f, *a):
    def ring(*_):
        raise Alarm("no end after %d s" % seconds)

    old = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        return f(*a)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


def session(tf):
    """Return a session that does what the graph says: no rewrites, a known number of threads."""
    if BACKEND["tensorflow"]:
        off = tf.compat.v1.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=BACKEND["threads"])
        off.graph_options.rewrite_options.disable_meta_optimizer = True
        off.graph_options.optimizer_options.opt_level = -1
        return tf.compat.v1.Session(config=off)
    return tf.Session()


class Nudges:
    """Change floating-point numbers by as much as rounding may: by one unit in the last place, or by nothing."""

    def __init__(self, seed):
        self._random = np.random.RandomState(seed)

    def near(self, value, dtype=None):
        array = np.asarray(value, dtype)
        if array.dtype.kind not in "fc" or array.dtype.itemsize < 4:
            return value
        steps = self._random.randint(-1, 2, array.shape) * np.finfo(array.dtype).eps
        with np.errstate(all="ignore"):
            return (array * (1 + steps)).astype(array.dtype)

    def feed(self, feed):
        return {t: self.near(value, t.dtype.as_numpy_dtype) for t, value in feed.items()}

    def load(self, sess, variables):
        for v in variables:
            v.load(self.near(sess.run(v)), sess)


def run_optimize(tf, text, nudges=None, left=0):
    """Run a program around `optimize_loss`; return what is to be compared.

    Args:
        tf: TensorFlow, or MiniGraph.
        text: the program.
        nudges: changes what it begins with and is fed, if given.
        left: how many nodes the first call that fails is to count for, where it leaves none.
    """
    out = {"calls": [], "steps": []}
    g = tf.Graph()

    def TRY(f):
        try:
            t = f()
            out["calls"].append(["ok", static(t) if t is not None else None, getattr(t, "name", None)])
            return t
        except Alarm:
            raise
        except Exception as e:
            out["calls"].append(["error", err(e)])
            if left and not failed:
                g.count_as(g._last_id + left)
            failed.append(1)
            return None

    failed = []
    with g.as_default():
        ns = {"tf": tf, "np": np, "TRY": TRY}
        try:
            exec(compile(text, "<program>", "exec"), ns)
        except Alarm:
            raise
        except Exception as e:
            out["build"] = err(e)
            return out
        out["failed"] = bool(failed)
        out["nodes"] = [
            [
                op.type,
                op.name,
                [t.name for t in op.inputs],
                sorted(c.name for c in op.control_inputs),
                [t.dtype.name for t in op.outputs],
                [static(t) for t in op.outputs],
            ]
            for op in g.get_operations()
        ]
        out["collections"] = {
            str(k): [str(getattr(v, "name", v)) for v in g.get_collection(k)] for k in g.get_all_collection_keys()
        }
        merged = tf.summary.merge_all() if not failed else None  # a call that fails leaves its summaries there
        init = tf.global_variables_initializer()
        names = [v.name for v in tf.global_variables()]
        with session(tf) as sess:
            try:
                sess.run(init)
                if nudges is not None:
                    nudges.load(sess, tf.global_variables())
                for feed in ns["feeds"] if nudges is None else map(nudges.feed, ns["feeds"]):
                    row = {}
                    row["loss"] = pack(sess.run(ns["loss"], feed))
                    if merged is not None:
                        row["summaries"] = summaries(sess.run(merged, feed))
                    for t in ns["trains"]:  # one by one: two updates of one variable in one run are a race
                        sess.run(t, feed)
                    row["vars"] = dict(zip(names, pack(sess.run(tf.global_variables()))))
                    out["steps"].append(row)
            except Alarm:
                raise
            except Exception as e:
                out["run"] = err(e)
    return out


def summaries(data):
    try:
        from tensorflow.core.framework import summary_pb2
    except ImportError:
        from tensorboard.compat.proto import summary_pb2
    s = summary_pb2.Summary()
    s.ParseFromString(data)
    rows = []
    for v in s.value:
        if v.HasField("histo"):
            h = v.histo
            rows.append(
                [v.tag, "histo", [h.min, h.max, h.num, h.sum, h.sum_squares], list(h.bucket_limit), list(h.bucket)]
            )
        else:
            rows.append([v.tag, "scalar", [v.simple_value]])
    return rows


class Recorder:
    """The names that a general program uses."""

    def __init__(self, tf, nudges=None):
        self.tf, self.graph, self.near = tf, tf.Graph(), nudges.near if nudges is not None else lambda value: value
        self.errors, self.tensors, self.feed = [], [], {}
        self.grads = []
        self.ns = {
            "tf": tf,
            "np": np,
            "S": self.S,
            "PH": self.PH,
            "VAR": self.VAR,
            "WILD": wild,
            "GRADS": self.GRADS,
            "CONSTANT": self.CONSTANT,
        }
        self.vars = {}

    def open(self):
        self.sess = session(self.tf)
        self.sess.__enter__()

    def close(self):
        self.sess.__exit__(None, None, None)

    def S(self, name, f):
        try:
            t = f()
        except Alarm:
            raise
        except Exception as e:
            self.errors.append([name, err(e)])
            return None
        self.tensors.append((name, t))
        if hasattr(self, "sess"):
            self.init_new()
        return t

    def PH(self, name, dtype, shape, value):
        t = self.tf.placeholder(dtype, shape, name=name)
        self.feed[t] = self.near(value)
        return t

    def VAR(self, value):
        return self.tf.Variable(self.near(value))

    def CONSTANT(self, value):
        return self.tf.constant(self.near(value))

    def init_new(self):
        for v in self.tf.global_variables():
            if v not in self.vars:
                self.vars[v] = 1
                self.sess.run(v.initializer, self.feed)

    def value_of(self, v):
        return self.sess.run(v)

    def GRADS(self, ys, xs):
        tf = self.tf
        ys = [y for y in ys if y is not None]
        xs = [x for x in xs if x is not None]
        try:
            g1 = tf.gradients(ys, xs)
        except Alarm:
            raise
        except Exception as e:
            self.errors.append(["grad1", err(e)])
            return
        self.grads.append(("grad1", g1))
        real = [tf.convert_to_tensor(g) for g in g1 if g is not None]
        if not real:
            return
        try:
            g2 = tf.gradients([tf.square(g) for g in real], xs)
        except Alarm:
            raise
        except Exception as e:
            self.errors.append(["grad2", err(e)])
            return
        self.grads.append(("grad2", g2))


def wild(array, seed):
    """Put extremes into an array."""
    array = np.array(array)
    r = np.random.RandomState(seed)
    flat = array.reshape(-1)
    for i in range(flat.size):
        if r.rand() < 0.3:
            flat[i] = [
                np.nan,
                np.inf,
                -np.inf,
                0.0,
                -0.0,
                1e20,
                -1e20,
                1e-20,
                3e9,
                -3e9,
                255.5,
                -129.0,
                1.0,
                0.5,
                -0.5,
                2.5,
            ][r.randint(16)]
    return flat.reshape(array.shape)


def flat_outputs(t):
    if isinstance(t, (list, tuple)) and not hasattr(t, "dense_shape"):
        return [y for x in t for y in flat_outputs(x)]
    if isinstance(t, dict):
        return [y for x in t.values() for y in flat_outputs(x)]
    return [t]


def run_general(tf, text, nudges=None):
    """Build and run a general program; return what is to be compared."""
    rec = Recorder(tf, nudges)
    if nudges is not None:
        text = re.sub(r"tf\.constant\((?=np\.|WILD\()", "CONSTANT(", text)
    out = {"errors": rec.errors, "static": [], "values": [], "grads": []}
    with rec.graph.as_default():
        exec(compile(text, "<program>", "exec"), rec.ns)
        rec.open()
        try:
            rec.sess.run(tf.global_variables_initializer(), rec.feed)
            for name, t in rec.tensors:
                for i, x in enumerate(flat_outputs(t)):
                    label = "%s.%d" % (name, i)
                    if not hasattr(x, "dtype") or not hasattr(x, "shape") or not hasattr(x, "op"):
                        out["static"].append([label, str(type(x).__name__), None])
                        continue
                    out["static"].append([label, x.dtype.base_dtype.name, static(x)])
                    out["values"].append([label, evaluate(rec, x)])
            for label, gs in rec.grads:
                for i, g in enumerate(gs):
                    lab = "%s.%d" % (label, i)
                    if g is None:
                        out["grads"].append([lab, None, None])
                    else:
                        kind = "slices" if hasattr(g, "dense_shape") else "tensor"
                        d = tf.convert_to_tensor(g)
                        out["grads"].append([lab, [kind, d.dtype.name, static(d)], evaluate(rec, d)])
        finally:
            rec.close()
    return out


def evaluate(rec, x):
    try:
        return ["v", pack(rec.sess.run(x, rec.feed))]
    except Alarm:
        raise
    except Exception as e:
        return ["e", err(e)]
