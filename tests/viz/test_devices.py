"""Pictures by device and by job: what stands where, and how many bytes go from one to the other in a run."""

from xml.etree import ElementTree

import numpy as np
import pytest

import minigraph as tf
from minigraph import cli
from minigraph.viz.text import bytes_text


@pytest.fixture
def spread():
    """Return a graph on two parameter servers and a worker; `scale` asks for nothing."""
    with tf.Graph().as_default() as graph:
        with tf.device("/job:ps/task:0"):
            v = tf.get_variable("v", [4, 3])
        with tf.device("/job:ps/task:10"):
            b = tf.get_variable("b", [3], tf.float64)
        scale = tf.constant(2.0, name="scale") * 1.0
        with tf.device("/job:worker/task:0"):
            x = tf.placeholder(tf.float32, [None, 4], name="x")
            y = tf.matmul(x, v, name="y") * scale
            tf.add(tf.cast(y, tf.float64), b, name="z")
            tf.cast(b, tf.float32, name="again")
    return graph


def titles(view):
    return {section.title: {box.path for box in view.boxes if box.section is section} for section in view.sections}


def test_each_operation_stands_with_the_device_it_asks_for(spread):
    view = tf.viz.View(spread, by="device", depth=3)
    assert list(titles(view)) == ["no device asked for", "/job:ps/task:0", "/job:ps/task:10", "/job:worker/task:0"]
    for box in view.boxes:
        assert {op.device or "no device asked for" for op in box.ops} == {box.section.title}
    assert [section.call for section in view.sections] == [1, 2, 2, 3]  # the tasks of a job in one column


def test_jobs_bring_their_tasks_together(spread):
    view = tf.viz.View(spread, by="job", depth=3)
    assert list(titles(view)) == ["no device asked for", "/job:ps", "/job:worker"]
    assert titles(view)["/job:ps"] == {"v", "b"}


def test_tasks_come_in_the_order_of_their_numbers():
    with tf.Graph().as_default() as graph:
        for task in (10, 9, 2):
            with tf.device(f"/job:w/task:{task}"):
                tf.constant(1.0, name=f"c{task}")
    assert [s.title[-2:] for s in tf.viz.View(graph, by="device", show_constants=True).sections] == [":2", ":9", "10"]


def test_bytes_are_those_of_what_a_run_copies(spread):
    """Each tensor is copied once to a device, however many there take it."""
    view = tf.viz.View(spread, by="device")
    crossing = [a for a in view.arrows if a.tail.section is not a.head.section and a.kind == "data"]
    with tf.Session(graph=spread) as sess:
        sess.run(["v/Assign", "b/Assign"])
        for arrow in crossing:
            values = sess.run(list(arrow.sources), {"x:0": np.zeros([7, 4])})
            exact = sum(value.nbytes for value in values)
            assert arrow.label == f"{len(values)} tensor{'s' * (len(values) > 1)} · {exact} B"
    labels = {(a.tail.section.title, a.head.section.title): a.label for a in crossing}
    assert labels == {
        ("/job:ps/task:0", "/job:worker/task:0"): "1 tensor · 48 B",
        ("/job:ps/task:10", "/job:worker/task:0"): "1 tensor · 24 B",
        ("no device asked for", "/job:worker/task:0"): "1 tensor · 4 B",
    }


def test_a_size_that_a_run_decides_on_is_a_least_one():
    with tf.Graph().as_default() as graph:
        with tf.device("/job:worker/task:0"):
            x = tf.placeholder(tf.float32, [None, 784], name="x")
            name, some = tf.placeholder(tf.string, [3], name="name"), tf.placeholder(tf.float32, name="some")
        with tf.device("/job:ps/task:0"):
            tf.square(x), tf.identity(name), tf.negative(some)
    (arrow,) = [a for a in tf.viz.View(graph, by="device").arrows if a.tail.section is not a.head.section]
    assert arrow.label == "3 tensors · ≥ 3.14 kB"
    assert bytes_text([tf.zeros([0, 5])]) == "0 B"


def test_the_drawing_has_a_frame_for_each_device(spread):
    root = ElementTree.fromstring(tf.viz.to_svg(spread, by="device"))
    words = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [word for word in words if word.startswith(("1 · ", "2 · ", "3 · ", "4 · "))] == [
        "1 · no device asked for",
        "2 · /job:ps/task:0",
        "3 · /job:ps/task:10",
        "4 · /job:worker/task:0",
    ]
    assert sum("1 tensor · 48 B" in word for word in words) == 1


def test_the_page_has_the_same_parts_and_bytes(spread):
    data = tf.viz.page(spread, by="device").data["graphs"][0]
    assert [section["title"] for section in data["sections"]] == list(titles(tf.viz.View(spread, by="device")))
    by_name = dict(zip([op.name for op in spread.get_operations()], data["bytes"]))
    assert by_name["v"] == [48] and by_name["b"] == [24] and by_name["y"] == [-13]  # at least 12 a row
    assert "bytes" not in tf.viz.page(spread).data["graphs"][0]


def test_the_command_draws_by_device(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spread.py").write_text(
        "import minigraph as tf\n"
        "with tf.device('/job:ps/task:0'):\n    v = tf.Variable([1.0, 2.0], name='v')\n"
        "with tf.device('/job:worker/task:0'):\n    y = tf.square(v, name='y')\n"
    )
    assert cli.main(["render", "spread.py", "--by", "device", "-o", "a.svg"]) == 0
    assert "1 tensor · 8 B" in (tmp_path / "a.svg").read_text()
    assert cli.main(["lab", "spread.py", "--by", "job", "-o", "a.html"]) == 0
    assert "/job:worker" in (tmp_path / "a.html").read_text()
    assert cli.main(["render", "spread.py", "--by", "machine"]) == 2
    assert "'stage', 'scope', 'role', 'device', 'job'" in capsys.readouterr().err
