"""The page in a browser: what it says of a graph unasked, how far steps move variables, notes that are handed in."""

import json
import re

import numpy as np
import pytest
from browser import Screen, launch

import minigraph as tf
from minigraph import viz

TRACED = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True)


@pytest.fixture(scope="module")
def browser():
    playwright, found = launch()
    yield found
    found.close()
    playwright.stop()


@pytest.fixture
def show(browser, tmp_path):
    """Open the page of a graph, or a file; at the end nothing may have gone wrong, and nothing been loaded."""
    screens = []

    def show(graph, width=1280, height=800, scheme="light", **options):
        path = graph
        if not isinstance(graph, str):
            path = str(tmp_path / f"{len(screens)}.html")
            viz.page(graph, path=path, **options)
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        screens.append(Screen(context.new_page()).open(path))
        return screens[-1]

    yield show
    for screen in screens:
        assert screen.complaints == [] and all(url.startswith(("file:", "blob:")) for url in screen.requests)
        screen.page.context.close()


@pytest.fixture
def moved():
    """Return a run that changes one element of a large variable by much and the others hardly: (graph, run)."""
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        w = tf.Variable(np.full([40, 50], 2.0, np.float32), name="w")
        delta = np.full([40, 50], 0.001, np.float32)
        delta[3, 7] = -0.5
        add = tf.assign_add(w, tf.placeholder_with_default(delta, [40, 50], name="delta"), name="add")
        again = tf.assign_add(w, tf.zeros([40, 50]), name="again")
        sess.run(tf.global_variables_initializer())
        run = tf.RunMetadata()
        sess.run([add, again], options=TRACED, run_metadata=run)
    return graph, run


# Steps


def test_a_step_says_how_far_it_moved_a_variable(show, moved):
    graph, run = moved
    screen = show(graph, runs=run)
    screen.mode("step")
    for _ in run.trace.steps:
        if screen.page.inner_text(".step-name .link") == "add":
            break
        screen.page.keyboard.press("ArrowRight")
    said = re.sub(r"\s+", " ", screen.page.inner_text(".written .difference"))
    norm = float(np.sqrt(0.25 + 1999 * 0.001**2))
    assert f"largest change −0.5 at [3, 7] there 2 → 1.5 norm of the change {norm:.4g}" in said
    assert "changed 2,000 of 2,000 elements" in said
    assert [each.strip() for each in screen.page.locator(".written h4").all_inner_texts()] == ["before", "after"]
    row = screen.page.locator(".variables tr", has_text="w").inner_text()
    assert "Δ −0.5 at [3, 7]" in row
    notes = screen.page.locator(".flow.write .words").all_text_contents()
    assert "40 × 50 Δ −0.5 at [3, 7]" in notes
    screen.page.keyboard.press("End")
    assert "Nothing changed" in screen.page.inner_text(".written")
