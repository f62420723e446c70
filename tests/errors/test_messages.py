"""Messages as text, on programs with functions, classes, loops and notebook cells: the line is the user's."""

import textwrap

import gallery
import pytest

import minigraph as tf
from minigraph.graph.messages import path_text
from minigraph.graph.paths import path
from minigraph.graph.text import message


def told(code, filename="model.py"):
    """Return the error of a program, as (its type's name, its text)."""
    _, error = gallery.run(textwrap.dedent(code).lstrip("\n"), filename)
    return type(error).__name__, str(error)


def lines(code, filename="model.py"):
    """Return what follows the first line of the error."""
    return told(code, filename)[1].split("\n")[1:]


def notebook(*codes):
    """Return a program that runs some notebook cells, which share their names."""
    return "names = {}\n" + "".join(
        f"exec(compile({textwrap.dedent(code).strip()!r}, 'In[{i}]', 'exec'), names)\n"
        for i, code in enumerate(codes, 1)
    )


def cells(*codes):
    """Return the error of the last of some notebook cells."""
    return told(notebook(*codes), "notebook.py")[1].split("\n")[1:]


# Variables without a value


def test_slots_of_a_model_in_a_class():
    assert lines("""
        import minigraph as tf

        class Model:
            def __init__(self):
                self.w = tf.get_variable("w", [2])
                self.loss = tf.reduce_sum(self.w)
                self.init = tf.global_variables_initializer()
                self.train_op = self.step()

            def step(self):
                return tf.train.MomentumOptimizer(0.1, 0.9).minimize(self.loss)

            def fit(self):
                with tf.Session() as sess:
                    sess.run(self.init)
                    for _ in range(3):
                        sess.run(self.train_op)

        Model().fit()
    """)[1:] == [
        "The run at model.py:17 needs the value of 'w/Momentum' (model.py:11).",
        "The init op 'init' (model.py:7) was built before 'w/Momentum' (model.py:11) was made, so it does not",
        "  initialize it: an optimizer makes variables too.",
        "Build tf.global_variables_initializer() last, after the optimizer, and run that.",
    ]


def test_an_init_op_that_was_not_run_and_one_that_was():
    assert lines("""
        import minigraph as tf
        a = tf.Variable(1.0, name="a")
        first = tf.global_variables_initializer()
        b = tf.Variable(1.0, name="b")
        second = tf.global_variables_initializer()
        sess = tf.Session()
        sess.run(first)
        sess.run(a + b)
    """)[1:] == [
        "The run at model.py:8 needs the value of 'b' (model.py:4).",
        "The init op 'init_1' (model.py:5) was not run in this session: run it before this line.",
    ]


def test_a_session_that_is_still_open():
    assert (
        "The session made at model.py:3 has values"
        in told("""
        import minigraph as tf
        v = tf.Variable(1.0, name="v")
        a = tf.Session()
        a.run(v.initializer)
        b = tf.Session()
        b.run(v)
    """)[1]
    )


def test_inside_a_branch():
    kind, text = told("""
        import minigraph as tf
        v = tf.Variable(1.0, name="v")
        y = tf.cond(tf.constant(True), lambda: v + 1.0, lambda: v - 1.0)
        tf.Session().run(y)
    """)
    assert kind == "FailedPreconditionError"
    assert text.startswith("Attempting to use uninitialized value v\n\t [[node v/read (made at model.py:2) = Ident")
    assert "The run at model.py:4 needs the value of 'v' (model.py:2)." in text


# Feeding and fetching


def test_the_path_of_a_deep_placeholder():
    assert lines("""
        import minigraph as tf
        y = x = tf.placeholder(tf.float32, name="inputs/x")
        for _ in range(20):
            y = tf.tanh(y)
        tf.Session().run({"y": [y]})
    """) == [
        "The run at model.py:5 needs 'inputs/x' (model.py:2) for its fetch 'Tanh_19:0':",
        "  Tanh_19 <- Tanh_18 <- Tanh_17 <- ... <- Tanh <- inputs/x",
        "Write sess.run(..., feed_dict={x: value}).",
    ]


