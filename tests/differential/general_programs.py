"""Draw general programs.

Their statements are carried out on TensorFlow as they are drawn, so that most of them are legal.
"""

from __future__ import annotations

import random

import numpy as np
from general_values import FLOATS, INTS, T
from moves_arrays import ArraysMoves
from moves_math import MathMoves
from moves_models import ModelsMoves
from program_runs import Alarm, Recorder, static

GROUPS = (
    "unary unary unary unary_int binary binary binary operator operator binary_int logical complex reduce "
    "reduce reduce reduce_bool "
    "arg cum reshape layout layout split slice slice slice gather gather scatter scatter select cast cast "
    "bitcast matmul matmul linalg nn nn conv conv "
    "control control misc misc misc variable illegal"
).split()


class General(MathMoves, ArraysMoves, ModelsMoves):
    """Draw a program while it runs on TensorFlow."""

    def __init__(self, tf, seed, size=None):
        self.tf, self.r = tf, random.Random(seed * 7919 + 13)
        self.lines, self.pool, self.n, self.leaves = [], [], 0, []
        self.size = size or self.r.choice([4, 6, 8, 10])
        self.wild = self.r.random() < 0.25  # extreme values
        self.empty = self.r.random() < 0.12
        self.feeds = {}

    def shape(self, rank=None):
        r = self.r
        rank = r.choice([0, 1, 1, 2, 2, 2, 3, 3, 4]) if rank is None else rank
        return tuple(0 if self.empty and r.random() < 0.2 else r.choice([1, 2, 3, 3, 4]) for _ in range(rank))

    def literal(self, dtype, shape, small=False):
        """Return the text of an array."""
        r = self.r
        seed = r.randrange(1000)
        if dtype == "bool":
            return "(np.random.RandomState(%d).rand(*%r) > 0.5)" % (seed, tuple(shape))
        if dtype.startswith("complex"):
            return "(lambda q: q.randn(*%r) + 1j * q.randn(*%r))(np.random.RandomState(%d)).astype('%s')" % (
                tuple(shape),
                tuple(shape),
                seed,
                dtype,
            )
        if dtype in FLOATS:
            base = "np.asarray(np.random.RandomState(%d).randn(*%r))" % (seed, tuple(shape))
            if self.wild and not small:
                base = "WILD(%s, %d)" % (base, seed)
            return "%s.astype('%s')" % (base, dtype)
        lo, hi = (
            (0, 5)
            if small
            else {"uint8": (0, 256), "int8": (-128, 128)}.get(dtype, (0, 9) if dtype.startswith("u") else (-7, 8))
        )
        if self.wild and dtype == "int32" and not small:
            lo, hi = -(2**31), 2**31 - 1
        return "np.asarray(np.random.RandomState(%d).randint(%d, %d, %r)).astype('%s')" % (
            seed,
            lo,
            hi,
            tuple(shape),
            dtype,
        )

    def leaf(self, dtype=None, shape=None):
        r = self.r
        dtype = dtype or r.choice(
            ["float32"] * 7 + ["float64", "int32", "int32", "int64", "bool", "int8", "uint8", "complex64", "float64"]
        )
        shape = self.shape() if shape is None else shape
        lit = self.literal(dtype, shape)
        kind = r.choice(["placeholder", "placeholder", "constant", "variable"])
        name = "t%d" % self.n
        self.n += 1
        if kind == "placeholder":
            st = r.choice(["full", "full", "partial", "none"])
            s = "None" if st == "none" else repr([None if st == "partial" and r.random() < 0.6 else d for d in shape])
            text = "PH('%s', '%s', %s, %s)" % (name, dtype, s, lit)
        elif kind == "constant":
            text = "tf.constant(%s)" % lit
        else:
            text = "VAR(%s)" % lit
        return self.emit(name, text, leaf=True)

    def emit(self, name, text, leaf=False):
        line = "%s = S('%s', lambda: %s)" % (name, name, text)
        return self.run_line(name, line, leaf)

    def op(self, text):
        name = "t%d" % self.n
        self.n += 1
        return self.run_line(name, "%s = S('%s', lambda: %s)" % (name, name, text))

    def run_line(self, name, line, leaf=False):
        """Carries the statement out at once."""
        self.lines.append(line)
        rec = self.rec
        exec(line, rec.ns)
        t = rec.ns.get(name)
        if t is None or isinstance(t, (list, tuple)):
            if isinstance(t, (list, tuple)):
                for i in range(len(t)):
                    if hasattr(t[i], "dtype"):
                        self.learn("%s[%d]" % (name, i), t[i], False)
            return None
        return self.learn(name, t, leaf)

    def learn(self, name, t, leaf):
        rec = self.rec
        if not hasattr(t, "op"):
            return None
        try:
            value = rec.sess.run(t, rec.feed) if not isinstance(t, self.tf.Variable) else rec.value_of(t)
        except Alarm:
            raise
        except Exception:
            return None
        v = np.asarray(value)
        if v.size > 4000:
            return None
        base = t.dtype.base_dtype.name
        k = T(name, base, v.shape, static(t), base in FLOATS)
        k.value = v
        self.pool.append(k)
        if leaf and base in FLOATS:
            self.leaves.append(k)
        return k

    def pick(self, dtypes=None, rank=None, min_rank=0, nonempty=False):
        c = [
            t
            for t in self.pool
            if (dtypes is None or t.dtype in dtypes)
            and (rank is None or len(t.shape) == rank)
            and len(t.shape) >= min_rank
            and not (nonempty and 0 in t.shape)
        ]
        if not c or self.r.random() < 0.15:
            d = self.r.choice([x for x in (dtypes or ("float32",))]) if dtypes else None
            sh = self.shape(rank if rank is not None else max(min_rank, self.r.choice([1, 2, 3])))
            if nonempty:
                sh = tuple(max(1, x) for x in sh)
            return self.leaf(d, sh)
        # newer ones are likelier
        return c[min(len(c) - 1, int(len(c) * self.r.random() ** 0.6))]

    def partner(self, a):
        """Something with which `a` broadcasts."""
        r = self.r
        shape = list(a.shape)
        how = r.choice(["same", "same", "drop", "ones", "more", "scalar", "pool"])
        if how == "pool":
            c = [t for t in self.pool if t.dtype == a.dtype and self.compatible(t.shape, a.shape)]
            if c:
                return r.choice(c).name
        if how == "scalar" and a.dtype in FLOATS:
            return r.choice(["2.0", "0.5", "-1.5", "3"])
        if how == "scalar" and a.dtype in INTS:
            return r.choice(["2", "3", "1"])
        if how == "drop" and shape:
            shape = shape[r.randrange(len(shape)) :]
        elif how == "ones":
            shape = [1 if r.random() < 0.5 else d for d in shape]
        elif how == "more" and len(shape) < 4:
            shape = [r.choice([1, 2])] + shape
        leaf = self.leaf(a.dtype, tuple(shape))
        return leaf.name if leaf else "1"

    @staticmethod
    def compatible(a, b):
        return all(x == y or 1 in (x, y) for x, y in zip(reversed(a), reversed(b)))

    def axis(self, t, allow_list=True):
        r = self.r
        n = len(t.shape)
        if n == 0:
            return "None"
        opts = [str(r.randrange(n)), str(r.randrange(-n, 0))]
        if allow_list:
            opts += ["None", repr(sorted(r.sample(range(n), r.randrange(0, n + 1)))), "[]"]
        if r.random() < 0.02:
            opts = [str(n), str(-n - 1), "[0, 0]"]
        return r.choice(opts)

    def step(self):
        getattr(self, "g_" + self.r.choice(GROUPS))()

    def draw(self):
        self.rec = Recorder(self.tf)
        with self.rec.graph.as_default():
            self.rec.open()
            for _ in range(self.r.choice([1, 2])):
                self.leaf()
            tries = 0
            while len(self.lines) < self.size + 2 and tries < 40:
                tries += 1
                self.step()
        self.rec.close()
        ys = [t.name for t in self.pool if t.diff and t.name not in {x.name for x in self.leaves}]
        xs = [t.name for t in self.leaves]
        if xs and ys:
            self.lines.append("GRADS([%s], [%s])" % (", ".join(ys[-4:]), ", ".join(xs)))
        return "\n".join(self.lines) + "\n"
