"""The command `minigraph`, run as a process of its own."""

import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

import minigraph

ROOT = pathlib.Path(minigraph.__file__).resolve().parents[1]
MODEL = """
import minigraph as tf
x = tf.placeholder(tf.float32, [None, 3], name="x")
with tf.variable_scope("layer"):
    w = tf.get_variable("w", [3, 1], initializer=tf.zeros_initializer())
    y = tf.matmul(x, w, name="y")
loss = tf.reduce_mean(tf.square(y), name="loss")
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, name="train")
"""


@pytest.fixture
def command(tmp_path):
    """Run `minigraph ...` beside a script, and gives the finished process; its `svg` is what was drawn."""

    def run(text, *args, script="model.py"):
        (tmp_path / script).write_text(text)
        return call("render", script, *args)

    def call(*args):
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        done = subprocess.run(
            [sys.executable, "-m", "minigraph", *args],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=env,
            timeout=120,
        )
        svg = tmp_path / "model.svg"
        done.svg = svg.read_text() if svg.exists() else None
        return done

    run.call = call
    run.folder = tmp_path
    return run


def test_it_draws_the_graph_that_a_script_leaves(command):
    done = command(MODEL + "print('hello')\n")
    assert (done.returncode, done.stdout) == (0, "hello\n")
    assert "loss" in done.svg and done.stderr.startswith("minigraph: model.svg: ")


def test_version_help_and_nothing(command):
    assert command.call("--version").stdout == f"minigraph {minigraph.__version__}\n"
    assert "render" in command.call("--help").stdout and command.call("--help").returncode == 0
    assert command.call().returncode == 2
    assert command.call("paint").returncode == 2


def test_the_script_gets_its_arguments_and_its_folder(command):
    (command.folder / "helper.py").write_text("name = 'from_helper'\n")
    done = command(
        "import sys, helper, minigraph as tf\ntf.constant(1.0, name=helper.name)\nprint(__name__, sys.argv)",
        "--steps",
        "5",
        "data.csv",
        "-o",
        "model.svg",
        "--",
        "--depth",
        "7",
    )
    assert done.stdout == "__main__ ['model.py', '--steps', '5', 'data.csv', '--depth', '7']\n"
    assert done.returncode == 0 and "from_helper" in done.svg


def test_options_reach_the_view(command):
    done = command(MODEL, "--depth", "0", "--title", "My <title>")
    assert "My &lt;title&gt;" in done.svg and ">layer/w<" not in done.svg
    done = command(MODEL, "--fetch", "layer/y", "--theme", "dark")
    assert "loss" not in done.svg and "#1b1e23" in done.svg
    assert command(MODEL, "--fold", "layer").returncode == 0
    assert command(MODEL, "--unfold", "layer", "--by", "scope", "--constants").returncode == 0


@pytest.mark.parametrize("ending, begins", [("png", b"\x89PNG"), ("dot", b"digraph"), ("pdf", b"%PDF")])
def test_the_ending_says_the_format(command, ending, begins):
    assert command(MODEL, "--output", f"out.{ending}").returncode == 0
    assert (command.folder / f"out.{ending}").read_bytes().startswith(begins)


def test_wrong_uses(command):
    assert "there is no script 'none.py'" in command.call("render", "none.py").stderr
    assert command.call("render", "none.py").returncode == 2
    done = command(MODEL, "-o", "model.jpg")
    assert done.returncode == 2 and "cannot tell what to write from the name 'model.jpg'" in done.stderr
    done = command(MODEL, "--unfold", "leyer")
    assert done.returncode == 3 and "no scope or stage named 'leyer'. Did you mean 'layer'" in done.stderr
    done = command(MODEL, "--fetch", "nothing")
    assert done.returncode == 3 and "nothing" in done.stderr and "Traceback" not in done.stderr
    (command.folder / "folder.svg").mkdir()
    for output, text in ("nowhere/model.svg", "there is no folder"), ("folder.svg", "is a folder"):
        done = command(MODEL + "print('ran')\n", "-o", output)
        assert done.returncode == 2 and text in done.stderr and "ran" not in done.stdout