def test_the_second_placeholder_of_a_cell():
    cell = "x = tf.placeholder(tf.float32, name='x')"
    assert cells("import minigraph as tf", cell, "y = x * 2.0", cell, "tf.Session().run(y, {x: 1.0})")[:3] == [
        "The run at In[5]:1 needs 'x' (In[2]:1) for its fetch 'mul:0':",
        "  mul <- x",
        "Fed was 'x_1' (In[4]:1), another placeholder with almost the same name: where a cell or function ran",
    ]


@pytest.mark.parametrize(
    "shape, value, advice",
    [
        (
            "[None, 784]",
            "np.zeros((5, 28, 28))",
            "The rows have the right number of elements: feed value.reshape([-1, 784])",
        ),
        ("[None, 1]", "np.zeros(5)", "The last axis is missing: feed value[:, None]"),
        ("[None, 3]", "np.zeros(3)", "The batch axis is missing: feed value[None]"),
        ("[3, None]", "np.zeros((7, 3))", "The axes look swapped: feed value.T"),
        ("[None, 3]", "np.zeros((2, 4))", "Axis 1 has size 4 where 3 is needed."),
        ("[]", "[1.0]", "The value has 1 axis where 0 axes are needed."),
        ("[None, 2]", "np.zeros(())", "The value has 0 axes where 2 axes are needed."),
    ],
)
def test_how_to_make_a_value_fit(shape, value, advice):
    assert lines(f"""
        import numpy as np
        import minigraph as tf
        x = tf.placeholder(tf.float32, {shape}, name="x")
        tf.Session().run(x + 1.0, {{x: {value}}})
    """) == ["'x' (model.py:3) was given that shape there.", advice]


def test_rows_of_different_lengths():
    assert told("""
        import minigraph as tf
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        tf.Session().run(x + 1.0, {x: [[1.0, 2.0], [3.0]]})
    """) == (
        "ValueError",
        "setting an array element with a sequence.\n"
        "The value was fed for Tensor 'x:0' of dtype float32 and shape (?, 2).\n"
        "Its rows have different lengths: fill them up, or feed one by one.",
    )


def test_a_value_among_the_fetches_of_a_loop():
    kind, text = told("""
        import minigraph as tf
        w = tf.Variable(1.0)
        loss = w * w
        train_op = w.assign_sub(0.1)
        sess = tf.Session()
        sess.run(w.initializer)
        for _ in range(2):
            _, loss = sess.run([train_op, loss])
    """)
    assert kind == "TypeError" and text.startswith("Fetch argument 1.0 has invalid type <class 'numpy.float32'>, must")
    assert text.split("\n")[1] == "It stands at fetches[1]."


@pytest.mark.parametrize(
    "fetches, hinted",
    [
        ("'total'", True),
        ("['total', 'total:0']", True),
        ("'init'", False),
        ("'Assign'", False),
        ("'w/Assign'", False),
        ("total", False),
        ("total.op", False),
    ],
)
def test_hints_at_outputs(fetches, hinted):
    printed, error = gallery.run(
        textwrap.dedent(f"""
        import minigraph as tf
        total = tf.add(1.0, 2.0, name="total")
        w = tf.Variable(0.0, name="w")
        up = w.assign(1.0)
        init = tf.global_variables_initializer()
        sess = tf.Session()
        for _ in range(2):
            sess.run({fetches})
    """),
        "model.py",
    )
    assert error is None
    hint = "GraphWarning: fetching the operation 'total' gives None.\nFor its value write sess.run('total:0')."
    assert printed.startswith(f"model.py:9: {hint}") == hinted and bool(printed) == hinted


# Graphs


