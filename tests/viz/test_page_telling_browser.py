"""The page in a browser: that what it says of runs, bodies, counts and failures is true, and can be read."""

import re

import numpy as np
import pytest
from browser import TRACED

import minigraph as tf
from minigraph import cli


def on_one_line(text):
    return re.sub(r"\s+", " ", text)


def recorded_run(fetches, feeds=None, first=None):
    """Return a recorded run in a session of its own, after `first`."""
    run = tf.RunMetadata()
    with tf.Session() as sess:
        if first is not None:
            sess.run(first)
        try:
            sess.run(fetches, feeds, TRACED, run)
        except tf.errors.InvalidArgumentError:
            pass
    return run


def go_to_step(screen, name):
    """Press the arrow key until a step is the current one."""
    screen.page.keyboard.press("Home")
    while screen.page.inner_text(".step-name .link") != name:
        at = screen.page.inner_text(".figure strong")
        screen.page.keyboard.press("ArrowRight")
        assert screen.page.inner_text(".figure strong") != at, f"no step {name}"


# Failures


FAILS = """import minigraph as tf
with tf.Graph().as_default():
    z = tf.reshape(tf.placeholder(tf.float32, [None], name="x"), [3], name="z")
    with tf.Session() as sess:
        sess.run(z, {"x:0": [1.0, 2.0]})
"""


def test_the_page_of_a_script_that_failed_says_so(show, tmp_path, capsys):
    script, output = tmp_path / "broken.py", tmp_path / "broken.html"
    script.write_text(FAILS)
    assert cli.main(["lab", str(script), "-o", str(output)]) == 1
    screen = show(str(output))
    assert "the script failed at line 5: InvalidArgumentError: Input to reshape" in screen.page.inner_text("#failure")
    assert screen.page.locator("#no-findings").count() == 0
    screen.page.click("text=Run 1 failed at z")
    assert screen.page.get_attribute("body", "data-mode") == "step"
    assert screen.page.locator(".panel .mode .alarm").first.inner_text().startswith("Input to reshape")


def test_what_a_failed_run_did_not_reach_is_counted_by_itself(show):
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None], name="x")
        z = tf.reshape(x, [3], name="z")
        run = recorded_run(tf.exp(z * (tf.constant(1.0) + 2.0), name="end"), {x: [1.0, 2.0]})
    screen = show(graph, runs=run)
    screen.mode("step")
    said = screen.page.inner_text("#why-not-all")
    assert "not reached by the run before it failed" in said and "or nodes that" not in said


def test_the_reasons_of_fed_values_can_be_told_apart(show):
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [], name="x")
        y = tf.square(tf.exp(x, name="exp"), name="square")
        run = recorded_run(tf.negative(y, name="z"), {y: 2.0})
    screen = show(graph, runs=run)
    screen.mode("step")
    said = screen.page.inner_text("#why-not-all")
    assert "operations that did not run, because a value was fed in place of theirs" in said
    assert "what would have computed the values that were fed instead" in said


# Counts


@pytest.fixture
def folded():
    """Return a graph in which one of three nodes in a scope is a constant, and a run of it."""
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [], name="x")
        with tf.name_scope("part"):
            y = tf.add(tf.square(x, name="square") * 2.0, 1.0, name="y")
            tf.negative(x, name="unused")
        run = recorded_run(y, {x: 1.0})
    return graph, run


def test_fetch_says_how_many_nodes_become_steps(show, folded):
    graph, run = folded
    screen = show(graph, runs=run)
    screen.page.evaluate("minigraphPage.modes.fetch.ask(minigraphPage.graph.numbers.get('part/y'))")
    assert int(screen.page.inner_text("#would-run strong")) > len(run.trace.steps)
    assert screen.page.inner_text("#of-steps").startswith(
        f"Run 1, which fetched the same, took {len(run.trace.steps)} steps"
    )
    screen.page.click(".chips .remove")
    assert "may take fewer steps" in screen.page.inner_text("#of-steps")


