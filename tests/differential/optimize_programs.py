"""Draw programs around one to three calls of `optimize_loss`."""

from __future__ import annotations

import random

OPTS = [
    ("'SGD'", "tf.train.GradientDescentOptimizer", "tf.train.GradientDescentOptimizer({lr})"),
    ("'Adam'", "tf.train.AdamOptimizer", "tf.train.AdamOptimizer({lr}, beta1=0.8)"),
    ("'Adagrad'", "tf.train.AdagradOptimizer", "tf.train.AdagradOptimizer({lr}, initial_accumulator_value=0.2)"),
    ("'Momentum'", None, "tf.train.MomentumOptimizer({lr}, 0.7, use_nesterov=True)"),
    ("'RMSProp'", "tf.train.RMSPropOptimizer", "tf.train.RMSPropOptimizer({lr}, momentum=0.3, centered=True)"),
    (
        "'Ftrl'",
        "tf.train.FtrlOptimizer",
        "tf.train.FtrlOptimizer({lr}, l1_regularization_strength=0.01, l2_shrinkage_regularization_strength=0.02)",
    ),
    (None, "tf.train.AdadeltaOptimizer", "tf.train.AdadeltaOptimizer({lr}, rho=0.9)"),
    (None, None, "tf.train.AdagradDAOptimizer({lr}, tf.train.get_or_create_global_step())"),
    (
        None,
        "tf.train.ProximalGradientDescentOptimizer",
        "tf.train.ProximalGradientDescentOptimizer({lr}, l1_regularization_strength=0.01)",
    ),
    (
        None,
        "tf.train.ProximalAdagradOptimizer",
        "tf.train.ProximalAdagradOptimizer({lr}, l2_regularization_strength=0.05)",
    ),
    (None, None, "tf.train.RMSPropOptimizer({lr}, decay=0.8, use_locking=True)"),
    (None, None, "tf.train.MomentumOptimizer({lr}, tf.constant(0.5))"),
]