def test_a_session_from_before_the_reset():
    assert lines("""
        import minigraph as tf
        sess = tf.Session()
        a = tf.constant(1.0, name="a")
        tf.reset_default_graph()
        b = tf.constant(1.0, name="b")
        sess.run(b)
    """) == [
        "'b' (model.py:5) is in the default graph.",
        "The session, made at model.py:2, runs a default graph from before reset_default_graph().",
        "Make it with the graph: tf.Session(graph=graph); after reset_default_graph() make all anew.",
    ]


@pytest.mark.parametrize(
    "line, added",
    [
        ("tf.get_variable('v', [], initializer=tf.zeros_initializer())", "v/Initializer/zeros' (Const)"),
        ("tf.global_variables_initializer()", "init' (NoOp)"),
        ("sess.run(w.assign(w + 1.0))", "add/y' (Const)"),
        ("tf.add_to_collection('seen', w)", "seen' (collection)"),
    ],
)
def test_what_a_finalized_graph_refuses(line, added):
    assert lines(f"""
        import minigraph as tf
        w = tf.Variable(1.0, name="w")
        sess = tf.Session()

        def freeze():
            tf.get_default_graph().finalize()

        freeze()
        for _ in range(2):
            {line}
    """)[:2] == [f"The call at model.py:10 adds '{added}.", "The graph was finalized at model.py:6."]


# Names and sharing


def test_a_cell_that_runs_again():
    cell = "with tf.variable_scope('a'):\n    w = tf.get_variable('w', [2])"
    assert cells("import minigraph as tf", cell, cell) == [
        "  In[2]:2",
        "Asked for again at In[3]:2.",
        "This cell ran before, and the graph still has what it made then.",
        "Call tf.reset_default_graph() at its top, and make a new session.",
    ]


def test_a_function_of_one_cell_called_by_another_that_runs_again():
    call = "y = layer()"
    found = cells("import minigraph as tf", "def layer():\n    return tf.get_variable('w', [2])", call, call)
    assert found[:3] == [
        "  In[2]:2, called at In[3]:1",
        "Asked for again at In[2]:2, called at In[4]:1.",
        "This cell ran before, and the graph still has what it made then.",
    ]


def test_two_cells_with_a_function_of_one_that_ran_again():
    define = "def layer():\n    return tf.get_variable('w', [2])"
    found = cells("import minigraph as tf", define, "a = layer()", define, "b = layer()")
    assert found[:2] == ["  In[2]:2, called at In[3]:1", "Asked for again at In[4]:2, called at In[5]:1."]
    assert found[2:] == [
        "The same line ran twice, in a function, a loop or a cell.",
        "To share the variable write `with tf.variable_scope(tf.get_variable_scope(), reuse=tf.AUTO_REUSE):`",
        "  around both.",
        "For two variables give the scopes two names; one cell of a notebook that was edited and ran again",
        "  wants tf.reset_default_graph() first.",
    ]


def test_two_lines_of_a_cell_are_no_cell_that_runs_again():
    cell = "if not tf.global_variables():\n    tf.get_variable('w', [2])\nelse:\n    tf.get_variable('w', [2])"
    assert not any("ran before" in line for line in cells("import minigraph as tf", cell, cell))


def test_a_cell_with_a_second_train_op():
    cell = (
        "train = tf.contrib.layers.optimize_loss(tf.square(w), tf.train.get_or_create_global_step(), "
        "tf.constant(0.1), 'SGD', summaries=[])"
    )
    for other, advised in (
        (cell, "This cell ran before: call tf.reset_default_graph() at its top"),
        (f"again = 1; {cell}", "Pass increment_global_step=False to one of them"),
    ):
        printed, error = gallery.run(
            notebook("import minigraph as tf\nw = tf.Variable(3.0, name='w')", cell, other), "notebook.py"
        )
        assert error is None and advised in printed


def test_a_layer_that_is_made_twice_is_no_cell_that_runs_again():
    assert lines("""
        import minigraph as tf

        class Net:
            def layer(self, x):
                return tf.layers.dense(x, 2, name="hidden")

        net, x = Net(), tf.ones([1, 2])
        for _ in range(2):
            x = net.layer(x)
    """)[:4] == [
        "  model.py:5, called at model.py:9",
        "Asked for again at model.py:5, called at model.py:9.",
        "The same line ran twice, in a function, a loop or a cell.",
        'To share the variable write `with tf.variable_scope("hidden", reuse=tf.AUTO_REUSE):` around both.',
    ]