def test_the_numbers_on_boxes_count_all_nodes_of_a_box(show, folded):
    graph, run = folded
    screen = show(graph, runs=run)
    total = len([op for op in graph.get_operations() if op.name.startswith("part/")])
    part = "minigraphPage.tree.root.children[0].children.find(t => t.path === 'part')"
    assert screen.page.evaluate(f"{part}.count") == total
    screen.page.evaluate("minigraphPage.modes.fetch.ask(minigraphPage.graph.numbers.get('part/y'))")
    assert screen.page.evaluate(f"minigraphPage.mode.look({part}).badge") == f"{total - 1} of {total}"
    screen.mode("step")
    screen.page.keyboard.press("Home")
    steps = [name for name in run.trace.order if name.startswith("part/")]
    assert screen.page.evaluate(f"minigraphPage.mode.look({part}).badge") == f"1 of {len(steps)} steps"


def test_the_signs_of_compare_add_up_to_its_list(show, folded):
    with tf.Graph().as_default() as before:
        tf.placeholder(tf.float32, [], name="x")
    screen = show(folded[0], since=before)
    screen.mode("compare")
    (listed,) = screen.page.locator(".panel h3:has-text('Added')").all_inner_texts()
    whole = "minigraphPage.mode.look(minigraphPage.tree.root.children[0]).badge"
    assert screen.page.evaluate(whole) == "+" + re.search(r"\d+", listed)[0]


def test_a_scope_lists_all_its_types(show):
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [], name="x")
        with tf.name_scope("part"):
            for make in (tf.exp, tf.abs, tf.sin, tf.cos, tf.tan, tf.tanh, tf.sqrt, tf.square, tf.floor, tf.ceil, tf.sign,
                         tf.negative, tf.log, tf.identity):  # fmt: skip
                make(x)
    screen = show(graph)
    screen.page.evaluate(
        "minigraphPage.selectThing(minigraphPage.tree.root.children[0].children.find(t => t.children))"
    )
    screen.page.click(".panel section button.quiet:has-text('and 2 more')")
    assert screen.page.locator(".panel section dt").count() == 14


def test_a_scope_of_which_nothing_runs_says_so(show):
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [], name="x")
        with tf.name_scope("idle"):
            tf.exp(tf.square(x))
        tf.negative(x, name="y")
    screen = show(graph)
    screen.page.evaluate("minigraphPage.modes.fetch.ask(minigraphPage.graph.numbers.get('y'))")
    screen.page.evaluate(
        "minigraphPage.selectThing(minigraphPage.tree.root.children[0].children.find(t => t.children))"
    )
    said = screen.section("In this run")
    assert "Nothing of it runs" in said and "one node in it that no other node in it uses" in said


# Steps


@pytest.fixture
def looped():
    """Return a graph with a loop that writes a variable in each turn, and a branch; and a run of both."""
    with tf.Graph().as_default() as graph:
        hits = tf.get_variable("hits", [], initializer=tf.zeros_initializer(), trainable=False)
        x = tf.placeholder(tf.float32, [], name="x")

        def body(i, p):
            with tf.control_dependencies([tf.assign_add(hits, 1.0, name="bump")]):
                return i + 1, tf.multiply(p, x, name="product")

        _, power = tf.while_loop(lambda i, p: i < 3, body, [tf.constant(0), tf.constant(1.0)], name="power")
        y = tf.cond(x > 0.0, lambda: power * 2.0, lambda: power - 1.0, name="choice")
        run = recorded_run(y, {x: 2.0}, tf.global_variables_initializer())
    return graph, run


