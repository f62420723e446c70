"""`minigraph run`: scripts and notebooks that say `import tensorflow`, as they are."""

import importlib
import json
import os
import subprocess
import sys
import textwrap

import numpy as np
import pytest

import minigraph as tf
from minigraph import cli
from minigraph.alias import old_names
from minigraph.alias.hints import hint
from minigraph.alias.modules import installed


@pytest.fixture(autouse=True)
def fresh_notes():
    old_names._noted.clear()


def run(tmp_path, text, *args, name="script.py"):
    """Run a script by the command, in this process; return the status."""
    path = tmp_path / name
    path.write_text(textwrap.dedent(text))
    return cli.main(["run", str(path), *args])


def test_a_recurrent_network_of_an_unmodified_script(tmp_path, capsys):
    script = """
        import numpy as np
        import tensorflow as tf
        from tensorflow.python.ops import rnn, rnn_cell
        from tensorflow.contrib import rnn as contrib_rnn
        x = tf.placeholder("float", [None, 5, 3])
        cell = contrib_rnn.MultiRNNCell([rnn_cell.BasicLSTMCell(4), contrib_rnn.GRUCell(2)])
        outputs, states = rnn.dynamic_rnn(cell, x, dtype=tf.float32)
        train_op = tf.train.AdamOptimizer().minimize(tf.reduce_sum(tf.transpose(outputs, [1, 0, 2])[-1]))
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for _ in range(3):
                print(sess.run([train_op, outputs], {x: np.ones((2, 5, 3))})[1].shape)
        print(rnn.dynamic_rnn is tf.nn.dynamic_rnn, rnn_cell.BasicLSTMCell is tf.nn.rnn_cell.BasicLSTMCell)
    """
    assert run(tmp_path, script) == 0
    assert capsys.readouterr().out.splitlines() == ["(2, 5, 2)"] * 3 + ["True True"]


def test_an_unmodified_script_runs(tmp_path, capsys):
    script = """
        import sys
        import urllib
        import numpy as np
        import tensorflow as tf
        import tensorflow.compat.v1 as v1
        import tensorflow.contrib.layers as layers
        from tensorflow.contrib import framework
        from tensorflow.python.framework import ops
        from tensorflow.python.ops import array_ops, math_ops, variable_scope as vs
        from tensorflow.python.client import device_lib
        v1.disable_v2_behavior()
        ops.reset_default_graph()
        x = tf.placeholder("float", [None, 2])
        loss = math_ops.reduce_mean(tf.square(layers.fully_connected(x, 1)))
        train_op = layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.1, "SGD")
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            print(sess.run(train_op, {x: np.ones((3, 2))}).dtype)
        print(tf.__version__, v1.__version__, tf.VERSION, array_ops.shape is tf.shape, v1.nn.relu is tf.nn.relu)
        print(sys.argv[1:], __name__, urllib.request.__name__, device_lib.list_local_devices()[0].device_type)
        print(vs.variable_scope is tf.variable_scope, framework.get_or_create_global_step().name)
    """
    assert run(tmp_path, script, "--rate=3", "name") == 0
    assert capsys.readouterr().out.splitlines() == [
        "float32",
        "1.15.5 1.15.5 1.15.5 True True",
        "['--rate=3', 'name'] __main__ urllib.request CPU",
        "True global_step:0",
    ]
    assert "tensorflow" not in sys.modules


def test_the_errors_of_a_run_are_caught(tmp_path, capsys):
    script = """
        import tensorflow as tf
        x = tf.train.limit_epochs(tf.constant(1), num_epochs=2)
        with tf.Session() as sess:
            sess.run(tf.local_variables_initializer())
            try:
                while True:
                    print(sess.run(x))
            except tf.errors.OutOfRangeError as error:
                print(type(error).__name__, isinstance(error, tf.OpError))
        from tensorflow.python.framework import errors
        print(errors.OutOfRangeError is tf.errors.OutOfRangeError, tf.errors.OUT_OF_RANGE)
    """
    assert run(tmp_path, script) == 0
    assert capsys.readouterr().out.splitlines() == ["1", "1", "OutOfRangeError True", "True 11"]


def test_the_alias_is_for_the_block_only():
    with installed():
        import tensorflow

        assert tensorflow.Session is tf.Session and tensorflow.nn.relu is tf.nn.relu
        assert tensorflow.train.AdamOptimizer is tf.train.AdamOptimizer
        assert "constant" in dir(tensorflow)
    with pytest.raises(ImportError):
        import tensorflow  # noqa: F811
    assert "tensorboard.compat.notf" not in sys.modules