UNSHARED = """
import minigraph as tf

def layer(x):
    return x * tf.Variable(1.0, name="w")

{setting}
for i in range(2):
    with tf.variable_scope({scope}):
        layer(2.0)
"""


@pytest.mark.parametrize(
    "scope, setting, warned",
    [
        ("'a', reuse=bool(i)", "", True),
        ("'a', reuse=tf.AUTO_REUSE", "", True),
        ("'a'", "", False),
        ("f'a{i}', reuse=tf.AUTO_REUSE", "", False),
    ],
)
def test_unshared_variables(scope, setting, warned):
    printed, error = gallery.run(UNSHARED.format(scope=scope, setting=setting), "model.py")
    assert error is None
    assert printed == warned * (
        "model.py:5: GraphWarning: tf.Variable always makes a new variable: 'a_1/w' is not shared.\n"
        "In a variable scope that shares, 'a', it stands beside 'a/w' (model.py:5).\n"
        "To share that one write tf.get_variable.\n"
    )


def test_several_variables_in_one_scope_are_not_unshared():
    printed, _ = gallery.run(
        "import minigraph as tf\nwith tf.variable_scope('a', reuse=tf.AUTO_REUSE):\n"
        "    both = [tf.Variable(1.0, name='w') for _ in range(2)]\n",
        "model.py",
    )
    assert printed == ""


# Gradients


@pytest.mark.parametrize(
    "loss, found",
    [
        (
            "tf.reduce_mean(labels)",
            ["'Mean' (model.py:6) depends on none of 'w' (model.py:5).", "It depends on no variable at all."],
        ),
        (
            "tf.cast(tf.cast(w, tf.int32), tf.float32)",
            [
                "'Cast_1' depends on 'w' (model.py:5) by",
                "  Cast_1 <- Cast <- w/read <- w",
                "and no gradient goes through 'Cast' (model.py:6): Cast gives int32.",
            ],
        ),
        (
            "tf.stop_gradient(w) * 2.0",
            [
                "'mul' depends on 'w' (model.py:5) by",
                "  mul <- StopGradient <- w/read <- w",
                "and no gradient goes through 'StopGradient' (model.py:6), which is made to stop it.",
            ],
        ),
    ],
)
@pytest.mark.parametrize(
    "train",
    [
        "tf.train.AdamOptimizer(0.1).minimize(loss)",
        "tf.contrib.layers.optimize_loss(loss, None, 0.1, 'SGD')",
        "tf.contrib.layers.optimize_loss(loss, None, 0.1, 'SGD', clip_gradients=1.0)",
        "(lambda o: o.apply_gradients(o.compute_gradients(loss)))(tf.train.AdamOptimizer(0.1))",
    ],
)
def test_why_nothing_has_a_gradient(loss, found, train):
    assert (
        lines(f"""
        import minigraph as tf

        def train():
            labels = tf.placeholder(tf.float32, [None], name="labels")
            w = tf.Variable(1.0, name="w")
            loss = {loss}
            return {train}

        train()
    """)[: len(found)]
        == found
    )


# Tensors taken for values