def test_a_step_tells_what_a_loop_and_a_branch_did(show, looped):
    graph, run = looped
    screen = show(graph, runs=run)
    screen.mode("step")
    for name in ("power", "choice"):
        go_to_step(screen, name)
        printed = [line.split("| ")[1] for line in str(run.trace).splitlines() if "| " in line]
        shown = screen.page.locator(".inside code").all_inner_texts()
        assert shown and set(shown) <= set(printed)
    assert shown[0].startswith("then_branch: ")
    go_to_step(screen, "power")
    headings = screen.page.locator(".written h3").all_inner_texts()
    assert [on_one_line(h).lower() for h in headings] == ["writes hits, 3 times"]
    assert screen.page.inner_text(".written .turns") == "0 → 1 → 2 → 3"
    names = screen.page.locator(".current section .path").all_inner_texts()
    assert names[:2] == ["power:0", "power:1"]


def test_a_body_says_which_result_goes_back_to_which_argument(show, looped):
    screen = show(looped[0])
    number = "minigraphPage.graphs.findIndex(g => g.caller && g.caller.name === 'body')"
    screen.page.evaluate(f"minigraphPage.goInto(minigraphPage.graphs[{number}])")
    rows = [on_one_line(row) for row in screen.page.locator(".panel .flows tbody tr").all_inner_texts()]
    assert any(row.startswith("3 Const_1:0 Const_1 product") for row in rows)
    assert screen.box("product").locator(".line").all_text_contents()[-1] == "result 3"
    screen.find("product")
    assert "goes back to argument 3, Const_1" in on_one_line(screen.section("In the body"))
    screen.page.evaluate("minigraphPage.goInto(minigraphPage.graphs[0])")
    screen.page.evaluate("minigraphPage.goTo(minigraphPage.graph.numbers.get('power'))")
    assert "hidden" not in screen.page.inner_text(".panel .doc")


def test_the_card_of_a_variable_says_when_it_held_what_it_shows(show, looped):
    screen = show(looped[0], runs=looped[1])
    screen.mode("step")
    go_to_step(screen, "power")
    screen.page.evaluate("minigraphPage.select(minigraphPage.graph.numbers.get('hits'))")
    at = screen.page.inner_text(".current .figure strong")
    assert f"It holds after step {at}:" in screen.section("In this run")
    screen.page.keyboard.press("End")
    assert "It holds at the end:" in screen.section("In this run")


def long_names():
    with tf.variable_scope("a_scope_with_a_name_of_some_length/and_another_in_it"):
        for layer in ("first", "second"):
            with tf.variable_scope(layer):
                v = tf.get_variable("kernel_of_the_layer", [20, 30])
                tf.assign_add(v, tf.ones([20, 30]), name="written")
    writes = [op for op in tf.get_default_graph().get_operations() if op.type == "AssignAdd"]
    return recorded_run(writes, first=tf.global_variables_initializer())


@pytest.mark.parametrize("width, height", [(1280, 800), (1920, 1080), (390, 844)])
def test_the_table_of_variables_fits_the_panel_and_names_are_whole(show, width, height):
    with tf.Graph().as_default() as graph:
        run = long_names()
    screen = show(graph, width, height, runs=[run, run])
    screen.mode("step")
    screen.page.keyboard.press("End")
    assert screen.page.evaluate("""(() => {
        const table = document.querySelector('table.variables').getBoundingClientRect();
        const panel = document.querySelector('#panel').getBoundingClientRect();
        return table.right <= panel.right + 1 && [...document.querySelectorAll('table.variables td')].every(
            cell => cell.scrollWidth <= cell.clientWidth + 1 && cell.getBoundingClientRect().right <= panel.right + 1);
    })()""")
    names = screen.page.locator(".variables .link").all_inner_texts()
    assert set(names) == {v.op.name for v in graph.get_collection("variables")}
    screen.mode("race")
    drawn = screen.page.eval_on_selector_all(
        ".race .cell text", "all => all.map(e => [e.firstChild.data, e.parentNode.querySelector('title').textContent])"
    )
    told = {}
    for text, title in drawn:
        assert told.setdefault(text, title) == title
    if width == 1920:
        assert not any("…" in text for text in told)