def test_the_alias_from_code_holds_for_the_process(tmp_path):
    code = """
        import minigraph
        minigraph.install_as_tensorflow()
        minigraph.install_as_tensorflow()
        import tensorflow as tf
        writer = tf.summary.FileWriter({0!r}, tf.get_default_graph())  # TensorBoard must not take the alias
        writer.close()
        print(tf.__version__, tf.constant(1.0).dtype.name)
    """
    code = textwrap.dedent(code).format(str(tmp_path / "log"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "1.15.5 float32\n", done.stderr


def test_a_real_tensorflow_that_was_imported_is_not_replaced(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow", sys.modules["json"])
    with pytest.raises(RuntimeError, match="tensorflow has been imported already"):
        tf.install_as_tensorflow()


def test_what_is_not_there_says_so(tmp_path, capsys):
    assert run(tmp_path, "import tensorflow.keras") == 1
    assert (
        "ModuleNotFoundError: No module named 'tensorflow.keras'\nThe page docs/coverage.md" in capsys.readouterr().err
    )
    assert run(tmp_path, "from tensorflow import keras") == 1
    assert "script.py:1: tensorflow.keras: There are tf.layers" in capsys.readouterr().err
    assert run(tmp_path, "import tensorflow as tf\ntf.contrib.learn.Estimator") == 1
    assert "module 'minigraph.contrib.learn' has no attribute 'Estimator'" in capsys.readouterr().err
    assert run(tmp_path, "import tensorflow as tf\ntf.nn.sigmoidd") == 1
    assert (
        "has no attribute 'sigmoidd'\nThe page docs/coverage.md lists what there is of TensorFlow 1.x.\nDid you mean tf.nn.sigmoid?"
        in capsys.readouterr().err
    )


def test_a_script_ends_as_python_would_end_it(tmp_path, capsys):
    assert run(tmp_path, "import sys; sys.exit(7)") == 7
    assert run(tmp_path, "import sys; sys.exit('no')") == 1
    assert capsys.readouterr().err == "no\n"
    assert run(tmp_path, "def f():\n    return 1 / 0\nf()") == 1
    text = capsys.readouterr().err
    assert text.startswith("Traceback") and text.count("File ") == 2 and text.endswith("division by zero\n")
    assert cli.main(["run", str(tmp_path / "none.py")]) == cli.USAGE


def test_modules_beside_the_script_are_found(tmp_path, capsys):
    (tmp_path / "helper_of_a_script.py").write_text("import tensorflow as tf\nvalue = tf.constant(4)\n")
    assert run(tmp_path, "import helper_of_a_script as h, tensorflow as tf\nprint(tf.Session().run(h.value))") == 0
    assert capsys.readouterr().out == "4\n"


def test_the_other_commands_take_such_scripts_too(tmp_path, capsys):
    path = tmp_path / "script.py"
    path.write_text("import tensorflow as tf\ntf.mul(tf.constant(2.0), 3.0, name='twice')\n")
    assert cli.main(["render", str(path), "-o", str(tmp_path / "g.dot")]) == 0
    assert "twice" in (tmp_path / "g.dot").read_text()


# Notebooks


def notebook(path, *cells):
    made = [{"cell_type": "code", "source": text.splitlines(keepends=True)} for text in cells]
    path.write_text(json.dumps({"cells": [{"cell_type": "markdown", "source": ["# Hello"]}, *made], "nbformat": 4}))


def test_the_cells_of_a_notebook_run_and_magics_are_skipped(tmp_path, capsys):
    path = tmp_path / "n.ipynb"
    notebook(
        path,
        "%matplotlib inline\n!pip install tensorflow\nimport tensorflow as tf\na = tf.constant(2.0)\na",
        "%%bash\nrm -rf /",
        "if True:\n    %time x = 3\nprint(tf.Session().run(a * 3));\ntf.nn?",
        "1;",
        "b = 1 / 0",
    )
    assert cli.main(["run", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == "<tf.Tensor 'Const:0' shape=() dtype=float32>\n6.0\n"
    assert [line.partition("n.ipynb")[2] for line in err.splitlines() if line.startswith("note")] == [
        "[1]:1: skipped: %matplotlib inline",
        "[1]:2: skipped: !pip install tensorflow",
        "[2]: the cell is skipped: %%bash",
        "[3]:2: skipped: %time x = 3",
        "[3]:4: skipped: tf.nn?",
    ]
    assert 'n.ipynb[5]", line 1, in <module>\n    b = 1 / 0\n' in err


def test_what_is_no_notebook_is_refused(tmp_path, capsys):
    (tmp_path / "n.ipynb").write_text("{}")
    assert cli.main(["run", str(tmp_path / "n.ipynb")]) == 1
    assert "n.ipynb is no notebook" in capsys.readouterr().err


WAITING = """
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.show()
plt.pause(1000)
print(plt.waitforbuttonpress(), plt.ginput(1), "done")
plt.savefig(__file__ + ".png")
"""


@pytest.mark.parametrize("backend", [None, "Agg"])
def test_a_figure_on_a_machine_without_a_screen_does_not_wait(tmp_path, backend):
    pytest.importorskip("matplotlib")
    (tmp_path / "p.py").write_text(WAITING)
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND")}
    env |= {} if backend is None else {"MPLBACKEND": backend}
    command = [sys.executable, "-m", "minigraph", "run", str(tmp_path / "p.py")]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=100)
    assert done.stdout == "None [] done\n", done.stderr
    assert (tmp_path / "p.py.png").read_bytes()[:4] == b"\x89PNG"


# Names of before 1.0


OLD = [
    ("tf.mul(2.0, 3.0)", 6.0, "tf.mul is called tf.multiply since TensorFlow 1.0"),
    ("tf.sub(2.0, 3.0)", -1.0, "tf.sub is called tf.subtract since TensorFlow 1.0"),
    ("tf.pack([1, 2])", [1, 2], "tf.pack is called tf.stack since TensorFlow 1.0"),
    ("tf.unpack([[1], [2]])", [[1], [2]], "tf.unpack is called tf.unstack since TensorFlow 1.0"),
    ("tf.concat(0, [[1], [2]])", [1, 2], "tf.concat takes the values first"),
    ("tf.concat(concat_dim=0, values=[[1], [2]])", [1, 2], None),
    ("tf.concat([[1], [2]], 0)", [1, 2], None),
    ("tf.split(0, 2, [1, 2])", [[1], [2]], "tf.split takes the value first"),
    ("tf.split(split_dim=0, num_split=2, value=[1, 2])", [[1], [2]], None),
    ("tf.split([1, 2], 2, 0)", [[1], [2]], None),
    (
        "tf.nn.softmax_cross_entropy_with_logits([[0.0, 0.0]], [[1.0, 0.0]])",
        [0.6931472],
        "tf.nn.softmax_cross_entropy_with_logits takes labels= and logits= by name",
    ),
    ("tf.nn.sigmoid_cross_entropy_with_logits(labels=[1.0], logits=[0.0])", [0.6931472], None),
    ("tf.nn.sparse_softmax_cross_entropy_with_logits([[0.0, 0.0]], [1], 'x')", [0.6931472], "tf.nn.sparse_softmax"),
    ("tf.batch_matmul([[[2.0]]], [[[3.0]]])", [[[6.0]]], "tf.batch_matmul is called tf.matmul"),
    ("tf.select([True], [1], [2])", [1], "tf.select is called tf.where"),
]


@pytest.mark.parametrize("call, value, note", OLD)
def test_old_names_and_orders_work_and_are_noted_once(tmp_path, capsys, call, value, note):
    script = f"import tensorflow as tf\nfor _ in range(3):\n    found = {call}\nprint(repr(tf.Session().run(found)))"
    assert run(tmp_path, script) == 0
    out, err = capsys.readouterr()
    found = eval(out, {"array": lambda values, dtype=None: values, "np": np, **vars(np)})
    np.testing.assert_allclose(found, value, rtol=1e-6)
    if note is None:
        assert err == ""
    else:
        assert err.count("note: ") == 1 and f"script.py:3: {note}" in err


def test_old_summaries(tmp_path, capsys):
    script = """
        import tensorflow as tf
        a = tf.scalar_summary("loss", tf.constant(0.5))
        b = tf.histogram_summary("values", [1.0, 2.0])
        c = tf.image_summary("pictures", tf.zeros([1, 2, 2, 1]), max_images=1)
        writer = tf.train.SummaryWriter({0!r})
        with tf.Session() as sess:
            for value in sess.run([tf.merge_all_summaries(), a, b, c]):
                writer.add_summary(value)
        writer.close()
        print([t.op.type for t in (a, b, c)])
        tf.scalar_summary(["one", "two"], [1.0, 2.0])
    """
    assert run(tmp_path, script.format(str(tmp_path / "log"))) == 1
    out, err = capsys.readouterr()
    assert out == "['ScalarSummary', 'HistogramSummary', 'ImageSummary']\n"
    assert "tf.scalar_summary is called tf.summary.scalar since TensorFlow 1.0" in err
    assert err.endswith(
        "TypeError: Several tags in one summary are not in MiniGraph: write tf.summary.scalar for each\n"
    )


def test_old_names_are_not_there_otherwise():
    with pytest.raises(AttributeError, match=r"Since TensorFlow 1.0 it is called tf.multiply"):
        tf.mul


# Hints


PROGRAMS = [
    ("print 'a'", "script.py:1: print is a function in Python 3: print(...)"),
    ("x = 1\nexec 'x = 2'", "script.py:2: exec is a function in Python 3: exec(...)"),
    ("try:\n    pass\nexcept ValueError, e:\n    pass", "script.py:3: Python 3 writes except Error as name:"),
    ("1 <> 2", "script.py:1: Python 3 writes !="),
    ("\nxrange(3)", "script.py:2: xrange: Python 3 calls it range"),
    ("def f():\n    return unicode('a')\nf()", "script.py:2: unicode: in Python 3 every str is unicode: write str"),
    ("import cPickle", "script.py:1: cPickle: Python 3 calls it pickle"),
    ("import urllib2", "script.py:1: urllib2: Python 3 calls it urllib.request"),
    ("{}.iteritems()", "script.py:1: dict.iteritems: in Python 3 it is dict.items"),
    ("{}.has_key(1)", "script.py:1: dict.has_key: in Python 3 write key in dict"),
    ("iter([1]).next()", "script.py:1: iterator.next(): in Python 3 it is next(iterator)"),
    ("import numpy as np\nnp.float", "script.py:2: np.float: Python's own type has that name: float"),
    ("map(abs, [1])[0]", "script.py:1: map, zip, filter, range and dict.keys() are no lists in Python 3"),
    ("range(10 / 2)", "script.py:1: a division gives a float in Python 3: write // for a whole number"),
    ("import numpy as np\nnp.array([[1], [2, 3]])", "script.py:2: numpy makes no array of rows of different lengths"),
    ("import io\nio.BytesIO().write('a')", "script.py:2: texts and bytes are two things in Python 3"),
]


@pytest.mark.parametrize("text, said", PROGRAMS)
def test_what_of_the_time_of_python_2_is_left_gets_a_hint(tmp_path, capsys, text, said):
    assert run(tmp_path, text) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert said in last


def test_numpy_2_names(tmp_path):
    error = AttributeError("module 'numpy' has no attribute 'infty'", name="infty")
    assert hint(error, "s.py") == "np.infty: numpy 2 calls it np.inf"
    error = AttributeError("module 'scipy.misc' has no attribute 'imread'", name="imread")
    assert hint(error, "s.py").startswith("imread: scipy.misc has none:")
    error = AttributeError("'numpy.ndarray' object has no attribute 'tostring'", name="tostring")
    assert hint(error, "s.py") == "tostring: numpy calls it tobytes"
    error = TypeError("reshape() got an unexpected keyword argument 'newshape'")
    assert hint(error, "s.py") == "newshape: numpy calls it shape: np.reshape(array, shape)"
    assert hint(ValueError("anything"), "s.py") is None


# What is around a program


def test_flags_and_app(tmp_path, capsys):
    pytest.importorskip("absl")
    script = """
        import tensorflow as tf
        flags = tf.app.flags
        flags.DEFINE_string("run_name", "none", "a name")
        flags.DEFINE_integer("run_steps", 3, "a number")
        flags.DEFINE_float("run_rate", 0.1)
        flags.DEFINE_boolean("run_fast", False, "a switch")
        tf.flags.DEFINE_enum("run_kind", "a", ["a", "b"], "a word")
        FLAGS = tf.flags.FLAGS
        def main(argv):
            print(FLAGS.run_name, FLAGS.run_steps, FLAGS.run_rate, FLAGS.run_fast, FLAGS.run_kind, argv[1:])
            FLAGS.run_steps = 5
            print(flags.FLAGS.run_steps, "run_steps" in FLAGS)
            return 4
        if __name__ == "__main__":
            tf.app.run()
    """
    path = tmp_path / "script.py"
    path.write_text(textwrap.dedent(script))
    command = [
        sys.executable,
        "-m",
        "minigraph",
        "run",
        str(path),
        "--run_name=x",
        "--run_fast",
        "rest",
        "--run_rate",
        "2",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (4, "x 3 2.0 True a ['rest']\n5 True\n"), done.stderr
    wrong = subprocess.run([*command, "--run_steps=many"], capture_output=True, text=True)
    assert wrong.returncode == 1 and "flag --run_steps=many" in wrong.stderr


def test_logging(capsys):
    code = """
        import minigraph as tf
        tf.logging.info("not shown")
        tf.logging.warn("loss %.1f", 0.5)
        tf.logging.set_verbosity(tf.logging.INFO)
        tf.logging.info("shown")
        for i in range(5):
            tf.logging.log_every_n(tf.logging.INFO, "every %d", 2, i)
            tf.logging.log_first_n(tf.logging.INFO, "first", 1)
        print(tf.logging.get_verbosity() == tf.logging.INFO)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True)
    assert done.stdout == "True\n"
    assert done.stderr.splitlines() == [
        "WARNING:tensorflow:loss 0.5",
        "INFO:tensorflow:shown",
        "INFO:tensorflow:every 0",
        "INFO:tensorflow:first",
        "INFO:tensorflow:every 2",
        "INFO:tensorflow:every 4",
    ]


def test_files(tmp_path):
    folder = str(tmp_path / "a" / "b")
    tf.gfile.MakeDirs(folder)
    with tf.gfile.Open(folder + "/f.txt", "w") as file:
        file.write("one\ntwo\n")
    assert tf.gfile.Exists(folder + "/f.txt") and tf.gfile.IsDirectory(folder)
    file = tf.gfile.FastGFile(folder + "/f.txt", "rb")
    assert (file.read(2), file.tell(), file.size(), list(file)) == (b"on", 2, 8, [b"e\n", b"two\n"])
    file.seek(0)
    assert next(file) == b"one\n"
    tf.gfile.Copy(folder + "/f.txt", folder + "/g.txt")
    with pytest.raises(tf.errors.AlreadyExistsError, match="file already exists"):
        tf.gfile.Copy(folder + "/f.txt", folder + "/g.txt")
    tf.gfile.Rename(folder + "/g.txt", folder + "/h.txt")
    assert [os.path.basename(p) for p in tf.gfile.Glob(folder + "/*.txt")] == ["f.txt", "h.txt"]
    assert sorted(tf.gfile.ListDirectory(folder)) == ["f.txt", "h.txt"]
    assert [names for _, _, names in tf.gfile.Walk(str(tmp_path / "a"))][0] == []
    tf.gfile.Remove(folder + "/h.txt")
    for wrong in (tf.gfile.Remove, tf.gfile.Stat, tf.gfile.ListDirectory, lambda name: tf.gfile.GFile(name).read()):
        with pytest.raises(tf.errors.NotFoundError):
            wrong(folder + "/h.txt")
    with pytest.raises(tf.errors.InvalidArgumentError, match="mode is not 'r' or 'w' or 'a'"):
        tf.gfile.GFile(folder, "x")
    tf.gfile.DeleteRecursively(str(tmp_path / "a"))
    assert not tf.gfile.Exists(folder)


def test_texts_and_bytes():
    assert tf.compat.as_bytes("é") == b"\xc3\xa9" and tf.compat.as_text(b"\xc3\xa9") == "é"
    assert tf.compat.as_str_any(3) == "3" and tf.compat.v1.Session is tf.Session
    with pytest.raises(TypeError, match="Expected binary or unicode string, got 3"):
        tf.compat.as_bytes(3)
    assert tf.executing_eagerly() is False


def test_an_inner_module_looks_in_the_room_of_its_name():
    with installed():
        module = importlib.import_module("tensorflow.python.framework.graph_util")
        assert module.extract_sub_graph is tf.graph_util.extract_sub_graph


def test_a_lacking_name_of_an_inner_module_is_named_where_it_is_called():
    with (
        installed(),
        pytest.raises(AttributeError, match="'minigraph.python.ops.math_ops' has no attribute 'nonsense'"),
    ):
        importlib.import_module("tensorflow.python.ops.math_ops").nonsense(1)


def test_datasets_of_before_tf_data(tmp_path, capsys):
    script = """
        import tensorflow as tf
        from tensorflow.contrib.data import Dataset, Iterator
        dataset = Dataset.zip((Dataset.range(3), tf.contrib.data.Dataset.from_tensor_slices([5, 6, 7])))
        iterator = Iterator.from_structure(dataset.output_types, dataset.output_shapes)
        with tf.Session() as sess:
            sess.run(iterator.make_initializer(dataset))
            print(sess.run(iterator.get_next()), isinstance(dataset, tf.data.Dataset))
    """
    assert run(tmp_path, script) == 0
    printed = capsys.readouterr()
    assert printed.out == "(0, 5) True\n"
    notes = [line for line in printed.err.splitlines() if line.startswith("note: ")]
    assert "note: script.py:3: tf.contrib.data.Dataset is called tf.data.Dataset since TensorFlow 1.4" in notes