def test_the_scripts_own_traceback(command):
    (command.folder / "model.svg").write_text("old")
    done = command(MODEL + "def f():\n    raise KeyError('mine')\nf()\n")
    assert done.returncode == 1 and "layer" in done.svg  # what it had built until then
    assert 'model.py", line 11, in <module>' in done.stderr and "KeyError: 'mine'" in done.stderr
    assert "runpy" not in done.stderr and "cli.py" not in done.stderr and "--no-run" in done.stderr


def test_a_syntax_error_is_told(command):
    done = command("def (:\n")
    assert done.returncode == 1 and "SyntaxError" in done.stderr and "cli.py" not in done.stderr


@pytest.mark.parametrize(
    "code, status, drawn",
    [("", 0, True), ("0", 0, True), ("None", 0, True), ("7", 7, True), ("1", 1, True), ("'bad'", 1, True)],
)
def test_sys_exit(command, code, status, drawn):
    done = command(MODEL + f"import sys\nsys.exit({code})\n")
    assert done.returncode == status and (done.svg is not None) == drawn
    assert ("bad" in done.stderr) == (code == "'bad'")


def test_no_run_stops_at_the_first_run(command):
    text = (
        MODEL
        + """
try:
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        print("ran")
except Exception:
    print("caught")
tf.constant(1.0, name="never_made")
"""
    )
    done = command(text, "--no-run")
    assert (done.returncode, done.stdout) == (0, "") and "loss" in done.svg and "never_made" not in done.svg
    assert command(text).stdout == "ran\n"


@pytest.mark.parametrize("line", ["session.make_callable(loss)", "loss.eval({x: [[1., 2., 3.]]})"])
def test_no_run_stops_at_other_ways_to_run(command, line):
    done = command(MODEL + f"with tf.Session() as session:\n    {line}\n    print('ran')\n", "--no-run")
    assert (done.returncode, done.stdout) == (0, "") and done.svg


def test_no_graph(command):
    done = command("print(1)")
    assert done.returncode == 3 and "the script built no graph" in done.stderr and done.svg is None
    done = command("import minigraph as tf\ntf.Session().run([])\ntf.constant(1.0)", "--no-run")
    assert done.returncode == 3 and "the script built no graph before its first run" in done.stderr


SEVERAL = """
import minigraph as tf
def build(count, name):
    with tf.Graph().as_default():
        for i in range(count):
            tf.constant(1.0, name=name)
build(2, "small")
build(5, "large")
build(1, "last")
"""


def test_several_graphs(command):
    done = command(SEVERAL)
    assert "large" in done.svg and "made 3 graphs; number 2 is drawn" in done.stderr
    assert "1: 2 nodes, made at model.py:4" in done.stderr
    assert "last" in command(SEVERAL, "--graph", "3").svg
    done = command(SEVERAL, "--graph", "4")
    assert done.returncode == 3 and "--graph 4: the script made 3" in done.stderr


def test_the_default_graph_comes_first(command):
    done = command(SEVERAL + "tf.constant(1.0, name='mine')\n")
    assert "mine" in done.svg and "number 4 is drawn" in done.stderr


def test_a_default_graph_that_was_reset(command):
    done = command(MODEL + "tf.reset_default_graph()\n")
    assert done.returncode == 0 and "loss" in done.svg


def test_bodies_of_conditionals_are_no_graphs_of_the_script(command):
    done = command(
        "import minigraph as tf\np = tf.placeholder(tf.bool, [], name='p')\n"
        "tf.cond(p, lambda: tf.constant(1.0), lambda: tf.constant(2.0), name='choice')\n"
    )
    assert done.returncode == 0 and "the script made" not in done.stderr