class OptimizeProgram:
    """Draw the text of a program around one to three calls of optimize_loss."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.lines = []

    def add(self, line):
        self.lines.append(line)

    def chance(self, p):
        return self.r.random() < p

    def draw(self):
        r, add = self.r, self.add
        add("tf.set_random_seed(%d)" % r.randrange(100))
        self.dtype = "tf.float64" if self.chance(0.15) else "tf.float32"
        ind = ""
        step = r.choice(["create", "create", "get_or", "none", "own", "own64", "int32"])
        self.step = step
        if step == "create":
            add("step = tf.train.create_global_step()")
        elif step == "get_or":
            add("step = tf.train.get_or_create_global_step()")
        elif step == "own":
            add("step = tf.Variable(0, trainable=False, dtype=tf.int64, name='mystep')")
        elif step == "own64":
            add("step = tf.get_variable('gs', [], tf.int64, tf.zeros_initializer(), trainable=False)")
        elif step == "int32":
            add("step = tf.Variable(3, trainable=False, name='step32')")
        else:
            add("step = None")
        if self.chance(0.3):
            add("with tf.variable_scope(%r):" % r.choice(["net", "a/b", "OptimizeLoss"]))
            ind = "  "
        self.model(ind)
        for i in range(r.choice([1, 1, 1, 2, 2, 3])):
            self.call(i)
        add("trains = [t for t in trains if t is not None]")
        return "\n".join(self.lines) + "\n"

    def model(self, ind):
        self.ind = ind
        self.vars, self.sparse, self.fed = [], [], []
        self.n = self.r.choice([2, 3, 4])
        self.put("x = tf.placeholder(%s, [None, %d], name='x')" % (self.dtype, self.n))
        kind = self.r.choice(["linear", "mlp", "embed", "embed", "layers", "shared", "bn", "scalar", "mixed"])
        self.kind = kind
        self.fed.append("x: rng.randn(%d, %d)" % (self.r.choice([1, 2, 5]), self.n))
        getattr(self, "_embed" if kind == "mixed" else "_" + kind)()
        if self.chance(0.15):
            self.put("counter = tf.Variable(0.0, trainable=False, name='counter')")
            self.put("tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(counter, 1.0))")
        self.add(
            "feeds = [{%s} for rng in [np.random.RandomState(s) for s in range(%d)]]"
            % (", ".join(self.fed), self.r.choice([1, 2, 3, 5]))
        )
        self.add("trains = []")

    def put(self, line):
        self.add(self.ind + line)

    def np_dtype(self):
        return self.dtype.replace("tf.", "np.")

    def init(self, shape):
        return "np.random.RandomState(%d).randn(%s).astype(%s)" % (self.r.randrange(99), shape, self.np_dtype())

    def _scalar(self):
        self.put("w = tf.Variable(np.%s(1.5), name='w')" % self.np_dtype()[3:])
        self.put("unused = tf.Variable(np.%s(0.5), name='unused')" % self.np_dtype()[3:])
        self.put("loss = tf.reduce_mean(tf.square(x)) * w * w + 0.1 * w")
        self.vars = ["w", "unused"]

    def _linear(self):
        self.put("w = tf.Variable(%s, name='w')" % self.init("%d, 3" % self.n))
        self.put("b = tf.Variable(np.zeros(3, %s), name='b')" % self.np_dtype())
        self.put("loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + b - 1.0))")
        self.vars = ["w", "b"]

    def _mlp(self):
        act = self.r.choice(["tf.tanh", "tf.nn.relu", "tf.sigmoid", "tf.nn.softplus", "tf.nn.elu", "tf.nn.selu"])
        self.put(
            "w = tf.get_variable('w', [%d, 4], %s, tf.random_normal_initializer(seed=%d, dtype=%s))"
            % (self.n, self.dtype, self.r.randrange(9), self.dtype)
        )
        self.put("b = tf.get_variable('b', [4], %s, tf.constant_initializer(0.1))" % self.dtype)
        self.put("v = tf.get_variable('v', initializer=%s)" % self.init("4, 1"))
        self.put("loss = tf.reduce_mean(tf.square(tf.matmul(%s(tf.matmul(x, w) + b), v) - 0.5))" % act)
        self.vars = ["w", "b", "v"]

    def _embed(self):
        self.put("table = tf.get_variable('table', initializer=%s)" % self.init("6, %d" % self.n))
        self.vars, self.sparse = ["table"], ["table"]
        if self.chance(0.5):
            self.put("ids = tf.placeholder(tf.%s, [None], name='ids')" % self.r.choice(["int32", "int64"]))
            self.fed.append("ids: rng.randint(0, 6, %d)" % self.r.choice([1, 3, 7]))
        else:
            self.put("ids = tf.constant(%r)" % [self.r.randrange(6) for _ in range(self.r.choice([2, 3, 5]))])
        how = self.r.choice(["tf.nn.embedding_lookup(table, ids)", "tf.gather(table, ids)"])
        self.put("rows = " + how)
        if self.kind == "mixed":
            self.put("w = tf.Variable(%s, name='w')" % self.init("%d, 2" % self.n))
            self.put("twice = tf.nn.embedding_lookup(table, [0, 0, 1])")
            self.put(
                "loss = tf.reduce_sum(tf.square(tf.matmul(rows, w))) + tf.reduce_sum(twice * twice) + "
                "tf.reduce_mean(tf.matmul(x, w))"
            )
            self.vars.append("w")
        else:
            self.put("loss = tf.reduce_sum(tf.square(rows - 0.5))")
            if self.chance(0.3):
                self.put("loss = loss + 0.01 * tf.nn.l2_loss(table)")

    def _layers(self):
        self.put(
            "h = tf.layers.dense(x, 4, activation=tf.nn.relu, "
            "kernel_initializer=tf.glorot_uniform_initializer(seed=%d), name='d1')" % self.r.randrange(9)
        )
        if self.chance(0.4):
            self.put("h = tf.layers.dropout(h, 0.4, seed=%d, training=True)" % self.r.randrange(9))
        self.put(
            "h = tf.layers.dense(h, 2, kernel_initializer=tf.truncated_normal_initializer(seed=3), "
            "kernel_regularizer=tf.contrib.layers.l2_regularizer(0.1))"
        )
        self.put("loss = tf.losses.mean_squared_error(tf.ones_like(h), h)")
        if self.chance(0.5):
            self.put("loss = tf.losses.get_total_loss()")
        self.vars = ["tf.trainable_variables()[0]", "tf.trainable_variables()[1]"]

    def _bn(self):
        self.put("h = tf.layers.dense(x, 3, kernel_initializer=tf.glorot_uniform_initializer(seed=4))")
        self.put("h = tf.layers.batch_normalization(h, training=True, momentum=0.9)")
        self.put("loss = tf.reduce_mean(tf.square(h - 0.3))")
        self.vars = ["tf.trainable_variables()[0]", "tf.trainable_variables()[1]"]

    def _shared(self):
        self.put("with tf.variable_scope('s'):")
        self.put("  w = tf.get_variable('w', initializer=%s)" % self.init("%d, %d" % (self.n, self.n)))
        self.put("with tf.variable_scope('s', reuse=True):")
        self.put("  w2 = tf.get_variable('w', [%d, %d], %s)" % (self.n, self.n, self.dtype))
        self.put("loss = tf.reduce_mean(tf.square(tf.matmul(tf.tanh(tf.matmul(x, w)), w2)))")
        self.vars = ["w"]

    def call(self, i):
        lr, opt = self.rate_and_optimizer()
        step, loss = self.step_and_loss()
        args, pre, ind = [], [], ""
        self.transforms(args)
        self.decay_and_updates(args, pre, i)
        self.names_and_summaries(args)
        call = "tf.contrib.layers.optimize_loss(%s)" % ", ".join([loss, step, lr, opt] + args)
        wrap = self.surroundings()
        for p in pre:
            self.add(p)
        if wrap:
            self.add(wrap)
            ind = "  "
        self.add(ind + "trains.append(TRY(lambda: %s))" % call)

    def rate_and_optimizer(self):
        r = self.r
        lr = r.choice(
            [
                "0.1",
                "0.1",
                "0.05",
                "0.5",
                "1e-3",
                "tf.constant(0.1)",
                "tf.placeholder_with_default(0.2, [])",
                "None",
                "tf.constant(0.1, tf.float64)",
            ]
            + (
                [
                    "1",
                    "-0.1",
                    "[0.1]",
                    "'0.1'",
                    "np.float32(0.1)",
                    "np.float64(0.1)",
                    "tf.constant([0.1])",
                    "True",
                    "tf.Variable(0.1, name='lrv')",
                    "0.0",
                    "float('nan')",
                ]
                if self.chance(0.2)
                else []
            )
        )
        name, cls, instance = r.choice(OPTS)
        forms = ["instance", "func"] + (["name", "name"] if name else []) + (["class"] if cls else [])
        form = r.choice(forms)
        if form == "name":
            opt = name
        elif form == "class":
            opt = cls
        elif form == "instance":
            opt = instance.format(lr="0.07")
            if self.chance(0.5):
                lr = "None"
        else:
            opt = (
                ("lambda: " + instance.format(lr="0.03"))
                if lr == "None"
                else ("lambda rate: " + instance.format(lr="rate"))
            )
        if self.chance(0.05):
            opt = r.choice(
                [
                    "'sgd'",
                    "'ADAM'",
                    "None",
                    "3",
                    "object",
                    "lambda *a: 3",
                    "tf.train.Optimizer",
                    "tf.train.MomentumOptimizer",
                    "'Adadelta'",
                    "b'SGD'",
                    "u'SGD'",
                ]
            )
        return lr, opt

    def step_and_loss(self):
        r = self.r
        step = r.choice(["step", "step", "step", "None", "tf.train.get_global_step()"])
        if self.chance(0.05):
            step = r.choice(
                [
                    "tf.constant(0)",
                    "tf.constant(0, tf.int64)",
                    "tf.Variable(0.0)",
                    "tf.Variable([0], trainable=False)",
                    "0",
                    "'step'",
                    "tf.placeholder(tf.int64)",
                ]
            )
        loss = "loss"
        if self.chance(0.06):
            loss = r.choice(
                [
                    "None",
                    "[loss]",
                    "tf.stack([loss, loss])",
                    "1.0",
                    "tf.placeholder(tf.float32)",
                    "loss * 0",
                    "tf.stop_gradient(loss)",
                    "tf.cast(loss, tf.int32)",
                    "tf.reshape(loss, [1])",
                    "x",
                    "step",
                    "tf.reshape(loss, [])",
                    "tf.identity(loss)",
                ]
            )
        return step, loss

    def transforms(self, args):
        r = self.r
        if self.chance(0.2):
            args.append("gradient_noise_scale=" + r.choice(["0.1", "1.0", "0.0", "tf.constant(0.3)", "2", "-0.5"]))
        if self.chance(0.3):
            v = r.choice(self.vars)
            key = r.choice([v, v + ".name", "'nosuch:0'", v + ".op.name"])
            value = r.choice(
                [
                    "2.0",
                    "0.5",
                    "0.0",
                    "-1.0",
                    "tf.constant(3.0)",
                    "3",
                    "tf.constant(2, tf.int32)",
                    "np.float64(0.25)",
                    "tf.constant(0.5, tf.float64)",
                    "np.float32(0.5)",
                    "[1.0]",
                    "True",
                ]
            )
            args.append("gradient_multipliers={%s: %s}" % (key, value))
        if self.chance(0.45):
            args.append(
                "clip_gradients="
                + r.choice(
                    [
                        "1.0",
                        "0.1",
                        "100.0",
                        "0.01",
                        "tf.contrib.layers.adaptive_clipping_fn()",
                        "tf.contrib.layers.adaptive_clipping_fn(1.0, 0.5, static_max_norm=0.5, report_summary=True, "
                        "name='clipper')",
                        "tf.contrib.layers.adaptive_clipping_fn(decay=0.9, global_step=tf.train.get_global_step())",
                        "tf.contrib.layers.adaptive_clipping_fn(std_factor=tf.constant(0.5), epsilon=1e-3)",
                        "lambda gv: [(None if g is None else tf.clip_by_norm(g, 0.3), v) for g, v in gv]",
                        "lambda gv: [(None if g is None else tf.clip_by_average_norm(tf.convert_to_tensor(g), 0.05), v) "
                        "for g, v in gv]",
                        "lambda gv: [(None if g is None else tf.clip_by_value(g, -0.1, 0.1), v) for g, v in gv]",
                        "lambda gv: [(tf.convert_to_tensor(g), v) for g, v in gv if g is not None]",
                        "lambda gv: list(zip(tf.clip_by_global_norm([g for g, _ in gv], 0.4)[0], [v for _, v in gv]))",
                        "lambda gv: gv[::-1]",
                        "lambda gv: gv[:1]",
                        "0.0",
                        "-1.0",
                        "1",
                        "np.float32(1.0)",
                        "np.float64(1.0)",
                        "tf.constant(1.0)",
                        "[1.0]",
                        "'a'",
                        "lambda gv: []",
                        "lambda gv: None",
                        "True",
                    ][: 16 if not self.chance(0.15) else None]
                )
            )

    def decay_and_updates(self, args, pre, i):
        r = self.r
        if self.chance(0.25):
            args.append(
                "learning_rate_decay_fn="
                + r.choice(
                    [
                        "lambda lr, s: tf.train.exponential_decay(lr, s, 2, 0.5, staircase=True)",
                        "lambda lr, s: tf.train.exponential_decay(lr, s, 3, 0.9)",
                        "lambda lr, s: tf.train.inverse_time_decay(lr, s, 2, 0.5)",
                        "lambda lr, s: tf.train.natural_exp_decay(lr, s, 2, 0.5)",
                        "lambda lr, s: tf.train.polynomial_decay(lr, s, 4, 0.001, power=2.0)",
                        "lambda lr, s: tf.train.polynomial_decay(lr, s, 2, 0.01, cycle=True)",
                        "lambda lr, s: tf.train.cosine_decay(lr, s, 10)",
                        "lambda lr, s: tf.train.cosine_decay_restarts(lr, s, 2)",
                        "lambda lr, s: tf.train.linear_cosine_decay(lr, s, 10)",
                        "lambda lr, s: lr * 0.5",
                        "lambda lr, s: lr",
                        "lambda lr, s: 0.01",
                        "lambda lr, s: None",
                        "lambda lr, s: lr / tf.cast(s + 1, tf.float32)",
                    ]
                )
            )
        if self.chance(0.25):
            pre.append("k%d = tf.Variable(0.0, trainable=False, name='k')" % i)
            args.append(
                "update_ops="
                + r.choice(
                    [
                        "[]",
                        "[tf.assign_add(k%d, 1.0)]" % i,
                        "[tf.assign_add(k%d, 1.0), tf.assign_add(k%d, 2.0)]" % (i, i),
                        "[tf.assign_add(k%d, 1.0).op]" % i,
                        "[tf.no_op()]",
                        "tf.get_collection(tf.GraphKeys.UPDATE_OPS)",
                        "(tf.assign(k%d, 5.0),)" % i,
                        "{tf.assign_add(k%d, 1.0)}" % i,
                    ]
                )
            )
        if self.chance(0.3):
            args.append(
                "variables="
                + r.choice(
                    [
                        "[%s]" % self.vars[0],
                        "[%s]" % ", ".join(self.vars),
                        "tf.trainable_variables()[:1]",
                        "[]",
                        "tf.trainable_variables()[::-1]",
                        "tf.global_variables()",
                        "[%s, %s]" % (self.vars[0], self.vars[0]),
                        "%s" % self.vars[0],
                        "(%s,)" % self.vars[-1],
                        "['w']",
                        "[loss]",
                    ][: 4 if not self.chance(0.25) else None]
                )
            )

    def names_and_summaries(self, args):
        r = self.r
        scope = r.choice(["", "", "", "name='train'", "name='opt'", "name='a/b'", "name=None", "name='OptimizeLoss'"])
        if self.chance(0.02):
            scope = r.choice(["name=''", "name='bad name'", "name='x:0'", "name='/x'"])
        if scope:
            args.append(scope)
        if self.chance(0.5):
            pool = ["loss", "learning_rate", "gradients", "gradient_norm", "global_gradient_norm"]
            s = repr(r.sample(pool, r.randrange(0, 6)))
            if self.chance(0.06):
                s = r.choice(
                    ["['nope']", "'loss'", "['Loss']", "('loss',)", "['loss', 'loss']", "{'loss': 1}", "[None]"]
                )
            args.append("summaries=" + s)
        if self.chance(0.2):
            args.append("colocate_gradients_with_ops=True")
        if self.chance(0.25):
            args.append("increment_global_step=False")

    def surroundings(self):
        r = self.r
        return r.choice(
            [None] * 8
            + [
                "with tf.variable_scope('outer'):",
                "with tf.name_scope('ns'):",
                "with tf.device('/cpu:0'):",
                "with tf.variable_scope('opt', reuse=tf.AUTO_REUSE):",
                "with tf.control_dependencies([loss]):",
                "with tf.control_dependencies([tf.no_op(name='first')]):",
                "with tf.variable_scope('', reuse=tf.AUTO_REUSE):",
                "with tf.variable_scope('opt', reuse=True):",
                "with tf.device('/device:CPU:0'), tf.name_scope('q'):",
            ]
        )