@pytest.mark.parametrize(
    "asked, kind, first, written",
    [
        ("float(x)", "TypeError", "float() argument must be a string or a ", "float(sess.run(x))"),
        ("int(x)", "TypeError", "int() argument must be a string", "int(sess.run(x))"),
        ("float(w)", "TypeError", "float() argument must be a string or a ", "float(sess.run(w))"),
        ("x.numpy()", "AttributeError", "'Tensor' object has no attribute 'numpy'", "sess.run(x)"),
        ("w.numpy()", "AttributeError", "'Variable' object has no attribute 'numpy'", "sess.run(w)"),
        ("x.item()", "AttributeError", "'Tensor' object has no attribute 'item'", "sess.run(x).item()"),
        ("x.tolist()", "AttributeError", "'Tensor' object has no attribute 'tolist'", "sess.run(x).tolist()"),
    ],
)
def test_a_tensor_that_is_taken_for_a_value(asked, kind, first, written):
    raised, text = told(f"import minigraph as tf\nx = tf.constant(1.0)\nw = tf.Variable(1.0)\n{asked}")
    assert raised == kind and text.startswith(first)
    assert text.split("\n")[1:] == [
        f"'{'Variable' if 'w' in written else 'Const'}' (model.py:{2 + ('w' in written)}) "
        "has no value until a session runs it.",
        f"Write {written}.",
    ]


def test_there_is_no_such_attribute():
    x = tf.constant(1.0)
    assert not hasattr(x, "numpy") and not hasattr(x, "item") and getattr(x, "tolist", None) is None


@pytest.mark.parametrize("given", ["0.0", "keep_prob=0"])
def test_dropout_that_keeps_nothing(given):
    assert told(f"import minigraph as tf\ntf.nn.dropout(tf.ones([2]), {given})")[1] == (
        "rate must be a scalar tensor or a float in the range [0, 1), got 1\n"
        "The second argument is keep_prob, the probability of keeping an element.\n"
        "To keep all write rate=0.0 or keep_prob=1.0."
    )


# Labels


@pytest.mark.parametrize(
    "call, advice",
    [
        (
            "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=onehot, logits=logits)",
            "For one-hot labels use tf.nn.softmax_cross_entropy_with_logits, or write tf.argmax(labels, -1).",
        ),
        (
            "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=logits, logits=ids)",
            "They look swapped: labels are the numbers of the classes, logits have one axis more.",
        ),
        (
            "tf.losses.sparse_softmax_cross_entropy(logits, ids)",
            "They look swapped: labels are the numbers of the classes, logits have one axis more.",
        ),
        (
            "tf.losses.sparse_softmax_cross_entropy(onehot, logits)",
            "For one-hot labels use tf.losses.softmax_cross_entropy.",
        ),
        (
            "tf.losses.softmax_cross_entropy(ids, logits)",
            "For numbers of classes use tf.losses.sparse_softmax_cross_entropy, or tf.one_hot(labels, 3).",
        ),
    ],
)
def test_labels_of_the_other_kind(call, advice):
    _, text = told(f"""
        import minigraph as tf
        logits, onehot = tf.placeholder(tf.float32, [None, 3]), tf.placeholder(tf.float32, [None, 3])
        ids = tf.placeholder(tf.int32, [None])
        {call}
    """)
    assert text.split("\n")[-1] == advice


def test_a_shared_variable_of_another_type():
    assert lines("""
        import minigraph as tf
        w = tf.get_variable("w", [2])
        with tf.variable_scope(tf.get_variable_scope(), reuse=True):
            tf.get_variable("w", [2], tf.int32)
    """) == [
        "The variable was made at model.py:2.",
        "Ask for it with dtype=tf.float32, and write tf.cast(v, tf.int32) where you need that type; or give",
        "  each its own scope.",
    ]


# Arguments