def test_the_script_changes_the_folder(command):
    (command.folder / "elsewhere").mkdir()
    done = command("import os\nos.chdir('elsewhere')\n" + MODEL)
    assert done.returncode == 0 and done.svg


def test_an_interrupt_draws_what_was_built(command):
    done = command(MODEL + "raise KeyboardInterrupt\n")
    assert done.returncode == 130 and "loss" in done.svg and "Traceback" not in done.stderr


LINTED = """
import sys, minigraph as tf
w = tf.Variable(3.0, name="w")
if "early" in sys.argv:
    tf.global_variables_initializer()
train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(w * w)
with tf.Session() as sess:
    if "early" not in sys.argv:
        sess.run(tf.global_variables_initializer())
    for _ in range(4):
        sess.run(train)
        if "grow" in sys.argv:
            w.assign(1.0)
"""


def lint(command, *args, text=LINTED):
    (command.folder / "script.py").write_text(text)
    return command.call("lint", "script.py", *args)


def test_lint_is_silent_where_all_is_well(command):
    done = lint(command)
    assert (done.returncode, done.stdout) == (0, "") and done.stderr == "minigraph: nothing found in script.py\n"


def test_lint_sees_the_runs_of_a_script(command):
    done = lint(command, "grow")
    assert done.returncode == 4 and done.stdout.startswith("script.py: 1 finding\n  script.py:13: growing-graph: ")
    assert "has added 2 nodes in each of the last" in done.stdout


def test_lint_of_a_script_that_fails_or_does_not_run(command):
    failed = lint(command, "early")
    assert failed.returncode == 1 and "init-too-early" in failed.stdout and "uninitialized value" in failed.stderr
    built = lint(command, "early", "--no-run")
    assert built.returncode == 4 and "init-too-early" in built.stdout and built.stderr == ""


def test_lint_of_a_script_that_fails_does_not_say_that_all_is_well(command):
    for text, status in (
        ("import minigraph as tf\ntf.constant(1.0) + 'a'\n", 1),
        ("import sys\nimport minigraph as tf\ntf.constant(1.0)\nsys.exit(3)\n", 3),
    ):
        done = lint(command, text=text)
        assert done.returncode == status and "nothing found" not in done.stderr
        said = f"script.py ended with status {status}; in what it did until then there is no finding\n"
        assert done.stderr.endswith(said)


def test_lint_tells_graphs_apart(command):
    text = (
        "import minigraph as tf\nfor _ in range(2):\n    with tf.Graph().as_default():\n"
        "        w = tf.Variable(1.0, name='w')\n        b = tf.Variable(1.0, name='b')\n"
        "        tf.train.AdamOptimizer(0.1).minimize(w * w)\n"
    )
    done = lint(command, text=text)
    assert done.stdout.count("script.py: 1 finding in the graph made at script.py:3\n") == 2
    assert command.call("lint", "no_such_script.py").returncode == 2


LOOP = (
    MODEL
    + """
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(5):
        sess.run(train, {x: [[1.0, 2.0, 3.0]]})
"""
)


def page_of(command, name="model.html"):
    html = (command.folder / name).read_text("utf-8")
    return json.loads(re.search(r'id="graph-data">(.*?)</script>', html, re.S)[1])


def test_lab_makes_a_page_of_the_graph_and_its_first_runs(command):
    (command.folder / "model.py").write_text(LOOP)
    done = command.call("lab", "model.py")
    assert done.returncode == 0 and done.stderr.startswith("minigraph: model.html: ")
    assert done.stderr.rstrip().endswith("4 recorded runs")
    data = page_of(command)
    assert data["title"] == "model.py" and [run["title"] for run in data["runs"]] == ["init"] + ["train"] * 3


def test_lab_of_a_script_that_fails_shows_where(command):
    (command.folder / "model.py").write_text(LOOP.replace("[[1.0, 2.0, 3.0]]", "[[1.0]]"))
    done = command.call("lab", "model.py", "-o", "out.html", "--title", "broken")
    assert done.returncode == 1 and "ValueError" in done.stderr
    assert "the page has what it had built and run until then" in done.stderr
    assert page_of(command, "out.html")["title"] == "broken"


