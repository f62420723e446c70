"""A picture with `reads=True` says of each read which write it sees: what runs, in whatever order, find there."""

import pytest
from arrow_ends import ends_in_the_air
from hypothesis import given, settings
from hypothesis import strategies as st

import minigraph as tf
from minigraph import cli, viz

TRACED = dict(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True)
BEFORE = "before the run"
READERS = ("Mul", "ReadVariableOp")  # what gives the number that it found: of a resource variable its read


def read(v, name):
    """Return an operation that computes with what is in `v`."""
    return tf.multiply(tf.identity(v), 1.0, name=name)


def after(ops, make):
    with tf.control_dependencies([op.op for op in ops]):
        return make()


def before_and_after(v):
    early = read(v, "early")
    up = after([early], lambda: tf.assign(v, 2.0, name="up"))
    return [up, after([up], lambda: read(v, "late"))]


def any_order(v):
    return [tf.assign(v, 2.0, name="up"), read(v, "early")]


def overwritten(v):
    first = tf.assign(v, 2.0, name="first")
    second = after([first], lambda: tf.assign(v, 3.0, name="second"))
    return [after([second], lambda: read(v, "late"))]


def one_of_two_writes(v):
    writes = [tf.assign(v, 2.0, name="a"), tf.assign(v, 3.0, name="b")]
    return [after(writes, lambda: read(v, "late"))]


def in_a_branch(v):
    written = tf.cond(
        tf.placeholder_with_default(True, []), lambda: tf.assign(v, 2.0), lambda: v.read_value(), name="up"
    )
    return [after([written], lambda: read(v, "late"))]


def in_a_loop(v):
    def body(i):
        with tf.control_dependencies([v.assign_add(1.0)]):
            return i + 1

    (done,) = (tf.while_loop(lambda i: i < 3, body, [0], name="up"),)
    return [after([done], lambda: read(v, "late"))]


def through_an_edge(v):
    return [read(tf.assign(v, 2.0, name="up"), "late")]


def outcomes(graph, fetches, orders):
    """For each reader of the runs, in some orders, the writes whose values it found."""
    found = {}
    for seed in range(orders):
        config = tf.ConfigProto(order="shuffle", order_seed=seed) if seed else None
        with tf.Session(graph=graph, config=config) as sess:
            run = tf.RunMetadata()
            sess.run([v.initializer for v in graph.get_collection(tf.GraphKeys.GLOBAL_VARIABLES)])
            sess.run(fetches, options=tf.RunOptions(**TRACED), run_metadata=run)
        (change,) = run.trace.variables
        left = {float(value.value): op for op, value in zip(change.written_by, change.left)}
        for step in run.trace.steps:
            if step.type in READERS:
                value = float(step.outputs[0].value)
                found.setdefault(step.op, set()).add(BEFORE if value == 1.0 else left[value])
    return found


def drawn(view):
    """For each reader what the arrows and words of the picture say it finds."""
    found = {}
    for box in view.boxes:
        if box.ops[0].type in READERS and any(BEFORE in note for note in box.notes):
            found[box.path] = {BEFORE}
    for arrow in view.arrows:
        if arrow.kind in ("read", "race"):
            ends = [arrow.tail, arrow.head]
            reader = next((box for box in ends[::-1] if box.ops[0].type in READERS), None)
            if reader is not None:
                writer = next(box for box in ends if box is not reader)
                found.setdefault(reader.path, set()).add((arrow.kind, writer.path))
    return found


PROGRAMS = {
    before_and_after: {"early": {BEFORE}, "late": {("read", "up")}},
    any_order: {"early": {("race", "up")}},
    overwritten: {"late": {("read", "second")}},
    one_of_two_writes: {"late": {("race", "a"), ("race", "b")}},
    in_a_branch: {"late": {("read", "up")}},
    in_a_loop: {"late": {("read", "up")}},
    through_an_edge: {"late": {("read", "up")}},
}


@pytest.mark.filterwarnings("ignore::minigraph.graph.errors.GraphWarning")
@pytest.mark.parametrize("resource", [False, True], ids=["refs", "resources"])
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda f: f.__name__)
def test_what_is_drawn_is_what_runs_find(program, resource):
    with tf.Graph().as_default() as graph:
        fetches = program(tf.Variable(1.0, name="v", use_resource=resource))
        view = viz.View(graph, fetches=fetches, reads=True, depth=9)
        found = outcomes(graph, fetches, 25)
    said = drawn(view)
    if not resource:
        assert said == PROGRAMS[program]
    assert said
    for reader, seen in said.items():
        names = {each if each == BEFORE else each[1] for each in seen}
        before = {BEFORE} if program is any_order and ("race", "up") in seen else set()
        assert found[reader] == names | before, reader


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_order_finds_what_is_not_drawn(data):
    """Random programs of assignments, each of another value, and reads, each after some of those before it."""
    with tf.Graph().as_default() as graph:
        v, made = tf.Variable(1.0, name="v"), []
        for i in range(data.draw(st.integers(2, 6))):
            waits = [made[j] for j in range(i) if data.draw(st.booleans())]
            is_read = data.draw(st.booleans())
            made.append(after(waits, lambda: read(v, f"r{i}") if is_read else tf.assign(v, i + 2.0, name=f"w{i}")))
        seen = {s.reader.name: s for s in viz.View(graph, fetches=made, reads=True).reads.seen}
        for reader, found in outcomes(graph, made, 6).items():
            if reader not in seen:  # nothing writes
                assert found == {BEFORE}
                continue
            _, _, writes, loose = seen[reader]
            allowed = {op.name for op in (*writes, *loose)} | (set() if writes else {BEFORE})
            assert found <= allowed and (loose or len(found) == 1)


def test_a_race_is_drawn_once_and_the_legend_tells_the_signs():
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        both = tf.group(v.assign_add(1.0, name="add"), v.assign(v.read_value() * 2.0, name="double"))
        view = viz.View(graph, fetches=both, reads=True)
    races = [arrow for arrow in view.arrows if arrow.kind == "race"]
    assert {arrow.label for arrow in races} == {"v: any order"}
    pairs = [frozenset((arrow.tail.path, arrow.head.path)) for arrow in races]
    assert len(pairs) == len(set(pairs))
    svg = viz.to_svg(view)
    assert ends_in_the_air(svg) == []
    assert "read and written in any order" in svg and "what is read is what this left" not in svg
    assert not any(arrow.kind in ("read", "race") for arrow in viz.View(graph, fetches=both).arrows)


def test_the_command_draws_reads(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "program.py").write_text(
        "import minigraph as tf\n"
        "v = tf.Variable(1.0, name='v')\n"
        "up = tf.assign_add(v, 1.0, name='up')\n"
        "with tf.control_dependencies([up]):\n"
        "    y = tf.negative(tf.identity(v), name='y')\n"
    )
    assert cli.main(["render", "program.py", "--reads", "-o", "reads.svg"]) == 0
    assert "sees v" in (tmp_path / "reads.svg").read_text()