@pytest.mark.parametrize(
    "line, kind, text",
    [
        (
            "tf.add(None, 1.0)",
            "ValueError",
            "Tried to convert 'x' to a tensor and failed. Error: None values not supported.\n"
            "Something at model.py:5 is None: the result of a function without `return`, or the gradient of a\n"
            "  variable on which the loss does not depend.",
        ),
        (
            "tf.assign(w * 2.0, 1.0)",
            "AttributeError",
            "'Tensor' object has no attribute 'assign'\n"
            "Only a variable can be assigned to; 'mul' (model.py:5) is the value of Mul.\nMake it a tf.Variable.",
        ),
        (
            "tf.get_default_graph().control_dependencies([3.0]).__enter__()",
            "TypeError",
            "Can not convert a float into a Tensor or Operation.\nAmong the control inputs is 3.0.\n"
            "They must be operations or tensors: the result of tf.assign, say, and not that of sess.run.",
        ),
        (
            "tf.constant(1.0, name='my layer')",
            "ValueError",
            "'my layer' is not a valid node name\n"
            "Names begin with a letter or digit, followed by letters, digits and _ . / - (no spaces).",
        ),
        (
            "tf.train.AdamOptimizer(0.1).apply_gradients(tf.gradients(w * w, [w]))",
            "TypeError",
            "Tensor objects are only iterable when eager execution is enabled. To iterate over this tensor use tf.map_fn.\n"
            "Item 0 of grads_and_vars is 'gradients/AddN' (model.py:5), and no pair of a gradient and a variable.\n"
            "Write zip(grads, variables).",
        ),
        (
            "tf.train.AdamOptimizer(0.1).minimize(tf.constant(1))",
            "ValueError",
            "Invalid type tf.int32 for Const:0, expected: [tf.float32, tf.float64, tf.float16, tf.bfloat16].\n"
            "It is 'Const' (model.py:5).\n"
            "Only floating point numbers can be trained: write tf.Variable(1.0), or tf.cast(x, tf.float32).",
        ),
        (
            "tf.Session().run({w})",
            "TypeError",
            "Fetch argument {<tf.Variable 'w:0' shape=() dtype=float32_ref>} has invalid type <class 'set'>, must be a string "
            "or Tensor. (Can not convert a set into a Tensor or Operation.)\n"
            "What can be fetched: tensors, operations, variables, names, and lists, tuples or dicts of them.",
        ),
    ],
)
def test_arguments_that_are_something_else(line, kind, text):
    program = f"import minigraph as tf\n\nw = tf.Variable(1.0, name='w')\ndef build():\n    {line}\nbuild()\n"
    assert told(program) == (kind, text)


# Failures of kernels


def test_a_kernel_that_fails_later_and_inside_a_loop_body():
    assert (
        lines("""
        import numpy as np
        import minigraph as tf
        x = tf.placeholder(tf.float32, name="x")

        def body(i, total):
            return i + 1, tf.add(total, x, name="sum")

        _, y = tf.while_loop(lambda i, t: i < 3, body, [0, tf.zeros([2])],
                             shape_invariants=[tf.TensorShape([]), tf.TensorShape(None)])

        def evaluate(sess):
            for size in (2, 2, 2, 3):
                sess.run(y, {x: np.zeros(size)})

        evaluate(tf.Session())
    """)[0]
        == "\t [[node sum (made at model.py:6) = Add]]"
    )


def test_all_the_ways_to_run_tell_the_same(graph):
    x = tf.placeholder(tf.float32, name="x")
    y = tf.subtract(x, tf.constant([1.0, 2.0], name="c"), name="y")
    texts = []
    with tf.Session() as sess:
        call = sess.make_callable(y, [x])
        setup = sess.partial_run_setup([y], [x])
        for run in (
            lambda v: sess.run(y, {x: v}),
            lambda v: y.eval({x: v}),
            call,
            lambda v: sess.partial_run(setup, y, {x: v}),
        ):
            with pytest.raises(tf.errors.InvalidArgumentError) as caught:
                run([1.0, 2.0, 3.0])
            texts.append(str(caught.value).rpartition("\n")[0])
            assert caught.value.__cause__ is None and caught.value.__suppress_context__
        assert sess.run(y, {x: [1.0, 2.0]}).tolist() == [0.0, 0.0]
    assert len(set(texts)) == 1 and texts[0].startswith("Incompatible shapes: [3] vs. [2]\n\t [[node y (made at ")


# The shape of a message


def test_a_message_keeps_the_first_sentence_and_the_last_line():
    text = message("f" * 150, *[f"line {i} " + "word " * 30 for i in range(9)], "Type this.")
    first, *rest = text.split("\n")
    assert first == "f" * 150 and len(rest) <= 8 and max(map(len, rest)) <= 100 and rest[-1] == "Type this."


