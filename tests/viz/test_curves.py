"""Curves: what is read, which panels there are, what is said where something is missing."""

import builtins
import math

import pytest

import minigraph as tf
from minigraph.viz import curves, files
from minigraph.viz.curves import read_events

pytest.importorskip("matplotlib")


def labels(figure):
    return {
        axis.get_ylabel(): [line.get_label() for line in axis.get_lines() if not line.get_label().startswith("_")]
        for axis in figure.axes
    }


def test_each_kind_has_a_panel():
    figure = curves(
        {
            "train/loss": [3, 2, 1],
            "eval/loss": [(0, 4), (2, 1)],
            "global_norm": [1.0],
            "lr": [0.1, 0.1],
            "accuracy": [0.5],
        }
    )
    assert labels(figure) == {
        "loss": ["train/loss", "eval/loss"],
        "norm": ["global_norm"],
        "learning rate": ["lr"],
        "": ["accuracy"],
    }
    assert figure.axes[0].get_lines()[1].get_xdata().tolist() == [0, 2]
    assert figure._repr_svg_().lstrip().startswith("<?xml")


def test_a_list_of_dicts_is_a_history():
    figure = curves([{"step": 10, "loss": 2.0}, {"step": 20, "loss": 1.0, "lr": 0.1}])
    assert figure.axes[0].get_lines()[0].get_xdata().tolist() == [10, 20]


def test_event_files(tmp_path):
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        x = tf.placeholder(tf.float32, [], name="x")
        loss = tf.summary.merge([tf.summary.scalar("loss", x), tf.summary.histogram("h", x)])
        with tf.summary.FileWriter(str(tmp_path), graph) as writer:
            for step in range(3):
                writer.add_summary(sess.run(loss, {x: 1.0 / (1 + step)}), step)
    ((tag, points),) = read_events(tmp_path).items()
    assert tag == "loss" and points == [(0, 1.0), (1, 0.5), (2, pytest.approx(1 / 3))]
    assert curves(str(tmp_path), path=tmp_path / "c.png") is not None
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_smoothing_keeps_the_curve_and_leaves_rates_alone():
    figure = curves({"loss": [4.0, 2.0, math.nan, 1.0], "lr": [1.0, 0.5]}, smooth=0.5)
    raw, smooth = [line.get_ydata() for line in figure.axes[0].get_lines()]
    assert raw[0] == 4.0 and smooth[0] == 4.0 and smooth[1] == pytest.approx((4 * 0.25 + 2 * 0.5) / 0.75)
    assert math.isnan(smooth[2]) and 1.0 < smooth[3] < 2.0
    assert len(figure.axes[1].get_lines()) == 1
    assert figure.axes[0].get_title(loc="right") == "1 value NaN or infinite"


def test_tags_choose():
    history = {"a/loss": [1.0], "b/loss": [2.0], "lr": [0.1]}
    assert labels(curves(history, tags="a/")) == {"loss": ["a/loss"]}
    with pytest.raises(ValueError, match="nothing to draw for c. There are: a/loss, b/loss, lr"):
        curves(history, tags=["c"])


@pytest.mark.parametrize(
    "wrong, error, message",
    [
        ({}, ValueError, "there is nothing to draw"),
        (3, TypeError, "a folder with event files, a dict of tags"),
        ({"loss": ["high"]}, ValueError, "'loss': a list of numbers"),
        ({"loss": 3}, ValueError, "'loss': a list"),
        ("no/such/folder", FileNotFoundError, "there is no folder 'no/such/folder' with event files"),
    ],
)
def test_wrong_sources(wrong, error, message):
    with pytest.raises(error, match=message):
        curves(wrong)


def test_wrong_options(tmp_path):
    with pytest.raises(ValueError, match="smooth must be a number from 0 to 1"):
        curves({"loss": [1]}, smooth=1)
    with pytest.raises(ValueError, match="it must end in .svg, .png, .pdf"):
        curves({"loss": [1]}, path=tmp_path / "c.gif")


def test_without_matplotlib_it_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError, match=r"pip install 'minigraph\[plots\]'"):
        curves({"loss": [1.0]})


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    (tmp_path / "c.svg").write_text("old")
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left on device: could not write 'c.svg' .*; the old file is as it was"):
        curves({"loss": [1.0]}, path=tmp_path / "c.svg")
    assert (tmp_path / "c.svg").read_text() == "old" and len(list(tmp_path.iterdir())) == 1