def test_wrong_uses_of_lab(command):
    (command.folder / "model.py").write_text(MODEL)
    done = command.call("lab", "model.py", "-o", "out.svg")
    assert (done.returncode, done.stderr) == (
        2,
        "minigraph: cannot tell what to write from the name 'out.svg': end it in .html or .htm\n",
    )
    assert command.call("lab", "none.py").returncode == 2
    assert command.call("lab", "model.py", "--no-run", "-o", "no/out.html").returncode == 2
    done = command.call("lab", "model.py", "--no-run")
    assert done.returncode == 0 and page_of(command)["runs"] == []


TRAINS = """import minigraph as tf
x = tf.placeholder(tf.float32, [], name="x")
w = tf.get_variable("w", [], initializer=tf.constant_initializer(2.0))
train_op = tf.contrib.layers.optimize_loss(tf.square(w * x), None, 0.1, "SGD", summaries=[])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train_op, {x: 1.0})
"""


def test_explain_tells_runs_and_train_ops(command):
    (command.folder / "model.py").write_text(TRAINS)
    done = command.call("explain", "model.py")
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.count("made by optimize_loss at model.py:4") == 1
    assert "nodes of" in done.stdout and "run for 'init'" in done.stdout
    assert "must be fed" in done.stdout and "writes: w" in done.stdout


def test_explain_tells_what_a_failed_script_did(command):
    (command.folder / "model.py").write_text(TRAINS + "raise ValueError('enough')\n")
    done = command.call("explain", "model.py")
    assert done.returncode == 1 and "ValueError: enough" in done.stderr and "--no-run" not in done.stderr
    assert "made by optimize_loss" in done.stdout


def test_explain_of_no_script_and_of_no_graph(command):
    assert command.call("explain", "none.py").returncode == 2
    (command.folder / "model.py").write_text("print('nothing')\n")
    done = command.call("explain", "model.py")
    assert done.returncode == 3 and "built no graph" in done.stderr


def test_an_option_that_looks_like_ours_is_noted(command):
    done = command(MODEL, "--thme", "dark", "--epochs", "3")
    assert done.returncode == 0 and "--thme goes to the script; did you mean --theme?" in done.stderr
    assert "--epochs" not in done.stderr


def test_what_is_no_option_of_a_command_is_told(command):
    (command.folder / "model.py").write_text("import minigraph as tf\ntf.constant(1.0)\n")
    assert (
        "--fetch goes to the script: lab has no such option" in command.call("lab", "model.py", "--fetch", "x").stderr
    )
    assert "-o goes to the script: lint has no such option" in command.call("lint", "model.py", "-o", "x").stderr
    assert "goes to the script" not in command.call("lint", "model.py", "--steps", "3").stderr


def test_wrong_numbers_are_told_before_the_script_runs(command):
    (command.folder / "model.py").write_text("print('ran')")
    for wrong in (("--depth", "-1"), ("--graph", "0"), ("--depth", "many")):
        done = command.call("render", "model.py", *wrong)
        assert done.returncode == 2 and done.stdout == "" and "is no number from" in done.stderr


def test_a_script_without_a_graph(command):
    (command.folder / "model.py").write_text("x = 1")
    for name in ("lint", "render", "lab", "explain"):
        done = command.call(name, "model.py")
        assert done.returncode == 3 and "the script built no graph" in done.stderr
    (command.folder / "model.py").write_text("x = ")
    assert "the script failed: it had built no graph until then" in command.call("render", "model.py").stderr


def test_lessons_go_where_they_can(command):
    (command.folder / "file").write_text("")
    done = command.call("lessons", "file")
    assert done.returncode == 3 and "no lessons can be written into 'file': File exists" in done.stderr