def test_words_of_a_step_stay_legible(show, model):
    screen = show(model[0], runs=model[1])
    screen.mode("step")
    screen.page.keyboard.press("End")
    sizes = "all => all.map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"
    assert min(screen.page.eval_on_selector_all(".picture text", sizes)) >= 11 - 0.01


@pytest.fixture
def live():
    """Return a graph of five boxes below each other that read and write a variable, and a run of it."""
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        bump = tf.assign_add(v, 1.0, name="bump")
        ten = tf.add(v, 10.0, name="ten")
        with tf.control_dependencies([ten]):
            again = tf.assign_add(v, 5.0, name="again")
        with tf.control_dependencies([again]):
            last = tf.multiply(v, 2.0, name="last")
        run = recorded_run([bump, ten, last], first=v.initializer)
    return graph, run


def test_a_small_graph_stays_in_sight_when_its_run_is_stepped(show, live):
    screen = show(live[0], runs=live[1])
    screen.mode("step")
    screen.page.keyboard.press("End")
    screen.settle()
    assert screen.page.evaluate("""[...document.querySelectorAll('.box > .body')].every(e => {
        const a = e.getBoundingClientRect(), b = document.querySelector('.canvas').getBoundingClientRect();
        return a.top >= b.top - 1 && a.bottom <= b.bottom + 1; })""")


# What is handed in


def saved(screen, tmp_path):
    with screen.page.expect_download() as download:
        screen.page.click("#hand-in")
    path = str(tmp_path / download.value.suggested_filename)
    download.value.save_as(path)
    return path


def test_a_page_is_handed_in_from_the_mode_in_which_it_is(show, folded, tmp_path):
    graph, run = folded
    screen = show(graph, runs=run)
    assert screen.page.inner_text("h1") == "test_page_telling_browser.py"
    screen.mode("step")
    screen.page.keyboard.press("ArrowRight")
    screen.page.click(".all-notes summary")
    screen.page.fill("#note-whole", "see this step")
    path = saved(screen, tmp_path)
    assert path.endswith("test_page_telling_browser-graph-with-notes.html")
    reader = show(path)
    assert reader.page.get_attribute("body", "data-mode") == "step"
    assert reader.page.inner_text(".figure strong") == "2"
    assert reader.page.inner_text("#handed-in").endswith("with a note on the graph as a whole.")


# Comparing


def test_no_arrow_leads_to_a_box_that_does_not_exist_yet(show):
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        moment = graph.version
        tf.assign_add(v, 1.0, name="bump")
    screen = show(graph, since=1)
    screen.mode("compare")
    slider = screen.page.locator("#moment")
    arrows = "[...document.querySelectorAll('.flow.write')].map(e => getComputedStyle(e).display !== 'none')"
    assert screen.page.evaluate(arrows) == [True]
    slider.evaluate("(e, at) => { e.value = at; e.dispatchEvent(new Event('input')); }", moment)
    assert screen.state("bump") == "later" and screen.page.evaluate(arrows) == [False]


def test_the_sign_of_a_difference_stands_before_a_long_name(show):
    with tf.Graph().as_default() as graph:
        tf.placeholder(tf.float32, [], name="/".join(["a_rather_long_part_of_a_name"[:25]] * 4))
    with tf.Graph().as_default() as before:
        tf.placeholder(tf.float32, [], name="x")
    screen = show(graph, since=before)
    screen.mode("compare")
    entry = screen.page.locator(".status.added")
    tops = entry.evaluate("e => [e.getBoundingClientRect().top, e.querySelector('.link').getBoundingClientRect().top]")
    assert tops[0] == pytest.approx(tops[1], abs=4)


# Signs and lines


def test_reads_and_writes_of_a_variable_end_apart(show, live):
    screen = show(live[0])
    ends = screen.page.evaluate("""minigraphPage.picture.routes.filter(({segment: {tail}}) => tail.path === 'v').map(
        ({segment, points}) => [segment.kind, points[0].x, points[0].y])""")
    writes, reads = ([end[1:] for end in ends if (end[0] == "write") is isWrite] for isWrite in (True, False))
    assert writes and reads
    assert all(a[1] != b[1] or abs(a[0] - b[0]) >= 8 for a in writes for b in reads)


