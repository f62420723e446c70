"""Move of a general program: shapes, slice, rows, choices."""

from __future__ import annotations

import numpy as np
from general_values import FLOATS


class ArraysMoves:
    """Each method adds one statement to a program."""

    def g_reshape(self):
        r = self.r
        a = self.pick()
        n = int(np.prod(a.shape))
        shapes = [[n], [-1], [1, n], [-1, 1]]
        for d in (2, 3, 4):
            if n and n % d == 0:
                shapes += [[d, -1], [n // d, d], [-1, d, 1], [1, d, n // d]]
        if r.random() < 0.03:
            shapes = [[n + 1], [-1, -1], [-2], [7, -1]]
        s = r.choice(shapes)
        text = (
            repr(s)
            if r.random() < 0.7
            else r.choice(
                [
                    "tf.constant(%r)" % s,
                    "tf.constant(%r, tf.int64)" % s,
                    "tf.stack(%r)" % s,
                    "tf.concat([%r, []], 0)" % s,
                    "tf.shape(tf.reshape(%s, %r))" % (a.name, s),
                ]
            )
        )
        self.op("tf.reshape(%s, %s)" % (a.name, text))

    def g_layout(self):
        r = self.r
        a = self.pick()
        n = len(a.shape)
        perm = list(range(n))
        r.shuffle(perm)
        opts = [
            "tf.transpose({0})",
            "tf.transpose({0}, %r)" % perm,
            "tf.expand_dims({0}, %d)" % r.randrange(-n - 1, n + 1),
            "tf.squeeze({0})",
            "tf.tile({0}, %r)" % [r.choice([1, 2]) for _ in range(n)],
            "tf.broadcast_to({0}, %r)" % ([r.choice([1, 2])] + [d if d != 1 else r.choice([1, 3]) for d in a.shape]),
            "tf.fill(tf.shape({0}), 2)",
            "tf.zeros(tf.shape({0}))",
            "tf.ones_like({0})",
        ]
        if n:
            ax = r.randrange(n)
            opts += [
                "tf.reverse({0}, [%d])" % r.randrange(-n, n),
                "tf.stack([{0}, {0}], axis=%d)" % r.randrange(-n - 1, n + 1),
                "tf.concat([{0}, {0}], axis=%d)" % r.randrange(-n, n),
                "tf.unstack({0}, axis=%d)[0]" % ax if a.static else "{0}[...]",
                "tf.squeeze({0}, [%d])" % ax,
                "tf.matrix_transpose({0})" if n > 1 else "{0}[0]",
                "tf.shape({0})[%d]" % ax,
                "tf.rank({0})",
            ]
            if a.dtype in FLOATS + ("int32",):
                pads = [[r.choice([0, 1, 2]), r.choice([0, 1])] for _ in range(n)]
                opts += ["tf.pad({0}, %r)" % pads, "tf.pad({0}, %r, constant_values=%d)" % (pads, r.randrange(4))]
                if all(d > 2 for d in a.shape):
                    opts += ["tf.pad({0}, %r, 'REFLECT')" % pads, "tf.pad({0}, %r, 'SYMMETRIC')" % pads]
        self.op(r.choice(opts).format(a.name))

    def g_split(self):
        r = self.r
        a = self.pick(min_rank=1)
        ax = r.randrange(len(a.shape))
        d = a.shape[ax]
        nums = [k for k in (1, 2, 3, 4) if d and d % k == 0] or [1]
        if r.random() < 0.5 or d < 2:
            self.op("tf.split(%s, %d, axis=%d)" % (a.name, r.choice(nums), r.choice([ax, ax - len(a.shape)])))
        else:
            k = r.randrange(1, d)
            self.op("tf.split(%s, %r, axis=%d)" % (a.name, r.choice([[k, d - k], [k, -1], [-1, k], [0, k, d - k]]), ax))

    def end(self, d):
        r = self.r
        return r.choice(["", "", str(r.randrange(-d - 1, d + 2)), str(r.randrange(-d - 1, d + 2))])

    def g_slice(self):
        r = self.r
        a = self.pick(min_rank=1)
        parts, ell = [], False
        for d in a.shape:
            u = r.random()
            if u < 0.1 and not ell:
                parts.append("...")
                ell = True
                if r.random() < 0.5:
                    break
                continue
            if u < 0.2:
                parts.append("tf.newaxis")
            if u < 0.35 and d:
                parts.append(str(r.randrange(-d, d)))
            elif u < 0.45:
                parts.append(":")
            else:
                parts.append("%s:%s%s" % (self.end(d), self.end(d), r.choice(["", "", ":2", ":-1", ":-2", ":3", ":1"])))
        if r.random() < 0.15:
            parts.append(r.choice(["tf.newaxis", "..."]) if not ell else "tf.newaxis")
        if ell and len([p for p in parts if p not in ("...", "tf.newaxis")]) > len(a.shape):
            return
        if r.random() < 0.15:
            beg = [r.randrange(0, d + 1) for d in a.shape]
            size = [r.choice([-1, r.randrange(0, d - b + 1)]) for d, b in zip(a.shape, beg)]
            self.op("tf.slice(%s, %r, %r)" % (a.name, beg, size))
        elif r.random() < 0.15:
            i = self.leaf("int32", ())
            if i:
                self.op("%s[tf.clip_by_value(%s, 0, %d):]" % (a.name, i.name, a.shape[0]))
        else:
            self.op("%s[%s]" % (a.name, ", ".join(parts)))

    def g_gather(self):
        r = self.r
        a = self.pick(min_rank=1, nonempty=True)
        ax = r.randrange(len(a.shape))
        d = a.shape[ax]
        idx_shape = r.choice([(), (1,), (3,), (2, 2), (0,)])
        idx = np.array([r.randrange(d) for _ in range(int(np.prod(idx_shape)))], int).reshape(idx_shape).tolist()
        bad = r.random() < 0.04
        it = r.choice(["int32", "int64"])
        if bad:
            idx = r.choice([[d], [-1], [d + 3, 0]])
        opts = ["tf.gather({0}, tf.constant(%r, tf.%s), axis=%d)" % (idx, it, ax)]
        if ax == 0:
            opts += [
                "tf.gather({0}, tf.constant(%r, tf.%s))" % (idx, it),
                "tf.nn.embedding_lookup({0}, tf.constant(%r, tf.%s))" % (idx, it),
            ]
        k = r.randrange(1, len(a.shape) + 1)
        nd = [[r.randrange(a.shape[j]) for j in range(k)] for _ in range(r.choice([1, 2, 3]))]
        opts += ["tf.gather_nd({0}, %r)" % nd, "tf.gather_nd({0}, %r)" % [nd]]
        if len(a.shape) >= 2:
            bi = [[r.randrange(a.shape[1]) for _ in range(2)] for _ in range(a.shape[0])]
            opts += ["tf.batch_gather({0}, %r)" % bi, "tf.gather({0}, %r, batch_dims=1, axis=1)" % bi]
        mask_shape = a.shape[: r.randrange(1, len(a.shape) + 1)]
        mask = (np.random.RandomState(r.randrange(99)).rand(*mask_shape) > 0.5).tolist()
        opts += ["tf.boolean_mask({0}, %r)" % mask]
        self.op(r.choice(opts).format(a.name))

    def g_scatter(self):
        r = self.r
        a = self.pick(FLOATS + ("int32",), min_rank=1, nonempty=True)
        d = a.shape[0]
        ids = [r.randrange(3) for _ in range(d)]
        srt = sorted(ids)
        neg = [r.choice([-1, 0, 1]) for _ in range(d)]
        f = r.choice(["sum", "mean", "max", "min", "prod"])
        opts = [
            "tf.scatter_nd(%r, {0}, %r)" % ([[i] for i in ids], [4] + list(a.shape[1:])),
            "tf.segment_%s({0}, %r)" % (f, srt),
            "tf.unsorted_segment_%s({0}, %r, 4)" % (f, r.choice([ids, neg])),
            "tf.unsorted_segment_%s({0}, %r, 3)" % ("sqrt_n" if a.dtype in FLOATS else "sum", ids),
            "tf.dynamic_partition({0}, %r, 3)" % ids,
            "tf.dynamic_stitch([%r, %r], [{0}, {0}])" % (list(range(d)), [r.randrange(d + 2) for _ in range(d)]),
            "tf.tensor_scatter_update({0}, [[%d]], {0}[:1])" % r.randrange(d),
            "tf.tensor_scatter_add({0}, [[0], [0]], tf.concat([{0}[:1], {0}[:1]], 0))",
            "tf.tensor_scatter_sub({0}, [[0], [%d]], tf.concat([{0}[:1], {0}[:1]], 0))" % r.randrange(d),
            "tf.IndexedSlices({0}, tf.constant(%r), tf.constant(%r)) + 0" % (ids, [4] + list(a.shape[1:])),
        ]
        self.op(r.choice(opts).format(a.name))

    def g_select(self):
        r = self.r
        a = self.pick(FLOATS + ("int32",))
        lit = self.literal("bool", a.shape)
        opts = [
            "tf.where({0} > 0, {0}, -{0})",
            "tf.where(%s, {0}, {0} * 2)" % lit,
            "tf.where({0} > 0)",
            "tf.clip_by_value({0}, -1, 1)",
            "tf.where(tf.reduce_any({0} > 0), {0}, -{0})",
            "tf.maximum({0}, 0)",
            "tf.case([(tf.reduce_sum({0}) > 0, lambda: {0} * 2)], default=lambda: {0} - 1)",
        ]
        if a.shape:
            opts += ["tf.where(%s, {0}, {0} - 1)" % self.literal("bool", a.shape[:1])]
        self.op(r.choice(opts).format(a.name))
