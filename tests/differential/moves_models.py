"""Move of a general program: networks, branches and loops, variables, what else there is, and errors."""

from __future__ import annotations

from general_values import FLOATS


class ModelsMoves:
    """Each method adds one statement to a program."""

    def g_nn(self):
        r = self.r
        a = self.pick(FLOATS, min_rank=1, nonempty=True)
        n = a.shape[-1]
        lab = self.literal(a.dtype, a.shape, True)
        opts = [
            "tf.nn.softmax({0})",
            "tf.nn.softmax({0}, axis=%s)" % self.axis(a, False),
            "tf.nn.log_softmax({0})",
            "tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.nn.sigmoid(%s), logits={0})" % lab,
            "tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.nn.softmax(%s), logits={0})" % lab,
            "tf.nn.l2_normalize({0}, %s)" % self.axis(a, False),
            "tf.nn.moments({0}, [0])",
            "tf.nn.top_k({0}, %d)" % r.randrange(0, n + 1),
            "tf.nn.bias_add({0}, %s)" % self.literal(a.dtype, (n,), True),
            "tf.nn.log_poisson_loss(tf.abs({0}), {0}, compute_full_loss=True)",
            "tf.nn.weighted_cross_entropy_with_logits(tf.nn.sigmoid(%s), {0}, 2.0)" % lab,
            "tf.clip_by_norm({0}, 1.0)",
            "tf.clip_by_average_norm({0}, 0.1)",
            "tf.clip_by_global_norm([{0}, {0}], 1.0)[0]",
            "tf.global_norm([{0}])",
            "tf.losses.huber_loss(tf.zeros_like({0}), {0})",
            "tf.losses.mean_squared_error(tf.ones_like({0}), {0}, weights=0.5)",
            "tf.losses.hinge_loss(tf.ones_like({0}), {0})",
            "tf.losses.log_loss(tf.nn.sigmoid(%s), tf.nn.sigmoid({0}))" % lab,
            "tf.losses.absolute_difference(tf.ones_like({0}), {0}, reduction=tf.losses.Reduction.NONE)",
        ]
        if len(a.shape) == 2:
            ids = [r.randrange(n) for _ in range(a.shape[0])]
            opts += [
                "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.constant(%r, tf.%s), "
                "logits={0})" % (ids, r.choice(["int32", "int64"])),
                "tf.nn.in_top_k({0}, %r, %d)" % (ids, r.randrange(1, n + 1)),
            ] * 2
        if len(a.shape) >= 2:
            opts += [
                "tf.nn.batch_normalization({0}, *(tf.nn.moments({0}, [0]) + [None, None, 1e-3] if False else "
                "list(tf.nn.moments({0}, [0])) + [None, None, 1e-3]))"
            ]
        self.op(r.choice(opts).format(a.name))

    def g_conv(self):
        r = self.r
        dt = r.choice(["float32", "float32", "float64"])
        h, w, c, o = r.choice([3, 4, 5, 7]), r.choice([3, 4, 6]), r.choice([1, 2]), r.choice([1, 3])
        x = self.leaf(dt, (r.choice([1, 2]), h, w, c))
        kh, kw = r.choice([1, 2, 3]), r.choice([1, 2, 3])
        if not x:
            return
        sh, sw = r.choice([1, 2, 3]), r.choice([1, 1, 2])
        pad = r.choice(["SAME", "VALID"])
        kind = r.choice(["conv", "conv", "max", "avg", "transpose", "dilated", "conv1d", "pads"])
        if kind in ("conv", "dilated", "pads"):
            k = self.leaf(dt, (kh, kw, c, o))
            if not k:
                return
            if kind == "pads":
                self.op(
                    "tf.nn.conv2d(%s, %s, strides=%r, padding=[[0, 0], [%d, %d], [%d, 0], [0, 0]])"
                    % (x.name, k.name, [1, sh, sw, 1], r.randrange(2), r.randrange(2), r.randrange(2))
                )
                return
            dil = ", dilations=%r" % ([1, r.choice([1, 2]), r.choice([1, 2]), 1],) if kind == "dilated" else ""
            strides = [1, 1, 1, 1] if dil else [1, sh, sw, 1]
            self.op("tf.nn.conv2d(%s, %s, strides=%r, padding='%s'%s)" % (x.name, k.name, strides, pad, dil))
        elif kind == "transpose":
            k = self.leaf(dt, (kh, kw, o, c))
            if not k:
                return
            oh = h * sh if pad == "SAME" else h * sh + max(kh - sh, 0)
            ow = w * sw if pad == "SAME" else w * sw + max(kw - sw, 0)
            self.op(
                "tf.nn.conv2d_transpose(%s, %s, %r, strides=%r, padding='%s')"
                % (x.name, k.name, [x.shape[0], oh, ow, o], [1, sh, sw, 1], pad)
            )
        elif kind == "conv1d":
            k = self.leaf(dt, (kh, c, o))
            if k:
                self.op("tf.nn.conv1d(%s[:, 0], %s, stride=%d, padding='%s')" % (x.name, k.name, sw, pad))
        else:
            self.op("tf.nn.%s_pool(%s, %r, %r, '%s')" % (kind, x.name, [1, kh, kw, 1], [1, sh, sw, 1], pad))

    def g_control(self):
        r = self.r
        a = self.pick(FLOATS)
        others = [t for t in self.pool if t.dtype == a.dtype and t.shape == a.shape]
        b = r.choice(others)
        n = r.choice([0, 1, 2, 3])
        n1 = r.choice([1, 2, 3])
        self.op(
            r.choice(
                [
                    "tf.cond(tf.reduce_sum({0}) > 0, lambda: {0} * 2.0, lambda: {1} - 1.0)",
                    "tf.cond(tf.constant(%s), lambda: tf.sin({0}), lambda: {1})" % r.choice(["True", "False"]),
                    "tf.cond(tf.reduce_sum({0}) > 0, lambda: ({0}, {1}), lambda: ({1}, {0} + 1.0))",
                    "tf.while_loop(lambda i, v: i < %d, lambda i, v: (i + 1, v * 0.5 + {1}), [tf.constant(0), {0}])"
                    % n,
                    "tf.while_loop(lambda i, v: i < %d, lambda i, v: (i + 1, tf.tanh(v) * v), [tf.constant(0), {0}])[1]"
                    % n,
                    "tf.while_loop(lambda v: tf.reduce_sum(tf.abs(v)) > 1.0, lambda v: v * 0.5, [tf.clip_by_value({0}, "
                    "-3.0, 3.0)], maximum_iterations=9)",
                    "tf.while_loop(lambda i, v: i < %d, lambda i, v: (i + 1, tf.cond(tf.equal(i %% 2, 0), lambda: v + "
                    "{1}, lambda: v * {0})), [tf.constant(0), {0}])[1]" % n,
                    "tf.cond(tf.reduce_sum({1}) > 0, lambda: tf.cond(tf.reduce_sum({0}) > 1, lambda: {0}, lambda: {1} * "
                    "{1}), lambda: tf.exp(-{0} * {0}))",
                    "tf.while_loop(lambda i, j, v: i < %d, lambda i, j, v: (i + 1, j + i, v + tf.to_float(j) * "
                    "tf.cast({0}, tf.float32)), [0, 1, tf.cast({1}, tf.float32)])[2]" % n1,
                    "tf.add_n([{0}, {1}, {0}])",
                    "tf.accumulate_n([{0}, {1}])",
                    "tf.tuple([{0}, {1}])[1]",
                    "tf.group({0}, {1})",
                    "tf.while_loop(lambda i, v: i < 2, lambda i, v: (i + 1, tf.while_loop(lambda k, u: k < %d, lambda k, "
                    "u: (k + 1, u * {1}), [0, v])[1]), [0, {0}])[1]" % n1,
                ]
            ).format(a.name, b.name)
        )

    def g_misc(self):
        r = self.r
        a = self.pick(nonempty=True)
        i = self.pick(("int32", "int64"), rank=1)
        small = self.literal("int32", (r.choice([1, 3]),), True)
        self.op(
            r.choice(
                [
                    "tf.one_hot(tf.constant(%s), 4)" % small,
                    "tf.one_hot(%s, 3, on_value=2.0, off_value=-1.0, axis=0)" % small,
                    "tf.one_hot(tf.constant(%s), 3, dtype=tf.int32)" % small,
                    "tf.range(%d, %d, %d)" % (r.randrange(-3, 4), r.randrange(-3, 8), r.choice([1, 2, 3])),
                    "tf.range(%.1f)" % (r.random() * 5),
                    "tf.range(5, 0, -2)",
                    "tf.linspace(0.0, 1.0, %d)" % r.randrange(1, 5),
                    "tf.lin_space(-1.5, 2.0, 3)",
                    "tf.sequence_mask(%s)" % small,
                    "tf.sequence_mask(%s, 6, tf.float32)" % small,
                    "tf.unique({1})",
                    "tf.unique_with_counts({1})",
                    "tf.setdiff1d({1}, {1}[:1])",
                    "tf.invert_permutation([2, 0, 1])",
                    "tf.meshgrid({1}, {1})",
                    "tf.meshgrid({1}, {1}, indexing='ij')",
                    "tf.shape_n([{0}, {0}])",
                    "tf.identity_n([{0}, {1}])",
                    "tf.zeros_like({0}, dtype=tf.int32)",
                    "tf.ones_like({0}, dtype=tf.float64)",
                    "tf.convert_to_tensor([{1}, {1}])",
                    "tf.ensure_shape({0}, {0}.shape)",
                    "tf.placeholder_with_default({0}, None)",
                    "tf.reduce_sum(tf.cast({0}, tf.float32)) if {0}.dtype != tf.bool else tf.reduce_any({0})",
                    "tf.random_uniform([2, 3], seed=%d)" % r.randrange(50),
                    "tf.random_normal(tf.shape({0}), seed=%d)" % r.randrange(50),
                    "tf.truncated_normal([3], seed=%d, dtype=tf.float64)" % r.randrange(50),
                    "tf.random_uniform([4], -5, 9, tf.int32, seed=3)",
                    "tf.random_uniform([4], 0, 2**40, tf.int64, seed=%d)" % r.randrange(50),
                    "tf.random_shuffle({1}, seed=%d)" % r.randrange(50),
                    "tf.nn.dropout(tf.ones([2, 3]), rate=0.3, seed=%d)" % r.randrange(50),
                    "tf.multinomial([[0.1, 0.2, 0.3]], 5, seed=%d)" % r.randrange(50),
                    "tf.broadcast_dynamic_shape(tf.shape({0}), [1])",
                    "tf.math.in_top_k([[1., 2.]], [0], 1)",
                    "tf.cross([[1., 2., 3.]], [[0., 1., 2.]])",
                    "tf.py_func(lambda q: q, [{0}], {0}.dtype)",
                    "tf.count_nonzero({0}) if {0}.dtype != tf.bool else {0}",
                    "tf.space_to_batch_nd(tf.ones([1, 4, 4, 1]), [2, 2], [[0, 0], [0, 2]])",
                    "tf.is_non_decreasing({1})",
                    "tf.is_strictly_increasing({1})",
                    "tf.confusion_matrix({1}, {1}) if False else tf.size({1}, out_type=tf.int64)",
                    "tf.Print({0}, [])",
                    "tf.strided_slice({1}, [0], [%d], [%d])" % (r.randrange(-3, 4), r.choice([1, -1, 2])),
                    "tf.gradients(tf.reduce_sum(tf.to_float({0})), [{0}])[0]",
                    "tf.nn.crelu(tf.to_float({0}))",
                    "tf.bitcast(tf.to_float({0}), tf.int32)",
                    "tf.to_bfloat16(tf.to_float({0}))",
                    "tf.reduce_join if False else {0}",
                ]
            ).format(a.name, i.name if i else "tf.constant([1])")
        )

    def g_variable(self):
        r = self.r
        lit = self.literal("float32", self.shape(r.choice([1, 2])))
        self.op(
            r.choice(
                [
                    "VAR({0}) + 1.0",
                    "tf.assign(VAR({0}), {0} * 2)",
                    "tf.assign_add(VAR({0}), {0})",
                    "VAR({0}).read_value()",
                    "tf.scatter_add(VAR({0}), [0], {0}[:1])",
                    "tf.scatter_update(VAR({0}), [0], {0}[:1])",
                    "tf.assign_sub(VAR({0}), {0})",
                    "tf.scatter_mul(VAR({0}), [0, 0], np.concatenate([{0}[:1], {0}[:1]]))",
                ]
            ).format(lit)
        )

    def g_illegal(self):
        """Often an error."""
        r = self.r
        if r.random() < 0.6:
            return
        a, b = self.pick(), self.pick()
        self.op(
            r.choice(
                [
                    "{0} + {1}",
                    "tf.matmul({0}, {1})",
                    "tf.concat([{0}, {1}], 0)",
                    "tf.stack([{0}, {1}])",
                    "tf.where({0}, {1}, {1})",
                    "tf.reshape({0}, {1})",
                    "tf.reduce_sum({0}, {1})",
                    "tf.gather({0}, {1})",
                    "{0}[{1}]",
                    "tf.transpose({0}, {1})",
                    "tf.cond({0}, lambda: {1}, lambda: {1})",
                    "tf.one_hot({0}, {1})",
                    "tf.nn.conv2d({0}, {1}, [1, 1, 1, 1], 'SAME')",
                    "tf.tile({0}, {1})",
                    "tf.add_n([{0}, {1}])",
                    "tf.range({0})",
                    "tf.squeeze({0}, [0])",
                    "tf.expand_dims({0}, 9)",
                    "tf.slice({0}, [0], [9])",
                    "tf.argmax({0}, 5)",
                    "tf.nn.softmax({0}, 7)",
                    "tf.fill({0}, {1})",
                    "tf.maximum({0}, {1})",
                    "tf.sqrt({0})",
                    "tf.logical_and({0}, {1})",
                    "tf.cast({0}, 'nope')",
                    "tf.unstack({0})",
                    "tf.cholesky({0})",
                    "tf.pad({0}, {1})",
                    "tf.broadcast_to({0}, {1})",
                    "tf.segment_sum({0}, {1})",
                    "bool({0})",
                    "list({0})",
                    "len({0})",
                    "float({0})",
                    "{0} and {1}",
                    "tf.constant({0})",
                    "tf.gradients({0}, {1})",
                    "tf.stop_gradient([{0}, 1])",
                ]
            ).format(a.name, b.name)
        )