def test_lines_of_what_is_selected_pass_behind_boxes(show, model):
    screen = show(model[0])
    order = screen.page.evaluate("[...minigraphPage.picture.sheet.children].map(e => e.getAttribute('class'))")
    assert order.index("marks") < order.index("boxes")


def test_the_sign_that_opens_keeps_clear_of_lips_and_corners(show):
    with tf.Graph().as_default() as graph:
        for i in range(30):
            tf.Variable(float(i), name=f"v{i}")
            tf.summary.scalar(f"s{i}", tf.constant(1.0))
    screen = show(graph)
    tops = screen.page.evaluate("""[...document.querySelectorAll('.box.role-variable, .box.role-summary')].filter(
        e => e.querySelector('.toggle')).map(e =>
        e.querySelector('.toggle path').getBBox().y + e.querySelector('.toggle').transform.baseVal[0].matrix.f)""")
    assert tops
    assert all(top >= 10 for top in tops)


def test_the_signs_of_a_finding_and_a_note_stand_apart(show):
    with tf.Graph().as_default() as graph:
        v = tf.Variable(1.0, name="v")
        tf.group(v.assign_add(1.0, name="add"), v.assign(v.read_value() * 2.0, name="double"), name="both")
    screen = show(graph)
    screen.find("add")
    screen.page.fill("#note", "a note")
    screen.page.keyboard.press("Escape")
    screen.page.evaluate("minigraphPage.findings.choose(minigraphPage.findings.all[0])")
    assert screen.box("add").locator(".badge").text_content() == "!\u00a0\u00a0✎"


def test_the_words_of_two_arrows_do_not_read_as_one(show):
    with tf.Graph().as_default() as graph:
        xs = [tf.placeholder(tf.float32, [4, 4], name=f"x{i}") for i in range(5)]
        p = tf.placeholder(tf.bool, [], name="p")
        y = tf.cond(p, lambda: tf.add_n(xs), lambda: xs[0])
        run = recorded_run(y, {**{x: np.full([4, 4], 0.3038) for x in xs}, p: True})
    screen = show(graph, runs=run)
    screen.mode("step")
    screen.page.keyboard.press("End")
    places = screen.page.eval_on_selector_all(
        ".flow .words",
        "all => all.filter(e => e.textContent).map(e => e.getBBox()).map(({x, y, width}) => ({x, y, width}))",
    )
    assert len(places) > 3
    for i, a in enumerate(places):
        for b in places[i + 1 :]:
            apart = a["x"] + a["width"] + 6 <= b["x"] or b["x"] + b["width"] + 6 <= a["x"]
            assert apart or abs(a["y"] - b["y"]) >= 6


def test_a_phone_shows_the_title_and_the_first_part_whole(show, tmp_path):
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 8], name="x")
        for i in range(3):
            x = tf.layers.dense(x, 8, tf.nn.relu, name=f"layer{i}")
        tf.contrib.layers.optimize_loss(tf.reduce_mean(x), None, 0.1, "Adam")
    screen = show(graph, 390, 844, title="my program")
    assert screen.page.locator(".panel .page-title").is_visible()
    room = screen.page.evaluate("""(() => { const e = document.querySelector('#search'), s = getComputedStyle(e);
        const canvas = document.createElement('canvas').getContext('2d');
        canvas.font = `${s.fontSize} ${s.fontFamily}`;
        return e.clientWidth - parseFloat(s.paddingLeft) - parseFloat(s.paddingRight)
          - canvas.measureText(e.placeholder).width; })()""")
    assert room >= 0
    right = screen.page.evaluate("document.querySelector('.frame.section > .body').getBoundingClientRect().right")
    assert right <= 390 - 3