def test_paths_of_long_chains(graph):
    y = x = tf.placeholder(tf.float32, [], name="x")
    for _ in range(20000):
        y = tf.negative(y)
    found = path(y.op, x.op)
    assert len(found) == 20001 and path_text(found).endswith("... <- Neg <- x")
    assert path(x.op, y.op) == []


def test_python_adds_no_name_that_is_spelt_alike():
    """Python would look for one in the module and write it behind our last line."""
    import traceback

    try:
        tf.keras
    except AttributeError as error:
        text = "".join(traceback.format_exception(error))
    assert text.endswith("tf.train.AdamOptimizer(0.001).minimize(loss).\n") and "Did you mean" not in text


def test_fetches_in_the_place_of_feeds(graph):
    x = tf.placeholder(tf.float32, name="x")
    with tf.Session() as sess, pytest.raises(TypeError, match="^options must be a tf.RunOptions") as caught:
        sess.run(x * 2.0, x, {x: 1.0})
    assert "give a list: sess.run([loss, y], feed_dict={x: value})." in str(caught.value)


def test_a_global_step_of_floats(graph):
    with pytest.raises(TypeError) as caught:
        tf.contrib.layers.optimize_loss(tf.square(tf.Variable(1.0)), tf.Variable(0.0), 0.1, "SGD")
    assert str(caught.value).split("\n") == [
        "Existing \"global_step\" does not have integer type: <dtype: 'float32_ref'>",
        "Write tf.train.get_or_create_global_step() in its place.",
    ]


# Loop variables


def loop(body, start, **options):
    """Return the lines of the error of a loop with a counter and another variable, made on lines 3 to 7."""
    return lines(f"""
        import minigraph as tf

        start = {start}
        def body(i, x):
            longer = {body}
            return i + 1, longer
        tf.while_loop(lambda i, x: i < 3, body, [0, start]{"".join(f", {k}={v}" for k, v in options.items())})
        """)


def test_a_loop_variable_that_changes_its_shape_names_both_lines():
    assert loop("tf.concat([x, x], 0)", "tf.zeros([2, 3])") == [
        "It begins as 'zeros' (model.py:3); the body gives it the value of 'concat' (model.py:5).",
        "The invariant of this variable: tf.TensorShape([None, 3])",
    ]
    assert loop("tf.expand_dims(x, 0)", "tf.zeros([2])")[1] == "The invariant of this variable: tf.TensorShape(None)"


def test_a_loop_variable_that_changes_its_type_names_both_lines():
    assert loop("tf.cast(x, tf.float64)", "tf.zeros([2])") == [
        "It begins as 'zeros' (model.py:3); the body gives it the value of 'Cast' (model.py:5).",
        "Let the body return tf.cast(…, tf.float32) there, or let it begin with that type.",
    ]


def test_an_invariant_that_does_not_fit_names_the_line_of_the_initial_value():
    found = loop("x", "tf.zeros([2])", shape_invariants="[tf.TensorShape([]), tf.TensorShape([3])]")
    assert found[0] == "The initial value is 'zeros' (model.py:3)."


def test_a_condition_that_is_no_truth_value_names_its_line():
    assert "It is 'Const' (model.py:3)." in lines("""
        import minigraph as tf

        zero = tf.constant(0)
        tf.while_loop(lambda i: zero, lambda i: i + 1, [0])
        """)
    assert "What cond returns is 'Fill' (model.py:3)." in lines("""
        import minigraph as tf

        tf.while_loop(lambda i: tf.fill([2], True), lambda i: i + 1, [0])
        """)


def test_branches_of_different_types_name_the_lines_of_both():
    assert (
        lines("""
        import minigraph as tf

        one = lambda: tf.zeros([2])
        other = lambda: tf.constant(1)
        tf.cond(tf.placeholder(tf.bool, []), one, other)
        """)[0]
        == "They are 'zeros' (model.py:3) and 'Const' (model.py:4)."
    )
