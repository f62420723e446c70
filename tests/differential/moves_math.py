"""Move of a general program: arithmetic, reductions, cast, matrices."""

from __future__ import annotations

from general_values import FLOATS, INTS


class MathMoves:
    """Each method adds one statement to a program."""

    def g_unary(self):
        a = self.pick(FLOATS)
        f = self.r.choice(
            "abs acos acosh asin asinh atan atanh ceil cos cosh digamma erf erfc exp expm1 floor "
            "lgamma log log1p "
            "negative reciprocal rint round rsqrt sigmoid sign sin sinh sqrt square tan tanh "
            "is_finite is_inf is_nan "
            "log_sigmoid zeros_like ones_like identity stop_gradient nn.relu nn.relu6 nn.elu "
            "nn.selu nn.softplus "
            "nn.softsign nn.leaky_relu nn.crelu nn.swish nn.l2_loss nn.zero_fraction check_numerics "
            "to_int32 to_int64 "
            "to_double to_float rank size shape math.reciprocal_no_nan math.is_nan nn.softmax "
            "nn.log_softmax".split()
        )
        self.op("tf.%s(%s%s)" % (f, a.name, ", 'm'" if f == "check_numerics" else ""))

    def g_unary_int(self):
        a = self.pick(INTS + ("bool", "complex64"))
        f = self.r.choice(
            "abs negative sign square zeros_like ones_like identity size shape floor round conj "
            "real imag angle "
            "logical_not to_float to_int32 to_int64 to_double reciprocal exp sqrt tanh sin cos rank "
            "sigmoid log".split()
        )
        self.op("tf.%s(%s)" % (f, a.name))

    def g_binary(self):
        a = self.pick(FLOATS)
        b = self.partner(a)
        f = self.r.choice(
            "add subtract multiply divide maximum minimum pow squared_difference floordiv floormod "
            "mod truediv "
            "realdiv div atan2 div_no_nan math.xdivy math.xlogy math.multiply_no_nan floor_div "
            "truncatemod "
            "less greater equal not_equal less_equal greater_equal".split()
        )
        x, y = (a.name, b) if self.r.random() < 0.6 or b[0] != "t" else (b, a.name)
        self.op("tf.%s(%s, %s)" % (f, x, y))

    def g_operator(self):
        a = self.pick(FLOATS + ("int32", "int64"))
        b = self.partner(a)
        o = self.r.choice("+ - * / // % ** < > <= >=".split())
        if o == "**" and a.dtype in INTS:
            o = "*"
        x, y = (a.name, b) if self.r.random() < 0.6 else (b, a.name)
        self.op("%s %s %s" % (x, o, y))

    def g_binary_int(self):
        a = self.pick(INTS)
        b = self.partner(a)
        f = self.r.choice(
            "add subtract multiply maximum minimum floordiv floormod truncatediv truncatemod divide "
            "truediv "
            "squared_difference less greater equal not_equal div mod pow realdiv floor_div".split()
        )
        self.op("tf.%s(%s, %s)" % (f, a.name, b))

    def g_logical(self):
        a = self.pick(("bool",))
        b = self.partner(a)
        if b in ("1",):
            return
        self.op("tf.%s(%s, %s)" % (self.r.choice(["logical_and", "logical_or", "logical_xor"]), a.name, b))

    def g_complex(self):
        r = self.r
        if r.random() < 0.5:
            a = self.pick(("complex64",))
            self.op(
                r.choice(
                    [
                        "tf.real({0})",
                        "tf.imag({0})",
                        "tf.abs({0})",
                        "tf.conj({0})",
                        "{0} * {0}",
                        "tf.angle({0})",
                        "tf.exp({0})",
                        "tf.reduce_sum({0})",
                        "{0} / (1 + {0})",
                        "tf.cast({0}, tf.float32)",
                        "tf.square({0})",
                        "tf.sqrt({0})",
                        "tf.transpose({0})",
                        "{0} + tf.conj({0})",
                        "tf.reduce_mean({0}, 0)",
                        "tf.reduce_prod({0})",
                        "tf.log({0})",
                        "tf.tanh({0})",
                        "tf.sin({0})",
                        "tf.pow({0}, 2)",
                        "tf.equal({0}, {0})",
                    ]
                ).format(a.name)
            )
        else:
            a = self.pick(("float32",))
            self.op("tf.complex(%s, %s)" % (a.name, a.name))

    def g_reduce(self):
        r = self.r
        f = r.choice(
            "reduce_sum reduce_mean reduce_max reduce_min reduce_prod reduce_logsumexp reduce_sum "
            "reduce_mean "
            "math.reduce_std math.reduce_variance math.reduce_euclidean_norm count_nonzero".split()
        )
        ints = (
            f in ("reduce_sum", "reduce_max", "reduce_min", "reduce_prod", "reduce_mean", "count_nonzero")
            and r.random() < 0.3
        )
        a = self.pick(("int32", "int64") if ints else FLOATS)
        self.op("tf.%s(%s, %s, keepdims=%s)" % (f, a.name, self.axis(a), r.choice(["False", "True"])))

    def g_reduce_bool(self):
        a = self.pick(("bool",))
        self.op("tf.%s(%s, %s)" % (self.r.choice(["reduce_all", "reduce_any"]), a.name, self.axis(a)))

    def g_arg(self):
        a = self.pick(FLOATS + ("int32", "uint8"), min_rank=1, nonempty=True)
        self.op(
            "tf.%s(%s, axis=%s%s)"
            % (
                self.r.choice(["argmax", "argmin"]),
                a.name,
                self.axis(a, False),
                self.r.choice(["", ", output_type=tf.int32"]),
            )
        )

    def g_cum(self):
        a = self.pick(FLOATS + ("int32",), min_rank=1)
        self.op(
            "tf.%s(%s, axis=%s, exclusive=%s, reverse=%s)"
            % (
                self.r.choice(["cumsum", "cumprod"]),
                a.name,
                self.axis(a, False),
                self.r.choice([True, False]),
                self.r.choice([True, False]),
            )
        )

    def g_cast(self):
        r = self.r
        a = self.pick()
        d = r.choice(
            ["float32", "float64", "int32", "int64", "int8", "uint8", "int16", "bool", "complex64", "float16", "uint16"]
        )
        self.op(
            r.choice(["tf.cast({0}, tf.%s)" % d, "tf.cast({0}, tf.%s)" % d, "tf.saturate_cast({0}, tf.%s)" % d]).format(
                a.name
            )
        )

    def g_bitcast(self):
        a = self.pick(("float32", "int32", "uint8", "int64", "float64"))
        self.op(
            "tf.bitcast(%s, tf.%s)"
            % (a.name, self.r.choice(["int32", "float32", "uint8", "int64", "float64", "int16"]))
        )

    def g_matmul(self):
        r = self.r
        a = self.pick(FLOATS + ("int32",), min_rank=2)
        s = list(a.shape)
        ta, tb = r.random() < 0.3, r.random() < 0.3
        k = s[-2] if ta else s[-1]
        n = r.choice([1, 2, 3])
        b = self.leaf(a.dtype, tuple(s[:-2] + ([n, k] if tb else [k, n])))
        if not b:
            return
        kw = (", transpose_a=True" if ta else "") + (", %s=True" % r.choice(["transpose_b", "adjoint_b"]) if tb else "")
        opts = ["tf.matmul({0}, {1}%s)" % kw]
        if not ta and not tb and len(s) == 2:
            opts += [
                "{0} @ {1}",
                "tf.tensordot({0}, {1}, 1)",
                "tf.tensordot({0}, {1}, [[1], [0]])",
                "tf.nn.xw_plus_b({0}, {1}, tf.zeros([%d], {0}.dtype))" % n,
            ]
        if r.random() < 0.1 and len(s) == 2:
            opts = ["tf.tensordot({0}, {0}, 2)", "tf.tensordot({0}, {0}, [[0], [0]])", "tf.tensordot({0}, {1}, 0)"]
        self.op(r.choice(opts).format(a.name, b.name))

    def g_linalg(self):
        r = self.r
        n = r.choice([1, 2, 3])
        dt = r.choice(FLOATS)
        batch = r.choice([(), (2,)])
        a = self.leaf(dt, batch + (n, n))
        if not a:
            return
        spd = "tf.matmul({0}, {0}, transpose_b=True) + tf.eye(%d, dtype=tf.%s)" % (n, dt)
        self.op(
            r.choice(
                [
                    "tf.matrix_band_part({0}, 1, 0)",
                    "tf.matrix_diag_part({0})",
                    "tf.trace({0})",
                    "tf.matrix_diag({0})",
                    "tf.diag_part({0})",
                    "tf.cholesky(%s)" % spd,
                    "tf.matrix_inverse(%s)" % spd,
                    "tf.matrix_determinant({0})",
                    "tf.matrix_solve(%s, {0})" % spd,
                    "tf.matrix_triangular_solve(%s, {0}, lower=True)" % spd,
                    "tf.matrix_set_diag({0}, {0}[..., 0])",
                    "tf.self_adjoint_eigvals(%s)" % spd,
                    "tf.norm({0})",
                    "tf.norm({0}, axis=-1)",
                    "tf.norm({0}, ord=1, axis=0)",
                    "tf.norm({0}, ord=np.inf)",
                    "tf.nn.l2_normalize({0}, 0)",
                    "tf.eye(%d, %d)" % (n, n + 1),
                    "tf.matrix_solve(%s, {0}, adjoint=True)" % spd,
                    "tf.diag({0}[..., 0])",
                    "tf.matrix_band_part({0}, 0, -1)",
                    "tf.matrix_transpose({0})",
                    "tf.linalg.adjoint({0})",
                ]
            ).format(a.name)
        )
